"""The LSTM: gates f, i, o, candidate g, cell state c (systems A10)."""

from __future__ import annotations

from collections.abc import Mapping

from engine.cell import CELLS
from engine.cells.step_parameters import step_parameters
from engine.model import ParameterSpec
from engine.ops.activations import sigmoid, tanh
from engine.scope import cell, gate
from engine.settings import Setting, SettingKind, Settings
from engine.tensor import Tensor, gate_value, state, variable

LSTMS = ("lstm", "lstm_merged", "peephole_lstm")
"""The cells that have the settings below."""
GATES = ("f", "g", "i", "o")
"""Forget, candidate, input, output: in the order in which the lecture writes them."""


class LSTM:
    """See the module."""

    name = "lstm"
    settings = (
        Setting(
            "forget_gate", SettingKind.SWITCH, True,
            "Whether the LSTM has a forget gate; the first one, of 1997, had none.",
            only_with=("cell", LSTMS),
        ),
        Setting(
            "forget_bias", SettingKind.NUMBER, 1.0, "What the bias of the forget gate starts at.", -1000.0, 1000.0,
            only_with=("cell", LSTMS),
        ),
        Setting(
            "input_bias", SettingKind.NUMBER, 0.0, "What the bias of the input gate starts at.", -1000.0, 1000.0,
            only_with=("cell", LSTMS),
        ),
    )  # fmt: skip
    uses = ("bias",)

    def states(self, settings: Settings) -> tuple[str, ...]:
        """The hidden state and the cell state."""
        return "h", "c"

    def parameters(self, settings: Settings, inputs: int, hidden: int) -> tuple[ParameterSpec, ...]:
        """For every gate W_x_f (D, H), W_h_f (H, H) and, with biases, b_f (1, H)."""
        specs: list[ParameterSpec] = []
        for a in gates(settings):
            offset = bias_offset(a, settings)
            specs += step_parameters(inputs, hidden, bias=settings.switch("bias"), gate=a, offset=offset)
        return tuple(specs)

    def step(
        self, x: Tensor, states: tuple[Tensor, ...], parameters: Mapping[str, Tensor], settings: Settings
    ) -> tuple[Tensor, ...]:
        """h^(t−1), c^(t−1) → h^t, c^t."""
        h_previous, c_previous = states
        W, bias, f = parameters, settings.switch("bias"), None
        with cell("lstm"):
            if settings.switch("forget_gate"):
                with gate("forget"):
                    u_f = x @ W["W_x_f"] + h_previous @ W["W_h_f"]
                    f = gate_value("f", sigmoid(variable("u_f", u_f + W["b_f"] if bias else u_f)))
            with gate("candidate"):
                u_g = x @ W["W_x_g"] + h_previous @ W["W_h_g"]
                g = gate_value("g", tanh(variable("u_g", u_g + W["b_g"] if bias else u_g)))
            with gate("input"):
                u_i = x @ W["W_x_i"] + h_previous @ W["W_h_i"]
                i = gate_value("i", sigmoid(variable("u_i", u_i + W["b_i"] if bias else u_i)))
            with gate("output"):
                u_o = x @ W["W_x_o"] + h_previous @ W["W_h_o"]
                o = gate_value("o", sigmoid(variable("u_o", u_o + W["b_o"] if bias else u_o)))
            c = state("c", (f * c_previous if f is not None else c_previous) + i * g)
            h = state("h", o * tanh(c))
        return h, c


def gates(settings: Settings) -> tuple[str, ...]:
    """The letters of the gates there are, the candidate among them."""
    return GATES if settings.switch("forget_gate") else GATES[1:]


def bias_offset(letter: str, settings: Settings) -> float:
    """What the bias of a gate starts at."""
    names = {"f": "forget_bias", "i": "input_bias"}
    return settings.number(names[letter]) if letter in names else 0.0


CELLS.add(LSTM.name, LSTM())
