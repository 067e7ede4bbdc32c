"""Checks gradient rules one by one: each against differences of its own operation."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from engine.analysis.comparison import Comparison, compare
from engine.operation import EACH, Operation
from engine.scope import ROOT
from engine.tape import Tape
from engine.tensor import Array, Role, Tensor

_ENTRIES = 48


def check_rule(
    row: Operation, inputs: Sequence[Array], argument: int, attributes: Mapping[str, Any] | None = None, seed: int = 0
) -> Comparison | None:
    """Compare one rule of an operation with differences of its forward function.

    A random gradient is sent in, so that no rule passes by being multiplied with a zero. Only where the output is
    infinite (a masked score) none is, and an input that is infinite is not moved: differences say nothing there.

    Args:
        row: the operation.
        inputs: the values at which it is checked.
        argument: which rule, from 0.
        attributes: what the operation is called with besides tensors.
        seed: of the random gradient and of the choice of entries where there are more than 48.

    Returns:
        the comparison; None where the gradient is blocked by intent.

    Raises:
        OperationError: the operation has no rule for that argument.
    """
    rule = row.rule(argument)
    if rule is None:
        return None
    random = np.random.default_rng(seed)
    attributes = dict(attributes or {})
    values = [_number_array(value) for value in inputs]
    with np.errstate(all="ignore"):
        out = row.forward(*values, **attributes)
        incoming = random.uniform(0.5, 1.5, np.shape(out)) * random.choice((-1.0, 1.0), np.shape(out))
        incoming = np.where(np.isinf(out), 0.0, incoming)
        analytic = _apply(row, values, attributes, out, np.asarray(incoming), argument)
    if np.shape(analytic) != values[argument].shape:
        return Comparison(math.inf, math.nan, 0, values[argument].size, 0, agrees=False)

    def function(value: Array) -> float:
        moved = [*values[:argument], value, *values[argument + 1 :]]
        with np.errstate(all="ignore"):
            made = row.forward(*moved, **attributes)
            return float(np.sum(np.where(incoming == 0, 0.0, made * incoming)))

    entries = np.flatnonzero(~np.isinf(values[argument]))
    if len(entries) > _ENTRIES:
        entries = random.choice(entries, _ENTRIES, replace=False)
    return compare(analytic, values[argument], function, [int(entry) for entry in entries])


def _number_array(value: Array) -> Array:
    """In double precision, as differences need it; ids and masks stay what they are."""
    made = np.asarray(value)
    return made if made.dtype.kind in "biu" else made.astype(np.float64)


def _apply(
    row: Operation, values: list[Array], attributes: dict[str, Any], out: Array, incoming: Array, argument: int
) -> Array:
    """What the rule of an argument makes of an incoming gradient, recorded on a tape of its own."""
    tape = Tape()
    with tape.recording():
        tensors = tuple(tape.parameter(f"argument {place}", value) for place, value in enumerate(values, start=1))
        made = Tensor(tape, out, row, tensors, attributes or None, ROOT, None, 0, len(tape), True)
        tape.steps.append(made)
        gradient = tape.given("g", incoming, Role.GRADIENT)
        rule = row.rule(argument)
        assert rule is not None, "the caller asked for a rule that is there"
        arguments = (argument,) if row.arity == EACH else tensors
        return np.asarray(rule(gradient, made, *arguments, **attributes).value)
