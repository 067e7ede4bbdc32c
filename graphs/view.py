"""Views: a template with some of its scopes closed."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphs import measures
from graphs.block import Frame
from graphs.drawing import NodeKind
from graphs.elements import Element, Place
from graphs.level import Level
from graphs.routing import Field, Point, Rect, port
from graphs.template import Template, has_tag_below

BOX = -1  # "element" of a closed scope's node
TAG = -2  # "element" of a bundled parameter's tag at an operation


@dataclass(slots=True, eq=False)
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
        tags: (step, parameter number) → node of the parameter's tag.
        under: nodes that lines enter from below, such as products in gates and closed gates → the tag there, if any.
        routes: remembered polylines.
        fields: the nodes as obstacles, by the heights of the rails.
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
    tags: dict[tuple[int, int], int] = field(default_factory=dict)
    under: dict[int, tuple[int, ...]] = field(default_factory=dict)
    routes: dict[object, list[Point]] = field(default_factory=dict)
    fields: dict[tuple[float, ...], Field] = field(default_factory=dict)

    def port(self, element: int) -> Point:
        """Where the lines of an element end while it may be hidden in a box."""
        return port(self.rects[self.node_of[element]], (self.template.x[element], self.template.y[element]))

    def space(self, rails: list[float]) -> Field:
        """The nodes as obstacles for routes."""
        key = tuple(rails)
        if key not in self.fields:
            self.fields[key] = Field(self.rects, rails, self.under)
        return self.fields[key]


def frames_of(template: Template) -> list[Frame]:
    """Rectangles of all scopes, the column itself first."""
    column = Frame((), 0.0, template.top, template.width, template.bottom)
    return [column, *template.frames]


def view_of(template: Template, closed: frozenset[Place], strips: bool, parameters: list[str]) -> View:
    """Close scopes of a template.

    Args:
        template: what is viewed.
        closed: relative paths of the scopes to close; those inside closed ones do not matter.
        strips: whether boxes swallow their states' pills and fill the column's width.
        parameters: names of the parameters.
    """
    view = View(template, closed)
    for frame in frames_of(template):
        outer = [frame.place[:depth] for depth in range(len(frame.place))]
        if frame.place in closed and not any(place in closed for place in outer):
            view.box_of[frame.place] = len(view.rects)
            if frame.place and frame.place[-1][0] == "gate":
                view.under[len(view.rects)] = ()
            _add(view, BOX, (frame.left, frame.top, frame.right, frame.bottom), _name(frame.place), NodeKind.BOX, -1)
    for number, element in enumerate(template.kind.elements):
        box = _box_around(view, element, strips)
        if box is not None:
            view.node_of.append(box)
            continue
        view.node_of.append(len(view.rects))
        x, y = template.x[number], template.y[number]
        rect = (x - element.width / 2, y - element.height / 2, x + element.width / 2, y + element.height / 2)
        _add(view, number, rect, element.label, element.kind, element.local)
    _add_tags(view, parameters)
    if strips:
        _widen(view)
    return view


def _add_tags(view: View, parameters: list[str]) -> None:
    template = view.template
    count: dict[int, int] = {}
    for step, _, parameter in template.taps:
        circle = template.kind.circle[step]
        shown = view.elements[view.node_of[circle]] != BOX
        if not shown or not template.is_bundled(step) or (step, parameter) in view.tags:
            continue
        beside = measures.BACKWARD_TAG_DX if step >= template.kind.forward_steps else measures.TAG_DX
        x = template.x[circle] + beside + count.get(step, 0) * (measures.TAG_WIDTH + 4)
        y = template.y[circle] + measures.TAG_DY
        if has_tag_below(template.kind, step):
            x, y = template.x[circle], template.y[circle] + measures.TAG_BELOW
            view.under[view.node_of[circle]] = (len(view.rects),)
        count[step] = count.get(step, 0) + 1
        view.tags[step, parameter] = len(view.rects)
        half_width, half_height = measures.TAG_WIDTH / 2, measures.TAG_HEIGHT / 2
        rect = (x - half_width, y - half_height, x + half_width, y + half_height)
        _add(view, TAG, rect, parameters[parameter], NodeKind.PARAMETER, -1)


def _widen(view: View) -> None:
    """Let boxes fill the column where nothing else stands beside them, but for the lines at its border."""
    inset = measures.LANE + measures.CLEARANCE
    for node in view.box_of.values():
        left, top, right, bottom = view.rects[node]
        others = [rect for number, rect in enumerate(view.rects) if number != node]
        if not any(rect[1] < bottom and rect[3] > top for rect in others):
            view.rects[node] = (min(left, inset), top, max(right, view.template.width - inset), bottom)


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

