"""The simple recurrent cell: u^t = W_in x^t + W z^(t-1) + b, z^t = f(u^t)."""

from __future__ import annotations

from collections.abc import Callable

from engine.scope import cell
from engine.tensor import Tensor, state, variable


def simple_rnn(
    x: Tensor, z_previous: Tensor, W_in: Tensor, W: Tensor, b: Tensor | None, activation: Callable[[Tensor], Tensor]
) -> Tensor:
    """One step of the cell; rows are sequences.

    Args:
        x: (N, D). z_previous: (N, H). W_in: (D, H). W: (H, H). b: (1, H) or None. activation: f.

    Returns:
        the hidden state (N, H).
    """
    with cell("rnn"):
        u = x @ W_in + z_previous @ W
        if b is not None:
            u = u + b
        variable("u", u)
        return state("z", activation(u))
