"""What may take long or begins the run anew: reaching iterations, changing settings, undo. In a worker thread."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from engine.debugger.bad_step import BadStep, first_bad_step
from engine.debugger.session import Session
from engine.edits import Edit
from engine.errors import BackstepError, MemoryNeedError
from engine.lesson import Lesson
from engine.model import Parameters
from engine.settings import Settings
from engine.tape import Tape
from engine.task import Score
from engine.training.run import Run
from gui.checked_gradients import CheckedGradients
from gui.errands import Arrival, begin, check, judge, reach, record_again, train_on
from gui.old_tapes import OldTapes
from gui.undo_commands import ChangeSettings, EditPass
from gui.worker import Busy, Job, Worker


class Speaker(Protocol):
    """Says texts in the user's language: an Appearance or a Language."""

    def say(self, english: str, **values: object) -> str: ...

    def say_error(self, error: BackstepError) -> str: ...


class RunControl(QObject):
    """Commands on the run of a session; each is refused with a reason while another is at work.

    Attributes:
        first_bad: the run's first step that is not finite, once it was met.
        undo_stack: settings changes, and whatever else is pushed on it.

    Signals:
        message(text, kind): one sentence; kind is "info" or "problem".
        trained: the run has reached further.
    """

    message = Signal(str, str)
    busy_changed = Signal()
    trained = Signal()
    first_bad_changed = Signal()
    undo_changed = Signal()

    def __init__(self, session: Session, speaker: Speaker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._speaker = speaker
        self.first_bad: BadStep | None = None
        self.undo_stack = QUndoStack(self)
        self.undo_stack.indexChanged.connect(self.undo_changed)
        self._worker = Worker(self)
        self._worker.changed.connect(self._update_busy)
        self._old_tapes = OldTapes(session, self)

    @property
    def busy(self) -> Busy | None:
        """The long work under way; None while idle."""
        return self._worker.busy

    def give_way(self) -> None:
        """Let the window have the processor for a moment: the user steps while the run trains."""
        self._worker.give_way()

    def cancel(self) -> None:
        """Stop the long work; what was reached stays."""
        self._worker.cancel()

    def close(self) -> None:
        """Stop the thread, for good."""
        self._worker.close()
        self._old_tapes.close()

    def refuses(self) -> bool:
        """Whether the run is at work; says so."""
        if self.busy is not None:
            self.message.emit(self._speaker.say("The run is at work: cancel it first, or wait."), "problem")
        return self.busy is not None

    # --- iterations ---------------------------------------------------------------------------------------------

    def go(self, iteration: int, *, at_end: bool = False, then: Callable[[], None] | None = None) -> None:
        """Open an iteration, trained up to if need be; `then` is called when it is open."""
        if self.refuses():
            return
        run, known, iteration = self._session.run, self.first_bad, max(0, iteration)

        def arrived(arrival: Arrival) -> None:
            self._arrived(arrival, at_end)
            if arrival.tape is not None and then is not None:
                then()

        self._start(
            self._speaker.say("Training to iteration {iteration}", iteration=iteration),
            lambda job: reach(run, iteration, known, job), arrived, done=run.reached, total=iteration,
        )  # fmt: skip

    def train_on(self) -> None:
        """Run on through the next iterations until a breakpoint stops, or through the last one of the settings."""
        if self.refuses():
            return
        session, known = self._session, self.first_bad
        run, points, first = session.run, list(session.breakpoints), session.iteration + 1
        last = max(session.settings.integer("iterations") - 1, first)

        def arrived(arrival: Arrival) -> None:
            self._arrived(arrival, at_end=not arrival.hit)
            if arrival.hit:
                session.run_on()

        self._start(
            self._speaker.say("Training until a breakpoint stops it"),
            lambda job: train_on(run, first, last, points, known, job), arrived, done=first, total=last,
        )  # fmt: skip

    def _arrived(self, arrival: Arrival, at_end: bool) -> None:
        if arrival.tape is not None:
            self._session.open_iteration(arrival.iteration, at_end=at_end, tape=arrival.tape)
        else:
            self.trained.emit()
            self.message.emit(self._speaker.say(
                "Cancelled; the run has reached iteration {iteration}, and all up to there stays.",
                iteration=self._session.run.reached), "info")  # fmt: skip
        self._meet_bad_step(arrival.bad)

    def _meet_bad_step(self, bad: BadStep | None) -> None:
        if bad is None or bad == self.first_bad:
            return
        self.first_bad = bad
        self.first_bad_changed.emit()
        self.message.emit(self._speaker.say(
            "Iteration {iteration} is no longer finite; the first bad step is {address}.",
            iteration=bad.iteration, address=bad.address), "problem")  # fmt: skip

    def forget_bad_step(self) -> None:
        """The run began anew; its first iteration may be bad at once."""
        if self.first_bad is not None:
            self.first_bad = None
            self.first_bad_changed.emit()
        if self._session.run.history.first_bad is not None:
            self._meet_bad_step(first_bad_step(self._session.run))

    def examine(self, parameters: Parameters, take: Callable[[Score | None], None]) -> None:
        """Judge parameters on the task's examination; `take` gets the score, None after a cancel."""
        if not self.refuses():
            lesson, settings = self._session.lesson, self._session.settings
            self._start(
                self._speaker.say("Examining the network"), lambda job: judge(lesson, settings, parameters, job), take,
            )  # fmt: skip

    def check_gradients(self, take: Callable[[CheckedGradients | None], None]) -> None:
        """Compare the gradients of the open iteration with differences; `take` gets None after a cancel."""
        session = self._session
        lesson, settings, tape, iteration = session.lesson, session.settings, session.tape, session.iteration

        def checked(result: CheckedGradients | None) -> None:
            if result is None:
                self.message.emit(self._speaker.say("Cancelled; the gradients were not checked."), "info")
            take(result)

        self._start(
            self._speaker.say("Checking the gradients"),
            lambda job: check(lesson, settings, tape, iteration, job), checked,
        )  # fmt: skip

    # --- settings and lessons -----------------------------------------------------------------------------------

    def change_settings(self, values: dict[str, object]) -> None:
        """Begin the run anew with other settings."""
        if self.refuses():
            return
        try:
            after = self._session.settings.changed(**values)
        except BackstepError as error:
            self.tell_problem(error)
            return
        if after != self._session.settings:
            command = ChangeSettings(self._session, after)
            self._prepare(command, after, lambda: self.undo_stack.push(command))

    def undo(self) -> None:
        """Take back the last command on the stack."""
        if self.refuses() or not self.undo_stack.canUndo():
            return
        command = self.undo_stack.command(self.undo_stack.index() - 1)
        if isinstance(command, ChangeSettings):
            self._prepare(command, command.before, self.undo_stack.undo)
        elif isinstance(command, EditPass):
            self._record_again(command, command.before, self.undo_stack.undo)
        else:
            self.undo_stack.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.refuses() or not self.undo_stack.canRedo():
            return
        command = self.undo_stack.command(self.undo_stack.index())
        if isinstance(command, ChangeSettings):
            self._prepare(command, command.after, self.undo_stack.redo)
        elif isinstance(command, EditPass):
            self._record_again(command, command.after, self.undo_stack.redo)
        else:
            self.undo_stack.redo()

    def edit_pass(self, edits: tuple[Edit, ...], text: str) -> None:
        """Record the open iteration again with edits; `text` is what undo calls it."""
        if not self.refuses() and edits != self._session.edits:
            command = EditPass(self._session, edits, text)
            self._record_again(command, edits, lambda: self.undo_stack.push(command))

    def _record_again(self, command: EditPass, edits: tuple[Edit, ...], carry_out: Callable[[], None]) -> None:
        run = self._session.run

        def recorded(tape: Tape | None) -> None:
            if tape is None:
                self.message.emit(self._speaker.say("Cancelled; the pass stays as it was."), "info")
            else:
                command.prepare(tape)
                carry_out()

        self._start(
            self._speaker.say("Recording the pass again"),
            lambda job: record_again(run, command.iteration, edits, job), recorded,
        )  # fmt: skip

    def open(self, lesson: Lesson, settings: Settings) -> None:
        """Begin a lesson from its start."""
        if self.refuses():
            return

        def opened(run: Run, tape: Tape) -> None:
            if lesson.id != self._session.lesson.id:
                self.undo_stack.clear()
            self._session.open_run(run, tape)

        self._make_run(lesson, settings, opened)

    def _prepare(self, command: ChangeSettings, settings: Settings, carry_out: Callable[[], None]) -> None:
        def prepared(run: Run, tape: Tape) -> None:
            command.prepare(run, tape)
            carry_out()

        self._make_run(self._session.lesson, settings, prepared)

    def _make_run(self, lesson: Lesson, settings: Settings, take: Callable[[Run, Tape], None]) -> None:
        def made(found: tuple[Run, Tape] | None) -> None:
            if found is None:
                self.message.emit(self._speaker.say("Cancelled; the run stays as it was."), "info")
            else:
                take(*found)

        self._start(self._speaker.say("Preparing the run"), lambda job: begin(lesson, settings, job), made)

    # --- the thread ---------------------------------------------------------------------------------------------

    def _start(self, text: str, work, finish, *, done: int = 0, total: int = 0) -> None:
        self._worker.start(Job(text, work, finish, self._failed, total, done))

    def _failed(self, error: BaseException) -> None:
        self.trained.emit()
        if isinstance(error, MemoryError):
            error = MemoryNeedError("There is not enough memory for this.")
        if not isinstance(error, BackstepError):
            raise error
        self.tell_problem(error)

    def tell_problem(self, error: BackstepError) -> None:
        """Say an error's sentence."""
        self.message.emit(self._speaker.say_error(error), "problem")

    def _update_busy(self) -> None:
        self.busy_changed.emit()
        self.trained.emit()
