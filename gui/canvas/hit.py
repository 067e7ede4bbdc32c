"""Picking: what lies under a point of the view."""

from __future__ import annotations

import numpy as np

from graphs.drawing import EdgeKind, Region
from gui.canvas.camera import Camera
from gui.canvas.scene import Scene

_SLACK = 4.0
"""A node is hit this far around it, px."""
_TITLE_HEIGHT = 30.0
"""Height of the strip with a column's title, scene units."""


def node_at(scene: Scene, camera: Camera, x: float, y: float) -> int:
    """The node at a point in px, the smallest if several; -1 for none."""
    d = scene.drawing
    at_x, at_y = camera.to_scene(x, y)
    slack = _SLACK / camera.zoom
    inside = (np.abs(d.x - at_x) <= d.width / 2 + slack) & (np.abs(d.y - at_y) <= d.height / 2 + slack)
    found = np.flatnonzero(inside)
    return int(found[np.argmin((d.width * d.height)[found])]) if len(found) else -1


def tap_at(scene: Scene, camera: Camera, x: float, y: float) -> int:
    """The edge whose tap of a rail lies at a point in px; -1 for none."""
    taps = np.flatnonzero(scene.drawing.edge_kind == EdgeKind.TAP)
    if not len(taps):
        return -1
    at = camera.to_scene(x, y)
    away = scene.polylines.points[scene.polylines.firsts[taps]] - at
    distance = np.hypot(away[:, 0], away[:, 1]) * camera.zoom
    nearest = int(np.argmin(distance))
    return int(taps[nearest]) if distance[nearest] <= _SLACK + 6.0 * min(camera.zoom, 2.0) else -1


def region_at(scene: Scene, camera: Camera, x: float, y: float) -> Region | None:
    """The innermost scope around a point in px; None outside all."""
    at_x, at_y = camera.to_scene(x, y)
    rects = scene.region_rects
    if not len(rects):
        return None
    inside = (rects[:, 0] <= at_x) & (at_x <= rects[:, 0] + rects[:, 2])
    inside &= (rects[:, 1] <= at_y) & (at_y <= rects[:, 1] + rects[:, 3])
    found = np.flatnonzero(inside)
    if not len(found):
        return None
    area = rects[found, 2] * rects[found, 3]
    return scene.drawing.regions[int(found[np.argmin(area)])]


def title_at(scene: Scene, camera: Camera, x: float, y: float) -> Region | None:
    """The time step whose title lies at a point in px; None for none."""
    region = region_at(scene, camera, x, y)
    if region is None or not region.is_column:
        return None
    return region if camera.to_scene(x, y)[1] <= region.rect[1] + _TITLE_HEIGHT else None


def entry_of(scene: Scene, node: int) -> int:
    """The entry that a node stands for: its own, for a closed box the last value computed inside; -1 for none."""
    entry = int(scene.drawing.entry[node])
    if entry >= 0:
        return entry
    region = region_of_box(scene, node)
    if region is None:
        return -1
    steps = scene.figures.tape.steps
    for index in range(region.entries[1] - 1, region.entries[0] - 1, -1):
        path = steps[index].scope.path
        if path == region.path or path.startswith(f"{region.path}/"):
            return index
    return -1


def region_of_box(scene: Scene, node: int) -> Region | None:
    """The closed scope that a box stands for."""
    for region in scene.drawing.regions:
        if region.closed and region.node == node:
            return region
    return None
