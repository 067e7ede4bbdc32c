"""The view of word vectors: a map of the words, the words nearest to one of them, and analogies; live in training."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QActionGroup, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.analysis.word_map import word_map
from engine.analysis.word_vectors import WordTable, WordVectors, word_tables
from engine.model import Parameters
from engine.text.relations import Analogy, analogies
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.one_shot import one_shot
from gui.views.empty_notice import EmptyNotice
from gui.views.flush_column import FlushColumn
from gui.views.menu_choice import add_choice
from gui.views.near_words import NearWords, cosine_text
from gui.views.scrolled import Scrolled
from gui.views.sequence_box import SequenceBox
from gui.views.shown_weights import is_updated, shown_weights
from gui.views.text_reading import brief
from gui.views.view_header import ViewHeader
from gui.views.word_analogy import WordAnalogy
from gui.views.word_map_plot import Arrow, Mark, WordMapPlot
from gui.views.words_in_use import WordsInUse, WordsOfTape

_MILLISECONDS_BETWEEN_UPDATES = 120
_MOST_ON_MAP = 5_000
"""More words, by their ids, are not on the map; they can be asked for all the same."""
_LISTED, _TOLD = 30, 5
_WIDE, _HIGH, _FLAT = 950.0, 230.0, 2.6
_READ, _RIGHT, _WRONG, _PICKED, _ANSWER = "forward", "good", "backward", "cursor", "parameter"


class WordsView(QWidget):
    """While the run is sent ahead, of the newest weights; else as the cursor shows them."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._tables: tuple[WordTable, ...] = ()
        self._table: WordTable | None = None
        self._vectors: WordVectors | None = None
        self._places = np.zeros((0, 2))
        self._examples: tuple[Analogy, ...] = ()
        self._asked = np.zeros((0, 4), dtype=int)
        self._source: object = None
        self._iteration = 0
        self._opened_at = 0
        self._selected: int | None = None
        self._in_use = WordsInUse()
        self._build()
        self._timer = one_shot(self, self._update_vectors, _MILLISECONDS_BETWEEN_UPDATES)
        self._update_appearance()
        self._update_tape()
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.selection_changed.connect(self._update_in_use)
        bridge.history_changed.connect(self._update_soon)
        bridge.busy_changed.connect(self._update_soon)
        appearance.changed.connect(self._update_appearance)

    @property
    def map(self) -> WordMapPlot:
        """The picture."""
        return self._map

    @property
    def analogy(self) -> WordAnalogy:
        """The three words asked for, and the answers."""
        return self._analogy

    @property
    def near(self) -> NearWords:
        """The words nearest to the selected one."""
        return self._near

    @property
    def reading(self) -> str:
        """What is read at the right of the header."""
        return self._header.reading.text

    @property
    def in_use(self) -> WordsInUse:
        """The words that the step at the cursor works with."""
        return self._in_use

    def select_word(self, word: str) -> None:
        """List the words nearest to a word."""
        if self._table is not None and word in self._table.words:
            self._pick(self._table.words.index(word))

    def show_table(self, name: str) -> None:
        """Show another table of vectors, by the name of the parameter."""
        found = next((table for table in self._tables if table.name == name), None)
        if found is not None and found is not self._table:
            self._take_table(found)
            self._update_vectors()

    def show_sequence(self, sequence: int) -> None:
        """Mark the words of another sequence of the batch, from 0."""
        self._sequence.setValue(sequence + 1)

    # --- building -----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        look = self._appearance
        self._header = ViewHeader(look, self)
        self._menu = self._header.add_menu()
        self._group = QActionGroup(self._menu)
        self._sequence = SequenceBox(self._bridge, look)
        self._sequence.valueChanged.connect(self._update_in_use)
        self._legend = QLabel()
        self._header.add_widget(self._legend)
        self._header.add_widget(self._sequence)
        self._map, self._near, self._analogy = WordMapPlot(look), NearWords(look), WordAnalogy(look)
        self._map.picked.connect(self._pick_on_map)
        self._map.tell_with(self._told_of)
        self._near.picked.connect(self._pick)
        self._analogy.picked.connect(self._pick)
        self._analogy.changed.connect(self._update_analogy)
        self._near_title, self._analogy_title = QLabel(), QLabel()
        for title in (self._near_title, self._analogy_title):
            title.setTextFormat(Qt.TextFormat.PlainText)
        content, self._columns = QWidget(), QHBoxLayout()
        self._lists = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lists.addLayout(_stacked(self._near_title, self._near), 2)
        self._lists.addLayout(_stacked(self._analogy_title, self._analogy), 3)
        self._columns.addWidget(self._map, 6)
        self._columns.addLayout(self._lists, 5)
        content.setLayout(self._columns)
        self._scroll = Scrolled(content)
        self._nothing = EmptyNotice(self._appearance)
        layout = FlushColumn(self)
        for widget, stretch in ((self._header, 0), (self._scroll, 1), (self._nothing, 1)):
            layout.addWidget(widget, stretch)

    # --- following the model --------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        bridge = self._bridge
        self._opened_at = bridge.session.run.reached
        tables = word_tables(bridge.lesson, bridge.settings, shown_weights(bridge))
        if tables != self._tables:
            self._take_tables(tables)
        for widget in (self._header, self._scroll):
            widget.setVisible(bool(tables))
        self._nothing.setVisible(not tables)
        self._tape_words = WordsOfTape(bridge.tape)
        count = max(1, self._tape_words.sequences)
        self._sequence.set_batch(count)
        self._source = None
        self._update_vectors()
        self._update_in_use()

    def _take_tables(self, tables: tuple[WordTable, ...]) -> None:
        name = self._table.name if self._table is not None else ""
        self._tables = tables
        self._menu.clear()
        for table in tables:
            add_choice(self._menu, self._group, table.name, table.name, self.show_table)
        self._menu.menuAction().setVisible(len(tables) > 1)
        self._take_table(next((table for table in tables if table.name == name), tables[0] if tables else None))

    def _take_table(self, table: WordTable | None) -> None:
        same_words = table is not None and self._table is not None and table.words == self._table.words
        self._table, self._places, self._source = table, np.zeros((0, 2)), None
        if table is None:
            return
        for action in self._menu.actions():
            action.setChecked(action.text() == table.name)
        self._menu.setTitle(table.name)
        if same_words:
            return
        self._selected = self._vectors = None  # until those of the new words are there
        self._examples = self._known_analogies(table.words)
        ids = {word: number for number, word in enumerate(table.words)}
        rows = [[ids[word] for word in (one.a, one.b, one.c, one.d)] for one in self._examples]
        self._asked = np.array(rows, dtype=int).reshape(-1, 4)
        self._analogy.show_words(table.words, self._examples)

    def _known_analogies(self, words: tuple[str, ...]) -> tuple[Analogy, ...]:
        settings = self._bridge.settings
        if "corpus" not in settings or settings.text("text_file"):
            return ()
        known = set(words)
        return tuple(one for one in analogies(settings.text("corpus")) if {one.a, one.b, one.c, one.d} <= known)

    def _update_soon(self) -> None:
        if self.isVisible() and not self._timer.isActive():
            self._timer.start()

    def _update_cursor(self) -> None:
        if self._source != self._wanted_source():
            self._update_vectors()
        self._update_in_use()

    def _is_ahead(self) -> bool:
        """Whether the run is being sent beyond what the cursor can show."""
        return self._bridge.busy is not None and self._bridge.session.run.reached > self._opened_at

    def _wanted_source(self) -> object:
        if self._is_ahead():
            return "run", self._bridge.session.run.reached
        return "cursor", self._bridge.iteration, is_updated(self._bridge)

    def _weights(self) -> tuple[Parameters, int]:
        bridge = self._bridge
        if self._is_ahead():
            reached, latest = bridge.session.run.latest
            return latest.parameters, reached
        return shown_weights(bridge), bridge.iteration + is_updated(bridge)

    def _update_vectors(self) -> None:
        table, source = self._table, self._wanted_source()
        if table is None or source == self._source or not self.isVisible():
            return
        weights, self._iteration = self._weights()
        if table.name not in weights or len(weights[table.name]) != len(table.words):
            return  # the run that is sent ahead is of other settings: its tape is on its way
        self._source = source
        vectors = self._vectors = WordVectors(table.words, weights[table.name])
        on_map = vectors.unit[:_MOST_ON_MAP]
        self._places = word_map(on_map, self._places if len(self._places) == len(on_map) else None)
        self._map.show_places(table.words, self._places)
        if self._selected is None:
            self._selected = self._first_selected(table)
        self._update_near()
        self._update_analogy()
        self._update_reading()

    def _first_selected(self, table: WordTable) -> int:
        return table.words.index(self._examples[0].c) if self._examples else 0

    # --- what is picked -------------------------------------------------------------------------------------------

    def _pick_on_map(self, word: int) -> None:
        if word >= 0 and not self._analogy.take_picked(word):
            self._pick(word)

    def _pick(self, word: int) -> None:
        self._selected = word
        self._update_near()
        self._update_marks()

    def _told_of(self, word: int) -> str:
        if self._vectors is None:
            return ""
        near = self._vectors.nearest(word, _TOLD)
        words = self._vectors.words
        return "\n".join([brief(words[word]), *(f"{cosine_text(cosine)}  {brief(words[one])}" for one, cosine in near)])

    def _update_near(self) -> None:
        vectors, word = self._vectors, self._selected
        if vectors is None or word is None or word >= len(vectors.words):
            return
        self._near.show_near(vectors.words, vectors.nearest(word, _LISTED))
        self._near_title.setText(self._appearance.say("Nearest to “{word}”", word=brief(vectors.words[word])))

    def _update_analogy(self) -> None:
        if self._vectors is not None:
            self._analogy.answer_with(self._vectors)
            self._update_marks()

    def _update_reading(self) -> None:
        if self._vectors is None:
            return
        say = self._appearance.say
        pieces = [say("after {count} iterations", count=f"{self._iteration:,}")]
        if len(self._asked):
            right = self._vectors.right_of(self._asked)
            pieces.append(say("analogies: {right} of {count} right", right=right, count=len(self._asked)))
        if len(self._vectors.words) > _MOST_ON_MAP:
            pieces.append(say("on the map: the first {count} words", count=f"{_MOST_ON_MAP:,}"))
        self._header.reading.set_text(" · ".join(pieces))

    # --- what stands out ------------------------------------------------------------------------------------------

    def _update_in_use(self) -> None:
        if self._table is None:
            return
        cursor, selected = self._bridge.cursor, self._bridge.selected
        found = self._tape_words.at(cursor, selected, self._sequence.sequence, self._table)
        if found != self._in_use:
            self._in_use = found
            self._update_marks()

    def _update_marks(self) -> None:
        on_map = len(self._places)
        asked, answers = self._analogy.asked, self._analogy.answers
        marks = [] if self._selected is None else [Mark(self._selected, _PICKED, strong=True)]
        used = self._in_use
        for words, color in ((used.right, _RIGHT), (used.read, _READ), (used.wrong, _WRONG)):
            marks += [Mark(word, color, strong=True) for word in words]
        arrows: tuple[Arrow, ...] = ()
        if asked is not None and answers:
            a, b, c = asked
            marks += [Mark(word, _ANSWER) for word in (answers[0][0], a, b, c)]
            arrows = tuple(one for one in (Arrow(a, b), Arrow(c, answers[0][0])) if max(one.start, one.end) < on_map)
        self._map.show_marks(tuple(mark for mark in marks if mark.word < on_map), arrows)

    # --- the look ---------------------------------------------------------------------------------------------------

    def _update_appearance(self) -> None:
        look = self._appearance
        margin = look.whole_px(6)
        self._columns.setContentsMargins(margin, margin, margin, margin)
        self._columns.setSpacing(look.whole_px(14))
        self._update_arrangement()
        self._nothing.show_text(look.say("This network has no vectors of words."))
        self._sequence.setToolTip(look.say("The sequence of the batch whose words are marked on the map."))
        self._sequence.setAccessibleName(look.say("Sequence n"))
        named = ((_READ, look.say("read")), (_RIGHT, look.say("right")), (_WRONG, look.say("wrong")))
        self._legend.setText("  ".join(f'<span style="color:{look.color(color).name()}">●</span> {text}'
                                       for color, text in named))  # fmt: skip
        self._legend.setContentsMargins(look.whole_px(10), 0, 0, 0)
        self._map.setAccessibleName(look.say("Map of the words"))
        self._near.setAccessibleName(look.say("Nearest words"))
        self._analogy_title.setText(look.say("Analogy"))
        for title in (self._near_title, self._analogy_title):
            title.setFont(look.font(12.5, bold=True))
        for part in (self._map, self._near, self._analogy):
            part.take_appearance()
        self._update_near()
        self._update_analogy()
        self._update_reading()

    def _update_arrangement(self) -> None:
        """Where the map would be left little room, the lists stand one above the other."""
        look, down = self._appearance, QBoxLayout.Direction.TopToBottom
        wide = max(look.px(_WIDE), _FLAT * self.height())
        stacked = self.width() < wide and self.height() > look.px(_HIGH)
        self._lists.setDirection(down if stacked else QBoxLayout.Direction.LeftToRight)
        self._lists.setSpacing(look.whole_px(6 if stacked else 14))
        self._columns.setStretch(1, 3 if stacked else 5)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_arrangement()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._update_vectors()


def _stacked(title: QLabel, widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.addWidget(title)
    column.addWidget(widget, 1)
    return column
