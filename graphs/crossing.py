"""Crossings: edges of one shape between columns, and their ways out of one and into another."""

from __future__ import annotations

from typing import NamedTuple

from graphs.elements import HOISTED
from graphs.routing import Point, enter, leave
from graphs.scene import Scene
from graphs.view import View


class Crossing(NamedTuple):
    """Edges of one shape between columns.

    Attributes:
        source_view, source: view and element that they leave.
        target_view, target: view and element that they enter.
        apart: 1 to the next column, -1 to the one before, 2 and -2 further; in a tree, a Relation.
        lane: lines of different sources run beside each other.
    """

    source_view: int
    source: int
    target_view: int
    target: int
    apart: int
    lane: int


def lane_of(view: View, local: int) -> int:
    """The lane of a step's lines."""
    kind = view.template.kind
    if local >= kind.forward_steps:
        return 2 + local % 2
    states = [step for step, element in enumerate(kind.shown) if kind.elements[element].role in HOISTED]
    return states.index(local) % 3 if local in states else 0


def legs(scene: Scene, crossing: Crossing) -> tuple[list[Point], list[Point]]:
    """The way out of the source's column and the way into the target's, relative to them."""
    a, b = scene.views[crossing.source_view], scene.views[crossing.target_view]
    rails = scene.rail_heights()
    onward = crossing.apart > 0
    border_a, border_b = (a.template.width, 0.0) if onward else (0.0, b.template.width)
    key_a = ("leave", crossing.source, crossing.lane, onward)
    if key_a not in a.routes:
        start = a.port(crossing.source)
        a.routes[key_a] = leave(a.space(rails), a.node_of[crossing.source], start, border_a, crossing.lane)
    key_b = ("enter", crossing.target, crossing.lane, onward)
    if key_b not in b.routes:
        end = b.port(crossing.target)
        b.routes[key_b] = enter(b.space(rails), b.node_of[crossing.target], end, border_b, crossing.lane)
    return a.routes[key_a], b.routes[key_b]
