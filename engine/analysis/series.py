"""What a tape holds of one role, stacked over time."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from engine.ops.activations import stop_gradient
from engine.scope import ScopeKind
from engine.tape import Tape
from engine.tensor import Array, Role, Tensor


def time_of(step: Tensor) -> int | None:
    """The time step, from 1, that an entry belongs to; None outside time."""
    scope = step.scope.enclosing(ScopeKind.TIME)
    return None if scope is None else scope.number


def has_time_steps(tape: Tape) -> bool:
    """Whether anything of a tape belongs to a time step; a network may compute all at once."""
    return any(time_of(step) is not None for step in tape.steps[: tape.backward_start])


def time_name(tape: Tape) -> str:
    """What counts the steps of a tape: ``t``, or ``node`` where they are the nodes of a tree."""
    scopes = (step.scope.enclosing(ScopeKind.TIME) for step in tape.steps)
    return next((scope.name.partition("=")[0] for scope in scopes if scope is not None), "t")


def indices(tape: Tape, role: Role) -> dict[str, dict[int, int]]:
    """Where the forward entries of a role are: name → time step → tape index.

    A name is the entry's symbol; where two places of one time step share a symbol (two layers), the places are written
    before it: ``layer=1/rnn/z``. A state that truncation passes on unchanged is no second state.
    """
    places: dict[str, dict[str, dict[int, int]]] = {}
    for index in range(tape.backward_start):
        step = tape.steps[index]
        time = time_of(step) if step.role is role else None
        if time is None or (step.operation is not None and step.operation.name == stop_gradient.__name__):
            continue
        places.setdefault(step.symbol, {}).setdefault(step.scope.place, {})[time] = index
    found: dict[str, dict[int, int]] = {}
    for symbol, by_place in places.items():
        for place, by_time in by_place.items():
            found[symbol if len(by_place) == 1 else f"{place}/{symbol}"] = by_time
    return found


def first_indices(tape: Tape, role: Role) -> dict[int, int]:
    """Where the entries of a role's first name are: time step → tape index; empty where nothing has that role."""
    return next(iter(indices(tape, role).values()), {})


def series(tape: Tape, role: Role) -> dict[str, Array]:
    """The values of a role by name (see ``indices``), each (T, N, width), time first.

    Where attention has more to look at from step to step, what is not there yet has the weight 0.
    """
    return {
        name: _stacked([np.asarray(tape.steps[by_time[time]].value) for time in sorted(by_time)])
        for name, by_time in indices(tape, role).items()
    }


def outputs(tape: Tape) -> Array:
    """The outputs of the network, (T, N, K); T is 1 where only the end of a sequence is judged, or without time."""
    by_name = series(tape, Role.OUTPUT)
    if by_name:
        return next(iter(by_name.values()))
    # A read-out over all time steps at once has no time step of its own; its rows are in the order of time.
    whole = next(step for step in tape.steps if step.role is Role.OUTPUT)
    times = [time for step in tape.steps[: tape.backward_start] if (time := time_of(step)) is not None]
    if not times:
        # A network without time steps answers all at once: (N, K), or (N, T, K) where its rows are whole sequences.
        return np.swapaxes(np.reshape(whole.value, (len(whole.value), -1, whole.shape[-1])), 0, 1)
    return np.asarray(whole.value).reshape(max(times), -1, whole.shape[-1])


def timeless(tape: Tape, role: Role, taken: Iterable[str] = ()) -> dict[str, Array]:
    """The values of a role outside time, as they are, by symbol; where two places share one, by place and symbol.

    Args:
        taken: names of what is there at every time step.
    """
    found = [step for step in tape.steps[: tape.backward_start] if step.role is role and time_of(step) is None]
    symbols = [*(name.rpartition("/")[2] for name in taken), *(step.symbol for step in found)]
    names = [one.symbol if symbols.count(one.symbol) == 1 else f"{one.scope.place}/{one.symbol}" for one in found]
    return {name: np.asarray(step.value) for name, step in zip(names, found, strict=True)}


def parameters(tape: Tape) -> dict[str, int]:
    """Parameter name → tape index."""
    return {step.symbol: step.index for step in tape.steps if step.role is Role.PARAMETER}


def _stacked(values: list[Array]) -> Array:
    """Values with time in front; shorter ones are filled up with zeros at the end of their last axis."""
    widest = max(np.shape(value)[-1:] for value in values)
    return np.stack([
        value if value.shape[-1:] == widest
        else np.pad(value, [(0, 0)] * (value.ndim - 1) + [(0, widest[0] - value.shape[-1])])
        for value in values
    ])  # fmt: skip
