"""What a painting of a cell's picture needs: the diagram, how far the cursor is, how large, in which colours."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF

from engine.debugger.cursor import Cursor
from gui.canvas.labels import LabelCache
from gui.canvas.palette import Palette
from gui.canvas.strips import StripPainter
from gui.views.close_up_diagram import PILL, Diagram, Node, NodeKind
from gui.views.close_up_flow import Flow, Flows, shown
from gui.views.close_up_geometry import BOX_HIGH, PILL_HIGH, RADIUS, Geometry
from gui.views.close_up_names import CloseUpNames
from gui.views.close_up_tables import Point

LEAST_TEXT = 6.0
BOX_WIDE = 1.4


@dataclass(frozen=True, eq=False)
class Look:
    """Colours and letters, kept while the appearance stays."""

    palette: Palette
    labels: LabelCache
    strips: StripPainter = field(default_factory=StripPainter)


@dataclass(frozen=True, eq=False)
class Content:
    """A cell of a tape.

    Attributes:
        largest: norm of the largest gradient in all time steps of the cell.
    """

    diagram: Diagram
    cursor: Cursor
    names: CloseUpNames
    flows: Flows
    flow: Flow
    largest: float


@dataclass(frozen=True, eq=False)
class Frame:
    """One painting.

    Attributes:
        geometry: the lines, at this size.
        unit_j: the unit whose numbers are written.
        ratio: device pixels in a px.
    """

    content: Content
    look: Look
    geometry: Geometry
    unit_j: int
    ratio: float

    @property
    def unit(self) -> float:
        """px of the table's unit."""
        return self.geometry.unit

    @property
    def line(self) -> float:
        """Factor for the widths of lines."""
        return min(2.6, max(0.6, self.unit / 34.0))

    def at(self, point: Point) -> QPointF:
        """A place of the table in px."""
        origin = self.geometry.origin
        return QPointF(origin.x() + point[0] * self.unit, origin.y() + point[1] * self.unit)

    def rect(self, point: Point, width: float, height: float) -> QRectF:
        """A rectangle around a place of the table."""
        middle = self.at(point)
        wide, high = width * self.unit, height * self.unit
        return QRectF(middle.x() - wide / 2, middle.y() - high / 2, wide, high)

    def revealed(self, entry: int) -> bool:
        """Whether an entry may be shown."""
        return self.content.cursor.revealed(entry)

    def state_gradient(self, entry: int) -> int | None:
        """The gradient of what comes in or goes out, as far as revealed."""
        part = shown(self.content.flow.states.get(entry, ()), self.content.cursor.position)
        return None if part is None else part.entry


def box_of(node: Node) -> tuple[float, float]:
    """Width and height of a node, in units."""
    if node.kind is NodeKind.STEP:
        return 2 * RADIUS, 2 * RADIUS
    if node.kind is NodeKind.SOURCE:
        return PILL, PILL_HIGH
    return BOX_WIDE, BOX_HIGH


def current_nodes(content: Content) -> list[Node]:
    """The node of the step executed last, forward or backward; none where it is not in this cell."""
    cursor = content.cursor
    current = cursor.current
    if current is None:
        return []
    forward = content.flow.handled.get(current, current)
    return [node for node in content.diagram.nodes if forward in node.entries]
