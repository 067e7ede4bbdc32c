"""Says that the pass on screen has forced values, and takes them away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from engine.settings import Settings
from gui.appearance import Appearance
from gui.bridge import Bridge


def _reads_truth(settings: Settings) -> bool:
    """Whether a decoder reads the truth whatever it answers."""
    return "teacher_forcing" in settings and settings.text("teacher_forcing") == "on"


class ForcedNotice(QWidget):
    """A line that is there only while the open iteration has edits."""

    def __init__(
        self, bridge: Bridge, appearance: Appearance, stop: Callable[[], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setProperty("kind", "warning")
        self._text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.button = QPushButton(self)
        self.button.clicked.connect(lambda: stop())
        row = QHBoxLayout(self)
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        self._update_text()
        bridge.tape_changed.connect(self._update_text)
        bridge.busy_changed.connect(self._update_busy)
        appearance.changed.connect(self._update_text)

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def _update_text(self) -> None:
        say, edits = self._appearance.say, self._bridge.session.edits
        count = sum(len(edit.numbers) for edit in edits)
        text = say(
            "Forced values in this pass: {count}. All that follows is computed with them; training goes on without "
            "them.", count=count)  # fmt: skip
        if _reads_truth(self._bridge.settings):
            text += " " + say("Teacher forcing is on: the decoder reads the truth all the same, not its new answers.")
        self._text.setText(text)
        self.button.setText(say("Stop forcing"))
        gap = self._appearance.whole_px(8)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(gap, gap // 2, gap, gap // 2)
        self.setVisible(bool(edits))
        self._update_busy()

    def _update_busy(self) -> None:
        self.button.setEnabled(self._bridge.busy is None)
