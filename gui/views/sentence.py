"""One sentence in place: why an input was refused."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from engine.errors import BackstepError
from gui.appearance import Appearance
from gui.paragraph import Paragraph
from gui.views.wrapped_height import keep_wrapped_height


class Sentence(Paragraph):
    """Takes no room while there is nothing to say; says it again when the language changes."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._appearance = appearance
        self._error: BackstepError | None = None
        self.setProperty("kind", "error")
        self.hide()
        appearance.changed.connect(self._update_appearance)

    def say(self, error: BackstepError | None) -> None:
        """Show an error's sentence; None to be silent."""
        self._error = error
        self._update_appearance()

    def clear(self) -> None:
        """Be silent."""
        self.say(None)

    def _update_appearance(self) -> None:
        self.setText("" if self._error is None else self._appearance.say_error(self._error))
        self.setVisible(self._error is not None)
        keep_wrapped_height(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        keep_wrapped_height(self)


def mark_wrong(field: QWidget, wrong: bool) -> None:
    """Show that a field's input was refused, or no longer."""
    if bool(field.property("wrong")) != wrong:
        field.setProperty("wrong", wrong)
        field.style().unpolish(field)
        field.style().polish(field)
