"""Both directions of a bidirectional layer: two lanes, the backward one above and at the right of the forward one.

So what comes in from below and what goes out above have ways of their own, and so have the states: those of the forward
direction run to the right below the backward lane, those of the backward direction to the left above the forward one.
"""

from __future__ import annotations

from collections.abc import Collection

from graphs import measures
from graphs.block import Block
from graphs.elements import DIRECTIONS


def direction_pair(groups: Collection[object]) -> tuple[object, object] | None:
    """The two directions among the inner scopes of a scope, forward first; None if it has not both."""
    ends = {key[-1]: key for key in groups if isinstance(key, tuple)}
    forward, backward = (ends.get(direction) for direction in DIRECTIONS)
    return (forward, backward) if forward is not None and backward is not None else None


def both_directions(forward: Block, backward: Block) -> Block:
    """One block of both lanes; its anchor is the forward one's."""
    dx = forward.right + measures.SIDE_GAP + backward.left
    dy = -forward.up - measures.ROW_GAP - backward.down
    positions, frames = backward.moved(dx, dy)
    return Block(
        {**forward.positions, **positions},
        forward.left,
        dx + backward.right,
        backward.up - dy,
        forward.down,
        [*forward.frames, *frames],
    )
