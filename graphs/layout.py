"""The layout of a recording: made once for all tapes of the same structure, drawn at every level.

Time gives x, scopes give y; the inside of each kind of time step is placed once and repeated by offset.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from engine.collector import collector_paused
from engine.tape import Tape
from engine.tensor import Role
from graphs import measures
from graphs.columns import Columns, columns_of
from graphs.drawing import Ints
from graphs.elements import Place
from graphs.initial_states import align_initial_states
from graphs.kinds import Kind, kinds_of
from graphs.lattices import LatticePlace, head_slots, lattices_of
from graphs.tape_arrays import GIVEN, TapeArrays, arrays_of
from graphs.template import Template, cell_of, templates_of
from graphs.tree import Tree, place_heights, place_nodes, tree_of
from graphs.tree_rails import Branches, place_branches

_TOWER = 3.0
KEPT = 8  # structures remembered; a lesson has one or two


@dataclass(slots=True, eq=False)
class RailPlace:
    """Where a rail runs: through the columns ``first`` to ``last``; ``parameters`` are those it stands for."""

    parameters: tuple[int, ...]
    y: float
    first: int
    last: int


@dataclass(slots=True, eq=False)
class Layout:
    """Where everything in a recording stands.

    Attributes:
        arrays, columns: the recording.
        parameters: tape indices of the parameters.
        templates: one per kind of column.
        template_of, row_of: of each column, its template (-1 if it is empty) and its row among the template's columns.
        x: left edge of each column.
        y: shift of each column.
        local: of each forward entry, its place among its column's steps.
        rails: of the parameters that are not bundled.
        bundles: of the cells whose parameters are bundled.
        top, bottom: of all columns.
        tree: how the columns hang together if they are nodes of trees.
        branches: of the parameters in a tree, in place of rails.
        lattices: stretches of columns that belong to different parts of the network, if there are any.
        memory: what drawing remembers from one call to the next, such as routes.
    """

    arrays: TapeArrays
    columns: Columns
    parameters: Ints
    templates: list[Template]
    template_of: Ints
    row_of: Ints
    x: NDArray[np.float64]
    y: NDArray[np.float64]
    local: Ints
    rails: dict[int, RailPlace]
    bundles: dict[Place, RailPlace]
    top: float
    bottom: float
    tree: Tree | None = None
    branches: Branches = field(default_factory=Branches)
    lattices: list[LatticePlace] = field(default_factory=list)
    memory: dict[object, object] = field(default_factory=dict)


_by_tape: WeakKeyDictionary[Tape, dict[bool, Layout]] = WeakKeyDictionary()
_by_structure: dict[tuple[bytes, bool], Layout] = {}


def layout_of(tape: Tape, backward: bool = False) -> Layout:
    """The layout of a tape; that of an earlier tape if both have the same structure.

    Args:
        tape: a recording that nothing more will be added to.
        backward: whether the steps of the backward phase have places too.
    """
    known = _by_tape.setdefault(tape, {})
    found = known.get(backward)
    if found is not None and len(found.arrays) == tape.update_start:
        return found
    with collector_paused():  # see graphs.draw
        arrays = arrays_of(tape)
        signature = (arrays.signature(), backward)
        layout = _by_structure.pop(signature, None) or lay_out(arrays, backward)
    _by_structure[signature] = known[backward] = layout
    while len(_by_structure) > KEPT:
        del _by_structure[next(iter(_by_structure))]
    return layout


def lay_out(arrays: TapeArrays, backward: bool = False) -> Layout:
    """Give every step of a recording its place."""
    columns = columns_of(arrays)
    roles = [code for code, (_, role) in enumerate(arrays.names) if role is Role.PARAMETER]
    forward = slice(0, arrays.forward_end)
    is_parameter = np.isin(arrays.name[forward], roles) & (arrays.operation[forward] == GIVEN)
    parameters = np.flatnonzero(is_parameter).astype(np.int32)
    kinds = kinds_of(arrays, columns, parameters, backward)
    tree = tree_of(arrays, columns)
    templates = templates_of(kinds, tree)
    _level(templates)
    template_of, row_of, local = _numbered(kinds, len(columns), len(arrays))
    y = np.zeros(len(columns))
    used = [template for number, template in enumerate(templates) if (kinds[number].columns > 0).any()]
    layout = Layout(
        arrays, columns, parameters, templates, template_of, row_of, np.zeros(len(columns)), y, local, {}, {},
        min((template.top for template in used), default=0.0), max((template.bottom for template in used), default=0.0),
        tree,
    )  # fmt: skip
    if tree is not None:
        place_heights(layout, tree)
        _align_outer_columns(layout)
        place_nodes(layout, tree)
        place_branches(layout)
        return layout
    layout.lattices = lattices_of(arrays, columns)
    _align_outer_columns(layout)
    _place_rails(layout)
    _column_positions(layout)
    return layout


def _numbered(kinds: list[Kind], columns: int, entries: int) -> tuple[Ints, Ints, Ints]:
    """Of each column its template and its row among the template's; of each entry its place among its column's steps.
    """
    template_of, row_of = np.full(columns, -1, np.int32), np.zeros(columns, np.int32)
    local = np.zeros(entries, np.int32)
    for number, kind in enumerate(kinds):
        template_of[kind.columns] = number
        row_of[kind.columns] = np.arange(len(kind.columns))
        local[kind.entries] = np.arange(kind.entries.shape[1])
    return template_of, row_of, local


def _level(templates: list[Template]) -> None:
    """Let the columns outside of time be equally high, and as high as the time steps, unless those tower over them."""
    static = [template for template in templates if template.kind.static]
    if not static:
        return
    height = sum(_ends(static))
    timed = [template for template in templates if not template.kind.static and template.kind.columns[0] > 0]
    like = static if sum(_ends(templates)) > _TOWER * height else [*static, *timed]
    for template in static:
        template.top, template.bottom = -_ends(like)[0], _ends(like)[1]


def _ends(templates: list[Template]) -> tuple[float, float]:
    """How far columns reach up and down."""
    return -min(template.top for template in templates), max(template.bottom for template in templates)


def _column_positions(layout: Layout) -> None:
    widths = np.array([layout.templates[k].width + measures.COLUMN_GAP if k >= 0 else 0.0 for k in layout.template_of])
    for lattice in layout.lattices[1:]:
        widths[lattice.first - 1] += _room_before(layout, lattice)
    layout.x[1:] = np.cumsum(widths)[:-1]


def _room_before(layout: Layout, lattice: LatticePlace) -> float:
    """Between a lattice and the one before: for what is handed over, and for the boxes of its own parameters."""
    rails = [*layout.rails.values(), *layout.bundles.values()]
    slots = head_slots(sorted(rail.y for rail in rails if lattice.holds(rail.first, rail.last)))
    boxes = 1 + max(slots, default=-1)
    return measures.LATTICE_GAP + boxes * (measures.PARAMETER_WIDTH + measures.MARGIN_GAP / 2)


def _align_outer_columns(layout: Layout) -> None:
    """What comes after the time steps stands beside its sources, initial states on the rows of their states."""
    last = int(layout.template_of[-1])
    if len(layout.columns) > 2 and last >= 0:
        _align_after(layout, layout.templates[last])
    align_initial_states(layout)


def _align_after(layout: Layout, template: Template) -> None:
    of_entry = layout.columns.of_entry
    for step in range(template.kind.forward_steps):
        sources = layout.arrays.inputs_of(int(template.kind.entries[0, step]))
        inside = [source for source in sources if 0 < of_entry[source] < len(layout.columns) - 1]
        if inside:
            other = layout.templates[layout.template_of[of_entry[inside[-1]]]]
            element = other.kind.shown[int(layout.local[inside[-1]])]
            layout.y[-1] = layout.y[of_entry[inside[-1]]] + other.y[element] - template.y[template.kind.circle[step]]
            return


def _place_rails(layout: Layout) -> None:
    heights: list[float] = []
    for number in dict.fromkeys(layout.template_of.tolist()):
        if number < 0:
            continue
        template = layout.templates[number]
        for step, _, parameter in template.taps:
            if template.kind.static:
                continue
            if template.is_bundled(step):
                _bundle(layout, template, cell_of(template.kind.places[step]), parameter)
                continue
            if parameter in layout.rails:
                continue
            y = template.y[template.kind.circle[step]] + measures.RAIL_DROP
            while any(abs(y - other) < measures.RAIL_PITCH - 1 for other in heights):
                y += measures.RAIL_PITCH
            heights.append(y)
            layout.rails[parameter] = RailPlace((parameter,), y, 0, 0)
    _rail_ends(layout)


def _bundle(layout: Layout, template: Template, cell: Place, parameter: int) -> None:
    frame = next((frame for frame in template.frames if frame.place == cell), None)
    bottom = frame.bottom if frame is not None else template.bottom
    rail = layout.bundles.setdefault(cell, RailPlace((), bottom - measures.RAIL_PITCH, 0, 0))
    if parameter not in rail.parameters:
        rail.parameters = (*rail.parameters, parameter)


def _rail_ends(layout: Layout) -> None:
    for template in layout.templates:
        first, last = int(template.kind.columns[0]), int(template.kind.columns[-1])
        for step, _, parameter in template.taps if not template.kind.static else ():
            own = template.is_bundled(step)
            rail = layout.bundles[cell_of(template.kind.places[step])] if own else layout.rails[parameter]
            rail.first = min(rail.first or first, first)
            rail.last = max(rail.last, last)
