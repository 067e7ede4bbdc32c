"""Where on the graph the current step belongs."""

from __future__ import annotations

from engine.debugger.cursor import Cursor
from engine.tape import Phase, RuleSpan
from gui.canvas.scene import Scene
from gui.equations.backward_places import BackwardPlaces


def current_span(cursor: Cursor, places: BackwardPlaces) -> RuleSpan | None:
    """The application of a gradient rule that the current step is part of, or whose result it adds to a sum."""
    current = cursor.current
    if current is None or cursor.phase is not Phase.BACKWARD:
        return None
    return places.added_by.get(current) or places.span_of.get(current)


def current_node(scene: Scene, cursor: Cursor, places: BackwardPlaces) -> int:
    """The node of the current step: its own; in the backward pass that of the forward step it differentiates; in the
    update that of the parameter. -1 where there is none."""
    current = cursor.current
    if current is None:
        return -1
    own = scene.nodes_of_entries.get(current)
    if own is not None:
        return own
    if cursor.phase is Phase.FORWARD:
        return scene.node_of(current)
    span = current_span(cursor, places)
    if span is not None:
        return scene.node_of(span.of)
    return _parameter_node(scene, cursor, current)


def _parameter_node(scene: Scene, cursor: Cursor, current: int) -> int:
    name = cursor.tape[current].scope.name
    for rail in scene.drawing.rails:
        if cursor.tape[rail.entry].symbol == name:
            return rail.node
    return -1
