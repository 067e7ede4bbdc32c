"""How the gradient of a shared weight comes together: the contribution of each time step.

A parameter is used in every time step, so its gradient is a sum over the steps, ∂L/∂W = Σ_t (z^(t−1))ᵀ δ^t;
the items are on the tape, one for every application of a gradient rule whose argument is the parameter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.analysis.series import parameters, time_of
from engine.errors import BackstepError
from engine.tape import RuleSpan, Tape
from engine.tensor import Array


class ParameterError(BackstepError):
    """A tape has no parameter of a name."""


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one time step adds to the gradient of a parameter.

    Attributes:
        time: the time step, from 1; None for a use outside time.
        value: shaped like the parameter, as far as revealed.
        spans: the rule applications it comes from, in the order in which they arrive; more than one where the cell uses
            the parameter more than once.
        norm: Frobenius norm of ``value``.
        share: part of the gradient g so far that points its way, ⟨value, g⟩ / ⟨g, g⟩: the shares of all steps add up to
            1, and a step that pulls the other way has a negative one. NaN where the gradient is 0.
    """

    time: int | None
    value: Array
    spans: tuple[RuleSpan, ...]
    norm: float
    share: float


def contributions(tape: Tape, parameter: str, position: int | None = None) -> list[Contribution]:
    """The contribution of every time step to the gradient of a parameter, by time.

    Args:
        tape: a recorded iteration.
        parameter: its name, such as ``W``.
        position: only what a cursor there has revealed; all if None. A contribution counts when it has been added to
            the sum, so that at every position the contributions add up to the gradient so far.

    Raises:
        ParameterError: the tape has no such parameter.
    """
    known = parameters(tape)
    if parameter not in known:
        raise ParameterError(
            "There is no parameter {name}; there are {known}.", name=parameter, known=", ".join(known)
        )
    groups: dict[int | None, list[RuleSpan]] = {}
    for span in arrivals(tape, known[parameter], position):
        groups.setdefault(time_of(tape.steps[span.of]), []).append(span)
    with np.errstate(all="ignore"):
        values = {
            time: np.asarray(sum(np.asarray(tape.steps[span.contribution].value) for span in spans))
            for time, spans in groups.items()
        }
        whole = np.asarray(sum(values.values()))
        size = float(np.vdot(whole, whole))
        made = []
        for time in sorted(values, key=lambda time: time or 0):
            value = values[time]
            share = float(np.vdot(value, whole)) / size if size else float("nan")
            made.append(Contribution(time, value, tuple(groups[time]), float(np.linalg.norm(value)), share))
    return made


def arrivals(tape: Tape, index: int, position: int | None = None) -> list[RuleSpan]:
    """The rule applications that gave the entry ``index`` a part of its gradient, in the order of arrival.

    Args:
        tape: a recorded iteration.
        index: a tape index, as of a parameter.
        position: only those that have been added to the sum when a cursor is there; all if None.
    """
    steps = tape.steps
    return [
        span
        for span in tape.spans()
        if steps[span.of].inputs[span.argument].index == index and (position is None or span.total < position)
    ]
