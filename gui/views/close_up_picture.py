"""The picture of one application of a cell, live: what the cursor has passed, and what has gone back."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from engine.debugger.cursor import Cursor
from engine.scope import ScopeKind
from engine.tensor import Role
from gui.appearance import Appearance
from gui.canvas.labels import LabelCache
from gui.canvas.palette import Palette
from gui.language import translatable
from gui.views.close_up_diagram import Diagram, Node, diagram
from gui.views.close_up_flow import Flows
from gui.views.close_up_frame import Content, Frame, Look, box_of
from gui.views.close_up_geometry import PILL_HIGH, Geometry, geometry
from gui.views.close_up_kinds import TALL, WIDE
from gui.views.close_up_layers import Layers
from gui.views.close_up_names import CloseUpNames
from gui.views.close_up_nodes import (
    paint_gradient_names,
    paint_marks,
    time_title,
)
from gui.views.close_up_roles import cell_step
from gui.views.close_up_wires import paint_gradients

GATE_NAMES = (
    translatable("forget"), translatable("input"), translatable("candidate"), translatable("output"),
    translatable("reset"), translatable("update"),
)  # fmt: skip
_PREFERS_WIDE = 0.92
"""The wide arrangement is taken unless the tall one would be larger by this factor."""
_MOST_ZOOM = 8.0


@dataclass(frozen=True)
class Marks:
    """What is marked: entries of the tape that the picture is of."""

    selected: int | None = None
    hovered: int | None = None
    unit: int = 0


class CellPicture(QWidget):
    """A cell in the arrangement that fits the panel; the wheel enlarges, dragging moves what is enlarged.

    Signals, all with an entry of the tape shown: pointed (-1 for nothing), picked by a click, run_to by a double click.
    """

    pointed = Signal(int)
    picked = Signal(int)
    run_to = Signal(int)

    def __init__(self, appearance: Appearance, tip: Callable[[Cursor, int, Appearance], str]) -> None:
        super().__init__()
        self._appearance, self._tip = appearance, tip
        self._look = _look(appearance)
        self._content: Content | None = None
        self._diagrams: dict[str, Diagram] = {}
        self._flows: Flows | None = None
        self._marks, self._title = Marks(), ""
        self._zoom, self._shift, self._dragged_from = 1.0, QPointF(), QPointF()
        self._pointed: int | None = None
        self._geometry: Geometry | None = None
        self._layers = Layers()
        self._gate_names: dict[str, str] = {}
        self._update_appearance()
        self._largest: dict[tuple[int, ...], float] = {}
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        appearance.changed.connect(self._update_appearance)

    @property
    def content(self) -> Content | None:
        """What is shown."""
        return self._content

    def show_cell(self, cursor: Cursor, times: dict[int, tuple[int, ...]], time: int, title: str) -> bool:
        """Show a cell of the cursor's tape at a time step; False where there is no picture of it.

        Args:
            times: the cell's steps at every time step.
        """
        step = cell_step(cursor.tape, times[time])
        found = {kind: diagram(cursor.tape, step, kind) for kind in (WIDE, TALL)}
        self._diagrams = {kind: one for kind, one in found.items() if one is not None}
        self._title = title
        if not self._diagrams:
            self._content = None
            return False
        if self._flows is None or self._flows.tape is not cursor.tape:
            self._flows, self._largest = Flows(cursor.tape), {}
            self._look.strips.clear()
            self._layers.forget()
        results = [entry for entry in step.entries if cursor.tape[entry].role is Role.STATE]
        names = CloseUpNames(cursor.tape, self._appearance.labels(cursor.tape))
        self._content = Content(
            self._fitting(), cursor, names, self._flows, self._flows.flow(step.entries, results), self._scale_of(times)
        )
        self.update()
        return True

    def mark(self, marks: Marks) -> None:
        """Mark other entries."""
        if marks != self._marks:
            self._marks = marks
            self.update()

    def fit(self) -> None:
        """Show all of it again."""
        self._zoom, self._shift = 1.0, QPointF()
        self.update()

    def _scale_of(self, times: dict[int, tuple[int, ...]]) -> float:
        """The largest gradient of the cell over all time steps, so that widths can be compared among them."""
        assert self._flows is not None
        key = next(iter(times.values()))
        if key not in self._largest:
            self._largest[key] = self._flows.largest(entry for entries in times.values() for entry in entries)
        return self._largest[key]

    # --- geometry -----------------------------------------------------------------------------------------------

    def _fitting(self) -> Diagram:
        """The arrangement that can be drawn larger."""
        wide, tall = self._diagrams[WIDE], self._diagrams[TALL]
        return wide if self._unit(wide) >= _PREFERS_WIDE * self._unit(tall) else tall

    def _unit(self, one: Diagram) -> float:
        left, top, right, bottom = one.box
        return max(1.0, min((self.width() - 8) / (right - left), (self.height() - 8) / (bottom - top)))

    def _frame(self, content: Content) -> Frame:
        unit = self._unit(content.diagram) * self._zoom
        left, top, right, bottom = content.diagram.box
        middle = QPointF(self.width() / 2, self.height() / 2) + self._shift
        origin = QPointF(middle.x() - (left + right) / 2 * unit, middle.y() - (top + bottom) / 2 * unit)
        kept = self._geometry
        if kept is None or (kept.diagram, kept.unit, kept.origin) != (content.diagram, unit, origin):
            kept = self._geometry = geometry(content.diagram, unit, origin)
        return Frame(content, self._look, kept, self._marks.unit, self.devicePixelRatioF())

    def place(self, node: Node) -> QPointF:
        """The middle of a node, px."""
        return QPointF() if self._content is None else self._frame(self._content).at(node.at)

    def node_at(self, point: QPointF) -> Node | None:
        """What stands there."""
        if self._content is None:
            return None
        frame = self._frame(self._content)
        for node in self._content.diagram.nodes:
            if frame.rect(node.at, *box_of(node)).contains(point):
                return node
        return None

    def entry_at(self, point: QPointF) -> int | None:
        """The entry shown there: of a sum of several the last one that is revealed."""
        if self._content is None:
            return None
        node = self.node_at(point)
        if node is not None:
            done = [entry for entry in node.entries if self._content.cursor.revealed(entry)]
            return done[-1] if done else node.entries[0]
        frame = self._frame(self._content)
        for plate in self._content.diagram.plates:
            if frame.rect(plate.at, plate.width, PILL_HIGH).contains(point):
                return plate.entry
        return None

    # --- Qt -----------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._content is None:
            painter.fillRect(self.rect(), self._look.palette.ground)
            return
        frame = self._frame(self._content)
        painter.drawPixmap(0, 0, self._layers.inked(frame, self.size(), self._gate_names, self._full_title(frame)))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_gradients(painter, frame)
        paint_gradient_names(painter, frame)
        paint_marks(painter, frame, self._marks.selected, self._marks.hovered)

    def _full_title(self, frame: Frame) -> str:
        return "   ".join(text for text in (self._title, time_title(frame)) if text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._content is not None:
            self._content = replace(self._content, diagram=self._fitting())
        super().resizeEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        turned = event.angleDelta().y()
        if not turned:
            return
        zoom = min(_MOST_ZOOM, max(1.0, self._zoom * math.exp(turned / 600)))
        middle = QPointF(self.width() / 2, self.height() / 2)
        away = event.position() - middle
        self._shift = away - (away - self._shift) * (zoom / self._zoom)
        self._zoom = zoom
        if zoom == 1.0:
            self._shift = QPointF()
        event.accept()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._dragged_from = event.position()
        entry = self.entry_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and entry is not None:
            self.picked.emit(entry)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        entry = self.entry_at(event.position())
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if entry is None:
            self.fit()
        else:
            self.run_to.emit(entry)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._zoom > 1.0:
            self._shift += event.position() - self._dragged_from
            self._dragged_from = event.position()
            self.update()
            return
        entry = self.entry_at(event.position())
        if entry != self._pointed:
            self._pointed = entry
            self.pointed.emit(-1 if entry is None else entry)

    def leaveEvent(self, event: QEvent) -> None:
        if self._pointed is not None:
            self._pointed = None
            self.pointed.emit(-1)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            entry = self.entry_at(QPointF(event.pos()))
            if entry is None or self._content is None:
                QToolTip.hideText()
            else:
                name = self._content.names.html(entry)
                text = self._tip(self._content.cursor, entry, self._appearance)
                QToolTip.showText(event.globalPos(), f"<b>{name}</b><br>{text}" if name else text, self)
            return True
        return super().event(event)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 80)

    def _update_appearance(self) -> None:
        self._look = _look(self._appearance)
        self._gate_names = {name: self._appearance.say(name) for name in GATE_NAMES}
        self._layers.forget()
        if self._content is not None:
            tape = self._content.cursor.tape
            self._content = replace(self._content, names=CloseUpNames(tape, self._appearance.labels(tape)))
        self.update()


def _look(appearance: Appearance) -> Look:
    return Look(Palette(appearance), LabelCache(appearance))


def time_of_cursor(cursor: Cursor) -> int | None:
    """The time step of the step executed last; None where it belongs to none."""
    current = cursor.current
    scope = None if current is None else cursor.tape[current].scope.enclosing(ScopeKind.TIME)
    return None if scope is None else scope.number
