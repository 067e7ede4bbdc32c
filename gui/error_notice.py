"""Errors nobody caught are shown in the window, with details to copy; none is swallowed."""

import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from engine.errors import BackstepError
from gui.appearance import Appearance
from gui.paragraph import Paragraph


class ErrorNotice(QDialog):
    """One sentence, and the details for a report."""

    def __init__(self, sentence: str, details: str, appearance: Appearance, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setObjectName("error notice")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say = appearance.say
        self.setWindowTitle(say("Something went wrong"))
        text = Paragraph(sentence, self)
        text.setProperty("kind", "error")
        self._details = QPlainTextEdit(details, self)
        self._details.setReadOnly(True)
        self._details.setFont(appearance.font(12.0, family="mono"))
        buttons = QDialogButtonBox(self)
        copy = buttons.addButton(say("Copy the details"), QDialogButtonBox.ButtonRole.ActionRole)
        close = buttons.addButton(say("Close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        copy.clicked.connect(self._copy)
        buttons.rejected.connect(self.close)
        layout = QVBoxLayout(self)
        for widget in (text, self._details, buttons):
            layout.addWidget(widget)
        self.resize(appearance.whole_px(680), appearance.whole_px(380))

    def add(self, details: str) -> None:
        """Append another error to the one on show."""
        self._details.appendPlainText(f"\n{details}")

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._details.toPlainText())


class ErrorReporter(QObject):
    """Takes the place of sys.excepthook while the window is open; also writes to stderr what it shows.

    Attributes:
        count: number of errors met; the exit status is 1 if there was any.
    """

    def __init__(self, appearance: Appearance, window: QWidget) -> None:
        super().__init__(window)
        self.count = 0
        self._appearance = appearance
        self._window = window
        self._notice: ErrorNotice | None = None

    def install(self) -> None:
        """Be asked from now on."""
        sys.excepthook = self.report

    def report(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        """Show an error, all of them in one notice."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.count += 1
        details = "".join(traceback.format_exception(kind, error, trace))
        sys.stderr.write(details)
        if self._notice is not None:
            self._notice.add(details)
            return
        self._notice = ErrorNotice(self._sentence(error), details, self._appearance, self._window)
        self._notice.destroyed.connect(self._forget)
        self._notice.show()

    def _sentence(self, error: BaseException) -> str:
        if isinstance(error, BackstepError):
            return self._appearance.say_error(error)
        return self._appearance.say(
            "Backstep met an error of its own ({kind}: {text}); you can go on, and the details help to mend it.",
            kind=type(error).__name__, text=str(error),
        )  # fmt: skip

    def _forget(self) -> None:
        self._notice = None
