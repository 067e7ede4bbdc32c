"""Variables in columns of time, and arrows for what depends on what."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from engine.analysis.graphical_model import Dependencies, Node
from engine.analysis.series import indices, time_of
from engine.tape import Tape
from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.typesetting.formula import typeset
from gui.typesetting.inks import Inks

_ROLES = {"x": Role.INPUT, "h": Role.STATE, "y": Role.OUTPUT}
_ROWS = ("y", "h", "x")
_MOST_RADIUS, _LABEL = 17.0, 15.0


class DependencyPicture(QWidget):
    """Pointing at a variable shows what it depends on; clicking selects it; the cursor's time step is framed."""

    def __init__(self, graph: Dependencies, bridge: Bridge, appearance: Appearance) -> None:
        super().__init__()
        self._bridge, self._appearance = bridge, appearance
        self._graph = graph
        self._entries: dict[Node, int] = {}
        self._pointed: Node | None = None
        self._painted: tuple[int | None, Node | None] | None = None
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._update_tape()
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_marks)
        bridge.hover_changed.connect(self._update_marks)
        appearance.changed.connect(self.update)

    @property
    def graph(self) -> Dependencies:
        """What is drawn."""
        return self._graph

    def show_graph(self, graph: Dependencies) -> None:
        """Draw another graph."""
        if graph != self._graph:
            self._graph, self._pointed = graph, None
        self.update()

    def _update_tape(self) -> None:
        self._entries = entries_of(self._bridge.tape)
        self.update()

    def _update_marks(self) -> None:
        """Paint anew only where the frame or what is pointed at has changed: most steps stay in their time step."""
        if self._marks() != self._painted:
            self.update()

    def _marks(self) -> tuple[int | None, Node | None]:
        """The time step of the cursor, and the variable that is looked at."""
        current = self._bridge.cursor.current
        t = None if current is None else time_of(self._bridge.tape[current])
        return t if t is None or t <= self._length else None, self._pointed or self._hovered()

    # --- geometry -----------------------------------------------------------------------------------------------

    @property
    def _rows(self) -> list[str]:
        return [name for name in _ROWS if any(node[0] == name for node in self._graph.nodes)]

    @property
    def _length(self) -> int:
        return max(t for _, t in self._graph.nodes)

    @property
    def radius(self) -> float:
        """Of a variable's circle, px."""
        return min(
            self._appearance.px(_MOST_RADIUS), 0.36 * self.width() / self._length,
            0.3 * self.height() / len(self._rows),
        )  # fmt: skip

    def place(self, node: Node) -> QPointF:
        """The middle of a variable."""
        rows = self._rows
        y = (rows.index(node[0]) + 0.5) / len(rows) * self.height()
        return QPointF((node[1] - 0.5) / self._length * self.width(), y)

    def _node_at(self, point: QPointF) -> Node | None:
        for node in self._graph.nodes:
            offset = self.place(node) - point
            if math.hypot(offset.x(), offset.y()) <= self.radius:
                return node
        return None

    # --- painting -----------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._appearance.color("ground"))
        self._painted = t, looked_at = self._marks()
        self._paint_cursor(painter, t)
        parents = self._graph.parents(looked_at) if looked_at is not None else ()
        for cause, effect in self._graph.edges:
            self._paint_edge(painter, cause, effect, strong=effect == looked_at)
        for node in self._graph.nodes:
            self._paint_node(painter, node, strong=node == looked_at or node in parents)

    def _hovered(self) -> Node | None:
        """What another view points at."""
        hover = self._bridge.hover
        nodes = (node for node, entry in self._entries.items() if hover is not None and entry == hover[0])
        return next((node for node in nodes if node in self._graph.nodes), None)

    def _paint_cursor(self, painter: QPainter, t: int | None) -> None:
        if t is None:
            return
        width = self.width() / self._length
        painter.setPen(QPen(self._appearance.color("cursor"), self._appearance.px(1.6)))
        painter.drawRect(QRectF((t - 1) * width + 1, 1, width - 2, self.height() - 2))

    def _paint_edge(self, painter: QPainter, cause: Node, effect: Node, *, strong: bool) -> None:
        start, end = self.place(cause), self.place(effect)
        line = end - start
        length = math.hypot(line.x(), line.y())
        if length <= 2 * self.radius:
            return
        unit = line / length
        start, end = start + unit * self.radius, end - unit * (self.radius + self._appearance.px(2))
        color = QColor(self._appearance.color("forward" if strong else "ink_quiet"))
        if not strong and len(self._graph.edges) > 40:
            color.setAlphaF(0.45)
        painter.setPen(QPen(color, self._appearance.px(2.2 if strong else 1.1)))
        painter.drawLine(start, end)
        size, side = self._appearance.px(5), QPointF(-unit.y(), unit.x())
        head = QPainterPath()
        head.addPolygon(QPolygonF([end, end - unit * size + side * size / 2, end - unit * size - side * size / 2]))
        painter.fillPath(head, color)

    def _paint_node(self, painter: QPainter, node: Node, *, strong: bool) -> None:
        look = self._appearance
        painter.setPen(QPen(look.color("forward" if strong else "ink"), look.px(2.2 if strong else 1.3)))
        painter.setBrush(look.color("ground"))
        painter.drawEllipse(self.place(node), self.radius, self.radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        formula = typeset(f"{node[0]}^{{{node[1]}}}", min(look.px(_LABEL), 0.9 * self.radius))
        left = self.place(node).x() - formula.width / 2
        base = self.place(node).y() + (formula.ascent - formula.descent) / 2
        inks = Inks.of(look)
        formula.paint(painter, left, base, inks.ink, inks.colors)

    # --- Qt -----------------------------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        node = self._node_at(event.position())
        if node != self._pointed:
            self._pointed = node
            self._bridge.hover_at(None if node is None else self._entries.get(node))
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        node = self._node_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and node in self._entries:
            self._bridge.select(self._entries[node])

    def leaveEvent(self, event: QEvent) -> None:
        if self._pointed is not None:
            self._pointed = None
            self._bridge.hover_at(None)
            self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(120), self._appearance.whole_px(80))


def entries_of(tape: Tape) -> dict[Node, int]:
    """Where the tape has the variables: of several states or layers, the last one, which goes out."""
    found: dict[Node, int] = {}
    for name, role in _ROLES.items():
        for by_time in indices(tape, role).values():
            found.update({(name, t): index for t, index in by_time.items()})
    return found
