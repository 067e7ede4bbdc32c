"""Placing the inside of a time step: rows by longest path, inputs at the bottom, scopes as nested blocks.

What combines only the previous step's state (or a target) with a parameter stands at the left of its consumer, on its
row. Nothing here depends on how often the step is repeated.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from engine.tensor import Role
from graphs import measures
from graphs.alignment import aligned
from graphs.block import Block, block_of
from graphs.cell_placing import has_table, is_mirrored, place_cell
from graphs.cut_placing import place_cut
from graphs.directions import both_directions, direction_pair
from graphs.elements import Element, Place

Edge = tuple[int, int]


@dataclass(slots=True)
class Rows:
    """Items of one block in rows, lowest first; ``below`` and ``above`` are each item's neighbours."""

    rows: list[list[int]]
    rank: dict[int, int]
    below: dict[int, list[int]]
    above: dict[int, list[int]]


def place_elements(
    elements: Sequence[Element], edges: Sequence[Edge], members: Sequence[int] | None = None
) -> Block:
    """Place the elements of a time step.

    Args:
        elements: in tape order.
        edges: pairs of element numbers, source and target.
        members: numbers of the elements to be placed, ascending; all if None.
    """
    return _Placing(elements, edges).block((), list(range(len(elements)) if members is None else members))


class _Placing:
    def __init__(self, elements: Sequence[Element], edges: Sequence[Edge]) -> None:
        self.elements = elements
        self.edges = edges
        grounded = [element.role is Role.INPUT for element in elements]
        if not any(grounded):  # a step that lives on what others computed, such as a decoder's
            grounded = [element.role not in (Role.TARGET, Role.CONSTANT) for element in elements]
        for source, target in edges:
            grounded[target] = grounded[target] or grounded[source]
        self.grounded = grounded
        self.cells: dict[Place, Block] = {}
        self._place_cells()

    def block(self, place: Place, members: list[int]) -> Block:
        """Place the elements of a scope and frame them; a cell with a table brings its states' pills along."""
        made = self.cells.get(place)
        if made is None:
            made = self._by_rows(place, members)
            return made.framed(place) if place else made
        return made

    def _place_cells(self) -> None:
        """Place all cells that have a table which knows them."""
        found: dict[Place, list[int]] = {}
        for number, element in enumerate(self.elements):
            for depth in range(1, len(element.home) + 1):
                place = element.home[:depth]
                if has_table(place) and len(element.place) >= depth - 1:
                    found.setdefault(place, []).append(number)
        for place, members in found.items():
            made = place_cell(self.elements, place, members, self.block)
            if made is not None:
                self.cells[place] = made

    def _group(self, member: int, depth: int) -> object:
        """What a member belongs to inside a scope: an inner scope, or nothing but itself."""
        element = self.elements[member]
        if len(element.place) > depth:
            return element.place[: depth + 1]
        return element.home[: depth + 1] if element.home[: depth + 1] in self.cells else member

    def _by_rows(self, place: Place, members: list[int]) -> Block:
        depth = len(place)
        groups: dict[object, list[int]] = {}
        for member in members:
            groups.setdefault(self._group(member, depth), []).append(member)
        made = {
            key: block_of(key, self.elements[key]) if isinstance(key, int) else self.block(_scope(key), group)
            for key, group in groups.items()
        }
        pair = direction_pair(groups)
        if pair is not None:
            one, other = pair
            made[one] = both_directions(made[one], made.pop(other))
            groups[one] = sorted(groups[one] + groups.pop(other))
        return self._in_rows(place, list(groups.values()), list(made.values()))

    def _in_rows(self, place: Place, lists: list[list[int]], blocks: list[Block]) -> Block:
        item_of = {member: item for item, group in enumerate(lists) for member in group}
        links = [(item_of[s], item_of[d], s, d) for s, d in self.edges if s in item_of and d in item_of]
        links = [link for link in links if link[0] < link[1]]
        is_gate = bool(place) and place[-1][0] == "gate"
        # The products of a gate stand side by side, each over what comes in from below.
        hosted = {} if is_gate else self._merge_neighbours(blocks, lists, links, is_mirrored(place))
        home = [_host(item, hosted) for item in range(len(blocks))]
        links = [(home[a], home[b], s, d) for a, b, s, d in links if home[a] != home[b]]
        items = [item for item in range(len(blocks)) if item not in hosted]
        single = {item for item in items if len(lists[item]) == 1}
        late = {item for item in items if is_gate and self._takes_input(lists[item])}
        layers = [item for item in items if self._scope_kind(lists[item][0], len(place)) == "layer"]
        return _stacked(blocks, _rows_of(items, links, single, late), links, layers)

    def _scope_kind(self, member: int, depth: int) -> str:
        inner = self.elements[member].place
        return inner[depth][0] if len(inner) > depth else ""

    def _takes_input(self, group: list[int]) -> bool:
        """Whether something in a group takes what comes in from below the cell, not a state or gate."""
        own = self.elements[group[0]].place
        return any(
            target in group and self.grounded[source] and self.elements[source].place[: len(own)] != own
            and self.elements[source].role is not Role.GATE
            for source, target in self.edges
        )  # fmt: skip

    def _merge_neighbours(
        self, blocks: list[Block], lists: list[list[int]], links: list[tuple[int, int, int, int]], mirrored: bool
    ) -> dict[int, int]:
        """Put at most one neighbour at the left of each item (mirrored: right); returns which item hosts which."""
        hosted: dict[int, int] = {}
        fed = {b for _, b, _, _ in links}
        for item, members in enumerate(lists):
            aside = all(not self.grounded[m] and not self.elements[m].is_pill for m in members)
            targets = {b for a, b, _, _ in links if a == item}
            if not aside or len(targets) != 1 or (item in fed and not any(h == item for h in hosted.values())):
                continue
            host = targets.pop()
            grounded = any(self.grounded[m] for m in lists[host])
            if not grounded and not self._leads_to_grounded(host, lists, links):
                continue
            if host in hosted.values():
                continue
            cut = place_cut(self.elements, members, self.edges, blocks[host])
            if cut is not None:
                blocks[host] = blocks[host].with_neighbour(cut.framed(self.elements[members[0]].place), 0.0, mirrored)
            else:
                consumer = next(d for a, _, _, d in links if a == item)
                blocks[host] = blocks[host].with_neighbour(blocks[item], blocks[host].positions[consumer][1], mirrored)
            hosted[item] = host
        return hosted

    def _leads_to_grounded(self, item: int, lists: list[list[int]], links: list[tuple[int, int, int, int]]) -> bool:
        return any(a == item and any(self.grounded[m] for m in lists[b]) for a, b, _, _ in links)


def _scope(key: object) -> Place:
    return key if isinstance(key, tuple) else ()


def _host(item: int, hosted: dict[int, int]) -> int:
    while item in hosted:
        item = hosted[item]
    return item


def _rows_of(items: list[int], links: list[tuple[int, int, int, int]], single: set[int], late: set[int]) -> Rows:
    """Rows by longest path; a single element that nothing leads to stands just below its first consumer.

    Blocks that nothing leads to stay on the lowest row, so that gates stand side by side. Of a row, ``late`` items
    stand at the right.
    """
    below: dict[int, list[int]] = {item: [] for item in items}
    above: dict[int, list[int]] = {item: [] for item in items}
    for a, b, _, _ in links:
        if a < b and a not in below[b]:
            below[b].append(a)
            above[a].append(b)
    rank: dict[int, int] = {}
    for item in items:
        rank[item] = max((rank[source] + 1 for source in below[item]), default=0)
    for item in items:
        if item in single and not below[item] and above[item]:
            rank[item] = min(rank[target] for target in above[item]) - 1
    rows: list[list[int]] = [[] for _ in range(max(rank.values(), default=-1) + 1)]
    for item in sorted(items, key=late.__contains__):
        rows[rank[item]].append(item)
    made = Rows(rows, rank, below, above)
    for _ in range(3):
        _sort_by_barycentre(made, range(1, len(rows)), below)
        _sort_by_barycentre(made, range(len(rows) - 2, -1, -1), above)
    return made


def _sort_by_barycentre(made: Rows, order: range, neighbours: dict[int, list[int]]) -> None:
    place = {item: (k + 0.5) / len(row) for row in made.rows for k, item in enumerate(row)}
    for row in order:
        keys = {
            item: sum(place[other] for other in neighbours[item]) / len(neighbours[item])
            if neighbours[item]
            else place[item]
            for item in made.rows[row]
        }
        made.rows[row].sort(key=lambda item, keys=keys: keys[item])  # type: ignore[misc]
        place.update({item: (k + 0.5) / len(made.rows[row]) for k, item in enumerate(made.rows[row])})


def _stacked(blocks: list[Block], made: Rows, links: list[tuple[int, int, int, int]], layers: list[int]) -> Block:
    """Put rows upon each other; layers stand straight above each other."""
    x = _horizontal(blocks, made, links, layers)
    positions: dict[int, tuple[float, float]] = {}
    frames = []
    y = 0.0
    left = right = top = bottom = 0.0
    main = x[made.rows[0][len(made.rows[0]) // 2]] if made.rows and made.rows[0] else 0.0
    for number, row in enumerate(made.rows):
        if number:
            under = made.rows[number - 1]
            up = max(blocks[item].up - blocks[item].padding for item in under)
            down = max(blocks[item].down - blocks[item].padding for item in row)
            frames_apart = max(blocks[i].up for i in under) + max(blocks[i].down for i in row) + measures.LEAST_GAP
            y -= max(up + down + measures.ROW_GAP, frames_apart)
        for item in row:
            dx = x[item] - main
            moved, inner = blocks[item].moved(dx, y)
            positions.update(moved)
            frames += inner
            block = blocks[item]
            left, right = max(left, block.left - dx), max(right, block.right + dx)
            top, bottom = max(top, block.up - y), max(bottom, block.down + y)
    return Block(positions, left, right, top, bottom, frames)


def _horizontal(
    blocks: list[Block], made: Rows, links: list[tuple[int, int, int, int]], layers: list[int]
) -> dict[int, float]:
    """x of each item: over the nearest items that lead to it; what nothing leads to, under its consumers."""
    x: dict[int, float] = {item: 0.0 for row in made.rows for item in row}
    for row in made.rows:
        wanted = [
            x[layers[0]] if item in layers[1:] else _wish(item, made.below[item], x, made, blocks, links, upward=True)
            for item in row
        ]
        _settle(row, [0.0 if w is None else w for w in wanted], [1.0] * len(row), x, blocks)
    for row in reversed(made.rows[:-1]):
        wishes = [
            None if made.below[item] else _wish(item, made.above[item], x, made, blocks, links, upward=False)
            for item in row
        ]
        settled = [x[item] if wish is None else wish for item, wish in zip(row, wishes, strict=True)]
        _settle(row, settled, [1000.0 if wish is None else 1.0 for wish in wishes], x, blocks)
    return x


def _wish(
    item: int,
    others: list[int],
    x: dict[int, float],
    made: Rows,
    blocks: list[Block],
    links: list[tuple[int, int, int, int]],
    *,
    upward: bool,
) -> float | None:
    if not others:
        return None
    nearest = max(made.rank[o] for o in others) if upward else min(made.rank[o] for o in others)
    near = {other for other in others if made.rank[other] == nearest}
    wishes = []
    for a, b, s, d in links:
        mine, other, here, there = (b, a, d, s) if upward else (a, b, s, d)
        if mine == item and other in near:
            wishes.append(x[other] + blocks[other].positions[there][0] - blocks[item].positions[here][0])
    return sum(wishes) / len(wishes)


def _settle(
    row: list[int], wanted: list[float], weights: list[float], x: dict[int, float], blocks: list[Block]
) -> None:
    apart = [blocks[a].right + blocks[b].left + measures.SIDE_GAP for a, b in zip(row, row[1:], strict=False)]
    x.update(zip(row, aligned(wanted, apart, weights), strict=True))
