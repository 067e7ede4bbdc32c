"""A session: a run, the tape of one of its iterations, a cursor, a grain and breakpoints."""

from __future__ import annotations

from collections.abc import Callable

from engine.debugger.breakpoints import Breakpoint
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
from engine.edits import Edit
from engine.lesson import Lesson
from engine.settings import Settings
from engine.tape import Tape
from engine.training.run import Run, RunError

Listener = Callable[[Event], None]


class Session:
    """What the window, the command line and the tests step with.

    Attributes:
        run: the training that is looked at.
        iteration: the number of the open iteration, from 0.
        edits: numbers forced upon steps of the open iteration's forward pass; the run itself never has them.
        cursor: over its tape.
        grain: what one step passes over.
        breakpoints: in the order in which they were made.
    """

    def __init__(self, lesson: Lesson, settings: Settings | None = None) -> None:
        """Open a lesson at the start of its first iteration.

        Raises:
            MemoryNeedError: the settings need more memory than there is.
        """
        self._listeners: list[Listener] = []
        self.grain = Grain.OPERATION
        self.breakpoints: list[Breakpoint] = []
        self.run = Run(lesson, settings if settings is not None else lesson.settings)
        self.iteration = 0
        self.edits: tuple[Edit, ...] = ()
        self.cursor = Cursor(self.run.tape(0))

    # --- those who look ---------------------------------------------------------------------------------------

    def listen(self, listener: Listener) -> None:
        """Call ``listener`` with every event from now on."""
        self._listeners.append(listener)

    def ignore(self, listener: Listener) -> None:
        """Call ``listener`` no more."""
        self._listeners.remove(listener)

    def _tell(self, event: Event) -> None:
        for listener in tuple(self._listeners):
            listener(event)

    # --- where we are -----------------------------------------------------------------------------------------

    @property
    def lesson(self) -> Lesson:
        return self.run.lesson

    @property
    def settings(self) -> Settings:
        return self.run.settings

    @property
    def tape(self) -> Tape:
        return self.cursor.tape

    @property
    def position(self) -> int:
        return self.cursor.position

    # --- stepping ---------------------------------------------------------------------------------------------

    def step(self) -> None:
        """Pass over one grain; from the end of the tape, open the next iteration."""
        stop = self.cursor.stop_after(self.grain)
        if stop is not None:
            self.move_to(stop)
            return
        self.open_iteration(self.iteration + 1)
        if self.grain is Grain.ITERATION:
            self.move_to(self.cursor.end)

    def step_back(self) -> None:
        """Go back over one grain; from the start of the tape, to the end of the iteration before."""
        stop = self.cursor.stop_before(self.grain)
        if stop is not None:
            self.move_to(stop)
        elif self.iteration > 0:
            self.open_iteration(self.iteration - 1, at_end=self.grain is not Grain.ITERATION)

    @property
    def at_first_start(self) -> bool:
        """Whether there is nothing to go back to."""
        return self.iteration == 0 and self.position == 0

    def move_to(self, position: int) -> None:
        """Put the cursor behind the executed step nearest to ``position``."""
        before = self.cursor.position
        after = self.cursor.nearest(min(max(position, 0), self.cursor.end))
        if after != before:
            self.cursor.position = after
            self._tell(CursorMoved(before, after))

    def run_to(self, index: int) -> None:
        """Put the cursor just behind a step, wherever it lies."""
        self.move_to(index + 1)

    def run_on(self) -> None:
        """Run to the next breakpoint of this tape or to its end; from the end, on through the next iteration."""
        if self.position == self.cursor.end:
            self.open_iteration(self.iteration + 1)
        hit = self._next_hit()
        self.move_to(self.cursor.end if hit is None else hit[0] + 1)
        self._tell_hit(hit)

    def run_back(self) -> None:
        """Run back to the last breakpoint before the cursor or to the start; from the start, through the iteration
        before."""
        if self.position == 0 and self.iteration > 0:
            self.open_iteration(self.iteration - 1, at_end=True)
        hit = self._last_hit()
        self.move_to(0 if hit is None else hit[0] + 1)
        self._tell_hit(hit)

    def _next_hit(self) -> tuple[int, Breakpoint] | None:
        hits = [(index, point) for index, point in self._hits() if index + 1 > self.position]
        return min(hits, key=lambda hit: hit[0], default=None)

    def _last_hit(self) -> tuple[int, Breakpoint] | None:
        hits = [(index, point) for index, point in self._hits() if index + 1 < self.position]
        return max(hits, key=lambda hit: hit[0], default=None)

    def _hits(self) -> list[tuple[int, Breakpoint]]:
        names = self.cursor.addresses
        return [
            (index, point)
            for point in self.breakpoints
            if point.enabled
            for index in point.steps(self.tape, names)
        ]  # fmt: skip

    def _tell_hit(self, hit: tuple[int, Breakpoint] | None) -> None:
        if hit is not None:
            hit[1].hits += 1
            self._tell(BreakpointHit(hit[1], hit[0]))

    def set_grain(self, grain: Grain) -> None:
        """Step over something else from now on; the cursor stays."""
        if grain is not self.grain:
            self.grain = grain
            self._tell(GrainChanged())

    # --- iterations -------------------------------------------------------------------------------------------

    def open_iteration(self, number: int, *, at_end: bool = False, tape: Tape | None = None) -> None:
        """Open the tape of an iteration that was run, or of the one after those.

        Args:
            number: of the iteration, from 0.
            at_end: put the cursor behind its last step, not before its first.
            tape: ``run.tape(number)`` if at hand, made in another thread for instance.

        Raises:
            RunError: the run has not come so far.
        """
        if not 0 <= number <= self.run.reached:
            raise RunError(
                "Iteration {iteration} has not been run; the run has reached {reached}.",
                iteration=number, reached=self.run.reached,
            )  # fmt: skip
        self.cursor = Cursor(tape if tape is not None else self.run.tape(number))
        self.iteration = number
        self.edits = ()
        if at_end:
            self.cursor.position = self.cursor.end
        self._tell(TapeChanged(number))

    def edit(self, edits: tuple[Edit, ...], *, iteration: int | None = None, tape: Tape | None = None) -> None:
        """Record an iteration again with edits, none to have it as it was; the cursor stays at the same address.

        Other iterations never have them: leaving this one drops them.

        Args:
            edits: all there are to be.
            iteration: which one, if it is not the open one.
            tape: ``run.edited_tape(iteration, edits)`` if at hand, made in another thread for instance.

        Raises:
            EditError: an edit names a step that there is not, or does not fit it; all stays as it was.
            RunError: the run has not come so far.
        """
        iteration = self.iteration if iteration is None else iteration
        before = self.cursor if iteration == self.iteration else None
        cursor = Cursor(tape if tape is not None else self.run.edited_tape(iteration, edits))
        if before is not None:
            cursor.position = cursor.position_at(before)
        self.cursor, self.iteration, self.edits = cursor, iteration, edits
        self._tell(TapeChanged(iteration))

    def restart(self, settings: Settings | None = None) -> None:
        """Begin the run anew, with other settings if given; breakpoints and grain stay.

        Raises:
            MemoryNeedError: the settings need more memory than there is; the old run stays as it was.
        """
        self.open_run(Run(self.lesson, settings if settings is not None else self.settings))

    def open_lesson(self, lesson: Lesson, settings: Settings | None = None) -> None:
        """Leave this run for another lesson.

        Raises:
            MemoryNeedError: its settings need more memory than there is; the old run stays as it was.
        """
        self.open_run(Run(lesson, settings if settings is not None else lesson.settings))

    def open_run(self, run: Run, tape: Tape | None = None) -> None:
        """Leave this run for another one, at its start.

        Args:
            run: it may have been made in another thread.
            tape: ``run.tape(0)`` if at hand.
        """
        tape = tape if tape is not None else run.tape(0)
        changes = tuple(self.settings.changes(run.settings)) if run.lesson.id == self.lesson.id else ()
        self.run = run
        self.iteration = 0
        self.edits = ()
        self.cursor = Cursor(tape)
        self._tell(Restarted(run.lesson.id, changes))

    # --- breakpoints ------------------------------------------------------------------------------------------

    def add_breakpoint(self, point: Breakpoint) -> None:
        """Add a breakpoint; the same address and condition only once."""
        for known in self.breakpoints:
            if (known.address, known.condition, known.threshold) == (point.address, point.condition, point.threshold):
                known.enabled = True
                break
        else:
            self.breakpoints.append(point)
        self._tell(BreakpointsChanged())

    def remove_breakpoint(self, point: Breakpoint) -> None:
        """Remove a breakpoint."""
        self.breakpoints = [known for known in self.breakpoints if known.number != point.number]
        self._tell(BreakpointsChanged())

    def switch_breakpoint(self, point: Breakpoint, enabled: bool) -> None:
        """Switch a breakpoint on or off."""
        point.enabled = enabled
        self._tell(BreakpointsChanged())

    def toggle_breakpoint(self, index: int) -> None:
        """Set a breakpoint at a step, or take it away."""
        address = self.cursor.addresses[index]
        for point in self.breakpoints:
            if point.address == address:
                self.remove_breakpoint(point)
                return
        self.add_breakpoint(Breakpoint(address))
