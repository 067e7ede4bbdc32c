"""What ends a monkey's run: exceptions in slots and threads, Qt's warnings, Python's, and the program's own log."""

import logging
import sys
import threading
import traceback
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

# What the offscreen platform says of raise(), size hints and keyboard grabs: it has no screen to do them on.
_NO_SCREEN = "This plugin does not support "


class Alarm(logging.Handler):
    """Collects what went wrong.

    Attributes:
        problems: one text each.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.problems: list[str] = []

    def install(self) -> None:
        """Hear everything from now on; warnings of Python's must have been made errors by `-W error`."""
        sys.excepthook = self._hear_exception
        sys.unraisablehook = lambda args: self._hear(args.exc_type, args.exc_value, args.exc_traceback)
        threading.excepthook = lambda args: self._hear(args.exc_type, args.exc_value, args.exc_traceback)
        qInstallMessageHandler(self._hear_qt)
        logging.getLogger().addHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        """Hear the log."""
        self.problems.append(f"logged by {record.name}: {record.getMessage()}")

    def _hear_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        self._hear(kind, error, trace)

    def _hear(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.problems.append("".join(traceback.format_exception(kind, error, trace)))

    def _hear_qt(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind not in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg) and not text.startswith(_NO_SCREEN):
            where = "".join(traceback.format_stack(limit=12))
            self.problems.append(f"Qt: {text}\n{where}")
