"""Leaky units: h^t = (1 − 1/τ) h^(t−1) + (1/τ) f(h^(t−1) W_h + x^t W_x + b), a moving average (systems A20)."""

from __future__ import annotations

from collections.abc import Mapping

from engine.cell import CELLS
from engine.cells.step_parameters import step_parameters
from engine.model import ParameterSpec
from engine.ops.activations import ACTIVATIONS
from engine.ops.arithmetic import scale
from engine.scope import cell, gate
from engine.settings import Setting, SettingKind, Settings
from engine.tensor import Tensor, gate_value, state, variable


class Leaky:
    """See the module."""

    name = "leaky"
    settings = (
        Setting(
            "tau", SettingKind.NUMBER, 4.0,
            "Leaky units: time constant τ in time steps; 1 forgets at once.", 1.0, 1_000_000.0,
            only_with=("cell", ("leaky",)),
        ),
    )  # fmt: skip
    uses = ("activation", "bias")

    def states(self, settings: Settings) -> tuple[str, ...]:
        """The hidden state."""
        return ("h",)

    def parameters(self, settings: Settings, inputs: int, hidden: int) -> tuple[ParameterSpec, ...]:
        """W_x (D, H), W_h (H, H) and, with biases, b (1, H)."""
        return step_parameters(inputs, hidden, bias=settings.switch("bias"))

    def step(
        self, x: Tensor, states: tuple[Tensor, ...], parameters: Mapping[str, Tensor], settings: Settings
    ) -> tuple[Tensor, ...]:
        """h^(t−1) → h^t."""
        (h_previous,) = states
        W_x, W_h, b = parameters["W_x"], parameters["W_h"], parameters.get("b")
        f, tau = ACTIVATIONS[settings.text("activation")], settings.number("tau")
        with cell("leaky"):
            with gate("candidate"):
                u = h_previous @ W_h + x @ W_x
                n = gate_value("n", f(variable("u", u if b is None else u + b)))
            return (state("h", scale(h_previous, factor=1 - 1 / tau) + scale(n, factor=1 / tau)),)


CELLS.add(Leaky.name, Leaky())
