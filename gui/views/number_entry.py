"""A small window that asks for one number and says what is wrong with another one."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from gui.appearance import Appearance


class NumberEntry(QDialog):
    """A line to write in; only a number within the bounds is taken."""

    def __init__(self, least: float, most: float, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._least, self._most, self._appearance = least, most, appearance
        self._take: Callable[[float], None] = lambda number: None
        self.line = QLineEdit(self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        column = QVBoxLayout(self)
        for widget in (self.line, self.sentence, self._buttons):
            column.addWidget(widget)
        self._buttons.accepted.connect(self._finish)
        self._buttons.rejected.connect(self.reject)
        self.finished.connect(self.deleteLater)
        self.line.textEdited.connect(self._update_sentence)
        self._update_appearance()

    def ask(self, number: float, take: Callable[[float], None]) -> None:
        """Show it with a number to begin with; `take` gets what is written."""
        self._take = take
        self.line.setText(f"{number:.4g}" if math.isfinite(number) else "")
        self.line.selectAll()
        self.open()

    @property
    def number(self) -> float | None:
        """What is written; None if it is no number within the bounds."""
        try:
            number = float(self.line.text().strip().replace(",", "."))
        except ValueError:
            return None
        return number if self._least <= number <= self._most else None

    def _finish(self) -> None:
        number = self.number
        if number is None:
            self._update_sentence()
            self.line.setFocus()
            self.line.selectAll()
            return
        self.accept()
        self._take(number)

    def _update_sentence(self) -> None:
        say, bounds = self._appearance.say, {"least": f"{self._least:g}", "most": f"{self._most:g}"}
        wrong = self.number is None
        if wrong:
            text = self.line.text().strip()
            shown = text if len(text) <= 30 else text[:29] + "…"
            said = say("It must be a number from {least} to {most}, not “{text}”.", text=shown, **bounds)
        else:
            said = say("A number from {least} to {most}.", **bounds)
        self.sentence.setText(said)
        self.sentence.setProperty("kind", "warning" if wrong else "caption")
        self.sentence.style().polish(self.sentence)

    def _update_appearance(self) -> None:
        say, buttons = self._appearance.say, self._buttons
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(say("Force"))
        buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(say("Cancel"))
        self.line.setAccessibleName(say("Number"))
        self.setMinimumWidth(self._appearance.whole_px(300))
        self._update_sentence()
