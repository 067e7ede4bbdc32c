"""The LSTM with merged weights: one product for all gates, X [W_x^f W_x^g W_x^i W_x^o] (systems A11).

Its values are those of the separate form, whose weights it draws.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.cell import CELLS
from engine.cells.lstm import LSTM, gates
from engine.model import ParameterSpec
from engine.ops.activations import sigmoid, tanh
from engine.ops.shapes import part_of
from engine.scope import cell, gate
from engine.settings import Setting, Settings
from engine.tensor import Tensor, gate_value, state, variable

_SEPARATE = LSTM()


class MergedLSTM:
    """See the module."""

    name = "lstm_merged"
    settings: tuple[Setting, ...] = ()
    uses = ("bias",)

    def states(self, settings: Settings) -> tuple[str, ...]:
        """The hidden state and the cell state."""
        return "h", "c"

    def parameters(self, settings: Settings, inputs: int, hidden: int) -> tuple[ParameterSpec, ...]:
        """W_x (D, 4H), W_h (H, 4H) and, with biases, b (1, 4H); columns in the order f, g, i, o."""
        separate = {spec.name: spec for spec in _SEPARATE.parameters(settings, inputs, hidden)}
        merged = []
        for name in ("W_x", "W_h", "b") if settings.switch("bias") else ("W_x", "W_h"):
            parts = tuple(separate[f"{name}_{a}"] for a in gates(settings))
            shape = (parts[0].shape[0], hidden * len(parts))
            merged.append(ParameterSpec(name, shape, parts[0].fan_in, parts[0].recurrent, parts=parts))
        return tuple(merged)

    def step(
        self, x: Tensor, states: tuple[Tensor, ...], parameters: Mapping[str, Tensor], settings: Settings
    ) -> tuple[Tensor, ...]:
        """h^(t−1), c^(t−1) → h^t, c^t."""
        h_previous, c_previous = states
        W_x, W_h, b = parameters["W_x"], parameters["W_h"], parameters.get("b")
        with cell("lstm_merged"):
            u = x @ W_x + h_previous @ W_h
            u = variable("u", u if b is None else u + b)
            start, size, f = 0, h_previous.shape[1], None
            if settings.switch("forget_gate"):
                with gate("forget"):
                    f = gate_value("f", sigmoid(variable("u_f", part_of(u, start=0, stop=size))))
                start = size
            with gate("candidate"):
                g = gate_value("g", tanh(variable("u_g", part_of(u, start=start, stop=start + size))))
            with gate("input"):
                i = gate_value("i", sigmoid(variable("u_i", part_of(u, start=start + size, stop=start + 2 * size))))
            with gate("output"):
                o = gate_value("o", sigmoid(variable("u_o", part_of(u, start=start + 2 * size, stop=start + 3 * size))))
            c = state("c", (f * c_previous if f is not None else c_previous) + i * g)
            h = state("h", o * tanh(c))
        return h, c


CELLS.add(MergedLSTM.name, MergedLSTM())
