"""Paints the frames, circles, boxes and pills of a cell's picture, with values and the names of gradients."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter

from engine.scope import ScopeKind
from graphs.drawing import NodeKind as ShapeKind
from gui.canvas.labels import Style
from gui.canvas.node_shapes import Shape, ShapePainter
from gui.canvas.palette import NO_BRUSH, NO_PEN, mixed, pen
from gui.canvas.value_texts import number_text, row_text
from gui.views.close_up_diagram import PILL, Node, NodeKind, Plate
from gui.views.close_up_flow import shown
from gui.views.close_up_frame import LEAST_TEXT, Frame, box_of, current_nodes
from gui.views.close_up_geometry import PILL_HIGH, RADIUS

_KINDS = {NodeKind.STEP: ShapeKind.OPERATION, NodeKind.PARAMETER: ShapeKind.PARAMETER}
_NUMBERS_FROM = 27.0
"""From this unit on the numbers of one unit are written beside the circles, px."""
_CORNERS = {"W_h": -1, "squash": -1, "inner_sum": -1, "keep": 1}
"""On which side of its circle a number stands; 1, the right, for all others."""
_WITHOUT_NUMBER = ("diagonal", "/W_c")
"""Steps beside which there is no room for a number."""
_NAMED_WIRES = {("squash", "emit"): (-0.62, 0.54), ("add", "squash"): (0.66, -0.64)}
"""Wires with the name of their gradient, and how far that is from where they end."""
_NAME_AWAY, _UPPER = 0.66, 1.0


def paint_frames(painter: QPainter, frame: Frame, gate_names: dict[str, str]) -> None:
    """The grounds of the gates with their names."""
    palette = frame.look.palette
    for one in frame.content.diagram.frames:
        left, top, right, bottom = one.box
        start, end = frame.at((left, top)), frame.at((right, bottom))
        line, ground = palette.gate(one.gate) or (palette.color("line"), palette.ground)
        painter.setPen(pen(mixed(line, palette.ground, 0.45), frame.line))
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(start, end), 0.25 * frame.unit, 0.25 * frame.unit)
        size = round(0.32 * frame.unit)
        if size >= LEAST_TEXT:
            label = frame.look.labels.get(gate_names.get(one.gate, one.gate), Style("text", size))
            if label.width > one.name_room * frame.unit:
                size = max(int(LEAST_TEXT), int(size * one.name_room * frame.unit / label.width))
                label = frame.look.labels.get(gate_names.get(one.gate, one.gate), Style("text", size))
            at = frame.at(one.name_at)
            label.draw(painter, at.x(), at.y() + label.middle, line)


def paint_nodes(painter: QPainter, frame: Frame, *, inked: bool) -> None:
    """Everything that stands in the picture as it is before the cursor has come, or over it what the cursor passed."""
    shapes = ShapePainter(frame.look.palette, frame.look.labels)
    for node in frame.content.diagram.nodes:
        if node.kind is NodeKind.SOURCE:
            if not inked or frame.revealed(node.entries[0]):
                _paint_pill(painter, frame, Plate(node.entries[0], node.at, PILL), inked=inked)
        elif node.kind is NodeKind.PARAMETER:
            # Again over the wires that pass under it.
            if not inked or frame.revealed(node.step):
                _paint_shape(painter, frame, shapes, node, frame.content.names.of(node.entries[0]), done=True)
        elif not inked or frame.revealed(node.entries[0]):
            _paint_shape(painter, frame, shapes, node, node.sign, done=inked and frame.revealed(node.entries[-1]))
    for plate in frame.content.diagram.plates:
        if not inked or frame.revealed(plate.entry):
            _paint_pill(painter, frame, plate, inked=inked)
    if inked and frame.unit >= _NUMBERS_FROM:
        _paint_numbers(painter, frame)


def _paint_shape(
    painter: QPainter, frame: Frame, shapes: ShapePainter, node: Node, name: str, *, done: bool
) -> None:
    width, height = box_of(node)
    at = frame.at(node.at)
    painter.translate(at)
    shapes.paint(painter, Shape(_KINDS[node.kind], name, width * frame.unit, height * frame.unit, done, frame.line))
    painter.translate(-at)


def _paint_pill(painter: QPainter, frame: Frame, plate: Plate, *, inked: bool) -> None:
    """A pill with a name, and behind it the value once it is revealed."""
    palette, entry, done = frame.look.palette, plate.entry, inked
    name = frame.content.names.plain(entry) if plate.gate else frame.content.names.of(entry)
    line = palette.ink
    tint = palette.gate(plate.gate)
    if tint is not None:
        line = tint[0]
    rect = frame.rect(plate.at, plate.width, PILL_HIGH)
    painter.setPen(pen(line if done else palette.pale, 1.5 * frame.line))
    painter.setBrush(palette.ground if done else palette.pale_ground)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    size = round(0.5 * frame.unit)
    if size < LEAST_TEXT:
        return
    label = frame.look.labels.get(name, Style("math", size, True))
    x = rect.x() + 0.26 * frame.unit
    label.draw(painter, x, rect.center().y() + 0.33 * size, line if done else palette.ink_pale)
    if done:
        left = x + label.width + 0.18 * frame.unit
        room = QRectF(left, rect.y() + 0.17 * frame.unit, rect.right() - 0.3 * frame.unit - left, 0)
        room.setBottom(rect.bottom() - 0.17 * frame.unit)
        _paint_value(painter, frame, entry, room, line)


def _paint_value(painter: QPainter, frame: Frame, entry: int, room: QRectF, ink: QColor) -> None:
    tape = frame.content.cursor.tape
    value = frame.content.cursor.value(entry)
    if value is None or room.width() < 3:
        return
    text = tape.captions.get(entry) or row_text(value)
    if text is not None:
        size = max(int(LEAST_TEXT), round(0.36 * frame.unit))
        label = frame.look.labels.get(text, Style("text", size))
        if label.width <= room.width() + 0.1 * frame.unit:
            label.draw(painter, room.x(), room.center().y() + label.middle, ink)
            return
    frame.look.strips.paint(painter, room, entry, value, tape[entry], frame.look.palette, ratio=frame.ratio)


def _paint_numbers(painter: QPainter, frame: Frame) -> None:
    """What the steps without a pill gave for one unit."""
    plates = {plate.entry for plate in frame.content.diagram.plates if plate.gate}
    style = Style("text", round(0.26 * frame.unit))
    for node in frame.content.diagram.nodes:
        entry = _last_revealed(frame, node)
        if node.kind is not NodeKind.STEP or entry is None or entry in plates or node.role.endswith(_WITHOUT_NUMBER):
            continue
        number = unit_value(frame.content.cursor.value(entry), frame.unit_j)
        if number is None:
            continue
        label = frame.look.labels.get(number_text(number), style)
        side = _CORNERS.get(node.role.rpartition("/")[2], 1)
        at = frame.at((node.at[0] + side * RADIUS * 0.85, node.at[1] - RADIUS * 1.08))
        x = at.x() if side > 0 else at.x() - label.width
        label.draw(painter, x, at.y(), frame.look.palette.ink_quiet)


def _last_revealed(frame: Frame, node: Node) -> int | None:
    done = [entry for entry in node.entries if frame.revealed(entry)]
    return done[-1] if done else None


def unit_value(value: np.ndarray | None, unit: int) -> float | None:
    """The number of a unit in the first sequence; None where there is none."""
    if value is None or value.ndim == 0:
        return None
    row = value.reshape(-1, value.shape[-1])[0]
    return float(row[unit]) if unit < len(row) else None


# --- gradients' names, marks ----------------------------------------------------------------------------------------


def paint_gradient_names(painter: QPainter, frame: Frame) -> None:
    """The lecture's names where they belong: dC, dH at the pills, A1 and A2 at the tanh."""
    content, position = frame.content, frame.content.cursor.position
    pills = [(plate.entry, plate.at, False) for plate in content.diagram.plates if plate.way is not None]
    pills += [
        (entry, node.at, True) for node in content.diagram.nodes if node.kind is NodeKind.SOURCE and node.role != "x"
        for entry in node.entries
    ]  # fmt: skip
    for entry, (x, y), comes_in in pills:
        parts = content.flow.states.get(entry, ())
        part = shown(parts, position)
        if part is not None:
            name = content.names.gradient(part, one_step=comes_in or content.names.is_of_one_step(parts))
            # Below the pills of the upper row, above those of the lower ones, where there is room.
            _paint_name(painter, frame, name, (x, y + _NAME_AWAY if y < _UPPER else y - _NAME_AWAY))
    roles = content.diagram.step.roles
    for wire in content.diagram.wires:
        found = content.flow.wires.get((wire.step, wire.argument))
        away = _NAMED_WIRES.get((roles.get(wire.source, ""), roles[wire.step]))
        if away is not None and found is not None and found.shown_from <= position:
            x, y = wire.way.points[-1]
            _paint_name(painter, frame, content.names.contribution(found), (x + away[0], y + away[1]))


def _paint_name(painter: QPainter, frame: Frame, name: str, at: tuple[float, float]) -> None:
    """A gradient's name in the middle of a place."""
    size = round(0.42 * frame.unit)
    if name and size >= LEAST_TEXT:
        label = frame.look.labels.get(name, Style("math", size, not name.startswith("∂")))
        point = frame.at(at)
        label.draw(painter, point.x() - label.width / 2, point.y() + label.middle, frame.look.palette.backward_ink)


def paint_marks(painter: QPainter, frame: Frame, selected: int | None, hovered: int | None) -> None:
    """Rings around what is selected or pointed at, and around the step executed last."""
    palette = frame.look.palette
    painter.setBrush(NO_BRUSH)
    for entry, color, width in ((hovered, palette.color("focus"), 1.4), (selected, palette.color("focus"), 2.2)):
        for node in frame.content.diagram.nodes:
            if entry is not None and entry in node.entries:
                painter.setPen(pen(color, width * frame.line))
                _paint_ring(painter, frame, node, 0.12)
    for node in current_nodes(frame.content):
        painter.setPen(pen(palette.cursor, 2.6 * frame.line))
        _paint_ring(painter, frame, node, 0.06)
    painter.setPen(NO_PEN)


def _paint_ring(painter: QPainter, frame: Frame, node: Node, away: float) -> None:
    width, height = box_of(node)
    rect = frame.rect(node.at, width + 2 * away, height + 2 * away)
    round_by = rect.height() / 2 if node.kind is not NodeKind.PARAMETER else 0.2 * frame.unit
    painter.drawRoundedRect(rect, round_by, round_by)


def time_title(frame: Frame) -> str:
    """``t = 3``."""
    time = frame.content.diagram.step.scope.enclosing(ScopeKind.TIME)
    return "" if time is None or time.number is None else f"/{{t}} = {time.number}"


def paint_title(painter: QPainter, frame: Frame, title: str, area: QRectF) -> None:
    """What is shown, at the lower right of an area."""
    size = max(9, min(round(0.42 * frame.unit), 22))
    label = frame.look.labels.get(title, Style("text", size))
    at = QPointF(area.right() - label.width - 0.6 * size, area.bottom() - 0.6 * size)
    label.draw(painter, at.x(), at.y(), frame.look.palette.ink_quiet)
