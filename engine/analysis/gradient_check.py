"""The gradient check: analytic against numeric, per parameter and per time step; and which rule is to blame."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np

from engine.address import addresses
from engine.analysis.check_sample import CheckSample, sample_of
from engine.analysis.comparison import Comparison, compare
from engine.analysis.replay import Replay
from engine.analysis.rule_check import check_rule
from engine.analysis.series import parameters, time_of
from engine.errors import BackstepError
from engine.tape import RuleSpan, Tape
from engine.tensor import Array, Role


class CheckError(BackstepError):
    """A tape cannot be checked."""


@dataclass(frozen=True, slots=True)
class StepCheck:
    """One time step's contribution to the gradient of a parameter; ``time`` is None outside time."""

    time: int | None
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class ParameterCheck:
    """The gradient of one parameter, whole and by time step."""

    name: str
    whole: Comparison
    steps: tuple[StepCheck, ...]

    @property
    def agrees(self) -> bool:
        """Whether all of it agrees."""
        return self.whole.agrees and all(step.comparison.agrees for step in self.steps)


@dataclass(frozen=True, slots=True)
class RuleFault:
    """A gradient rule that differs from differences of its own operation.

    Attributes:
        index: tape index of the first step where it does.
        address: of that step.
        operation: its operation.
        argument: which rule, from 0.
        output: the symbol of the step, empty if it has none.
        of_output: whether the step makes an output of the network, so that its rule gives δ_out.
        comparison: at that step.
        steps: at how many steps of the tape the rule fails.
    """

    index: int
    address: str
    operation: str
    argument: int
    output: str
    of_output: bool
    comparison: Comparison
    steps: int


@dataclass(slots=True)
class GradientReport:
    """What a gradient check found; filled while it runs.

    Attributes:
        sample: what it looked at.
    """

    sample: CheckSample
    parameters: list[ParameterCheck] = field(default_factory=list)
    faults: list[RuleFault] = field(default_factory=list)
    rules_checked: int = 0

    @property
    def agrees(self) -> bool:
        """Whether every gradient and every rule agrees with differences."""
        return not self.faults and all(check.agrees for check in self.parameters)

    @property
    def is_sampled(self) -> bool:
        """Whether some time steps, or some entries of a parameter, were not looked at."""
        found = [one for check in self.parameters for one in (check.whole, *(step.comparison for step in check.steps))]
        return self.sample.leaves_out_times or any(one.compared + one.kinks < one.entries for one in found)

    @property
    def kinks(self) -> int:
        """Entries of parameters left out because the loss has a kink there."""
        return sum(check.whole.kinks for check in self.parameters)


class GradientCheck:
    """A check of one recorded iteration.

    Attributes:
        total: number of portions of work; ``run`` yields after each.
        report: filled by ``run``.
    """

    def __init__(self, tape: Tape, seed: int = 0, goes_on: Callable[[], bool] = lambda: True) -> None:
        """Prepare a check.

        Args:
            tape: an iteration recorded in float64.
            seed: of the choice of entries where a parameter has more than are looked at.
            goes_on: asked before each entry of a parameter, since one portion may take long; after a False what the
                report holds is of no use, and ``run`` is to be left.

        Raises:
            CheckError: the loss is not finite, so there is nothing to compare.
        """
        if not math.isfinite(float(tape.steps[tape.loss].value)):
            raise CheckError(
                "The loss of this iteration is {loss}, so its gradients cannot be checked.",
                loss=str(float(tape.steps[tape.loss].value)),
            )
        self._tape = tape
        self._goes_on = goes_on
        self._random = np.random.default_rng(seed)
        self._replay = Replay(tape)
        self._parameters = parameters(tape)
        self._sample = sample_of(tape, len(self._parameters))
        self._spans = [span for span in tape.spans() if self._sample.covers(time_of(tape.steps[span.of]))]
        self.report = GradientReport(self._sample)
        sources = set(self._parameters.values())
        taps = sum(self._source(span) in sources for span in self._spans)
        self.total = len(self._parameters) + taps + len(self._spans)

    def run(self) -> Iterator[int]:
        """Check everything, yielding the portions done; stop by leaving the loop."""
        done = 0
        for name, index in self._parameters.items():
            taps = [span for span in self._spans if self._source(span) == index]
            whole = self._whole(index)
            steps = []
            for time, spans in _by_time(self._tape, taps).items():
                steps.append(StepCheck(time, self._step(index, spans)))
                done += len(spans)
                yield done
            self.report.parameters.append(ParameterCheck(name, whole, tuple(steps)))
            done += 1
            yield done
        yield from self._rules()

    def _source(self, span: RuleSpan) -> int:
        return self._tape.steps[span.of].inputs[span.argument].index

    def _whole(self, index: int) -> Comparison:
        value = np.asarray(self._tape.steps[index].value)
        gradient = self._tape.gradient(index)
        analytic = np.zeros_like(value) if gradient is None else gradient
        entries = self._entries(value.size, self._sample.of_parameter)
        return compare(analytic, value, lambda moved: self._replay.loss_with(index, moved), entries)

    def _step(self, index: int, spans: list[RuleSpan]) -> Comparison:
        """The contribution of one time step, in which a parameter may be used more than once."""
        value = np.asarray(self._tape.steps[index].value)
        analytic = sum(np.asarray(self._tape.steps[span.contribution].value) for span in spans)
        uses = [(span.of, span.argument) for span in spans]

        def function(moved: Array) -> float:
            # To first order, which is all a derivative asks for, uses that are moved one by one add up.
            return sum(self._replay.loss_with_argument(of, argument, moved) for of, argument in uses)

        return compare(np.asarray(analytic), value, function, self._entries(value.size, self._sample.of_step))

    def _entries(self, size: int, most: int) -> Iterator[int]:
        chosen: Iterable[int] = range(size)
        if size > most:
            chosen = sorted(int(entry) for entry in self._random.choice(size, most, replace=False))
        for entry in chosen:
            if not self._goes_on():
                return
            yield entry

    def _rules(self) -> Iterator[int]:
        """Every rule that the backward pass applied, in the order of the forward pass."""
        first: dict[tuple[str, int], tuple[int, Comparison]] = {}
        counts: dict[tuple[str, int], int] = {}
        done = self.total - len(self._spans)
        for span in sorted(self._spans, key=lambda span: (span.of, span.argument)):
            step = self._tape.steps[span.of]
            assert step.operation is not None, "only computed steps have rules"
            inputs = [np.asarray(tensor.value) for tensor in step.inputs]
            comparison = check_rule(step.operation, inputs, span.argument, step.attributes, seed=span.of)
            self.report.rules_checked += 1
            if comparison is not None and not comparison.agrees:
                key = (step.operation.name, span.argument)
                first.setdefault(key, (span.of, comparison))
                counts[key] = counts.get(key, 0) + 1
            done += 1
            yield done
        names = addresses(self._tape) if first else []
        for (operation, argument), (index, comparison) in first.items():
            step = self._tape.steps[index]
            self.report.faults.append(
                RuleFault(
                    index, names[index], operation, argument, step.symbol, step.role is Role.OUTPUT, comparison,
                    counts[operation, argument],
                )
            )  # fmt: skip


def check_gradients(tape: Tape, seed: int = 0) -> GradientReport:
    """Check a tape in one go (see ``GradientCheck``)."""
    check = GradientCheck(tape, seed)
    for _ in check.run():
        pass
    return check.report


def _by_time(tape: Tape, spans: list[RuleSpan]) -> dict[int | None, list[RuleSpan]]:
    groups: dict[int | None, list[RuleSpan]] = {}
    for span in spans:
        groups.setdefault(time_of(tape.steps[span.of]), []).append(span)
    return dict(sorted(groups.items(), key=lambda group: group[0] or 0))
