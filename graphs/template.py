"""Templates: where everything stands inside a kind of time step, relative to its column's left edge and lowest row."""

from __future__ import annotations

from dataclasses import dataclass

from graphs import measures
from graphs.backward_placing import place_backward
from graphs.block import Block, Frame
from graphs.elements import Place
from graphs.kinds import PARAMETER_CODE, Kind, element_keys
from graphs.placing import place_elements
from graphs.tree import Tree
from graphs.tree_placing import place_node, ways

NARROW = 0.7  # what takes less of the width of the column it stands as in is a column of its own width
PRODUCTS = ("×", "⊙")
BUNDLED_ABOVE = 3  # a cell with more parameters than this has tags and one rail, not a rail each


@dataclass(slots=True, eq=False)
class Template:
    """A placed kind.

    Attributes:
        kind: what is placed.
        x, y: centres of its elements.
        frames: rectangles of the scopes inside, outermost first.
        width: of the column.
        top, bottom: of the column.
        taps: (step, argument, parameter number) of operands that are parameters.
        bundled: cells (or what stands for one) whose parameters are bundled, or stand at their operations alone.
        way_in, way_out: x at which values of other nodes come in and its state goes out, if it is a node of a tree.
    """

    kind: Kind
    x: list[float]
    y: list[float]
    frames: list[Frame]
    width: float
    top: float
    bottom: float
    taps: list[tuple[int, int, int]]
    bundled: frozenset[Place]
    way_in: float = 0.0
    way_out: float = 0.0

    def is_bundled(self, step: int) -> bool:
        """Whether a step's parameters are bundled with those of its cell."""
        return cell_of(self.kind.places[step]) in self.bundled


def cell_of(place: Place) -> Place:
    """The cell that a scope belongs to; the scope itself outside all cells."""
    for depth, (kind, _) in enumerate(place):
        if kind == "cell":
            return place[: depth + 1]
    return place


def has_tag_below(kind: Kind, step: int) -> bool:
    """Whether a step's parameter stands on the line that comes in from below, as at the products of gates."""
    place = kind.places[step] if step < kind.forward_steps else ()
    return bool(place) and place[-1][0] == "gate" and kind.elements[kind.circle[step]].label in PRODUCTS


def templates_of(kinds: list[Kind], tree: Tree | None = None) -> list[Template]:
    """Place all kinds; one whose elements are all found in a larger kind stands where those stand.

    Args:
        tree: if the columns are nodes of trees.
    """
    made: list[tuple[dict[tuple[object, ...], int], Template]] = []
    result: list[Template | None] = [None] * len(kinds)
    for number in sorted(range(len(kinds)), key=lambda k: -len(kinds[k].elements)):
        kind = kinds[number]
        keys = element_keys(kind)
        found = (pair for pair in made if all(key in pair[0] for key in keys))
        base = None if kind.static else next(found, None)
        in_tree = tree is not None and bool(tree.is_node[kind.columns[0]])
        if base is None:
            template = _placed(kind, in_tree)
            if not kind.static:
                made.append(({key: k for k, key in enumerate(keys)}, template))
        else:
            template = _borrowed(kind, keys, *base)
        if in_tree:
            template.bundled = frozenset()
            template.way_in, template.way_out = ways(kind, template.x)
        result[number] = template
    return [template for template in result if template is not None]


def _taps(kind: Kind) -> tuple[list[tuple[int, int, int]], frozenset[Place]]:
    taps = [
        (step, argument, PARAMETER_CODE - source)
        for step, sources in enumerate(kind.sources)
        for argument, source in enumerate(sources)
        if source <= PARAMETER_CODE
    ]
    used: dict[Place, set[int]] = {}
    for step, _, parameter in taps:
        used.setdefault(cell_of(kind.places[step]), set()).add(parameter)
    return taps, frozenset(place for place, numbers in used.items() if kind.static or len(numbers) > BUNDLED_ABOVE)


def _placed(kind: Kind, in_tree: bool) -> Template:
    taps, bundled = _taps(kind)
    bundled = frozenset() if in_tree else bundled  # the rails of a tree leave room for any number
    _make_room(kind, taps, bundled)
    forward = [element for element in kind.elements if element.local < kind.forward_steps]
    place = place_node if in_tree else place_elements
    return _template(kind, place(forward, kind.edges()), taps, bundled)


def _make_room(kind: Kind, taps: list[tuple[int, int, int]], bundled: frozenset[Place]) -> None:
    seen: dict[int, int] = {}
    for step, _, _ in taps:
        if step >= kind.forward_steps:
            continue
        element = kind.elements[kind.circle[step]]
        count = seen[step] = seen.get(step, 0) + 1
        if cell_of(kind.places[step]) in bundled and has_tag_below(kind, step):
            element.down = max(element.down, measures.TAG_BELOW + measures.TAG_HEIGHT / 2)
        elif cell_of(kind.places[step]) in bundled:
            reach = measures.TAG_DX + measures.TAG_WIDTH / 2 + (count - 1) * (measures.TAG_WIDTH + 4)
            element.right = max(element.right, reach)
            element.down = max(element.down, measures.TAG_DY + measures.TAG_HEIGHT / 2)
        else:
            element.right = max(element.right, measures.TAP_SHIFT + 4)
            element.down += measures.RAIL_ROOM if count == 1 else measures.RAIL_PITCH


def _is_lowest(kind: Kind, y: list[float], step: int) -> bool:
    """Whether nothing of its gate stands below a forward step."""
    own = kind.places[step]
    others = (other for other in range(kind.forward_steps) if kind.places[other] == own)
    return all(y[kind.circle[other]] <= y[kind.circle[step]] + 1 for other in others)


def _template(kind: Kind, block: Block, taps: list[tuple[int, int, int]], bundled: frozenset[Place]) -> Template:
    missing = measures.LEAST_STATIC - block.left - block.right - 2 * measures.COLUMN_PADDING
    missing = max(0.0, missing) if kind.static else 0.0
    shift = block.left + measures.COLUMN_PADDING + missing / 2
    positions, frames = block.moved(shift, 0.0)
    outside = (shift + block.right, 0.0)
    x = [positions.get(k, outside)[0] for k in range(len(kind.elements))]
    y = [positions.get(k, outside)[1] for k in range(len(kind.elements))]
    without_rails = {step for step in range(kind.forward_steps) if cell_of(kind.places[step]) in bundled}
    hung = {step for step in without_rails if has_tag_below(kind, step) and _is_lowest(kind, y, step)}
    tagged = {step for step, _, _ in taps if step >= kind.forward_steps and cell_of(kind.places[step]) in bundled}
    right = place_backward(kind, kind.rules, x, y, shift + block.right, without_rails, hung, tagged)
    return Template(
        kind, x, y,
        sorted(frames, key=lambda frame: len(frame.place)),
        right + measures.COLUMN_PADDING + missing / 2,
        -block.up - measures.COLUMN_PADDING - measures.COLUMN_TITLE,
        block.down + measures.COLUMN_PADDING,
        taps,
        bundled,
    )  # fmt: skip


def _ends(kind: Kind, x: list[float]) -> tuple[float, float]:
    """Where a column of these elements would begin and end."""
    sides = list(zip(x, kind.elements, strict=True))
    room = measures.COLUMN_PADDING + 2 * measures.PADDING["cell"]
    left, right = min(at - one.left for at, one in sides) - room, max(at + one.right for at, one in sides) + room
    return left, max(right, left + measures.LEAST_FRAME + 2 * room)


def _borrowed(
    kind: Kind, keys: list[tuple[object, ...]], found: dict[tuple[object, ...], int], base: Template
) -> Template:
    taps, bundled = _taps(kind)
    own = {element.place[:depth] for element in kind.elements for depth in range(1, len(element.place) + 1)}
    x = [base.x[found[key]] for key in keys]
    frames = [frame for frame in base.frames if frame.place in own]
    left, right = _ends(kind, x)
    if right - left > NARROW * base.width:
        left, right = 0.0, base.width
    frames = [
        Frame(f.place, max(f.left - left, 7.0), f.top, min(f.right, right - 7.0) - left, f.bottom) for f in frames
    ]
    return Template(
        kind,
        [place - left for place in x],
        [base.y[found[key]] for key in keys],
        frames,
        right - left,
        base.top,
        base.bottom,
        taps,
        bundled | base.bundled,
    )
