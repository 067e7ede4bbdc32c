"""The only link between the engine's session and the screen: events become Qt signals, the user's wishes commands."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from engine.debugger.bad_step import BadStep
from engine.debugger.breakpoints import Breakpoint, Condition
from engine.debugger.cursor import Cursor
from engine.debugger.events import (
    BreakpointHit,
    BreakpointsChanged,
    CursorMoved,
    Event,
    GrainChanged,
    Restarted,
    TapeChanged,
)
from engine.debugger.grain import Grain
from engine.debugger.session import Session
from engine.edits import Edit
from engine.errors import AddressError, BackstepError
from engine.lesson import Lesson, lesson_named
from engine.model import Parameters
from engine.settings import Settings
from engine.tape import Tape
from engine.task import Score
from gui.gradient_checking import GradientChecking
from gui.language import Language
from gui.player import Player
from gui.run_control import RunControl, Speaker
from gui.undo_commands import AddBreakpoint, RemoveBreakpoint, in_words
from gui.worker import Busy


class Bridge(QObject):
    """The session for widgets: read it freely, change it by the commands here. No command raises a BackstepError:
    its sentence is sent as a message.

    Attributes:
        session: the engine's session.
        selection: tape index of the step the user picked; None: views follow the cursor.
        focus_unit: the unit j whose scalar equation is written out.
        sequence: the sequence of the batch, from 0, for all that shows but one; there may be fewer in what they show.
        hover: (tape index, unit or None) under the mouse in any view; None outside.
        through_iterations: whether playing goes on into the next iteration.
        gradients: the gradient check of the open iteration.

    Signals:
        cursor_moved: the cursor or the tape changed; the fast path, every step.
        tape_changed: another tape; its structure may differ. cursor_moved follows.
        restarted(changes): the run began anew. tape_changed follows.
        lesson_changed: another lesson is open. restarted follows.
        history_changed: the list of losses grew or was reset.
        message(text, kind): one sentence; kind is "info" or "problem".
    """

    cursor_moved = Signal()
    tape_changed = Signal()
    restarted = Signal(tuple)
    lesson_changed = Signal()
    grain_changed = Signal()
    breakpoints_changed = Signal()
    history_changed = Signal()
    selection_changed = Signal()
    focus_unit_changed = Signal()
    sequence_changed = Signal()
    hover_changed = Signal()
    first_bad_changed = Signal()
    message = Signal(str, str)
    busy_changed = Signal()
    playing_changed = Signal()
    undo_changed = Signal()

    def __init__(self, session: Session, speaker: Speaker | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.selection: int | None = None
        self.focus_unit = 0
        self.sequence = 0
        self.hover: tuple[int, int | None] | None = None
        self.through_iterations = False
        self._speaker: Speaker = speaker if speaker is not None else Language()
        self._lesson_id = session.lesson.id
        self._reached = session.run.reached
        self._breakpoint_steps: tuple[int, ...] | None = None
        self._selected_address = ""
        self._run = RunControl(session, self._speaker, self)
        self._run.message.connect(self.message)
        self._run.busy_changed.connect(self.busy_changed)
        self._run.first_bad_changed.connect(self.first_bad_changed)
        self._run.undo_changed.connect(self.undo_changed)
        self._run.trained.connect(self._update_history)
        self.gradients = GradientChecking(session, self._run, self)
        self.lesson_changed.connect(self.gradients.forget)
        self.restarted.connect(self.gradients.update_run)
        self.tape_changed.connect(self.gradients.update_tape)
        self._player = Player(self._play_on, self)
        self._player.changed.connect(self.playing_changed)  # or another speed
        session.listen(self._on_event)

    # --- where we are -------------------------------------------------------------------------------------------

    @property
    def cursor(self) -> Cursor:
        return self.session.cursor

    @property
    def tape(self) -> Tape:
        return self.session.tape

    @property
    def iteration(self) -> int:
        return self.session.iteration

    @property
    def settings(self) -> Settings:
        return self.session.settings

    @property
    def lesson(self) -> Lesson:
        return self.session.lesson

    @property
    def selected(self) -> int | None:
        """The step to look at: the picked one, else the one executed last; None at the start."""
        return self.selection if self.selection is not None else self.cursor.current

    @property
    def breakpoint_steps(self) -> tuple[int, ...]:
        """Tape indices at which enabled breakpoints stop on this tape, ascending."""
        if self._breakpoint_steps is None:
            names = self.cursor.addresses
            points = [point for point in self.session.breakpoints if point.enabled]
            self._breakpoint_steps = tuple(sorted({i for point in points for i in point.steps(self.tape, names)}))
        return self._breakpoint_steps

    @property
    def busy(self) -> Busy | None:
        """The long work under way; None while idle."""
        return self._run.busy

    @property
    def first_bad(self) -> BadStep | None:
        """The run's first step that is not finite, once it was met."""
        return self._run.first_bad

    @property
    def undo_stack(self) -> QUndoStack:
        """Settings changes, breakpoints and forced values."""
        return self._run.undo_stack

    @property
    def playing(self) -> bool:
        return self._player.playing

    @property
    def speed(self) -> float:
        """Steps per second when playing; infinite: as fast as the screen follows."""
        return self._player.speed

    # --- stepping -----------------------------------------------------------------------------------------------

    def step(self) -> None:
        """Pass over one grain; from the end of the tape, into the next iteration."""
        if self.cursor.stop_after(self.session.grain) is not None:
            self.session.step()
        else:
            self.go_to_iteration(self.iteration + 1, at_end=self.session.grain is Grain.ITERATION)

    def step_back(self) -> None:
        """Go back over one grain; from the start of the tape, to the end of the iteration before."""
        if self.cursor.position > 0:
            self.session.step_back()
        elif self.iteration > 0:
            self.go_to_iteration(self.iteration - 1, at_end=self.session.grain is not Grain.ITERATION)

    def run_on(self) -> None:
        """Run to the next breakpoint of this tape or to its end; from the end, through the next iteration."""
        if self.cursor.position < self.cursor.end:
            self.session.run_on()
        else:
            self._run.go(self.iteration + 1, then=self.session.run_on)

    def run_back(self) -> None:
        """Run back to the last breakpoint or to the start; from the start, through the iteration before."""
        if self.cursor.position > 0:
            self.session.run_back()
        elif self.iteration > 0:
            self._run.go(self.iteration - 1, at_end=True, then=self.session.run_back)

    def run_to(self, index: int) -> None:
        """Put the cursor just behind a step of this tape."""
        self.session.run_to(index)

    def move_to(self, position: int) -> None:
        """Put the cursor behind the step nearest to a position."""
        self.session.move_to(position)

    def set_grain(self, grain: Grain) -> None:
        """Step over something else from now on."""
        self.session.set_grain(grain)

    # --- looking ------------------------------------------------------------------------------------------------

    def select(self, index: int | None) -> None:
        """Pick a step to look at; None to follow the cursor again."""
        if index is not None and not 0 <= index < len(self.tape):
            index = None
        if index != self.selection:
            self.selection = index
            self._selected_address = "" if index is None else self.cursor.addresses[index]
            self.selection_changed.emit()

    def set_focus_unit(self, unit: int) -> None:
        """Write out the scalar equation of another unit, from 0."""
        unit = max(0, unit)
        if unit != self.focus_unit:
            self.focus_unit = unit
            self.focus_unit_changed.emit()

    def set_sequence(self, sequence: int) -> None:
        """Let all that shows one sequence of the batch show another one, from 0."""
        sequence = max(0, sequence)
        if sequence != self.sequence:
            self.sequence = sequence
            self.sequence_changed.emit()

    def hover_at(self, index: int | None, unit: int | None = None) -> None:
        """Tell all views what the mouse points at; None for nothing."""
        hover = None if index is None else (index, unit)
        if hover != self.hover:
            self.hover = hover
            self.hover_changed.emit()

    # --- breakpoints --------------------------------------------------------------------------------------------

    def toggle_breakpoint(self, index: int | None = None) -> None:
        """Set a breakpoint at a step, by default the one looked at, or take it away."""
        index = index if index is not None else self.selected
        if index is None or self.tape[index].operation is None:
            self.message.emit(self._speaker.say("Pick an executed step to set a breakpoint at."), "problem")
            return
        address = self.cursor.addresses[index]
        found = next((point for point in self.session.breakpoints if point.address == address), None)
        if found is None:
            self.add_breakpoint(address)
        else:
            self.remove_breakpoint(found)

    def add_breakpoint(
        self, address: str, condition: Condition = Condition.ALWAYS, threshold: float = 0.0
    ) -> None:
        """Add a breakpoint at an address with wildcards; the same one only once."""
        try:
            point = Breakpoint(address.strip(), condition, threshold)
            if not point.steps(self.tape) and not Breakpoint(point.address).steps(self.tape):
                raise AddressError("No step has the address {text}.", text=point.address)
        except BackstepError as error:
            self._run.tell_problem(error)
            return
        for known in self.session.breakpoints:
            if (known.address, known.condition, known.threshold) == (point.address, condition, threshold):
                self.session.switch_breakpoint(known, True)
                return
        text = self._speaker.say("breakpoint {address}", address=point.address)
        self.undo_stack.push(AddBreakpoint(self.session, point, text))

    def remove_breakpoint(self, point: Breakpoint) -> None:
        """Take a breakpoint away."""
        if any(known.number == point.number for known in self.session.breakpoints):
            text = self._speaker.say("breakpoint {address}", address=point.address)
            self.undo_stack.push(RemoveBreakpoint(self.session, point, text))

    def switch_breakpoint(self, point: Breakpoint, enabled: bool) -> None:
        """Switch a breakpoint on or off."""
        self.session.switch_breakpoint(point, enabled)

    # --- iterations ---------------------------------------------------------------------------------------------

    def go_to_iteration(self, iteration: int, *, at_end: bool = False) -> None:
        """Open an iteration; trains up to it first when it was not reached yet."""
        self._run.go(iteration, at_end=at_end)

    def train_on(self) -> None:
        """Run on through iterations until a breakpoint stops, or through the last one of the settings."""
        if any(index >= self.cursor.position for index in self.breakpoint_steps):
            self.session.run_on()
        else:
            self._run.train_on()

    def go_to_first_bad(self) -> None:
        """Go behind the first step of the run that is not finite."""
        bad = self.first_bad
        if bad is None:
            return

        def look() -> None:
            self.session.run_to(bad.index)
            self.select(None)

        if bad.iteration == self.iteration:
            look()
        else:
            self._run.go(bad.iteration, then=look)

    def examine(self, parameters: Parameters, take: Callable[[Score | None], None]) -> None:
        """Judge parameters on the task's examination; `take` gets the score, None after a cancel."""
        self._run.examine(parameters, take)

    def cancel(self) -> None:
        """Stop the long work; what was reached stays."""
        self._run.cancel()

    # --- settings and lessons -----------------------------------------------------------------------------------

    def change_settings(self, **values: object) -> None:
        """Restart the run with other settings; can be undone."""
        self._run.change_settings(values)

    def undo(self) -> None:
        """Take back the last change of settings or breakpoints."""
        self._run.undo()

    def redo(self) -> None:
        """Do again what was taken back."""
        self._run.redo()

    def reset(self) -> None:
        """Begin the run anew with the same settings."""
        self._run.open(self.lesson, self.settings)

    def open_lesson(self, lesson_id: str) -> None:
        """Leave this run for another lesson, with that lesson's settings."""
        try:
            lesson = lesson_named(lesson_id)
        except BackstepError as error:
            self._run.tell_problem(error)
            return
        self._run.open(lesson, lesson.settings)

    # --- edits --------------------------------------------------------------------------------------------------

    def edit_pass(self, edits: tuple[Edit, ...], text: str) -> None:
        """Record the open iteration again with numbers forced upon it, none to have it as it was; can be undone.

        Args:
            edits: all there are to be.
            text: what undo calls the change.
        """
        self._run.edit_pass(edits, text)

    # --- playing ------------------------------------------------------------------------------------------------

    def play(self) -> None:
        """Step on by itself until a breakpoint, the end of the iteration or pause()."""
        if not self._run.refuses():
            self._player.play()

    def pause(self) -> None:
        """Stop playing."""
        self._player.pause()

    def set_speed(self, steps_per_second: float) -> None:
        """Play faster or slower: 0.5 … 60 steps per second, or infinite."""
        self._player.set_speed(steps_per_second)

    def set_through_iterations(self, through: bool) -> None:
        """Whether playing goes on into the next iteration."""
        self.through_iterations = through
        self.playing_changed.emit()

    def _play_on(self) -> bool:
        """One step of playing; False when it is to end."""
        if self.busy is not None:
            return True
        stop = self.cursor.stop_after(self.session.grain)
        if stop is None:
            self.step()
            return True
        hit = next((i for i in self.breakpoint_steps if self.cursor.position <= i < stop), None)
        if hit is not None:
            self.session.run_on()
            return False
        self.session.step()
        whole = self.session.grain is Grain.ITERATION
        return whole or self.through_iterations or self.cursor.position < self.cursor.end

    # --- events of the session ----------------------------------------------------------------------------------

    def _on_event(self, event: Event) -> None:
        match event:
            case CursorMoved():
                self._run.give_way()
                self.cursor_moved.emit()
            case TapeChanged():
                self._take_tape()
            case Restarted():
                self._take_run(event)
            case GrainChanged():
                self.grain_changed.emit()
            case BreakpointsChanged():
                self._breakpoint_steps = None
                self.breakpoints_changed.emit()
            case BreakpointHit():
                self.breakpoints_changed.emit()
                text = self._speaker.say("Stopped at the breakpoint {address}.", address=event.breakpoint.address)
                self.message.emit(text, "info")

    def _take_tape(self) -> None:
        moved = self._take_marks()
        self.tape_changed.emit()
        if moved:  # told only now: who hears it has the new tape's picture by then
            self.selection_changed.emit()
        self._update_history()
        self.cursor_moved.emit()

    def _take_run(self, event: Restarted) -> None:
        moved = self._take_marks()  # first: who is told anything may ask for what is selected
        self.pause()
        before = self.sequence
        if event.lesson != self._lesson_id:
            self._lesson_id, self.sequence = event.lesson, 0
            self.lesson_changed.emit()
        self._reached = -1
        self.restarted.emit(event.changes)
        self._take_tape()
        if self.sequence != before:
            self.sequence_changed.emit()
        if moved:
            self.selection_changed.emit()
        if event.changes:
            text = self._speaker.say("{changes}; restarted at iteration 0.", changes=in_words(event.changes))
            self.message.emit(text, "info")
        self._run.forget_bad_step()

    def _take_marks(self) -> bool:
        """Breakpoints, hover and selection on the new tape; True if the picked step has another index, or none."""
        self._breakpoint_steps = None
        picked, names = self.selection, self.cursor.addresses
        if picked is not None and not (picked < len(names) and names[picked] == self._selected_address):
            self.selection = names.index(self._selected_address) if self._selected_address in names else None
        self.hover_at(None)
        return self.selection != picked

    def _update_history(self) -> None:
        reached = self.session.run.reached
        if reached != self._reached:
            self._reached = reached
            self.history_changed.emit()

    def close(self) -> None:
        """Stop playing and training, and leave the session."""
        self.pause()
        self._run.close()
        self.session.ignore(self._on_event)
