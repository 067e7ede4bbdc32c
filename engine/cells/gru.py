"""The GRU: reset gate r, update gate z, candidate n (systems A13)."""

from __future__ import annotations

from collections.abc import Mapping

from engine.cell import CELLS
from engine.cells.step_parameters import step_parameters
from engine.model import ParameterSpec
from engine.ops.activations import sigmoid, tanh
from engine.ops.arithmetic import one_minus
from engine.scope import cell, gate
from engine.settings import Setting, SettingKind, Settings
from engine.tensor import Tensor, gate_value, state, variable

Z_KEEPS_OLD, Z_TAKES_NEW = "z-keeps-old", "z-takes-new"
BEFORE_PRODUCT, AFTER_PRODUCT = "before-product", "after-product"


class GRU:
    """See the module."""

    name = "gru"
    settings = (
        Setting(
            "gru_update", SettingKind.CHOICE, Z_KEEPS_OLD,
            "GRU: whether z is the share of the old state that is kept, or the share of the new one that is taken.",
            choices=(Z_KEEPS_OLD, Z_TAKES_NEW), only_with=("cell", ("gru",)),
        ),
        Setting(
            "gru_reset", SettingKind.CHOICE, BEFORE_PRODUCT,
            "GRU: whether r multiplies the old state before or after the product with its weights.",
            choices=(BEFORE_PRODUCT, AFTER_PRODUCT), only_with=("cell", ("gru",)),
        ),
    )  # fmt: skip
    uses = ("bias",)

    def states(self, settings: Settings) -> tuple[str, ...]:
        """The hidden state."""
        return ("h",)

    def parameters(self, settings: Settings, inputs: int, hidden: int) -> tuple[ParameterSpec, ...]:
        """For r, z and n: W_x_r (D, H), W_h_r (H, H) and, with biases, b_r (1, H).

        With the reset after the product there is also b_h_n (1, H), inside what is reset, as in PyTorch.
        """
        specs: list[ParameterSpec] = []
        for a in ("r", "z", "n"):
            specs += step_parameters(inputs, hidden, bias=settings.switch("bias"), gate=a)
        if settings.switch("bias") and settings.text("gru_reset") == AFTER_PRODUCT:
            specs.append(ParameterSpec("b_h_n", (1, hidden), 0))
        return tuple(specs)

    def step(
        self, x: Tensor, states: tuple[Tensor, ...], parameters: Mapping[str, Tensor], settings: Settings
    ) -> tuple[Tensor, ...]:
        """h^(t−1) → h^t."""
        (h_previous,) = states
        W, bias = parameters, settings.switch("bias")
        with cell("gru"):
            with gate("reset"):
                u_r = x @ W["W_x_r"] + h_previous @ W["W_h_r"]
                r = gate_value("r", sigmoid(variable("u_r", u_r + W["b_r"] if bias else u_r)))
            with gate("update"):
                u_z = x @ W["W_x_z"] + h_previous @ W["W_h_z"]
                z = gate_value("z", sigmoid(variable("u_z", u_z + W["b_z"] if bias else u_z)))
            with gate("candidate"):
                if settings.text("gru_reset") == BEFORE_PRODUCT:
                    u_n = x @ W["W_x_n"] + (r * h_previous) @ W["W_h_n"]
                else:
                    old = h_previous @ W["W_h_n"]
                    u_n = x @ W["W_x_n"] + r * (old + W["b_h_n"] if bias else old)
                n = gate_value("n", tanh(variable("u_n", u_n + W["b_n"] if bias else u_n)))
            if settings.text("gru_update") == Z_KEEPS_OLD:
                return (state("h", z * h_previous + one_minus(z) * n),)
            return (state("h", one_minus(z) * h_previous + z * n),)


CELLS.add(GRU.name, GRU())
