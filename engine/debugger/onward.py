"""Looking through a run's iterations one after another for one that a breakpoint stops."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from engine.debugger.breakpoints import Breakpoint
from engine.operation import Operation
from engine.scope import Scope
from engine.tape import Tape
from engine.training.iteration import record_iteration
from engine.training.run import Run


def iterations_from(run: Run, first: int) -> Iterator[tuple[int, Tape]]:
    """The iterations from ``first`` on with their tapes: those that were run re-created, then new ones without end.

    Each tape is released when the next is asked for. Leave the loop to stop.
    """
    number = first
    snapshot = run.state(first)
    while number < run.reached:
        tape, snapshot = record_iteration(run.lesson, run.settings, snapshot, number)
        yield number, tape
        tape.release()
        number += 1
    while True:
        tape = run.next_iteration()
        yield number, tape
        tape.release()
        number += 1


class Watch:
    """Breakpoints looked for on tape after tape of one run; where they match is worked out once a structure."""

    def __init__(self, points: Sequence[Breakpoint]) -> None:
        self._points = [point for point in points if point.enabled]
        self._structure: list[tuple[Scope, Operation | None]] = []
        self._places: list[tuple[Breakpoint, list[int]]] = []

    def stops(self, tape: Tape) -> bool:
        """Whether any of the breakpoints stops on this tape."""
        if not self._points:
            return False
        structure = [(step.scope, step.operation) for step in tape.steps]
        if structure != self._structure:
            self._structure = structure
            self._places = [(point, _matching(point, tape)) for point in self._points]
        return any(point.met_by(tape.steps[index]) for point, places in self._places for index in places)


def _matching(point: Breakpoint, tape: Tape) -> list[int]:
    return Breakpoint(point.address).steps(tape)
