"""The constant error carousel alone: c^t = a^t + c^(t−1), so that ∂E/∂c^(t−1) = ∂E/∂c^t (systems A9).

What comes in, a^t = f(x^t W_x + b), is added and never forgotten: nothing is learned about when to keep what.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.cell import CELLS
from engine.model import ParameterSpec
from engine.ops.activations import ACTIVATIONS
from engine.scope import cell
from engine.settings import Setting, Settings
from engine.tensor import Tensor, state, variable


class CEC:
    """See the module."""

    name = "cec"
    settings: tuple[Setting, ...] = ()
    uses = ("activation", "bias")

    def states(self, settings: Settings) -> tuple[str, ...]:
        """The cell state."""
        return ("c",)

    def parameters(self, settings: Settings, inputs: int, hidden: int) -> tuple[ParameterSpec, ...]:
        """W_x (D, H) and, with biases, b (1, H): none from state to state."""
        W_x = ParameterSpec("W_x", (inputs, hidden), inputs)
        return (W_x, ParameterSpec("b", (1, hidden), 0)) if settings.switch("bias") else (W_x,)

    def step(
        self, x: Tensor, states: tuple[Tensor, ...], parameters: Mapping[str, Tensor], settings: Settings
    ) -> tuple[Tensor, ...]:
        """c^(t−1) → c^t."""
        (c_previous,) = states
        W_x, b = parameters["W_x"], parameters.get("b")
        f = ACTIVATIONS[settings.text("activation")]
        with cell("cec"):
            u = x @ W_x
            a = variable("a", f(variable("u", u if b is None else u + b)))
            return (state("c", a + c_previous),)


CELLS.add(CEC.name, CEC())
