"""Backpropagation as a loop over the tape, recorded on the same tape.

For each step from the loss back: look up the rule, compute the contribution, add it to the sum.
There is no recursion, so the length of a tape is bounded by memory alone.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from engine.operation import EACH, Operation, Rule
from engine.ops.arithmetic import add
from engine.scope import Scope, ScopeKind
from engine.tape import Tape
from engine.tensor import Role, Tensor


def backward(tape: Tape, loss: Tensor) -> None:
    """Record the gradient of ``loss`` by every tensor that a parameter leads to.

    Args:
        tape: the tape of the forward pass; the backward phase begins at its end.
        loss: a scalar on it.

    Raises:
        OperationError: an operation on the way has no gradient rule for an argument.
    """
    one = _seed(tape, loss)
    outer = tape.scope
    steps, totals, records, heed = tape.steps, tape.gradient_totals, tape.rule_records, tape.heed
    rules_of: dict[Operation, tuple[Rule | None, ...]] = {}
    sums: dict[int, Tensor] = {loss.index: one}
    for index in range(loss.index, -1, -1):
        gradient = sums.get(index)
        step = steps[index]
        row = step.operation
        if gradient is None or row is None:
            continue
        if heed is not None:
            heed()
        inputs = step.inputs
        takes_each = row.arity == EACH
        rules = rules_of.get(row)
        if rules is None:
            rules = rules_of[row] = row.rules()
        # Last argument first: the gradient of a weight is complete for this step before the pass moves on to what lies
        # further back, so that a cell's steps stay together.
        for argument in range(len(inputs) - 1, -1, -1):
            source = inputs[argument]
            if not source.needs_gradient:
                continue
            rule = rules[0 if takes_each else argument]
            if rule is None:
                continue
            tape.scope = step.scope
            first = len(steps)
            if takes_each:
                contribution = rule(gradient, step, argument, **(step.attributes or {}))
            elif step.attributes:
                contribution = rule(gradient, step, *inputs, **step.attributes)
            else:
                contribution = rule(gradient, step, *inputs)
            last = len(steps)
            so_far = sums.get(source.index)
            if so_far is None:
                total = contribution
                totals[source.index] = [total.index]
            else:
                if source.operation is not None:
                    tape.scope = _place_of_sum(source.scope, so_far.scope, step.scope)
                total = add(so_far, contribution)
                totals[source.index].append(total.index)
            sums[source.index] = total
            records.append((index, argument, first, last, gradient.index, contribution.index, total.index))
    tape.scope = outer


@cache
def _place_of_sum(source: Scope, so_far: Scope, step: Scope) -> Scope:
    """Where a contribution is added to a sum: with the tensor whose gradient it is.

    But as long as all comes from one later time step, with the cell there: so dH_prev is summed up before the pass
    moves on to the time step that it goes to, and dH_next = dH_prev + dH_s is one step of that one.
    """
    later = step.enclosing(ScopeKind.TIME)
    if later is None or later is source.enclosing(ScopeKind.TIME) or later is not so_far.enclosing(ScopeKind.TIME):
        return source
    return step.enclosing(ScopeKind.CELL) or later


def _seed(tape: Tape, loss: Tensor) -> Tensor:
    """Begin the backward phase with the gradient of the loss by itself, 1."""
    tape.begin_backward()
    tape.loss = loss.index
    one = tape.given("1", np.ones(loss.shape, dtype=np.asarray(loss.value).dtype), Role.GRADIENT)
    tape.gradient_totals[loss.index] = [one.index]
    return one
