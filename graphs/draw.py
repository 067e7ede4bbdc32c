"""Drawing a tape: its layout seen at a level of detail, with what the user opened and closed."""

from __future__ import annotations

from dataclasses import replace

from engine.collector import collector_paused
from engine.tape import Tape
from graphs.drawing import Drawing
from graphs.drawn_edges import draw_edges
from graphs.drawn_lattices import with_lattices
from graphs.drawn_nodes import draw_nodes
from graphs.drawn_rails import draw_rails
from graphs.drawn_regions import draw_regions
from graphs.layout import layout_of
from graphs.level import Level
from graphs.measures import CAPTION_ROOM
from graphs.parts import Parts
from graphs.scene import folded_scene, scene_of


def draw(
    tape: Tape,
    *,
    level: Level,
    closed: frozenset[str] = frozenset(),
    opened: frozenset[str] = frozenset(),
    backward: bool = False,
    folded: bool = False,
    at: int | None = None,
) -> Drawing:
    """What a tape looks like.

    Args:
        tape: a recording, with or without its backward phase.
        level: how much is open.
        closed, opened: paths of the scopes that the user closed and opened; they win over the level.
        backward: whether the backward steps are nodes of their own.
        folded: whether all time steps are folded into one, with loops.
        at: a tape index whose time step the folded view shows.
    """
    # Among the objects of a large tape each look for cycles takes a fifth of a second, and there are none to find.
    with collector_paused():
        scene = scene_of(layout_of(tape, backward), Level(level), closed, opened)
        if folded:
            scene = folded_scene(scene, at)
        parts = Parts()
        draw_nodes(scene, parts)
        draw_rails(scene, parts)
        draw_edges(scene, parts)
        draw_regions(scene, parts)
        drawing = with_lattices(scene, parts.drawing())
        if not tape.captions:
            return drawing
        x, y, width, height = drawing.rect
        return replace(drawing, rect=(x, y, width, height + CAPTION_ROOM))
