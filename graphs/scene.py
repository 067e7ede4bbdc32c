"""Scenes: a layout with, for each column, the view that is drawn of it."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from engine.scope import Scope, ScopeKind
from graphs.drawing import Ints
from graphs.elements import Place
from graphs.kinds import EXTERNAL, PARAMETER_CODE
from graphs.layout import Layout
from graphs.level import Level
from graphs.measures import COLUMN_GAP, LANE
from graphs.view import View, closed_at, view_of

_FREE_LOOPS = 6  # so many lines have room between the folded column and the parameters' boxes
VIEWS_KEPT = 200  # each is one combination of scopes that somebody closed


@dataclass(slots=True, eq=False)
class Scene:
    """What is about to be drawn.

    Attributes:
        layout, level: what is drawn, how near.
        views: the views in use.
        view_of: of each column, its view; -1 for an empty column.
        columns: of each view, its columns.
        first_node: of each column, the number of its first node in the drawing.
        x, y: shift of each column.
        left: where the columns begin.
        folded: the one column that stands for all, -1 if the recording is unrolled.
        rail_nodes: of each parameter and height of a rail, its node.
    """

    layout: Layout
    level: Level
    views: list[View]
    view_of: Ints
    columns: list[Ints]
    first_node: NDArray[np.int64]
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    left: float
    folded: int = -1
    rail_nodes: dict[tuple[int, float], int] = field(default_factory=dict)

    def shifts(self, view: int) -> NDArray[np.float64]:
        """(columns, 2) shift of a view's columns."""
        return np.stack([self.x[self.columns[view]], self.y[self.columns[view]]], axis=1)

    def rail_end(self, last: int) -> float:
        """Where a rail ends whose last tap is in the column ``last``."""
        column = self.folded if self.folded >= 0 else last
        width = self.layout.templates[int(self.layout.template_of[column])].width
        return float(self.x[column]) + width + COLUMN_GAP / 2

    def entries(self, view: int) -> Ints:
        """(columns, steps) tape indices of a view's columns."""
        layout = self.layout
        columns = self.columns[view]
        return self.views[view].template.kind.entries[layout.row_of[columns]]

    def rail_heights(self) -> list[float]:
        """y of all rails; in a tree, those of a node relative to it."""
        branches = self.layout.branches.local.values()
        return [*(rail.y for rail in self.layout.rails.values()), *dict.fromkeys(branches)]


def scene_of(layout: Layout, level: Level, closed: frozenset[str], opened: frozenset[str]) -> Scene:
    """Choose the view of each column."""
    clicked_shut = _by_column(layout, closed)
    clicked_open = _by_column(layout, opened)
    strips = level is Level.STRIPS
    usual = [closed_at(template, level) for template in layout.templates]
    views: dict[tuple[int, frozenset[Place]], int] = {}
    made: list[View] = []
    of_column = np.full(len(layout.columns), -1, np.int32)
    for number, template in enumerate(layout.templates):
        views[number, usual[number]] = len(made)
        of_column[template.kind.columns] = len(made)
        made.append(_remembered(layout, number, usual[number], strips))
    for column in clicked_shut.keys() | clicked_open.keys():
        number = int(layout.template_of[column])
        shut = (usual[number] - clicked_open.get(column, frozenset())) | clicked_shut.get(column, frozenset())
        if (number, shut) not in views:
            views[number, shut] = len(made)
            made.append(_remembered(layout, number, shut, strips))
        of_column[column] = views[number, shut]
    columns = [np.flatnonzero(of_column == view).astype(np.int32) for view in range(len(made))]
    first_node = np.zeros(len(layout.columns), np.int64)
    return Scene(layout, level, made, of_column, columns, first_node, layout.x, layout.y, float(layout.x[0]))


def folded_scene(scene: Scene, at: int | None = None) -> Scene:
    """The same with one column that stands for all time steps.

    Args:
        scene: all columns.
        at: a tape index whose time step is shown; else, or where it has none, the first of the most frequent kind.
    """
    layout = scene.layout
    inner = layout.template_of[1:-1].copy()
    inner[[column - 1 for column in layout.columns.static]] = -1  # nothing there comes round
    if not len(inner) or inner.max() < 0:
        return scene
    column = int(layout.columns.of_entry[at]) if at is not None and at < len(layout.columns.of_entry) else 0
    if not 0 < column < len(layout.columns) - 1 or inner[column - 1] < 0:
        if layout.tree is not None and layout.tree.height.max() > 0:  # a word has nothing that comes round
            inner = np.where(layout.tree.height[1:-1] > 0, inner, -1)
        template = int(np.bincount(inner[inner >= 0]).argmax())
        column = 1 + int(np.flatnonzero(inner == template)[0])
    scene.folded = column
    scene.columns = [columns[columns == column] for columns in scene.columns]
    scene.x = np.full_like(layout.x, COLUMN_GAP)
    if layout.tree is not None:
        scene.y = np.zeros_like(layout.y)
    scene.left = -LANE * max(0, _loops(layout, column) - _FREE_LOOPS)
    return scene


def _loops(layout: Layout, column: int) -> int:
    """At most so many lines come round in the folded view: what a time step reads of others, sums of weights as one."""
    kind = layout.templates[int(layout.template_of[column])].kind
    of_entry = layout.columns.of_entry
    found: set[int] = set()
    for step, sources in enumerate(kind.sources):
        if EXTERNAL in sources and not (step in kind.rules and kind.rules[step].source <= PARAMETER_CODE):
            read = layout.arrays.inputs_of(int(kind.entries[layout.row_of[column], step]))
            found |= {source for source, code in zip(read, sources, strict=True) if code == EXTERNAL}
    return 1 + sum(int(of_entry[source]) > 0 or source < layout.arrays.forward_end for source in found)


def _remembered(layout: Layout, number: int, closed: frozenset[Place], strips: bool) -> View:
    key = (number, closed, strips)
    found = layout.memory.get(key)
    if len(layout.memory) > VIEWS_KEPT:
        layout.memory.clear()
    if not isinstance(found, View):
        names = [layout.arrays.names[code][0] for code in layout.arrays.name[layout.parameters]]
        found = layout.memory[key] = view_of(layout.templates[number], closed, strips, names)
    return found


def _by_column(layout: Layout, paths: frozenset[str]) -> dict[int, frozenset[Place]]:
    """Relative paths of scopes by column; paths that the recording does not have are left out."""
    if not paths:
        return {}
    made: dict[int, frozenset[Place]] = {}
    for path, (column, place) in scope_places(layout).items():
        if path in paths and layout.template_of[column] >= 0:
            made[column] = made.get(column, frozenset()) | {place}
    return made


def scope_places(layout: Layout) -> dict[str, tuple[int, Place]]:
    """Path of each scope inside a column → its column and its path there; remembered."""
    found = layout.memory.get("scopes")
    if isinstance(found, dict):
        return found
    made: dict[str, tuple[int, Place]] = {}
    arrays, columns = layout.arrays, layout.columns
    used, first = np.unique(arrays.scope[: arrays.forward_end], return_index=True)
    for code, entry in zip(used.tolist(), first.tolist(), strict=True):
        column = int(columns.of_entry[entry])
        place = columns.places[columns.place[code]]
        scope: Scope | None = arrays.scopes[code]
        while scope is not None and scope.kind is not ScopeKind.ROOT and column >= 0:
            if scope.path == columns.path[column]:
                made[scope.path] = (column, ())
                break
            made.setdefault(scope.path, (column, place))
            scope, place = scope.parent, place[:-1]
    layout.memory["scopes"] = made
    return made

