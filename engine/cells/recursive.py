"""The cell of the recursive net: h = f([h_left, h_right] W + b), the same weights at every node of a tree."""

from __future__ import annotations

from collections.abc import Callable

from engine.ops.lookups import take_rows
from engine.ops.shapes import concatenate
from engine.scope import cell
from engine.tensor import Tensor, state, variable

_CELL = "recursive"


def leaf(x: Tensor, W_embed: Tensor) -> Tensor:
    """A word: its row of W_embed (V, H).

    Args:
        x: (1,) the word's id.
    """
    with cell(_CELL):
        return state("h", take_rows(W_embed, x))


def recursive(
    left: Tensor, right: Tensor, W: Tensor, b: Tensor | None, activation: Callable[[Tensor], Tensor]
) -> Tensor:
    """Two phrases put together: h = f([left, right] W + b).

    Args:
        left, right: (1, H). W: (2H, H). b: (1, H) or None. activation: f.
    """
    with cell(_CELL):
        u = concatenate(left, right) @ W
        if b is not None:
            u = u + b
        return state("h", activation(variable("u", u)))
