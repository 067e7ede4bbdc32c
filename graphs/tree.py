"""Trees: recordings whose columns are nodes of syntax trees. Leaves stand along x, each node above its parts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.scope import TREE_NODE
from graphs import measures
from graphs.columns import Columns
from graphs.drawing import Ints
from graphs.tape_arrays import TapeArrays

if TYPE_CHECKING:
    from graphs.layout import Layout


class Relation(IntEnum):
    """How a line between two columns of a recording with trees runs."""

    UP = 1  # from a part to its node
    DOWN = 2  # from a node to its part
    BESIDE = 3  # between nodes of one height
    ACROSS = 4  # between any other nodes
    OUT = 5  # to what comes after the trees, such as the total loss
    IN = 6  # from there, or from what comes before


@dataclass(slots=True, eq=False)
class Tree:
    """How the columns of a recording hang together.

    Attributes:
        is_node: whether each column is a node of a tree.
        parent: of each column, the column of the node that it is a part of; -1 for a root.
        height: of each column: 0 for a leaf, else one more than its highest part.
        tops: y of the upper edge of the nodes of each height.
    """

    is_node: NDArray[np.bool_]
    parent: Ints
    height: Ints
    tops: list[float]

    def parts(self) -> list[list[int]]:
        """Of each column, its parts from left to right."""
        made: list[list[int]] = [[] for _ in self.parent]
        for column, parent in enumerate(self.parent.tolist()):
            if parent >= 0:
                made[parent].append(column)
        return made

    def relations(self, sources: Ints, targets: Ints) -> Ints:
        """The Relation of each pair of columns."""
        made = np.where(self.height[sources] == self.height[targets], Relation.BESIDE, Relation.ACROSS)
        made[self.parent[sources] == targets] = Relation.UP
        made[self.parent[targets] == sources] = Relation.DOWN
        made[~self.is_node[sources]] = Relation.IN
        made[~self.is_node[targets]] = Relation.OUT
        return made.astype(np.int32)


def tree_of(arrays: TapeArrays, columns: Columns) -> Tree | None:
    """The trees of a recording; None if its columns are time steps."""
    is_node = np.array([path.rpartition("/")[2].partition("=")[0] == TREE_NODE for path in columns.path])
    if not is_node.any():
        return None
    end = int(arrays.input_start[arrays.forward_end])
    consumers = np.repeat(np.arange(arrays.forward_end), np.diff(arrays.input_start[: arrays.forward_end + 1]))
    into, out_of = columns.of_entry[consumers], columns.of_entry[arrays.inputs[:end]]
    # What comes first in post-order is the part.
    between = (out_of > 0) & (into > out_of) & is_node[into]
    parent = np.full(len(columns), -1, np.int32)
    parent[out_of[between]] = into[between]
    height = np.zeros(len(columns), np.int32)
    for column, above in enumerate(parent.tolist()):
        if above >= 0:
            height[above] = max(height[above], height[column] + 1)
    return Tree(is_node, parent, height, [])


def place_heights(layout: Layout, tree: Tree) -> None:
    """Set y of all nodes: those of one height stand in a row, the rows upon each other with room for lines between."""
    y = 0.0
    for height in range(int(tree.height.max()) + 1):
        here = np.flatnonzero(tree.is_node & (tree.height == height))
        templates = [layout.templates[number] for number in np.unique(layout.template_of[here]).tolist()]
        top, bottom = min(template.top for template in templates), max(template.bottom for template in templates)
        if height:
            y = tree.tops[-1] - measures.TREE_GAP - bottom
        layout.y[here] = y
        tree.tops.append(y + top)
    layout.top = tree.tops[-1]


def place_nodes(layout: Layout, tree: Tree) -> None:
    """Set x of all columns: every tree has a stretch of x of its own, and so has every part in it."""
    width = layout.templates[layout.template_of[0]].width + measures.COLUMN_GAP if layout.template_of[0] >= 0 else 0.0
    layout.x[0] = -width
    parts = tree.parts()
    begins = np.zeros(len(layout.x))
    first = np.arange(len(layout.x))
    end = 0.0
    for column in np.flatnonzero(tree.is_node).tolist():
        template = layout.templates[layout.template_of[column]]
        inner = parts[column]
        if not inner:
            layout.x[column] = begins[column] = end
        else:
            begins[column], first[column] = begins[inner[0]], first[inner[0]]
            middle = (_way_out(layout, inner[0]) + _way_out(layout, inner[-1])) / 2
            layout.x[column] = middle - template.way_in
            missing = begins[column] - layout.x[column]
            if missing > 0:  # a node wider than its parts moves them
                layout.x[first[column] : column + 1] += missing
                end += missing
        end = max(end, layout.x[column] + template.width + measures.COLUMN_GAP)
    layout.x[-1] = end + measures.TREE_BUS


def _way_out(layout: Layout, column: int) -> float:
    return float(layout.x[column]) + layout.templates[int(layout.template_of[column])].way_out
