"""Edges inside columns: each route is found once per view and repeated by offset."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graphs.crossings import draw_crossings
from graphs.drawing import EdgeKind
from graphs.parts import Numbers, Parts
from graphs.routing import beside, beside_the_first, route
from graphs.scene import Scene
from graphs.view import BOX, View


class Flow(NamedTuple):
    """A value that flows from one element to another of the same column; ``into`` and ``argument`` -1 for a pill."""

    source: int
    target: int
    step: int
    into: int
    argument: int


def draw_edges(scene: Scene, parts: Parts) -> None:
    """Add all edges along which values flow."""
    for number, view in enumerate(scene.views):
        if not len(scene.columns[number]):
            continue
        drawn: set[tuple[int, int]] = set()
        for flow in _flows(view):
            _draw_flow(scene, parts, number, flow, drawn)
        draw_crossings(scene, parts, number)


def _flows(view: View) -> list[Flow]:
    kind = view.template.kind
    made = []
    for step, sources in enumerate(kind.sources):
        circle, shown = kind.circle[step], kind.shown[step]
        made += [
            Flow(kind.source_element(source, step), circle, source, step, argument)
            for argument, source in enumerate(sources)
            if source >= 0
        ]
        if circle != shown:
            made.append(Flow(circle, shown, step, -1, -1))
    return made


def _draw_flow(scene: Scene, parts: Parts, number: int, flow: Flow, drawn: set[tuple[int, int]]) -> None:
    view = scene.views[number]
    source, target = view.node_of[flow.source], view.node_of[flow.target]
    boxed = BOX in (view.elements[source], view.elements[target])
    if source == target or (boxed and (source, target) in drawn):
        return
    points = np.array(_route(scene, view, flow))
    if (source, target) in drawn:
        points = beside_the_first(points)
    drawn.add((source, target))
    entries = scene.entries(number)
    first = scene.first_node[scene.columns[number]]
    into: Numbers | int = -1 if boxed or flow.into < 0 else entries[:, flow.into]
    kind = EdgeKind.FORWARD if flow.step < view.template.kind.forward_steps else EdgeKind.BACKWARD
    parts.add_edges(
        first + source, first + target, kind, entries[:, flow.step], into, -1 if boxed else flow.argument,
        points[None] + scene.shifts(number)[:, None],
    )  # fmt: skip


def _route(scene: Scene, view: View, flow: Flow) -> list[tuple[float, float]]:
    key = (flow.source, flow.target)
    if key not in view.routes:
        kind = view.template.kind
        source, target = view.node_of[flow.source], view.node_of[flow.target]
        start = view.port(flow.source)
        if flow.into >= kind.forward_steps > flow.step:
            start = beside(view.rects[source], start, right=True)
        view.routes[key] = route(view.space(scene.rail_heights()), source, target, start, view.port(flow.target))
    return view.routes[key]
