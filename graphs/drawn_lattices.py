"""The lattices of a drawing, and what one hands over to the next."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from engine.tensor import Role
from graphs import measures
from graphs.drawing import Drawing, EdgeKind, Handover, Lattice
from graphs.lattices import LatticePlace
from graphs.scene import Scene

THOUGHT, CONTEXT = "thought vector", "context"
_AROUND = 20.0
"""From the lines of what is handed over to the end of its stretch."""


def with_lattices(scene: Scene, drawing: Drawing) -> Drawing:
    """The drawing with its lattices; folded into one time step it has none."""
    places = scene.layout.lattices
    if not places or scene.folded >= 0:
        return drawing
    lattices = tuple(Lattice(place.name, _rect(scene, place)) for place in places)
    made = [
        _handover(scene, drawing, (a, b), (places[k], places[k + 1]))
        for k, (a, b) in enumerate(zip(lattices, lattices[1:], strict=False))
    ]
    x, y, width, height = drawing.rect
    rect = (x, y, width, height + measures.LATTICE_CAPTION + measures.CAPTION_ROOM)
    return replace(drawing, lattices=lattices, handovers=tuple(one for one in made if one is not None), rect=rect)


def _rect(scene: Scene, place: LatticePlace) -> tuple[float, float, float, float]:
    columns = [c for c in range(place.first, place.last + 1) if scene.layout.template_of[c] >= 0]
    templates = [scene.layout.templates[int(scene.layout.template_of[c])] for c in columns]
    left, top = float(scene.x[columns[0]]), min(template.top for template in templates)
    right = float(scene.x[columns[-1]]) + templates[-1].width
    return left, top, right - left, max(template.bottom for template in templates) - top


def _handover(
    scene: Scene, drawing: Drawing, lattices: tuple[Lattice, Lattice], places: tuple[LatticePlace, LatticePlace]
) -> Handover | None:
    """The states whose lines lead from one lattice into the next; None if there are none."""
    layout = scene.layout
    states = [code for code, (_, role) in enumerate(layout.arrays.names) if role is Role.STATE]
    entry, targets = drawing.edge_entry, drawing.x[drawing.edge_target]
    known = (entry >= 0) & (entry < layout.arrays.forward_end) & (drawing.edge_kind == EdgeKind.FORWARD)
    column = np.where(known, layout.columns.of_entry[np.where(known, entry, 0)], -1)
    known &= (column >= places[0].first) & (column <= places[0].last)
    known &= np.isin(layout.arrays.name[np.where(known, entry, 0)], states)
    (x, _, width, _), (after, _, wide, _) = lattices[0].rect, lattices[1].rect
    edges = np.flatnonzero(known & (targets > after) & (targets < after + wide))
    if not len(edges):
        return None
    rows = drawing.y[drawing.edge_source[edges]]
    top, bottom = float(rows.min()) - _AROUND, float(rows.max()) + _AROUND
    entries = tuple(np.unique(entry[edges]).tolist())
    rect = (x + width + 2 * measures.LANE, top, measures.LATTICE_GAP - 4 * measures.LANE, bottom - top)
    scopes = (layout.arrays.scopes[code] for code in layout.arrays.scope[list(entries)])
    of_context = any(outer.name == CONTEXT for scope in scopes for outer in scope.line())
    name = CONTEXT if of_context else THOUGHT
    return Handover(lattices[0].name, lattices[1].name, name, rect, entries)
