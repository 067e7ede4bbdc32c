"""Blocks: elements with places relative to an anchor, which nest as scopes do."""

from __future__ import annotations

from dataclasses import dataclass, field

from graphs import measures
from graphs.elements import Element, Place


@dataclass(slots=True)
class Frame:
    """The rectangle around a scope's content: corners relative to the block's anchor."""

    place: Place
    left: float
    top: float
    right: float
    bottom: float


@dataclass(slots=True)
class Block:
    """A placed part of a time step.

    Attributes:
        positions: centre of each element relative to the anchor.
        left, right, up, down: room around the anchor.
        frames: of the scopes inside, outermost first.
        padding: how much of the room below and above is a frame's empty border.
    """

    positions: dict[int, tuple[float, float]]
    left: float
    right: float
    up: float
    down: float
    frames: list[Frame] = field(default_factory=list)
    padding: float = 0.0

    def moved(self, dx: float, dy: float) -> tuple[dict[int, tuple[float, float]], list[Frame]]:
        """Positions and frames shifted."""
        positions = {element: (x + dx, y + dy) for element, (x, y) in self.positions.items()}
        frames = [Frame(f.place, f.left + dx, f.top + dy, f.right + dx, f.bottom + dy) for f in self.frames]
        return positions, frames

    def with_neighbour(self, other: Block, dy: float, mirrored: bool = False) -> Block:
        """This block with another one at its left (mirrored: right), ``dy`` below the anchor."""
        dx = self.right + measures.SIDE_GAP + other.left if mirrored else -self.left - measures.SIDE_GAP - other.right
        positions, frames = other.moved(dx, dy)
        return Block(
            {**self.positions, **positions},
            max(self.left, other.left - dx),
            max(self.right, other.right + dx),
            max(self.up, other.up - dy),
            max(self.down, other.down + dy),
            [*self.frames, *frames],
            self.padding if other.up - dy <= self.up and other.down + dy <= self.down else 0.0,
        )

    def framed(self, place: Place) -> Block:
        """This block with its scope's frame around it."""
        kind = place[-1][0]
        padding, title = measures.PADDING.get(kind, 0.0), measures.TITLE.get(kind, 0.0)
        missing = max(0.0, measures.LEAST_FRAME - self.left - self.right - 2 * padding) / 2 if kind != "gate" else 0.0
        missing = missing if len(self.positions) > 1 else 0.0
        left, right = self.left + padding + missing, self.right + padding + missing
        up, down = self.up + padding + title, self.down + padding
        frame = Frame(place, -left, -up, right, down)
        return Block(self.positions, left, right, up, down, [frame, *self.frames], padding)


def block_of(number: int, element: Element) -> Block:
    """A single element as a block."""
    return Block({number: (0.0, 0.0)}, element.left, element.right, element.up, element.down)
