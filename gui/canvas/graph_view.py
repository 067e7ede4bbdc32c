"""The view of the graph: shows the open tape, follows the cursor, and is told how to show it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGraphicsScene, QGraphicsView, QWidget

from engine.debugger.cursor import Cursor
from graphs.level import Level
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.camera import Camera
from gui.canvas.camera_control import Glide
from gui.canvas.canvas_items import CalloutItem, GraphItem, RingItem
from gui.canvas.fan_item import FanItem
from gui.canvas.following import Following
from gui.canvas.frame import Frame
from gui.canvas.graph_painter import GraphPainter
from gui.canvas.stage import Stage
from gui.foresight import Foresight
from gui.typesetting.formula_preparation import FormulaPreparation

_SHOWN_SIZE = 3.2
"""Zoom at which a node is shown with its numbers, at scale 1."""


class GraphView(QGraphicsView):
    """The graph of the open tape.

    Signals:
        level_changed: another level of detail is shown.
        mode_changed: the way the graph is drawn changed: backward mode, unrolled or folded, following, callout.
    """

    level_changed = Signal()
    mode_changed = Signal()

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._stage = Stage(bridge, appearance)
        self._painter = GraphPainter()
        self._preparation = FormulaPreparation(self)
        self._foresight = Foresight(bridge, self)
        self._following = Following(self._stage, appearance)
        self._glide = Glide(self._stage.camera, self._update_camera, self)
        self._follows = True
        self._shows_callout = True
        self._placed = False
        self._moved = False
        self._scale = appearance.scale
        self._frame: Frame | None = None
        self._sized = False
        self._size_waits = False
        self._node = -1
        self._build()
        self._update_appearance()
        self._connect()

    def _build(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 120)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        # The view does not keep its scene alive.
        self._items = QGraphicsScene(self)
        self._items.setItemIndexMethod(QGraphicsScene.ItemIndexMethod.NoIndex)
        self._graph = GraphItem(self._painter)
        self._hover_ring, self._selection_ring = RingItem("hover", 10), RingItem("selection", 15)
        self._cursor_ring = RingItem("cursor", 20)
        self._callout_item = CalloutItem()
        self._fan = FanItem(5)
        rings = (self._hover_ring, self._selection_ring, self._cursor_ring)
        for item in (self._graph, self._fan, *rings, self._callout_item):
            self._items.addItem(item)
        self.setScene(self._items)

    def _connect(self) -> None:
        bridge = self._bridge
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.tape_changed.connect(self._update_tape)
        bridge.breakpoints_changed.connect(self._update_frame)
        bridge.selection_changed.connect(self._update_selection)
        bridge.hover_changed.connect(self._update_hover)
        bridge.focus_unit_changed.connect(self._update_callout)
        bridge.sequence_changed.connect(self._update_frame)
        self._foresight.step_foreseen.connect(self._foresee)
        self._appearance.changed.connect(self._update_appearance)
        self._preparation.prepared.connect(self._update_callout)

    # --- what actions may ask for -------------------------------------------------------------------------------

    @property
    def level(self) -> Level:
        """The level of detail on the screen."""
        return self._stage.level

    @property
    def forced_level(self) -> Level | None:
        """The level shown at every zoom; None: the zoom decides."""
        return self._stage.forced_level

    def set_mode(self, level: Level | None) -> None:
        """Show one level at every zoom; None: the zoom decides."""
        if level != self._stage.forced_level:
            self._stage.forced_level = level
            self._stage.update_level()
            self.level_changed.emit()
            self.mode_changed.emit()
            self._update_frame()

    @property
    def backward_mode(self) -> str:
        """"overlay": arrows beside the forward edges; "opened": nodes of their own."""
        return "opened" if self._stage.source.backward_opened else "overlay"

    def set_backward_mode(self, mode: str) -> None:
        """Draw the backward pass as "overlay" or "opened"."""
        self._set_source(backward_opened=mode == "opened")

    @property
    def view_mode(self) -> str:
        """"unrolled" or "folded"."""
        return "folded" if self._stage.source.folded else "unrolled"

    def set_view(self, mode: str) -> None:
        """Draw the time steps "unrolled", or "folded" into one with loops."""
        self._set_source(folded=mode == "folded")

    def _set_source(self, **wishes: bool) -> None:
        source = self._stage.source
        if any(getattr(source, name) != wish for name, wish in wishes.items()):
            for name, wish in wishes.items():
                setattr(source, name, wish)
            self._stage.fit_start()
            if self._follows:
                self._follow(at_once=True)
            self.mode_changed.emit()
            self._update_frame()

    @property
    def follows_cursor(self) -> bool:
        """Whether the current step is brought into view when stepping."""
        return self._follows

    def set_follows_cursor(self, follows: bool) -> None:
        """Bring the current step into view when stepping, or not."""
        if follows != self._follows:
            self._follows = follows
            self.mode_changed.emit()
            self._update_cursor()

    @property
    def shows_callout(self) -> bool:
        """Whether the card beside the cursor is shown."""
        return self._shows_callout

    def set_shows_callout(self, shows: bool) -> None:
        """Show the card beside the cursor, or not."""
        if shows != self._shows_callout:
            self._shows_callout = shows
            self.mode_changed.emit()
            self._update_callout()

    @property
    def shows_all_attention(self) -> bool:
        """Whether the attention of all time steps is shown, not of the current one alone."""
        return self._stage.all_attention

    def set_all_attention(self, shows: bool) -> None:
        """Show the attention of all time steps as far as it is revealed, or of the current one alone."""
        if shows != self._stage.all_attention:
            self._stage.all_attention = shows
            self.mode_changed.emit()
            self._update_frame()

    def fit(self) -> None:
        """Show the whole graph."""
        target = self._target()
        self._stage.fit()
        self._glide_from(target)

    def fit_step(self) -> None:
        """Show the current time step as large as it fits."""
        rect = self._stage.step_rect()
        if rect is not None:
            target = self._target()
            self._stage.fit(rect)
            self._glide_from(target)

    def zoom_in(self) -> None:
        """Go nearer."""
        self._zoom(1.25)

    def zoom_out(self) -> None:
        """Go farther away."""
        self._zoom(0.8)

    def show_entry(self, entry: int) -> None:
        """Bring an entry into the middle, near enough to read its numbers."""
        rect = self._stage.node_rect(self._stage.scene.node_of(entry))
        if rect is not None:
            target = self._stage.camera.copy()
            target.zoom = max(target.zoom, _SHOWN_SIZE * self._appearance.scale)
            target.center_on(rect[0] + rect[2] / 2, rect[1] + rect[3] / 2)
            self._glide.to(target, at_once=not self.isVisible())

    def set_closed(self, path: str, closed: bool) -> None:
        """Fold or unfold a scope; wins over the zoom."""
        self._stage.source.set_closed(path, closed)
        self._update_frame()

    def forget_folding(self) -> None:
        """Leave folding to the zoom again."""
        self._stage.source.forget_folding()
        self._update_frame()

    @property
    def camera(self) -> Camera:
        """What is in view, to be read."""
        return self._stage.camera

    @property
    def stage(self) -> Stage:
        """What the frames are made of, to be read."""
        return self._stage

    def _zoom(self, factor: float) -> None:
        target = self._stage.camera.copy()
        target.zoom_about(factor, target.width / 2, target.height / 2)
        self._glide.to(target, at_once=not self.isVisible())

    def _target(self) -> Camera:
        self._glide.stop()
        return self._stage.camera.copy()

    def _glide_from(self, start: Camera) -> None:
        """Glide from ``start`` to where the camera was put."""
        camera = self._stage.camera
        end = camera.copy()
        camera.take(start)
        self._glide.to(end, at_once=not self.isVisible())

    # --- updates ------------------------------------------------------------------------------------------------

    @property
    def _is_behind(self) -> bool:
        """Whether another tape is open that the stage has not heard of yet: nothing can be drawn in between, for
        instance when a lesson's panels open and leave less room."""
        return self._stage.source.tape is not self._bridge.tape

    def _update_frame(self) -> None:
        if not self._sized or self._is_behind:
            return
        frame = self._frame = self._stage.frame()
        self._node = self._stage.current_node()
        self._graph.set_frame(frame)
        self._fan.set_frame(frame)
        self._update_rings()
        self._update_callout()

    def _update_camera(self) -> None:
        self._take_camera()
        self._update_frame()

    def _take_camera(self) -> None:
        self._moved = True
        if self._stage.update_level():
            self.level_changed.emit()
        self._stage.camera.keep_near(self._stage.scene.drawing.rect)

    def _update_cursor(self) -> None:
        self._preparation.put_off()
        self._following.take_step()
        if self._glide.finish():  # the view keeps up with who steps fast
            self._take_camera()
        if self._follows and self._placed:
            self._follow()
        self._update_frame()
        if self.isVisible():
            self._foresight.begin()

    def _foresee(self, cursor: Cursor) -> None:
        """Prepare what the next step shows, as long as the view stays where it is, or jumps."""
        if self._is_behind or self._glide.running or not self._stage.can_foresee:
            return
        jumps = self._follows and self._placed and self._following.is_fast
        frame = self._stage.frame(cursor, self._following.camera(cursor) if jumps else None)
        node = self._stage.current_node(cursor)
        self._graph.foresee(frame)
        callout = self._stage.callout(cursor) if self._shows_callout and node >= 0 else None
        if callout is not None:
            self._callout_item.foresee(frame, node, callout)

    @property
    def _sees_step(self) -> bool:
        """Whether the current step is in view; who has moved away from it shall not be brought back."""
        return not self._is_behind and self._following.camera() is None

    def _follow(self, *, at_once: bool = False) -> None:
        target = self._following.camera()
        if target is None:
            return
        if self._following.is_fast:
            self._glide.jump(target)
            self._take_camera()
        else:
            self._glide.to(target, at_once=at_once or not self.isVisible())

    def _update_tape(self) -> None:
        before = self._stage.scene.drawing.rect
        self._stage.open_tape()
        self._painter.clear_values()
        if self._stage.scene.drawing.rect != before and self._placed:
            self._stage.fit_start()
        if self._size_waits:
            self._take_size()
        else:
            self._update_frame()

    def _update_appearance(self) -> None:
        scale = self._appearance.scale
        if scale != self._scale and self._placed:
            camera = self._stage.camera
            camera.zoom_about(scale / self._scale, camera.width / 2, camera.height / 2)
        self._scale = scale
        self._painter.clear()
        self._stage.take_appearance()
        self.setBackgroundBrush(self._appearance.color("ground"))
        self.setAccessibleName(self._appearance.say("Graph of the network"))
        self.setAccessibleDescription(self._appearance.say(
            "Time runs from left to right. Shift with the arrow keys moves the view, + and - zoom."))
        self._update_frame()

    def _update_rings(self) -> None:
        frame = self._frame
        if frame is None:
            return
        self._cursor_ring.surround(frame, self._node)
        self._update_selection()
        self._update_hover()

    def _update_selection(self) -> None:
        if self._frame is not None:
            chosen = self._bridge.selection
            self._selection_ring.surround(self._frame, -1 if chosen is None else self._node_of(chosen))

    def _update_hover(self) -> None:
        if self._frame is not None:
            hover = self._bridge.hover
            self._hover_ring.surround(self._frame, -1 if hover is None else self._node_of(hover[0]))

    def _node_of(self, entry: int) -> int:
        """The node of an entry in the frame on the screen; -1 for none, and while another tape is about to be shown."""
        frame = self._frame
        current = frame is not None and frame.cursor is self._bridge.cursor
        return frame.scene.node_of(entry) if frame is not None and current and entry < len(self._bridge.tape) else -1

    def _update_callout(self, *_: object) -> None:
        if self._frame is None or self._frame.cursor is not self._bridge.cursor:
            return
        node = self._node
        callout = self._stage.callout() if self._shows_callout and node >= 0 else None
        if callout is not None and callout.waits_for:
            self._preparation.request(callout.waits_for)
        self._callout_item.show_beside(self._frame, node, callout)

    # --- Qt -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self._take_size()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        super().showEvent(event)
        self._take_size()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        self._glide.stop()
        self._preparation.stop()
        self._foresight.stop()
        super().hideEvent(event)

    def _take_size(self) -> None:
        size = self.viewport().size()
        follows = self._follows and (not self._placed or self._sees_step)
        self._sized = True
        self._stage.ratio = self.devicePixelRatioF()
        self._stage.camera.resize(size.width(), size.height())
        self._items.setSceneRect(0, 0, size.width(), size.height())
        self._size_waits = self._is_behind
        if self._size_waits:
            return
        # Until somebody moves it, the view stays fitted whatever becomes of the window.
        if not (self._placed and self._moved) and size.width() > 1:
            self._stage.fit_start()
            self._placed = self.isVisible()
        if follows:
            self._follow(at_once=True)
        self._update_frame()
