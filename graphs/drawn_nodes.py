"""The nodes of a drawing, column by column, by offset from their template."""

from __future__ import annotations

import numpy as np

from engine.tensor import Role
from graphs.drawing import NodeKind
from graphs.parts import Parts
from graphs.scene import Scene
from graphs.view import BOX, View


def draw_nodes(scene: Scene, parts: Parts) -> None:
    """Add the nodes of all columns."""
    for number, view in enumerate(scene.views):
        columns = scene.columns[number]
        count = len(view.rects)
        if not len(columns) or not count:
            continue
        rects = np.array(view.rects)
        x = (rects[:, 0] + rects[:, 2]) / 2 + scene.x[columns][:, None]
        y = (rects[:, 1] + rects[:, 3]) / 2 + scene.y[columns][:, None]
        locals_ = np.array(view.locals)
        entry = np.where(locals_ < 0, -1, scene.entries(number)[:, locals_])
        for (_, parameter), node in view.tags.items():
            entry[:, node] = scene.layout.parameters[parameter]
        repeats = len(columns)
        first = parts.add_nodes(
            x.ravel(), y.ravel(), np.tile(rects[:, 2] - rects[:, 0], repeats),
            np.tile(rects[:, 3] - rects[:, 1], repeats), np.tile(np.array(view.kinds), repeats), entry.ravel(),
            view.labels * repeats, _indices(scene, view, columns.tolist()),
        )  # fmt: skip
        scene.first_node[columns] = first + np.arange(repeats) * count


def _indices(scene: Scene, view: View, columns: list[int]) -> list[str]:
    numbers = scene.layout.columns.number
    if columns == [0]:
        before = str((numbers[1] or 1) - 1) if len(numbers) > 2 else ""
        return [before if _is_state(view, node) else "" for node in range(len(view.rects))]
    counted = [_is_counted(view, node) for node in range(len(view.rects))]
    made: list[str] = []
    for column in columns:
        number = numbers[column]
        folded = "t" if scene.layout.tree is None else "n"
        text = "" if number is None else folded if scene.folded >= 0 else str(number)
        made += [text if shown else "" for shown in counted]
    return made


def _is_state(view: View, node: int) -> bool:
    element = view.elements[node]
    return element >= 0 and view.template.kind.elements[element].role is Role.STATE


def _is_counted(view: View, node: int) -> bool:
    element = view.elements[node]
    if element < 0:
        return element == BOX and view.labels[node] == "t"
    kind = view.kinds[node]
    constant = view.template.kind.elements[element].role is Role.CONSTANT
    return kind in (NodeKind.VARIABLE, NodeKind.LOSS) and not constant
