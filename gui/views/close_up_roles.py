"""What each step of a cell is in the textbook's picture of it: read from its gate, its operation and its operands."""

from __future__ import annotations

from dataclasses import dataclass

from engine.scope import Scope, ScopeKind
from engine.tape import Tape
from engine.tensor import Role, Tensor
from gui.notation.place import place_in_name

_WEIGHTS = ("W_x", "W_h", "W_c", "W_skip", "W_in", "W", "b_h", "b")
"""Plain names of parameters without the letter of their gate; longer ones first."""


@dataclass(frozen=True)
class CellStep:
    """One application of a cell.

    Attributes:
        scope: its scope.
        time: its time step.
        entries: its steps, in tape order.
        roles: step → what it is, such as ``forget/sum``, ``keep``; several adds of one sum have the same.
        sources: entry from outside → ``x``, ``h``, ``c`` or ``skip``.
    """

    scope: Scope
    time: int
    entries: tuple[int, ...]
    roles: dict[int, str]
    sources: dict[int, str]


def cell_places(tape: Tape) -> dict[str, dict[int, tuple[int, ...]]]:
    """Where there are cells, such as ``layer=1/lstm`` → time step → the steps of the cell there."""
    found: dict[str, dict[int, list[int]]] = {}
    known: dict[Scope, list[int] | None] = {}
    for step in tape.steps[: tape.backward_start]:
        if step.operation is None:
            continue
        if step.scope not in known:
            cell = step.scope.enclosing(ScopeKind.CELL)
            time = None if cell is None else cell.enclosing(ScopeKind.TIME)
            known[step.scope] = (
                None if cell is None or time is None or time.number is None
                else found.setdefault(cell.place, {}).setdefault(time.number, [])
            )  # fmt: skip
        members = known[step.scope]
        if members is not None:
            members.append(step.index)
    return {name: {t: tuple(entries) for t, entries in steps.items()} for name, steps in found.items()}


def cell_step(tape: Tape, entries: tuple[int, ...]) -> CellStep:
    """What each of the steps of one application of a cell is."""
    steps = [tape[index] for index in entries]
    cell = steps[0].scope.enclosing(ScopeKind.CELL)
    time = steps[0].scope.enclosing(ScopeKind.TIME)
    if cell is None or time is None:
        raise ValueError(steps[0].scope.path)
    inside = set(entries)
    roles = {step.index: _role(step) for step in steps}
    sources: dict[int, str] = {}
    for step in steps:
        for operand in step.inputs:
            if operand.index not in inside and operand.role is not Role.PARAMETER:
                sources.setdefault(operand.index, _source(operand, roles[step.index]))
    return CellStep(cell, time.number or 0, entries, roles, sources)


def weight(name: str) -> str:
    """A parameter's name without its place and the letter of its gate: ``layer1.W_x_f`` → ``W_x``."""
    _, plain = place_in_name(name)
    return next((kind for kind in _WEIGHTS if plain == kind or plain.startswith(f"{kind}_")), plain)


def gate_of(step: Tensor) -> str:
    """The gate that a step belongs to; empty for none."""
    gate = step.scope.enclosing(ScopeKind.GATE)
    return "" if gate is None else gate.name


def _source(operand: Tensor, role: str) -> str:
    kind = role.rpartition("/")[2]
    if kind in ("W_x", "W_in"):
        return "x"
    if kind == "W_skip":
        return "skip"
    return "c" if operand.symbol == "c" else "h"


def _role(step: Tensor) -> str:
    gate = gate_of(step)
    return f"{gate}/{_inside_gate(step)}" if gate else _of_cell(step)


def _own_weight(step: Tensor) -> str:
    """The parameter that a step takes; empty for none."""
    return next((weight(one.symbol) for one in step.inputs if one.role is Role.PARAMETER), "")


def _inside_gate(step: Tensor) -> str:
    name = step.operation.name if step.operation is not None else ""
    own = _own_weight(step)
    if name == "add":
        return "inner_sum" if own == "b_h" else "sum"
    if name == "diagonal_matrix":
        return "diagonal"
    if own:
        return own
    if name == "part_of":
        return "slice"
    if name == "matmul":
        # Without a parameter: the diagonal matrix of a peephole, or the product of what a reset let through.
        return "W_c"
    return "reset" if name == "multiply" else "activation"


def _of_cell(step: Tensor) -> str:
    name = step.operation.name if step.operation is not None else ""
    own = _own_weight(step)
    if own and name != "add":
        return {"W_in": "W_x", "W": "W_h"}.get(own, own)
    if name in ("add", "scale", "multiply"):
        return _of_states(step, name, own)
    if name == "one_minus":
        return "rest"
    return "squash" if any(one.symbol == "c" for one in step.inputs) else "activation"


def _of_states(step: Tensor, name: str, own: str) -> str:
    """Sums and products outside of the gates."""
    if name == "add":
        return "add" if step.role is Role.STATE and not own else "sum"
    if step.role is Role.STATE:
        return "emit"
    candidate = any(one.role is Role.GATE and gate_of(one) == "candidate" for one in step.inputs)
    return "write" if candidate else "keep"
