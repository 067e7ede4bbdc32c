"""The view of language modelling: a row's words along time, the distribution at the cursor, next words for a prefix."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from engine.analysis.series import time_of
from engine.errors import BackstepError
from engine.tasks.text import Text, corpus_of, perplexity
from engine.text.next_word import predict
from engine.training.iteration import batch_of
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.flow_row import FlowRow
from gui.views.flush_column import FlushColumn
from gui.views.held_out_button import HeldOutButton
from gui.views.next_words import NextWords
from gui.views.perplexity_text import perplexity_text
from gui.views.scrolled import Scrolled
from gui.views.sequence_box import SequenceBox
from gui.views.shown_weights import is_updated, shown_weights
from gui.views.text_reading import TextReading
from gui.views.word_bars import WordBars
from gui.views.word_ribbon import RibbonLabels, WordRibbon

_MOST_WORDS = 40


class TextView(QWidget):
    """See the module. What the cursor has not passed is not shown; of a vocabulary, only the likeliest words."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._picked: int | None = None
        self._state: tuple[int | None, int] | None = None
        self._asked: object = None
        self._tapes = 0
        self._build()
        self._update_tape()
        self._update_appearance()
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_moved)
        bridge.selection_changed.connect(self._update_selection)
        appearance.changed.connect(self._update_appearance)

    def show_row(self, row: int) -> None:
        """Show another row of the batch, from 0."""
        self._row.setValue(row + 1)

    def _build(self) -> None:
        self._row = SequenceBox(self._bridge, self._appearance)
        self._row.valueChanged.connect(self._update_row)
        self._so_far, self._grammar, self._floor, self._uniform = (QLabel() for _ in range(4))
        self._head = FlowRow(
            self._row, self._so_far, self._grammar, self._floor, self._uniform,
            HeldOutButton(self._bridge, self._appearance),
        )  # fmt: skip
        self._ribbon = WordRibbon(self._appearance)
        self._ribbon.picked.connect(self._pick)
        self._ribbon.pointed_at.connect(self._point_at)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(self._ribbon)
        self._after, self._prompt = QLabel(), QLabel()
        self._after.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._after, self._prompt):  # the words and bars need the room
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._bars = WordBars(self._appearance)
        self._next = NextWords(self._appearance)
        self._next.wanted.connect(self._update_prediction)
        self._arrange()

    def _arrange(self) -> None:
        self._labels = RibbonLabels(self._appearance)
        self._words = QWidget()
        words = QHBoxLayout(self._words)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        words.addWidget(self._labels)
        words.addWidget(self._scroll, 1)
        self._columns = QHBoxLayout()
        self._columns.addLayout(_stacked(self._head, self._words), 6)
        self._columns.addLayout(_stacked(self._after, self._bars), 2)
        self._columns.addLayout(_stacked(self._prompt, self._next), 2)
        content = QWidget()
        content.setLayout(self._columns)
        FlushColumn(self).addWidget(Scrolled(content))

    # --- following the model ----------------------------------------------------------------------------------------

    def _is_left(self) -> bool:
        """Whether a lesson with another task is open, and this view is about to go."""
        return not isinstance(self._bridge.lesson.task, Text)

    def _update_tape(self) -> None:
        if self._is_left():
            return
        bridge = self._bridge
        self._tapes += 1
        self._corpus = corpus_of(bridge.settings)
        self._places = batch_of(bridge.lesson, bridge.settings, bridge.iteration).about["place"]
        self._row.set_batch(len(self._places))
        self._update_bounds()
        self._update_row()
        self._update_prediction()

    def _update_row(self) -> None:
        if self._is_left():
            return
        row = self._row.sequence
        self._reading = TextReading(self._bridge.tape, self._corpus, row, int(self._places[row]))
        self._ribbon.show_reading(self._reading)
        self._picked = self._state = None
        self._update_cursor()

    def _update_moved(self) -> None:
        self._picked = None
        self._update_cursor()
        self._update_prediction()

    def _update_selection(self) -> None:
        if self._bridge.selection is None:
            self._picked = None
        self._update_cursor()

    def _update_cursor(self) -> None:
        if self._is_left():
            return
        cursor, time = self._bridge.cursor, self._time()
        revealed = self._reading.revealed(cursor)
        if (time, revealed) == self._state:
            return
        before, self._state = self._state, (time, revealed)
        self._ribbon.show_cursor(cursor, time)
        self._update_distribution(time)
        if before is None or before[1] != revealed:
            self._update_standing()
        if time is not None:
            self._scroll.ensureVisible(round(self._ribbon.middle_of(time)), 0, self._appearance.whole_px(120), 0)

    def _time(self) -> int | None:
        """The time step to look at: the column that was picked, else that of the step selected or executed last."""
        if self._picked is not None:
            return self._picked
        index = self._bridge.selected
        time = None if index is None else time_of(self._bridge.tape[index])
        return time if time is not None and time <= len(self._reading) else None

    def _update_distribution(self, time: int | None) -> None:
        say = self._appearance.say
        if time is None:
            self._after.setText(say("What comes next"))
            self._bars.show_chances([], say("Step on, or click on a word, to see what the network expects after it."))
            return
        self._after.setText(say("After “{word}”, t = {time}", word=self._reading.words[time - 1], time=time))
        chances = self._reading.chances(self._bridge.cursor, time, min(_MOST_WORDS, len(self._corpus.vocabulary)))
        self._bars.show_chances(chances or [], say("Not yet computed."))

    def _update_standing(self) -> None:
        say, standing = self._appearance.say, self._reading.standing(self._bridge.cursor)
        self._grammar.setVisible(standing is not None and standing.grammar is not None)
        if standing is None:
            self._so_far.setText(say("perplexity …"))
            return
        self._show(self._so_far, say("perplexity {value}", value=perplexity_text(standing.network)), "forward")
        if standing.grammar is not None:
            text = say("grammar {value}", value=perplexity_text(standing.grammar))
            self._show(self._grammar, text, "good")

    def _show(self, label: QLabel, text: str, color: str) -> None:
        """In the colour that its bars or lines have."""
        label.setText(f'<b style="color:{self._appearance.color(color).name()}">{text}</b>')

    def _update_bounds(self) -> None:
        if self._is_left():
            return
        say, floor = self._appearance.say, self._corpus.floor
        self._floor.setVisible(floor is not None)
        self._floor.setText(say("floor {value}", value=perplexity_text(perplexity(floor or 0.0))))
        self._uniform.setText(say("uniform {value}", value=f"{len(self._corpus.vocabulary):,}"))

    # --- next words -------------------------------------------------------------------------------------------------

    def _update_prediction(self) -> None:
        """With the weights as the cursor shows them: the new ones once the whole update has been passed."""
        if self._is_left() or not self.isVisible():
            return
        bridge, most = self._bridge, max(self._next.room, 1)
        asked = (self._tapes, is_updated(bridge), self._next.prefix, most)
        if asked == self._asked:
            return
        self._asked = asked
        try:
            made = predict(bridge.lesson, bridge.settings, shown_weights(bridge), self._next.prefix, most)
        except BackstepError as error:
            self._next.show_problem(error)
        else:
            self._next.show_prediction(made, self._corpus.cut)

    # --- the mouse --------------------------------------------------------------------------------------------------

    def _pick(self, time: int) -> None:
        self._bridge.select(self._reading.output(time))
        self._picked = time
        self._update_cursor()

    def _point_at(self, time: int | None) -> None:
        self._bridge.hover_at(None if time is None else self._reading.output(time))

    # --- the look ---------------------------------------------------------------------------------------------------

    def _update_appearance(self) -> None:
        look = self._appearance
        margin = look.whole_px(6)
        self._columns.setContentsMargins(margin, margin, margin, margin)
        self._columns.setSpacing(look.whole_px(14))
        self._head.set_space(look.whole_px(10))
        self._so_far.setToolTip(
            look.say("exp of the mean loss so far: among how many equally likely words the network is undecided.")
        )
        self._grammar.setToolTip(look.say("Perplexity of the grammar that made the text, over the same words."))
        self._floor.setToolTip(look.say("No model can be better in the long run: the entropy of the text."))
        self._uniform.setToolTip(look.say("Who knows nothing: every word of the vocabulary is equally likely."))
        self._prompt.setText(look.say("Next words for your start"))
        for label in (self._after, self._prompt):
            label.setFont(look.font(12.5, bold=True))
        self._scroll.setMinimumWidth(look.whole_px(220))
        self._ribbon.setAccessibleName(look.say("The words along time"))
        self._labels.take_appearance()
        self._ribbon.take_appearance()
        self._bars.setAccessibleName(look.say("What comes next"))
        self._state = None
        self._update_bounds()
        self._update_cursor()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._state = None
        self._update_cursor()
        self._update_prediction()


def _stacked(head: QWidget, body: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
    column.addWidget(body, 1)
    return column
