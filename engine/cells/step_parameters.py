"""What weighs a cell's input and its former hidden state, and the bias beside it, in every cell that has both."""

from __future__ import annotations

from engine.model import ParameterSpec


def step_parameters(
    inputs: int, hidden: int, *others: ParameterSpec, bias: bool, gate: str = "", offset: float = 0.0
) -> tuple[ParameterSpec, ...]:
    """W_x (D, H), W_h (H, H) and, with biases, b (1, H), or those of a gate, such as W_x_f, W_h_f and b_f.

    Args:
        others: weights of the cell's own, before the bias.
        offset: what the bias starts at.
    """
    of = f"_{gate}" if gate else ""
    return (
        ParameterSpec(f"W_x{of}", (inputs, hidden), inputs),
        ParameterSpec(f"W_h{of}", (hidden, hidden), hidden, recurrent=True),
        *others,
        *((ParameterSpec(f"b{of}", (1, hidden), 0, offset=offset),) if bias else ()),
    )
