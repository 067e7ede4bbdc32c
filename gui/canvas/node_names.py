"""What the nodes of a drawing are called in a notation."""

from __future__ import annotations

from dataclasses import dataclass

from engine.scope import Scope
from engine.tape import Tape
from engine.tensor import Role
from graphs.drawing import Drawing, NodeKind
from gui.equations.term import Symbol
from gui.notation.labels import Labels

_NAMED = frozenset({int(NodeKind.VARIABLE), int(NodeKind.PARAMETER), int(NodeKind.LOSS)})


@dataclass(frozen=True, slots=True)
class NodeNames:
    """Names of nodes, without their time steps.

    Attributes:
        symbols: the names that occur.
        of_node: for each node its name's number among them; -1 for one that is called by its label.
        initial: node of a state that was given → its time step.
    """

    symbols: list[Symbol]
    of_node: list[int]
    initial: dict[int, str]


def node_names(drawing: Drawing, tape: Tape, labels: Labels) -> NodeNames:
    """The names of variables, parameters and losses; a bundle of parameters has its cell's."""
    steps = tape.steps
    numbers: dict[Symbol, int] = {}
    known: dict[tuple[str, Role, Scope], int] = {}
    of_node: list[int] = []
    initial: dict[int, str] = {}
    for kind, entry, label in zip(drawing.kind.tolist(), drawing.entry.tolist(), drawing.label, strict=True):
        number = -1
        if kind in _NAMED and entry >= 0:
            step = steps[entry]
            if label and step.symbol == label:
                if step.operation is None and step.role is Role.STATE:
                    initial[len(of_node)] = str(labels.time_of(step))
                key = label, step.role, labels.scope_of(step)
                number = known.get(key, -1)
                if number < 0:
                    symbol = labels.letter(*key)
                    number = known[key] = numbers.setdefault(symbol, len(numbers))
        of_node.append(number)
    return NodeNames(list(numbers), of_node, initial)
