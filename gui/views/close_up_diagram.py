"""The picture of one application of a cell as data: nodes, wires, plates and frames, in the units of its table."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from engine.tape import Tape
from engine.tensor import Role, Tensor
from gui.views.close_up_kinds import table
from gui.views.close_up_roles import CellStep, gate_of, weight
from gui.views.close_up_routes import Way, branches, route
from gui.views.close_up_tables import Point, Table

PILL = 2.5
"""Width of the pills of what comes in and goes out."""


class NodeKind(Enum):
    """What a node is."""

    STEP = "step"
    PARAMETER = "parameter"
    SOURCE = "source"


@dataclass(frozen=True)
class Node:
    """Something that stands in the picture.

    Attributes:
        entries: the tape's entries that it is, in tape order; several for a sum of several.
        role: of the step, of the step that takes the parameter, or the name of the source.
        sign: what is written in a step's circle.
        step: the one that takes the parameter; else the first of the entries.
    """

    kind: NodeKind
    entries: tuple[int, ...]
    role: str
    at: Point
    step: int
    sign: str = ""


@dataclass(frozen=True)
class Wire:
    """An operand on its way into a step.

    Attributes:
        source, step, argument: the entry ``source`` is argument number ``argument`` of the entry ``step``.
        way: where it runs.
    """

    source: int
    step: int
    argument: int
    way: Way


@dataclass(frozen=True)
class Plate:
    """A pill with a name and a value: of a gate, or of a state that goes out.

    Attributes:
        entry: whose.
        way: the wire to it, for what goes out.
    """

    entry: int
    at: Point
    width: float
    gate: str = ""
    way: Way | None = None


@dataclass(frozen=True)
class Frame:
    """A gate's ground.

    Attributes:
        box: left, top, right, bottom.
        name_at, name_room: where its name begins, and how wide that may be.
    """

    gate: str
    box: tuple[float, float, float, float]
    name_at: Point
    name_room: float


@dataclass(frozen=True)
class Diagram:
    """See the module.

    Attributes:
        step: of which cell, and when.
        dots: where wires branch, and what they carry.
        box: left, top, right, bottom of all.
    """

    step: CellStep
    nodes: tuple[Node, ...]
    wires: tuple[Wire, ...]
    plates: tuple[Plate, ...]
    frames: tuple[Frame, ...]
    dots: tuple[tuple[Point, int], ...]
    box: tuple[float, float, float, float]


def diagram(tape: Tape, step: CellStep, arrangement: str) -> Diagram | None:
    """The picture of a cell; None for a cell that has none, or that has a step no table knows."""
    found = table(step.scope.name, step.roles, arrangement)
    if found is None or any(found.place(role) is None for role in step.roles.values()):
        return None
    nodes = (*_steps(tape, step, found), *_parameters(tape, step, found), *_sources(step, found))
    wires = _wires(tape, step, found, nodes)
    plates = (*_gate_plates(tape, step, found), *_results(tape, step, found))
    frames = _frames(step, found)
    ways = [(wire.source, wire.way) for wire in wires]
    ways += [(plate.entry, plate.way) for plate in plates if plate.way is not None]
    return Diagram(step, nodes, wires, plates, frames, branches(ways), _box(nodes, plates, frames))


def _steps(tape: Tape, step: CellStep, found: Table) -> list[Node]:
    members: dict[str, list[int]] = {}
    for entry in step.entries:
        members.setdefault(step.roles[entry], []).append(entry)
    return [
        Node(NodeKind.STEP, tuple(entries), role, found.place(role) or (0.0, 0.0), entries[0], _sign(tape[entries[0]]))
        for role, entries in members.items()
    ]


def _sign(step: Tensor) -> str:
    if step.operation is None:
        return ""
    if step.operation.name == "scale" and step.attributes:
        return f"{step.attributes['factor']:.3g}"
    return step.operation.symbol


def _parameters(tape: Tape, step: CellStep, found: Table) -> list[Node]:
    """A box at every step that takes a parameter: a weight is drawn where it is used."""
    made = []
    for entry in step.entries:
        role = step.roles[entry]
        x, y = found.place(role) or (0.0, 0.0)
        for operand in tape[entry].inputs:
            if operand.role is Role.PARAMETER:
                kind = role.rpartition("/")[2] if role.endswith("diagonal") else _plain(operand.symbol)
                dx, dy = found.box(role, kind)
                made.append(Node(NodeKind.PARAMETER, (operand.index,), role, (x + dx, y + dy), entry))
    return made


def _plain(name: str) -> str:
    kind = weight(name)
    return {"W_in": "W_x", "W": "W_h"}.get(kind, kind)


def _sources(step: CellStep, found: Table) -> list[Node]:
    members: dict[str, list[int]] = {}
    for entry, name in step.sources.items():
        members.setdefault(name, []).append(entry)
    return [
        Node(NodeKind.SOURCE, tuple(entries), name, found.at(found.sources[name]), entries[0])
        for name, entries in members.items()
    ]


def _wires(tape: Tape, step: CellStep, found: Table, nodes: tuple[Node, ...]) -> tuple[Wire, ...]:
    places = {entry: node for node in nodes if node.kind is not NodeKind.PARAMETER for entry in node.entries}
    boxes = {(node.entries[0], node.role): node for node in nodes if node.kind is NodeKind.PARAMETER}
    made = []
    for entry in step.entries:
        target = places[entry]
        for argument, operand in enumerate(tape[entry].inputs):
            start = boxes.get((operand.index, step.roles[entry])) or places[operand.index]
            if start is target:
                continue  # one add of a sum hands on to the next
            way = route(found, start.role, start.at, target.role, target.at, is_box=start.kind is NodeKind.PARAMETER)
            made.append(Wire(operand.index, entry, argument, way))
    return tuple(made)


def _results(tape: Tape, step: CellStep, found: Table) -> list[Plate]:
    """The states that go out."""
    made = []
    for entry in step.entries:
        tensor, role = tape[entry], step.roles[entry]
        if tensor.role is Role.STATE:
            name = tensor.symbol if tensor.symbol in found.results else next(iter(found.results))
            at = found.at(found.results[name])
            way = route(found, role, found.place(role) or at, name, at, is_box=False)
            made.append(Plate(entry, at, PILL, way=way))
    return made


def _gate_plates(tape: Tape, step: CellStep, found: Table) -> list[Plate]:
    made = []
    for entry in step.entries:
        gate = gate_of(tape[entry])
        if gate and tape[entry].role is Role.GATE and gate in found.columns:
            dx, row, width = found.own.get(gate, found.gate).plate
            made.append(Plate(entry, (found.columns[gate] + dx, found.rows[row]), width, gate))
    return made


def _frames(step: CellStep, found: Table) -> tuple[Frame, ...]:
    made = []
    for gate in {role.rpartition("/")[0]: None for role in step.roles.values() if "/" in role}:
        x = found.columns[gate]
        inside = found.own.get(gate, found.gate)
        left, top, right, bottom = inside.frame
        dx, row, dy, room = inside.name
        kinds = [role.rpartition("/")[2] for role in step.roles.values() if role.startswith(f"{gate}/")]
        last = found.rows["sum" if "slice" in kinds else "product"]
        box = x + left, found.rows["activation"] + top, x + right, last + bottom
        made.append(Frame(gate, box, (x + dx, found.rows[row] + dy), room))
    return tuple(made)


def _box(
    nodes: tuple[Node, ...], plates: list[Plate] | tuple[Plate, ...], frames: tuple[Frame, ...]
) -> tuple[float, float, float, float]:
    half = {NodeKind.STEP: 0.5, NodeKind.PARAMETER: 0.8, NodeKind.SOURCE: PILL / 2}
    lefts = [node.at[0] - half[node.kind] for node in nodes] + [frame.box[0] for frame in frames]
    rights = [node.at[0] + half[node.kind] for node in nodes] + [plate.at[0] + plate.width / 2 for plate in plates]
    ys = [node.at[1] for node in nodes] + [plate.at[1] for plate in plates]
    return min(lefts), min(ys) - 0.6, max(rights + [frame.box[2] for frame in frames]), max(ys) + 0.5
