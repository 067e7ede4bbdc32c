"""The canvas: the view of the graph with clicks, wheel and keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QHelpEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QToolTip, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas import hit
from gui.canvas.camera_control import key_move, wheel_zoom
from gui.canvas.graph_view import GraphView
from gui.canvas.node_menu import Target, Wishes, node_menu
from gui.canvas.tip import fan_tip, tip

_DRAG_FROM = 5.0
"""The mouse must move so far before a press becomes a drag, px."""


class CanvasView(GraphView):
    """The graph of the open tape: click selects, double click folds, drag pans, wheel zooms, right click asks."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(bridge, appearance, parent)
        self._pressed: QPointF | None = None
        self._dragging = False

    def _hit_entry(self, at: QPointF) -> int:
        scene, camera = self._stage.scene, self._stage.camera
        node = hit.node_at(scene, camera, at.x(), at.y())
        if node >= 0:
            return hit.entry_of(scene, node)
        tap = hit.tap_at(scene, camera, at.x(), at.y())
        return int(scene.drawing.edge_step[tap]) if tap >= 0 else -1

    def click_at(self, at: QPointF) -> None:
        """Select what lies at a point of the view, fold a time step by its title, or go to the attention of a line."""
        entry = self._hit_entry(at)
        line = self._fan.line_at(at.x(), at.y()) if entry < 0 else None
        if line is not None:
            self._bridge.run_to(line[0].fan.weights)
            return
        title = hit.title_at(self._stage.scene, self._stage.camera, at.x(), at.y()) if entry < 0 else None
        if title is not None:
            self.set_closed(title.path, not title.closed)
        else:
            self._bridge.select(entry if entry >= 0 else None)

    def _fan_tip(self, at: QPoint) -> str:
        line = self._fan.line_at(at.x(), at.y())
        return "" if line is None else fan_tip(*line, self._bridge.cursor, self._appearance)

    def _toggle_folding(self, at: QPointF) -> None:
        scene, camera = self._stage.scene, self._stage.camera
        node = hit.node_at(scene, camera, at.x(), at.y())
        region = hit.region_of_box(scene, node) if node >= 0 else hit.region_at(scene, camera, at.x(), at.y())
        if region is not None:
            self.set_closed(region.path, not region.closed)

    def _menu_target(self, at: QPointF) -> Target:
        entry = self._hit_entry(at)
        scene, camera = self._stage.scene, self._stage.camera
        tape, cursor = self._bridge.tape, self._bridge.cursor
        known = entry >= 0
        return Target(
            entry,
            known and tape[entry].operation is not None,
            cursor.addresses[entry] if known else "",
            hit.region_at(scene, camera, at.x(), at.y()),
            entry in self._bridge.breakpoint_steps,
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._glide.stop()
            self._pressed = event.position()
            self._dragging = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        at = event.position()
        if self._pressed is None:
            entry = self._hit_entry(at)
            self._bridge.hover_at(entry if entry >= 0 else None)
            return
        moved = at - self._pressed
        if self._dragging or moved.manhattanLength() >= _DRAG_FROM:
            if not self._dragging:
                self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
            self._dragging = True
            self._stage.camera.pan(moved.x(), moved.y())
            self._pressed = at
            self._update_camera()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if self._pressed is not None and not self._dragging and event.button() == Qt.MouseButton.LeftButton:
            self.click_at(event.position())
        self._pressed = None
        self._dragging = False
        self.viewport().unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        if event.button() == Qt.MouseButton.LeftButton:
            self._toggle_folding(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        self._glide.stop()
        if wheel_zoom(self._stage.camera, event):
            self._update_camera()
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        bridge = self._bridge
        attention = self.set_all_attention if self._stage.scene.fans else None
        wishes = Wishes(bridge.run_to, bridge.toggle_breakpoint, bridge.select, self.set_closed, self.forget_folding,
                        self.show_entry, self.fit, attention, self.shows_all_attention)  # fmt: skip
        menu = node_menu(self._menu_target(QPointF(event.pos())), wishes, self._appearance, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if key_move(self._stage.camera, event):
            self._update_camera()
            event.accept()
        else:
            # Not to the view's own keys, which would scroll: all others are the window's.
            event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            entry = self._hit_entry(QPointF(event.pos()))
            text = tip(self._bridge.cursor, entry, self._appearance) if entry >= 0 else self._fan_tip(event.pos())
            QToolTip.showText(event.globalPos(), text, self)
            return True
        if event.type() == QEvent.Type.Leave:
            self._bridge.hover_at(None)
        return super().viewportEvent(event)
