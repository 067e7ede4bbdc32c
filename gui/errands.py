"""The long work a worker thread does on a run; each says how far it is and heeds a cancel. Knows no widgets.

A cancel is heeded in the middle of an iteration too: one of a huge network takes many seconds.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from engine.cancellation import Cancelled, cancellable
from engine.debugger.bad_step import BadStep, first_bad_step
from engine.debugger.breakpoints import Breakpoint
from engine.debugger.onward import Watch, iterations_from
from engine.edits import Edit
from engine.lesson import Lesson
from engine.model import Parameters
from engine.settings import Settings
from engine.tape import Tape
from engine.task import Score
from engine.training.examination import examination_scores
from engine.training.run import Run
from gui.checked_gradients import CheckedGradients, check_recorded
from gui.worker import Job

_PATIENCE_SECONDS = 1.0


@dataclass(frozen=True)
class Arrival:
    """Where an errand ended: an iteration and its tape, None after a cancel; and the run's first bad step."""

    iteration: int
    tape: Tape | None
    bad: BadStep | None
    hit: bool = False


@contextmanager
def _until_cancelled(job: Job) -> Iterator[None]:
    """A cancel ends what is done within it, soon; nothing is raised."""
    try:
        with cancellable(lambda: job.cancelled):
            yield
    except Cancelled:
        return


def _bad_step_found_soon(run: Run) -> BadStep | None:
    """After a cancel nobody waits long: of a huge network the first bad step is told the next time."""
    until = time.monotonic() + _PATIENCE_SECONDS
    with suppress(Cancelled), cancellable(lambda: time.monotonic() > until):
        return first_bad_step(run)
    return None


def begin(lesson: Lesson, settings: Settings, job: Job) -> tuple[Run, Tape] | None:
    """A new run and its first tape, None after a cancel; MemoryNeedError when there is not enough memory."""
    made = None
    with _until_cancelled(job):
        run = Run(lesson, settings)
        made = run, run.tape(0)
    return None if job.cancelled else made


def reach(run: Run, iteration: int, known: BadStep | None, job: Job) -> Arrival:
    """Train until an iteration is reached and re-create its tape."""
    tape = None
    with _until_cancelled(job):
        for reached in run.advance(iteration):
            job.done = reached
            job.pace()
        tape = run.tape(iteration)
    if tape is None:
        return Arrival(run.reached, None, known or _bad_step_found_soon(run))
    return Arrival(iteration, tape, known or first_bad_step(run))


def record_again(run: Run, iteration: int, edits: tuple[Edit, ...], job: Job) -> Tape | None:
    """The tape of an iteration with edits, trained up to if need be; None after a cancel."""
    with _until_cancelled(job):
        for reached in run.advance(iteration + 1):
            job.done = reached
            job.pace()
        return run.edited_tape(iteration, edits)
    return None


def train_on(run: Run, first: int, last: int, points: list[Breakpoint], known: BadStep | None, job: Job) -> Arrival:
    """Train from iteration `first` until a breakpoint stops it, or through iteration `last`."""
    watch = Watch(points)
    with _until_cancelled(job):
        for number, tape in iterations_from(run, first):
            hit = watch.stops(tape)
            job.done = number
            job.pace()
            if hit or number >= last:
                return Arrival(number, tape, known or first_bad_step(run), hit)
    return Arrival(job.done, None, known or _bad_step_found_soon(run))


def check(lesson: Lesson, settings: Settings, tape: Tape, iteration: int, job: Job) -> CheckedGradients | None:
    """Compare the gradients of a recorded iteration with differences; None after a cancel."""
    with _until_cancelled(job):
        return check_recorded(lesson, settings, tape, iteration, job)
    return None


def judge(lesson: Lesson, settings: Settings, parameters: Parameters, job: Job) -> Score | None:
    """The score of parameters on the task's examination; None after a cancel."""
    score = None
    with _until_cancelled(job):
        for score in examination_scores(lesson, settings, parameters):
            job.done = score.count
            if job.cancelled:
                return None
    return None if job.cancelled else score
