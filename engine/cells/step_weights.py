"""What weighs a cell's input and its former hidden state, in every cell that has both."""

from __future__ import annotations

from engine.model import ParameterSpec


def step_weights(inputs: int, hidden: int, gate: str = "") -> tuple[ParameterSpec, ParameterSpec]:
    """W_x (D, H) and W_h (H, H), or those of a gate, such as W_x_f and W_h_f."""
    of = f"_{gate}" if gate else ""
    return (
        ParameterSpec(f"W_x{of}", (inputs, hidden), inputs),
        ParameterSpec(f"W_h{of}", (hidden, hidden), hidden, recurrent=True),
    )
