"""What a gradient check found, as the panel shows it, and the work in the thread that finds it. Knows no widgets."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from engine.address import addresses
from engine.analysis.comparison import Comparison
from engine.analysis.contributions import Contribution, contributions
from engine.analysis.gradient_check import CheckError, GradientCheck, GradientReport, ParameterCheck, RuleFault
from engine.analysis.rule_check import check_rule
from engine.analysis.series import parameters
from engine.edits import edits_of
from engine.lesson import Lesson
from engine.settings import Settings
from engine.tape import RuleSpan, Tape
from engine.tensor import Role
from engine.training.iteration import Snapshot, first_memory, record_iteration
from gui.worker import Job

_DOUBLE = "float64"


@dataclass(frozen=True)
class CheckedCell:
    """One gradient of the table.

    Attributes:
        comparison: it against differences.
        norm: its length.
        entry: tape index of it.
        run_to: tape index behind which it is added to the sum.
    """

    comparison: Comparison
    norm: float
    entry: int
    run_to: int

    @property
    def vanishes(self) -> bool:
        """Whether it and its numeric counterpart are both 0."""
        return self.comparison.error == 0 and math.isnan(self.comparison.ratio)


@dataclass(frozen=True)
class CheckedParameter:
    """A row of the table: the whole gradient of a parameter, and its contributions by time step (None outside time)."""

    name: str
    whole: CheckedCell
    steps: dict[int | None, CheckedCell]

    @property
    def cells(self) -> tuple[CheckedCell, ...]:
        """The whole one first."""
        return (self.whole, *self.steps.values())


@dataclass(frozen=True)
class WrongStep:
    """The first step of the backward pass whose value is wrong."""

    index: int
    address: str


@dataclass(frozen=True)
class CheckedGradients:
    """The result of a check.

    Attributes:
        iteration: that was checked.
        loss: symbol of its loss.
        parameters: the rows.
        report: the engine's; None if the check was refused.
        wrong: where it first goes wrong; None if all agrees.
        in_double: whether the iteration was computed again in double precision for it.
        refusal: why nothing could be checked.
    """

    iteration: int
    loss: str = "E"
    parameters: tuple[CheckedParameter, ...] = ()
    report: GradientReport | None = None
    wrong: WrongStep | None = None
    in_double: bool = False
    refusal: CheckError | None = None

    @property
    def agrees(self) -> bool:
        """Whether every gradient agrees."""
        return self.report is not None and self.report.agrees

    @property
    def times(self) -> tuple[int | None, ...]:
        """The time steps that contribute to any parameter, ascending; None, outside time, first."""
        found = {time for row in self.parameters for time in row.steps}
        return tuple(sorted(found, key=lambda time: time or 0))

    @property
    def largest_error(self) -> float:
        """The largest relative error in the table."""
        return max((cell.comparison.error for row in self.parameters for cell in row.cells), default=0.0)

    @property
    def kinks(self) -> int:
        """Entries left out of whole gradients or, where only single steps were at a kink, of those."""
        whole = sum(row.whole.comparison.kinks for row in self.parameters)
        return whole or sum(cell.comparison.kinks for row in self.parameters for cell in row.cells)


def check_recorded(lesson: Lesson, settings: Settings, tape: Tape, iteration: int, job: Job) -> CheckedGradients | None:
    """Check a recorded iteration; None after a cancel."""

    def goes_on() -> bool:
        job.pace()
        return not job.cancelled

    with np.errstate(all="ignore"):
        in_double = settings.text("dtype") != _DOUBLE
        tape = _again_in_double(lesson, settings, tape, iteration) if in_double else tape
        try:
            check = GradientCheck(tape, settings.integer("seed"), goes_on)
        except CheckError as error:
            return CheckedGradients(iteration, refusal=error)
        job.total = check.total
        for done in check.run():
            job.done = done
            if not goes_on():
                return None
        rows = tuple(_row(tape, found) for found in check.report.parameters)
        wrong = _first_wrong(tape, check.report, rows)
    loss = tape.steps[tape.loss].symbol or "E"
    return CheckedGradients(iteration, loss, rows, check.report, wrong, in_double)


def _again_in_double(lesson: Lesson, settings: Settings, tape: Tape, iteration: int) -> Tape:
    """The same iteration, step by step, from the same parameters and carried states: differences need all the digits
    there are."""
    exact = settings.changed(dtype=_DOUBLE)
    start = {name: np.asarray(tape.steps[at].value, np.float64) for name, at in parameters(tape).items()}
    states = {}
    if lesson.task.sizes(settings).carries_state:
        given = (step for step in tape.steps if step.role is Role.STATE and step.operation is None)
        states = {name: np.asarray(step.value, np.float64) for name, step in zip(tape.final_states, given, strict=True)}
    snapshot = Snapshot(start, first_memory(start, exact), states)
    return record_iteration(lesson, exact, snapshot, iteration, edits=edits_of(tape))[0]


def _row(tape: Tape, found: ParameterCheck) -> CheckedParameter:
    index = parameters(tape)[found.name]
    parts = {part.time: part for part in contributions(tape, found.name)}
    steps = {step.time: _cell(step.comparison, parts[step.time]) for step in found.steps}
    totals = tape.gradient_totals.get(index)
    last = totals[-1] if totals else index
    gradient = tape.gradient(index)
    norm = 0.0 if gradient is None else float(np.linalg.norm(gradient))
    return CheckedParameter(found.name, CheckedCell(found.whole, norm, last, last), steps)


def _cell(comparison: Comparison, part: Contribution) -> CheckedCell:
    last = part.spans[-1]
    return CheckedCell(comparison, part.norm, last.contribution, last.total)


def _first_wrong(tape: Tape, report: GradientReport, rows: tuple[CheckedParameter, ...]) -> WrongStep | None:
    """In the order of the backward pass, which is the tape's."""
    found = [_first_application(tape, fault) for fault in report.faults]
    if not found:
        found = [cell.entry for row in rows for cell in row.steps.values() if not cell.comparison.agrees]
    if not found:
        found = [row.whole.entry for row in rows if not row.whole.comparison.agrees]
    return WrongStep(min(found), addresses(tape)[min(found)]) if found else None


def _first_application(tape: Tape, fault: RuleFault) -> int:
    """The step where a wrong rule first makes something wrong."""
    for span in sorted(tape.spans(), key=lambda span: span.contribution):
        step = tape.steps[span.of]
        if step.operation is None or (step.operation.name, span.argument) != (fault.operation, fault.argument):
            continue
        if span.of == fault.index or _fails(tape, span):
            return span.contribution
    return fault.index


def _fails(tape: Tape, span: RuleSpan) -> bool:
    step = tape.steps[span.of]
    assert step.operation is not None, "only computed steps have rules"
    inputs = [np.asarray(tensor.value) for tensor in step.inputs]
    comparison = check_rule(step.operation, inputs, span.argument, step.attributes, seed=span.of)
    return comparison is not None and not comparison.agrees
