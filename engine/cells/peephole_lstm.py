"""The LSTM with peepholes: gates see the cell state (systems A12).

Forget and input gate (and the candidate, where the notes have it so) see c^(t−1), the output gate sees c^t: through a
full matrix (Gers, Schraudolph & Schmidhuber 2003, as the lecture quotes it), through a diagonal one (Sak, Senior &
Beaufays 2014), or element by element (Shi et al. 2015). The last two give the same values.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.cell import CELLS
from engine.cells.lstm import bias_offset, gates
from engine.cells.step_parameters import step_parameters
from engine.model import ParameterSpec
from engine.ops.activations import sigmoid, tanh
from engine.ops.arithmetic import multiply
from engine.ops.diagonals import diagonal_matrix
from engine.ops.products import matmul
from engine.scope import cell, gate
from engine.settings import Setting, SettingKind, Settings
from engine.tensor import Tensor, gate_value, state, variable

FULL, DIAGONAL, HADAMARD = "full", "diagonal", "hadamard"


class PeepholeLSTM:
    """See the module."""

    name = "peephole_lstm"
    settings = (
        Setting(
            "peephole", SettingKind.CHOICE, HADAMARD,
            "Peepholes: the cell state times a full matrix, times a diagonal matrix, or element by element.",
            choices=(FULL, DIAGONAL, HADAMARD), only_with=("cell", ("peephole_lstm",)),
        ),
        Setting(
            "peephole_candidate", SettingKind.SWITCH, False, "Whether the candidate g sees the cell state too.",
            only_with=("cell", ("peephole_lstm",)),
        ),
    )  # fmt: skip
    uses = ("bias",)

    def states(self, settings: Settings) -> tuple[str, ...]:
        """The hidden state and the cell state."""
        return "h", "c"

    def parameters(self, settings: Settings, inputs: int, hidden: int) -> tuple[ParameterSpec, ...]:
        """For every gate W_x_f (D, H), W_h_f (H, H), W_c_f and, with biases, b_f (1, H).

        W_c_f is (H, H) where the peepholes are full, else (1, H); in both forms as large at the start.
        """
        seen = (hidden if settings.text("peephole") == FULL else 1, hidden)
        specs: list[ParameterSpec] = []
        for a in gates(settings):
            sees = a != "g" or settings.switch("peephole_candidate")
            peepholes = [ParameterSpec(f"W_c_{a}", seen, hidden)] if sees else []
            offset = bias_offset(a, settings)
            specs += step_parameters(
                inputs, hidden, *peepholes, bias=settings.switch("bias"), gate=a, offset=offset
            )
        return tuple(specs)

    def step(
        self, x: Tensor, states: tuple[Tensor, ...], parameters: Mapping[str, Tensor], settings: Settings
    ) -> tuple[Tensor, ...]:
        """h^(t−1), c^(t−1) → h^t, c^t."""
        h_previous, c_previous = states
        W, bias, kind, f = parameters, settings.switch("bias"), settings.text("peephole"), None
        with cell("peephole_lstm"):
            if settings.switch("forget_gate"):
                with gate("forget"):
                    u_f = x @ W["W_x_f"] + h_previous @ W["W_h_f"] + _seen(c_previous, W["W_c_f"], kind)
                    f = gate_value("f", sigmoid(variable("u_f", u_f + W["b_f"] if bias else u_f)))
            with gate("candidate"):
                u_g = x @ W["W_x_g"] + h_previous @ W["W_h_g"]
                if settings.switch("peephole_candidate"):
                    u_g = u_g + _seen(c_previous, W["W_c_g"], kind)
                g = gate_value("g", tanh(variable("u_g", u_g + W["b_g"] if bias else u_g)))
            with gate("input"):
                u_i = x @ W["W_x_i"] + h_previous @ W["W_h_i"] + _seen(c_previous, W["W_c_i"], kind)
                i = gate_value("i", sigmoid(variable("u_i", u_i + W["b_i"] if bias else u_i)))
            c = state("c", (f * c_previous if f is not None else c_previous) + i * g)
            with gate("output"):
                u_o = x @ W["W_x_o"] + h_previous @ W["W_h_o"] + _seen(c, W["W_c_o"], kind)
                o = gate_value("o", sigmoid(variable("u_o", u_o + W["b_o"] if bias else u_o)))
            h = state("h", o * tanh(c))
        return h, c


def _seen(c: Tensor, W_c: Tensor, kind: str) -> Tensor:
    """What a gate sees of the cell state, (N, H)."""
    if kind == HADAMARD:
        return multiply(c, W_c)
    return matmul(c, diagonal_matrix(W_c) if kind == DIAGONAL else W_c)


CELLS.add(PeepholeLSTM.name, PeepholeLSTM())
