"""The rectangles of scopes."""

from __future__ import annotations

from graphs.drawing import Region
from graphs.elements import Place
from graphs.parts import Parts
from graphs.scene import Scene, scope_places
from graphs.template import Template
from graphs.view import frames_of


def draw_regions(scene: Scene, parts: Parts) -> None:
    """Add a region for each scope of each time step that is not inside a closed one."""
    layout = scene.layout
    paths = {where: path for path, where in scope_places(layout).items()}
    for number, view in enumerate(scene.views):
        columns = scene.columns[number].tolist()
        entries = scene.entries(number).tolist()
        for frame in frames_of(view.template):
            place = frame.place
            if any(place[:depth] in view.box_of for depth in range(len(place))):
                continue
            first, last = _steps(view.template, place)
            kind, name = place[-1] if place else ("time", "t")
            static = not place and view.template.kind.static
            node = view.box_of.get(place, -1)
            for row, column in enumerate(columns):
                path = paths.get((column, place))
                if path is None:
                    continue
                title, count = (name, _number(kind, name)) if place else _time_title(scene, column)
                if static:
                    kind, count = "part", _layer(path)
                rect = (
                    frame.left + float(scene.x[column]), frame.top + float(scene.y[column]),
                    frame.right - frame.left, frame.bottom - frame.top,
                )  # fmt: skip
                shown = -1 if node < 0 else int(scene.first_node[column]) + node
                span = (entries[row][first], entries[row][last] + 1)
                parts.regions.append(Region(path, kind, title, count, rect, node >= 0, shown, span, not place))


def _time_title(scene: Scene, column: int) -> tuple[str, int | None]:
    return scene.layout.columns.path[column].rsplit("/", 1)[-1], scene.layout.columns.number[column]


def _steps(template: Template, place: Place) -> tuple[int, int]:
    inside = [step for step, home in enumerate(template.kind.places) if home[: len(place)] == place]
    return inside[0], inside[-1]


def _layer(path: str) -> int | None:
    """The number of the layer that a part belongs to."""
    layers = [name for name in path.split("/") if name.startswith("layer=")]
    return _number("layer", layers[-1]) if layers else None


def _number(kind: str, name: str) -> int | None:
    count = name.rpartition("=")[2]
    return int(count) if kind == "layer" and count.isdigit() else None
