"""The simple recurrent layer of the lecture: A1 = h^(t−1) W_h + x^t W_x, A2 = A1 + b, h^t = f(A2) (systems A3)."""

from __future__ import annotations

from collections.abc import Mapping

from engine.cell import CELLS
from engine.cells.step_parameters import step_parameters
from engine.model import ParameterSpec
from engine.ops.activations import ACTIVATIONS
from engine.scope import cell
from engine.settings import Setting, Settings
from engine.tensor import Tensor, state, variable


class RNN:
    """See the module."""

    name = "rnn"
    settings: tuple[Setting, ...] = ()
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
        f = ACTIVATIONS[settings.text("activation")]
        with cell("rnn"):
            u = variable("A1" if b is not None else "u", h_previous @ W_h + x @ W_x)
            if b is not None:
                u = variable("u", u + b)
            return (state("h", f(u)),)


CELLS.add(RNN.name, RNN())
