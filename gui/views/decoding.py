"""The view of a decoder: what it reads and answers over time, forced and free, and what it held for likely."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from engine.analysis.series import time_of
from engine.tasks.text import likeliest
from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.decoding_choice import DecodingChoice
from gui.views.decoding_plot import DecodingPlot
from gui.views.decoding_runs import DecodingRuns
from gui.views.decoding_sentences import DecodingSentences
from gui.views.hypotheses import Hypotheses
from gui.views.symbol_name import symbol_name
from gui.views.task_over_time import TaskOverTime
from gui.views.text_reading import Chance, brief
from gui.views.typed_source import TypedSource
from gui.views.word_bars import WordBars

_BARS, _LEAST_BARS, _SHARE = 230.0, 150.0, 0.3
"""Width of the bars, px before scaling: so much at most and at least, and of the whole."""
_MOST = 40
"""So many symbols may have a bar."""


class DecodingView(QWidget):
    """Tokens over time at the left; at the right the likeliest answers at the cursor's step, the truth in bold.

    Below, the answer to a source of the user's own; a beam's hypotheses are listed at the right.
    """

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._runs = DecodingRuns(bridge, self)
        self._tokens = DecodingPlot(self._runs, bridge, appearance)
        self._over_time = TaskOverTime(self._tokens, bridge, appearance)
        self._choice = DecodingChoice(appearance)
        self._typed = TypedSource(bridge, appearance)
        self._sentences = DecodingSentences(bridge, appearance)
        self._caption, self._kept_caption = QLabel(), QLabel()
        self._bars = WordBars(appearance)
        self._kept = Hypotheses(appearance)
        self._shown: object = None
        self._picked: int | None = None
        self._build()
        self._update_appearance()
        self._connect()

    def _connect(self) -> None:
        bridge = self._bridge
        self._over_time.sequence_changed.connect(self._update_sequence)
        self._choice.changed.connect(self._ask)
        self._typed.changed.connect(self._update_typed)
        self._runs.changed.connect(self._update_answers)
        self._tokens.picked.connect(self._pick)
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.selection_changed.connect(self._update_chances)
        bridge.busy_changed.connect(self._ask)
        self._appearance.changed.connect(self._update_appearance)

    @property
    def over_time(self) -> TaskOverTime:
        """The tokens and the choice of the sequence."""
        return self._over_time

    @property
    def tokens(self) -> DecodingPlot:
        """The tokens."""
        return self._tokens

    @property
    def runs(self) -> DecodingRuns:
        """What is run free and forced."""
        return self._runs

    @property
    def choice(self) -> DecodingChoice:
        """How it chooses when it runs free."""
        return self._choice

    @property
    def typed(self) -> TypedSource:
        """The source of the user's own, and what is said of the runs."""
        return self._typed

    @property
    def kept(self) -> Hypotheses:
        """The hypotheses of a beam."""
        return self._kept

    @property
    def caption(self) -> str:
        """What stands over the bars."""
        return self._caption.text()

    @property
    def bars(self) -> WordBars:
        """The likeliest answers."""
        return self._bars

    @property
    def time(self) -> int | None:
        """The time step whose answers are shown: the selected or the cursor's, else the last one answered."""
        series, cursor = self._tokens.series, self._bridge.cursor
        if self._picked is not None and series.entry(Role.OUTPUT, self._picked) is not None:
            return self._picked
        for entry in (self._bridge.selection, cursor.current):
            t = None if entry is None else time_of(self._bridge.tape.steps[entry])
            if t is not None and series.entry(Role.OUTPUT, t) is not None:
                return t
        times = [t for t in range(1, series.length + 1) if series.numbers(Role.OUTPUT, t) is not None]
        return times[-1] if times else None

    def chances(self, most: int = _MOST) -> list[Chance]:
        """The likeliest answers at that step, and the truth, if it is not among them, last; none while not revealed."""
        t, tokens = self.time, self._tokens.tokens
        found = None if t is None else tokens.series.numbers(Role.OUTPUT, t)
        if t is None or found is None or found.ndim != 1:
            return []
        truth = tokens.series.numbers(Role.TARGET, t)
        right = -1 if truth is None or len(truth) != 1 else int(truth[0])
        top = likeliest(found, most).tolist()
        if 0 <= right < len(found) and right not in top:
            top[-1] = right
        names = tokens.answers
        return [
            Chance(brief(symbol_name(names, one)), float(found[one]), None, one == right) for one in top
        ]

    def _build(self) -> None:
        column = QVBoxLayout()
        column.addWidget(self._caption)
        column.addWidget(self._bars, 3)
        column.addWidget(self._kept_caption)
        column.addWidget(self._kept, 2)
        self._margins = column
        self._over_time.add_option(self._choice)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._over_time, 1)
        left.addWidget(self._typed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addLayout(column)

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        self._shown = self._picked = None
        self._choice.setVisible(self._runs.possible)
        self._update_chances()
        self._update_typed()

    def _update_sequence(self) -> None:
        self._update_chances()
        self._update_typed()

    def _update_cursor(self) -> None:
        if self._bridge.cursor.current is not None and time_of(self._bridge.tape[self._bridge.cursor.current]):
            self._picked = None
        self._update_chances()
        self._ask()

    def _pick(self, t: int) -> None:
        """A step of a network without time steps is no place of the cursor's, but can be looked at."""
        entry = self._tokens.series.entry(Role.OUTPUT, t)
        self._picked = None if entry is None or time_of(self._bridge.tape[entry]) is not None else t
        self._update_chances()

    def _ask(self) -> None:
        """Have the runs made for what is on show; cheap if nothing of it has changed."""
        if not self.isVisible() or self._bridge.busy is not None:
            return
        typed = self._typed.typed() if self._typed.text or self._typed.problem else None
        self._runs.ask(self._tokens.series.sequence, self._choice.choice, self._typed.text, typed)

    def _update_typed(self) -> None:
        self._ask()
        self._update_answers()

    def _update_answers(self) -> None:
        if not self.isVisible():
            return
        made = self._runs.made
        choice, text = self._choice.choice, self._typed.text if self._typed.problem is None else ""
        self._typed.show_answer(self._sentences.sentence(self._tokens, made, choice, text))
        hypotheses = self._sentences.hypotheses(self._tokens, made)
        for widget in (self._kept_caption, self._kept):
            widget.setVisible(bool(hypotheses))
        self._kept.show_hypotheses(hypotheses)

    def _update_chances(self) -> None:
        if not self.isVisible():
            return
        t, sequence = self.time, self._tokens.series.sequence
        entry = None if t is None else self._tokens.series.entry(Role.OUTPUT, t)
        shown = (t, sequence, entry is not None and self._bridge.cursor.revealed(entry))
        if shown == self._shown:
            return
        self._shown = shown
        say, chances = self._appearance.say, self.chances()
        self._caption.setText(say("Likeliest answers at t = {t}", t=t) if t is not None else say("Likeliest answers"))
        empty = say("The decoder has not answered yet.") if t is None else say("t = {t}: not yet computed", t=t)
        self._bars.show_chances(chances, "" if chances else empty)

    def _update_appearance(self) -> None:
        look = self._appearance
        self._margins.setContentsMargins(look.whole_px(6), look.whole_px(4), look.whole_px(8), look.whole_px(4))
        self._caption.setFont(look.font(12))
        self._margins.setSpacing(look.whole_px(6))
        self._update_width()
        self._bars.setAccessibleName(look.say("Likeliest answers"))
        self._caption.setToolTip(look.say("The truth is in bold."))
        self._choice.setVisible(self._runs.possible)
        self._kept_caption.setFont(look.font(12))
        self._kept_caption.setText(look.say("Hypotheses, log-probability"))
        self._kept.setAccessibleName(look.say("Hypotheses, log-probability"))
        self._shown = None
        self._update_chances()
        self._update_answers()

    def _update_width(self) -> None:
        look = self._appearance
        self._bars.setFixedWidth(round(max(look.px(_LEAST_BARS), min(look.px(_BARS), _SHARE * self.width()))))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_width()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._shown = None
        self._update_chances()
        self._update_typed()
