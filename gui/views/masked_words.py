"""The view of masked words: a sentence with a gap, what the network puts in it, and what the grammar would."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.analysis.series import time_of
from engine.tasks.masked_words import MaskedWords
from engine.tasks.text import corpus_of
from engine.training.iteration import batch_of
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.flow_row import FlowRow
from gui.views.flush_column import FlushColumn
from gui.views.gap_sentence import GapSentence
from gui.views.held_out_button import HeldOutButton
from gui.views.masked_reading import MaskedReading
from gui.views.scrolled import Scrolled
from gui.views.sequence_box import SequenceBox
from gui.views.word_bars import WordBars

_MOST_WORDS = 40


class MaskedWordsView(QWidget):
    """See the module. What the cursor has not passed is not shown."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._state: tuple[bool, int | None] | None = None
        self._build()
        self._update_tape()
        self._update_appearance()
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.selection_changed.connect(self._update_cursor)
        appearance.changed.connect(self._update_appearance)

    @property
    def reading(self) -> MaskedReading:
        """The sentence shown."""
        return self._reading

    @property
    def bars(self) -> WordBars:
        """What is guessed."""
        return self._bars

    def show_row(self, row: int) -> None:
        """Show another row of the batch, from 0."""
        self._row.setValue(row + 1)

    def _build(self) -> None:
        self._row = SequenceBox(self._bridge, self._appearance)
        self._row.valueChanged.connect(self._update_row)
        self._head = FlowRow(self._row, HeldOutButton(self._bridge, self._appearance))
        self._sentence, self._bars, self._title = GapSentence(self._appearance), WordBars(self._appearance), QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.addWidget(self._head)
        left.addWidget(self._sentence)
        left.addStretch(1)
        right.addWidget(self._title)
        right.addWidget(self._bars, 1)
        content, self._columns = QWidget(), QHBoxLayout()
        self._columns.addLayout(left, 6)
        self._columns.addLayout(right, 4)
        content.setLayout(self._columns)
        FlushColumn(self).addWidget(Scrolled(content))

    def _is_left(self) -> bool:
        """Whether a lesson with another task is open, and this view is about to go."""
        return not isinstance(self._bridge.lesson.task, MaskedWords)

    def _update_tape(self) -> None:
        if self._is_left():
            return
        bridge = self._bridge
        self._batch = batch_of(bridge.lesson, bridge.settings, bridge.iteration)
        self._row.set_batch(self._batch.size)
        self._update_row()

    def _update_row(self) -> None:
        if self._is_left():
            return
        text = corpus_of(self._bridge.settings)
        self._reading = MaskedReading(self._bridge.tape, text, self._batch, self._row.sequence)
        self._sentence.show_sentence(self._reading.words, self._reading.place)
        self._state = None
        self._update_cursor()

    def _update_cursor(self) -> None:
        if self._is_left():
            return
        cursor, selected = self._bridge.cursor, self._bridge.selected
        time = None if selected is None else time_of(self._bridge.tape[selected])
        state = (cursor.revealed(self._reading.output), time)
        if state == self._state:
            return
        before, self._state = self._state, state
        self._sentence.show_guess(self._reading.guess(cursor), time)
        if before is None or before[0] != state[0]:
            chances = self._reading.chances(cursor, _MOST_WORDS)
            self._bars.show_chances(chances or [], self._appearance.say("Not yet computed."))

    def _update_appearance(self) -> None:
        if self._is_left():
            return
        look = self._appearance
        margin = look.whole_px(6)
        self._columns.setContentsMargins(margin, margin, margin, margin)
        self._columns.setSpacing(look.whole_px(14))
        self._head.set_space(look.whole_px(10))
        self._title.setText(look.say("In the gap"))
        self._title.setFont(look.font(12.5, bold=True))
        self._bars.setAccessibleName(look.say("In the gap"))
        self._sentence.setAccessibleName(look.say("The sentence and its gap"))
        self._sentence.setMinimumWidth(look.whole_px(220))
        self._sentence.take_appearance()
        self._state = None
        self._update_cursor()
