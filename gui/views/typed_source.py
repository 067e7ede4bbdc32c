"""A field for a source of the user's own, and the answer to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from engine.errors import BackstepError
from engine.text.typed_text import TakesText, Typed
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.sentence import mark_wrong
from gui.views.text_reading import brief
from gui.views.view_header import Reading

_LONGEST = 2000
_LEAST_FIELD = 165.0


class TypedSource(QWidget):
    """The field at the left, one line of text at the right; the field is hidden where sources cannot be typed.

    Signals: changed, when another text was typed.
    """

    changed = Signal()

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._problem: BackstepError | None = None
        self._unknown: tuple[str, ...] = ()
        self._field = QLineEdit()
        self._field.setMaxLength(_LONGEST)
        self._field.setClearButtonEnabled(True)
        self._field.setProperty("kind", "compact")
        self._answer = Reading(appearance)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._field, 2)
        self._row.addWidget(self._answer, 5)
        self._update_task()
        self._update_appearance()
        self._field.textChanged.connect(lambda _: self.changed.emit())
        bridge.lesson_changed.connect(self._update_task)
        appearance.changed.connect(self._update_appearance)

    @property
    def text(self) -> str:
        """What was typed; empty where nothing can be."""
        return self._field.text().strip() if self._can_type else ""

    def type(self, text: str) -> None:
        """Type a text."""
        self._field.setText(text)

    @property
    def answer(self) -> str:
        """What stands at the right."""
        return self._answer.text

    @property
    def problem(self) -> BackstepError | None:
        """Why the typed text cannot be read."""
        return self._problem

    def typed(self) -> Typed | None:
        """The batch of the typed text; None where there is none, or it cannot be read, which is then said."""
        task = self._bridge.lesson.task
        self._problem = None
        found = None
        if self.text and isinstance(task, TakesText):
            try:
                found = task.typed(self.text, self._bridge.settings)
            except BackstepError as error:
                self._problem = error
        self._unknown = () if found is None else found.unknown
        mark_wrong(self._field, wrong=self._problem is not None)
        return found

    def show_answer(self, sentence: str) -> None:
        """Write at the right; why the text cannot be read goes before, what of it is not known comes after."""
        if self._problem is not None:
            sentence = self._appearance.say_error(self._problem)
        elif self.text and self._unknown:
            words = ", ".join(map(brief, self._unknown))
            sentence += " · " + self._appearance.say("Unknown words, read as <unk>: {words}", words=words)
        self._answer.set_text(sentence)

    @property
    def _can_type(self) -> bool:
        return isinstance(self._bridge.lesson.task, TakesText)

    def _update_task(self) -> None:
        self._field.setVisible(self._can_type)

    def _update_appearance(self) -> None:
        look = self._appearance
        self._row.setContentsMargins(look.whole_px(6), look.whole_px(2), look.whole_px(6), look.whole_px(3))
        self._row.setSpacing(look.whole_px(8))
        self._field.setMinimumWidth(look.whole_px(_LEAST_FIELD))
        self._field.setPlaceholderText(look.say("a source of your own"))
        self._field.setToolTip(look.say("Type a source: the network answers it with the weights as they are now."))
        self._field.setAccessibleName(look.say("a source of your own"))
