"""Elements: what is drawn for the steps of one time step, before it has a place."""

from __future__ import annotations

from dataclasses import dataclass

from engine.tensor import Role
from graphs import measures
from graphs.drawing import NodeKind

Place = tuple[tuple[str, str], ...]
"""A scope's path inside its column: (kind, name) from the outside in."""

WITH_PILL = frozenset({Role.STATE, Role.GATE, Role.ATTENTION, Role.OUTPUT, Role.INPUT, Role.TARGET})
CODES = frozenset({"mu", "log_var", "sigma", "z", "phi", "p", "q"})
"""What a code is drawn from, and what images and questions are brought to: variables of their own, where they stand in
no part of a time step that is closed from afar."""
HOISTED = frozenset({Role.STATE, Role.OUTPUT})
DIRECTIONS = (("part", "forward"), ("part", "backward"))
"""The parts of a bidirectional layer: lanes of their own, with the states in them."""
_SHORT = 4
"""A longer name of a target or constant has a pill of full width."""
PASS_THROUGH = frozenset({"stop_gradient", "identity"})


@dataclass(slots=True)
class Element:
    """A node to be placed.

    Attributes:
        local: which of the column's entries it shows.
        kind: how it is drawn.
        place: the scope that its frame lies in; states and outputs lie outside their cell, so that they stay visible
            while it is closed.
        home: the scope of the entry itself.
        label: what to write on it.
        role: the entry's role.
        width, height: its size.
        left, right, up, down: room it needs around its centre, rails and tags included.
        is_pill: whether it is the pill of a step that has a circle of its own.
        mark: what tells elements apart that are alike; for a backward step, its rule.
    """

    local: int
    kind: NodeKind
    place: Place
    home: Place
    label: str
    role: Role
    width: float
    height: float
    left: float = 0.0
    right: float = 0.0
    up: float = 0.0
    down: float = 0.0
    is_pill: bool = False
    mark: str = ""

    def __post_init__(self) -> None:
        self.left = self.right = self.width / 2
        self.up = self.down = self.height / 2


def outside_of_cell(home: Place) -> Place:
    """Where the pill of a state or output lies: just outside the outermost cell or part that holds it."""
    for depth, scope in enumerate(home):
        around = any(inner in ("layer", "cell") for inner, _ in home[depth + 1 :])
        if scope[0] == "cell" or (scope[0] == "part" and not around and scope not in DIRECTIONS):
            return home[:depth]
    return home


def backward_element(local: int, sign: str, home: Place, mark: str) -> Element:
    """What a step of the backward pass is drawn as."""
    size = measures.BACKWARD_CIRCLE
    return Element(local, NodeKind.BACKWARD, home, home, sign, Role.GRADIENT, size, size, mark=mark)


def elements_of_step(
    local: int, operation: str | None, sign: str, symbol: str, role: Role, home: Place
) -> list[Element]:
    """What one entry of the forward pass is drawn as.

    Args:
        local: which of the column's entries it is.
        operation, sign: its operation's name and symbol; None and "" if it was given.
        symbol, role, home: the entry's.
    """
    if operation is None:
        short = role in (Role.TARGET, Role.CONSTANT) and len(symbol) <= _SHORT
        width = measures.TARGET_WIDTH if short else measures.PILL_WIDTH
        return [Element(local, NodeKind.VARIABLE, home, home, symbol, role, width, measures.PILL_HEIGHT)]
    if role is Role.LOSS:
        return [Element(local, NodeKind.LOSS, home, home, symbol, role, measures.LOSS_WIDTH, measures.LOSS_HEIGHT)]
    circle = Element(local, NodeKind.OPERATION, home, home, sign, role, measures.CIRCLE, measures.CIRCLE)
    has_pill = role in WITH_PILL or (role is Role.NONE and symbol in CODES and not home)
    if not has_pill or not symbol or operation in PASS_THROUGH:
        return [circle]
    place = outside_of_cell(home) if role in HOISTED else home
    pill = Element(
        local, NodeKind.VARIABLE, place, home, symbol, role, measures.PILL_WIDTH, measures.PILL_HEIGHT, is_pill=True
    )
    return [circle, pill]
