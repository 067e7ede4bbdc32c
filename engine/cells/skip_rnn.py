"""Skip connections through time: h^t = f(h^(t−1) W_h + h^(t−k) W_skip + x^t W_x + b) (systems A19)."""

from __future__ import annotations

from collections.abc import Mapping

from engine.cell import CELLS
from engine.cells.step_parameters import step_parameters
from engine.model import ParameterSpec
from engine.ops.activations import ACTIVATIONS
from engine.scope import cell
from engine.settings import Setting, SettingKind, Settings
from engine.tensor import Tensor, state, variable


class SkipRNN:
    """Its states are a delay line: h^(t−1), h^(t−2), …, h^(t−k), each handed on as it is."""

    name = "skip_rnn"
    settings = (
        Setting(
            "skip", SettingKind.INTEGER, 3, "Skip connections: from how many time steps back, k.", 2, 1000,
            only_with=("cell", ("skip_rnn",)),
        ),
    )  # fmt: skip
    uses = ("activation", "bias")

    def states(self, settings: Settings) -> tuple[str, ...]:
        """The hidden state h, and those that are older: h_1 by one time step, and so on."""
        return "h", *(f"h_{age}" for age in range(1, settings.integer("skip")))

    def parameters(self, settings: Settings, inputs: int, hidden: int) -> tuple[ParameterSpec, ...]:
        """W_x (D, H), W_h (H, H), W_skip (H, H) and, with biases, b (1, H)."""
        skipping = ParameterSpec("W_skip", (hidden, hidden), hidden)
        return step_parameters(inputs, hidden, skipping, bias=settings.switch("bias"))

    def step(
        self, x: Tensor, states: tuple[Tensor, ...], parameters: Mapping[str, Tensor], settings: Settings
    ) -> tuple[Tensor, ...]:
        """h^(t−1), …, h^(t−k) → h^t, …, h^(t−k+1)."""
        h_previous, h_skipped = states[0], states[-1]
        W_x, W_h, W_skip, b = parameters["W_x"], parameters["W_h"], parameters["W_skip"], parameters.get("b")
        f = ACTIVATIONS[settings.text("activation")]
        with cell("skip_rnn"):
            u = h_previous @ W_h + h_skipped @ W_skip + x @ W_x
            h = state("h", f(variable("u", u if b is None else u + b)))
        return h, *states[:-1]


CELLS.add(SkipRNN.name, SkipRNN())
