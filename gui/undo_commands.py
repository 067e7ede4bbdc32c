"""What can be undone. A command touches the session only; the views follow by its events."""

from PySide6.QtGui import QUndoCommand

from engine.debugger.breakpoints import Breakpoint
from engine.debugger.session import Session
from engine.edits import Edit
from engine.settings import Change, Settings
from engine.tape import Tape
from engine.training.run import Run


class ChangeSettings(QUndoCommand):
    """The run begun anew with other settings."""

    def __init__(self, session: Session, after: Settings) -> None:
        self.before = session.settings
        self.after = after
        super().__init__(in_words(tuple(self.before.changes(after))))
        self._session = session
        self._prepared: tuple[Run, Tape] | None = None

    def prepare(self, run: Run, tape: Tape) -> None:
        """Take a run and its first tape, made in a worker thread, for the next undo or redo."""
        self._prepared = (run, tape)

    def redo(self) -> None:
        """Begin with the later settings."""
        self._open(self.after)

    def undo(self) -> None:
        """Begin with the former settings."""
        self._open(self.before)

    def _open(self, settings: Settings) -> None:
        prepared, self._prepared = self._prepared, None
        if prepared is None:
            self._session.restart(settings)
        else:
            self._session.open_run(*prepared)


class EditPass(QUndoCommand):
    """Numbers forced upon the pass of an iteration, or no longer."""

    def __init__(self, session: Session, after: tuple[Edit, ...], text: str) -> None:
        super().__init__(text)
        self._session = session
        self.iteration = session.iteration
        self.before = session.edits
        self.after = after
        self._prepared: Tape | None = None

    def prepare(self, tape: Tape) -> None:
        """Take the tape, recorded in a worker thread, for the next undo or redo."""
        self._prepared = tape

    def redo(self) -> None:
        """Have the later ones."""
        self._open(self.after)

    def undo(self) -> None:
        """Have the former ones."""
        self._open(self.before)

    def _open(self, edits: tuple[Edit, ...]) -> None:
        tape, self._prepared = self._prepared, None
        self._session.edit(edits, iteration=self.iteration, tape=tape)


class AddBreakpoint(QUndoCommand):
    """A breakpoint added."""

    def __init__(self, session: Session, point: Breakpoint, text: str) -> None:
        super().__init__(text)
        self._session = session
        self._point = point

    def redo(self) -> None:
        """Add it."""
        self._session.add_breakpoint(self._point)

    def undo(self) -> None:
        """Take it away."""
        self._session.remove_breakpoint(self._point)


class RemoveBreakpoint(QUndoCommand):
    """A breakpoint taken away."""

    def __init__(self, session: Session, point: Breakpoint, text: str) -> None:
        super().__init__(text)
        self._session = session
        self._point = point

    def redo(self) -> None:
        """Take it away."""
        self._session.remove_breakpoint(self._point)

    def undo(self) -> None:
        """Add it."""
        self._session.add_breakpoint(self._point)


def in_words(changes: tuple[Change, ...]) -> str:
    """Changes of settings, such as "hidden: 16 → 32, bias: false → true"."""
    return ", ".join(f"{change.name}: {_word(change.before)} → {_word(change.after)}" for change in changes)


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) else str(value)
