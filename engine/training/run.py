"""A run: settings, seed and the history of iterations; any iteration can be re-created bit for bit."""

from __future__ import annotations

from collections.abc import Iterator

from engine.collector import collector_paused
from engine.edits import Edit
from engine.errors import BackstepError
from engine.lesson import Lesson
from engine.settings import Settings
from engine.tape import Tape
from engine.training.history import History
from engine.training.initializers import initial_parameters
from engine.training.iteration import Snapshot, first_memory, record_iteration
from engine.training.memory_need import check_memory

_FIRST_INTERVAL = 50
_SNAPSHOT_BYTES = 256 * 2**20


class RunError(BackstepError):
    """A run cannot do what it was asked."""


class Run:
    """A training of a lesson.

    Attributes:
        lesson, settings: what is trained and how.
        sizes: of the task with these settings.
        history: what is remembered of every iteration so far.
    """

    def __init__(self, lesson: Lesson, settings: Settings) -> None:
        """Draw the first parameters.

        Raises:
            MemoryNeedError: the settings need more memory than there is; nothing was allocated.
        """
        check_memory(lesson, settings)
        self.lesson = lesson
        self.settings = settings
        self.history = History()
        self.sizes = lesson.task.sizes(settings)
        parameters = initial_parameters(lesson.model.parameters(settings, self.sizes), settings)
        first = Snapshot(parameters, first_memory(parameters, settings))
        self._interval = _FIRST_INTERVAL
        self._snapshots: dict[int, Snapshot] = {0: first}
        self._latest = 0, first

    @property
    def reached(self) -> int:
        """Number of iterations that were run so far."""
        return len(self.history)

    @property
    def latest(self) -> tuple[int, Snapshot]:
        """How many iterations were run, and the state after just those; may be asked for while another thread runs
        on."""
        return self._latest

    def next_iteration(self) -> Tape:
        """Run one more iteration and remember it."""
        number = self.reached
        tape, end = record_iteration(self.lesson, self.settings, self._latest[1], number)
        self._latest = number + 1, end
        self.history.add(tape)
        if (number + 1) % self._interval == 0:
            self._keep(number + 1, end)
        return tape

    def advance(self, iterations: int) -> Iterator[int]:
        """Run up to ``iterations`` in all, yielding the number reached after each; stop by leaving the loop."""
        # Tapes are released by hand; the collector would only look for cycles in vain.
        with collector_paused():
            while self.reached < iterations:
                self.next_iteration().release()
                yield self.reached

    def state(self, iteration: int) -> Snapshot:
        """The state before an iteration, re-created from the nearest snapshot.

        Raises:
            RunError: the run has not come that far.
        """
        if not 0 <= iteration <= self.reached:
            raise self._not_run(iteration)
        count, end = self._latest
        if iteration == count:
            return end
        nearest = max(number for number in self._snapshots if number <= iteration)
        snapshot = self._snapshots[nearest]
        for number in range(nearest, iteration):
            tape, snapshot = record_iteration(self.lesson, self.settings, snapshot, number)
            tape.release()
        return snapshot

    def tape(self, iteration: int) -> Tape:
        """The tape of an iteration, re-created with the same bits; runs it if it is the next one.

        Raises:
            RunError: the run has not come that far.
        """
        if iteration == self.reached:
            return self.next_iteration()
        tape, _ = record_iteration(self.lesson, self.settings, self.state(iteration), iteration)
        return tape

    def edited_tape(self, iteration: int, edits: tuple[Edit, ...]) -> Tape:
        """The tape of an iteration that was run, recorded again with numbers forced upon steps of its forward pass.

        The run stays as it is: what follows the iteration never had these numbers.

        Raises:
            RunError: the run has not come that far.
            EditError: an edit names a step that there is not, or does not fit it.
        """
        if iteration >= self.reached:
            raise self._not_run(iteration)
        return record_iteration(self.lesson, self.settings, self.state(iteration), iteration, edits=edits)[0]

    def _not_run(self, iteration: int) -> RunError:
        return RunError(
            "Iteration {iteration} has not been run; the run has reached {reached}.",
            iteration=iteration, reached=self.reached,
        )  # fmt: skip

    def _keep(self, iteration: int, snapshot: Snapshot) -> None:
        """Keep a snapshot; when they grow too large together, drop every second one from then on."""
        self._snapshots[iteration] = snapshot
        if len(self._snapshots) * snapshot.nbytes() > _SNAPSHOT_BYTES and len(self._snapshots) > 8:
            self._interval *= 2
            self._snapshots = {
                number: kept for number, kept in self._snapshots.items() if number % self._interval == 0
            }
