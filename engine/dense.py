"""Dense layers, one upon the other: h = f(x W + b)."""

from __future__ import annotations

from collections.abc import Mapping

from engine.model import ParameterSpec
from engine.ops.activations import ACTIVATIONS
from engine.scope import layer
from engine.tensor import Tensor, variable


def affine_parameters(
    inputs: int, outputs: int, name: str = "", prefix: str = "", *, bias: bool = True
) -> tuple[ParameterSpec, ...]:
    """W (D, K) and, with a bias, b (1, K); or W_name and b_name."""
    W = ParameterSpec(f"{prefix}{_named('W', name)}", (inputs, outputs), inputs)
    return (W, ParameterSpec(f"{prefix}{_named('b', name)}", (1, outputs), 0)) if bias else (W,)


def affine(x: Tensor, parameters: Mapping[str, Tensor], name: str = "", prefix: str = "") -> Tensor:
    """Record x W + b, or x W where there is no bias, (…, D) → (…, K)."""
    W, b = parameters[f"{prefix}{_named('W', name)}"], parameters.get(f"{prefix}{_named('b', name)}")
    made: Tensor = x @ W if b is None else x @ W + b
    return made


class Dense:
    """Layers with an activation after each.

    Attributes:
        width: of what comes out.
    """

    def __init__(self, inputs: int, hidden: int, depth: int, activation: str, prefix: str = "") -> None:
        """Declare them.

        Args:
            inputs: width of what enters the first layer.
            hidden: units of each layer.
            depth: number of layers, at least 1.
            activation: a name of ``ACTIVATIONS``.
            prefix: of all parameters, such as ``encoder.``.
        """
        self._inputs, self.width, self._depth = inputs, hidden, depth
        self._activation = ACTIVATIONS[activation]
        self._prefix = prefix

    def parameters(self) -> tuple[ParameterSpec, ...]:
        """W (D, H) and b (1, H) of every layer."""
        return tuple(
            spec
            for number in range(1, self._depth + 1)
            for spec in affine_parameters(
                self._inputs if number == 1 else self.width, self.width, prefix=self._place(number)
            )
        )

    def __call__(self, x: Tensor, parameters: Mapping[str, Tensor]) -> Tensor:
        """Record u = h W + b and h = f(u) of every layer, (N, D) → (N, H)."""
        if self._depth == 1:
            return self._layer(1, x, parameters)
        h = x
        for number in range(1, self._depth + 1):
            with layer(number):
                h = self._layer(number, h, parameters)
        return h

    def _layer(self, number: int, x: Tensor, parameters: Mapping[str, Tensor]) -> Tensor:
        u = variable("u", affine(x, parameters, prefix=self._place(number)))
        return variable("h", self._activation(u))

    def _place(self, number: int) -> str:
        return f"{self._prefix}layer{number}." if self._depth > 1 else self._prefix


def _named(letter: str, name: str) -> str:
    return f"{letter}_{name}" if name else letter
