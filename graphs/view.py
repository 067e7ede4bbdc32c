"""Views: a template with some of its scopes closed."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphs.block import Frame
from graphs.drawing import NodeKind
from graphs.elements import Element, Place
from graphs.level import Level
from graphs.routing import Field, Point, Rect
from graphs.template import Template

BOX = -1  # "element" of a closed scope's node


@dataclass(slots=True)
class View:
    """The nodes of a kind of column while some scopes are closed.

    Attributes:
        template: what is viewed.
        closed: the scopes that are drawn as boxes.
        elements: element of each node, or BOX.
        rects: corners of each node.
        labels, kinds: of each node.
        locals: step of each node among the column's steps, -1 for a box.
        node_of: of each element, the node that shows it.
        box_of: of each closed scope, its node.
        routes: remembered polylines.
    """

    template: Template
    closed: frozenset[Place]
    elements: list[int] = field(default_factory=list)
    rects: list[Rect] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    kinds: list[NodeKind] = field(default_factory=list)
    locals: list[int] = field(default_factory=list)
    node_of: list[int] = field(default_factory=list)
    box_of: dict[Place, int] = field(default_factory=dict)
    routes: dict[object, list[Point]] = field(default_factory=dict)

    def space(self, rails: list[float]) -> Field:
        """The nodes as obstacles for routes."""
        return Field(self.rects, rails)


def frames_of(template: Template) -> list[Frame]:
    """Rectangles of all scopes, the column itself first."""
    column = Frame((), 0.0, template.top, template.width, template.bottom)
    return [column, *template.frames]


def view_of(template: Template, closed: frozenset[Place], strips: bool) -> View:
    """Close scopes of a template.

    Args:
        template: what is viewed.
        closed: relative paths of the scopes to close; those inside closed ones do not matter.
        strips: whether boxes swallow their states' pills and fill the column's width.
    """
    view = View(template, closed)
    for frame in frames_of(template):
        outer = [frame.place[:depth] for depth in range(len(frame.place))]
        if frame.place in closed and not any(place in closed for place in outer):
            view.box_of[frame.place] = len(view.rects)
            left, right = (0.0, template.width) if strips else (frame.left, frame.right)
            _add(view, BOX, (left, frame.top, right, frame.bottom), _name(frame.place), NodeKind.BOX, -1)
    for number, element in enumerate(template.kind.elements):
        box = _box_around(view, element, strips)
        if box is not None:
            view.node_of.append(box)
            continue
        view.node_of.append(len(view.rects))
        x, y = template.x[number], template.y[number]
        rect = (x - element.width / 2, y - element.height / 2, x + element.width / 2, y + element.height / 2)
        _add(view, number, rect, element.label, element.kind, element.local)
    return view


def _add(view: View, element: int, rect: Rect, label: str, kind: NodeKind, local: int) -> None:
    view.elements.append(element)
    view.rects.append(rect)
    view.labels.append(label)
    view.kinds.append(kind)
    view.locals.append(local)


def _name(place: Place) -> str:
    return place[-1][1] if place else "t"


def _box_around(view: View, element: Element, strips: bool) -> int | None:
    inside = element.home if strips else element.place
    return next((node for place, node in view.box_of.items() if inside[: len(place)] == place), None)


def closed_at(template: Template, level: Level) -> frozenset[Place]:
    """The scopes that are closed at a level when nobody clicked: never one with a single thing in it."""
    places = {frame.place for frame in template.frames}
    return frozenset(place for place in places if _closes(place, places, level) and _count(template, place) > 1)


def _closes(place: Place, places: set[Place], level: Level) -> bool:
    kind = place[-1][0]
    inner = {other[-1][0] for other in places if len(other) > len(place) and other[: len(place)] == place}
    if level is Level.STRIPS:
        return kind == "layer" or (kind in ("cell", "part") and not inner & {"layer", "cell"})
    if level is Level.CELLS:
        return kind == "cell" or (kind == "part" and not inner & {"layer", "cell"})
    return level is Level.GATES and kind == "gate"


def _count(template: Template, place: Place) -> int:
    return sum(element.place[: len(place)] == place for element in template.kind.elements)

