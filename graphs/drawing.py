"""A drawing: what a recording looks like, as arrays in scene units, whatever the cursor has revealed of it.

The canvas paints drawings; this room makes them. Units are scene units: at zoom 1 one unit is one unscaled pixel.
x grows with time, y grows downwards.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


class NodeKind(IntEnum):
    """How a node is drawn."""

    OPERATION = 0  # a circle with the textbook's symbol
    VARIABLE = 1  # a pill with a name (and, near, its numbers)
    LOSS = 2  # a red box
    PARAMETER = 3  # a labelled box at the head of its rail
    BOX = 4  # a closed scope
    BACKWARD = 5  # a circle of the opened backward pass


class EdgeKind(IntEnum):
    """How an edge is drawn."""

    FORWARD = 0  # a value flows from an entry into an operation (or from an operation into its own pill)
    TAP = 1  # a parameter's rail is tapped by an operation
    BACKWARD = 2  # a gradient flows between steps of the opened backward pass


@dataclass(frozen=True, slots=True)
class Rail:
    """A parameter drawn once, as a line through all columns that use it.

    Attributes:
        entry: tape index of the parameter.
        node: index of its PARAMETER node.
        y: height of the line.
        x0, x1: its ends.
        bundle: tape indices of all parameters that it stands for, if a closed cell's parameters share it; else empty.
        branches: (height, end) of further lines, as in a tree, where a parameter is used at many heights.
        trunk: x of the upright line that they and the rail itself start from.
    """

    entry: int
    node: int
    y: float
    x0: float
    x1: float
    bundle: tuple[int, ...] = ()
    branches: tuple[tuple[float, float], ...] = ()
    trunk: float = 0.0

    def lines(self) -> list[tuple[float, float, float, float]]:
        """All its lines as (x, y) of one end and of the other."""
        made = [(self.x0, self.y, self.x1, self.y)]
        made += [(self.trunk, y, end, y) for y, end in self.branches]
        if self.branches:
            heights = [self.y, *(y for y, _ in self.branches)]
            made.append((self.trunk, min(heights), self.trunk, max(heights)))
        return made


@dataclass(frozen=True, slots=True)
class Region:
    """The rectangle of a scope: a time step's column, a part, a layer, a cell, a gate.

    Attributes:
        path: path of the scope.
        kind: value of its ScopeKind.
        name: what to write on it.
        number: its time step or layer, or None.
        rect: (x, y, width, height).
        closed: whether it is drawn as one box in this drawing (then ``node`` is its BOX node).
        node: index of its BOX node, -1 while it is open.
        entries: first and last+1 tape index among its forward steps (they need not fill the range).
        is_column: whether it is a column: a time step, or a layer or part outside of time.
    """

    path: str
    kind: str
    name: str
    number: int | None
    rect: tuple[float, float, float, float]
    closed: bool
    node: int
    entries: tuple[int, int]
    is_column: bool = False


@dataclass(frozen=True, slots=True)
class Lattice:
    """The time steps of one part of a network, such as its encoder.

    Attributes:
        name: of the part.
        rect: (x, y, width, height) of its columns.
    """

    name: str
    rect: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Handover:
    """The states that one lattice hands over to the next: what an encoder made of all that it read.

    Attributes:
        source, target: names of the two.
        name: what the states are called: "context" if they are of a context over several texts.
        rect: (x, y, width, height) of the stretch in which the lines of these states run from the one to the other.
        entries: tape indices of the states.
    """

    source: str
    target: str
    name: str
    rect: tuple[float, float, float, float]
    entries: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Geometry for one level of detail.

    Attributes:
        x, y, width, height: centres and sizes of the nodes.
        kind: a NodeKind each.
        entry: tape index each; -1 for a BOX.
        label: what to write on each node: the operation's symbol, the variable's name, the scope's name.
        index: superscript of each label, such as the time step ``t``; empty if none.
        edge_source, edge_target: node indices.
        edge_kind: an EdgeKind each.
        edge_entry: tape index of the entry whose value flows.
        edge_step, edge_argument: tape index of the operation it flows into and which argument it is; -1 for the edge
            from an operation to its own pill and for edges into closed boxes that stand for several.
        edge_start, points: edge e runs through ``points[edge_start[e]:edge_start[e + 1]]``, an (n, 2) polyline with
            horizontal and vertical legs (or one straight leg), to be drawn with rounded corners and an arrow head.
        rails, regions: see there; regions outermost first.
        rect: bounding rectangle (x, y, width, height).
        lattices, handovers: the parts that the time steps belong to, from left to right, and what lies between them.
    """

    x: Floats
    y: Floats
    width: Floats
    height: Floats
    kind: NDArray[np.uint8]
    entry: Ints
    label: list[str]
    index: list[str]
    edge_source: Ints
    edge_target: Ints
    edge_kind: NDArray[np.uint8]
    edge_entry: Ints
    edge_step: Ints
    edge_argument: Ints
    edge_start: Ints
    points: Floats
    rails: tuple[Rail, ...] = ()
    regions: tuple[Region, ...] = ()
    rect: tuple[float, float, float, float] = field(default=(0.0, 0.0, 0.0, 0.0))
    lattices: tuple[Lattice, ...] = ()
    handovers: tuple[Handover, ...] = ()
