"""Layers of an encoder and of a decoder, each made of parts with a residual connection (Vaswani et al. 2017, 3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.model import ParameterSpec
from engine.scope import layer, part
from engine.settings import Settings
from engine.tensor import Tensor
from engine.transformer.feed_forward import feed_forward, feed_forward_parameters
from engine.transformer.multi_head import (
    KeysAndValues,
    attention,
    joined,
    keys_and_values,
    multi_head_parameters,
    query,
)
from engine.transformer.sublayer import norm_parameters, with_residual

SELF, SOURCE, FORWARD = "self attention", "source-target attention", "feed forward"
ENCODER_PARTS, DECODER_PARTS = (SELF, FORWARD), (SELF, SOURCE, FORWARD)
_SHORT = {SELF: "self", SOURCE: "source", FORWARD: "ffn"}
"""The parts in the names of parameters."""

Weights = Mapping[str, Tensor]


@dataclass(frozen=True, slots=True)
class Form:
    """What all layers have in common: d_model, heads, d_ff, where the norm is, and whether projections have biases."""

    width: int
    heads: int
    inner: int
    norm: str
    bias: bool

    @classmethod
    def of(cls, settings: Settings) -> Form:
        """As set."""
        return cls(
            settings.integer("width"), settings.integer("heads"), settings.integer("feed_forward"),
            settings.text("layer_norm"), settings.switch("bias"),
        )  # fmt: skip

    def parameters(self, stack: str, number: int) -> tuple[ParameterSpec, ...]:
        """Those of a layer of the encoder or decoder, such as ``encoder.layer1.self.W_Q``."""
        return tuple(
            spec.placed(prefix_of(stack, number, name))
            for name in parts_of(stack)
            for spec in (*self._inside(name), *norm_parameters(self.width))
        )

    def _inside(self, name: str) -> tuple[ParameterSpec, ...]:
        if name == FORWARD:
            return feed_forward_parameters(self.width, self.inner)
        return multi_head_parameters(self.width, self.bias)


def parts_of(stack: str) -> tuple[str, ...]:
    """The parts of a layer of the encoder or decoder, from below."""
    return ENCODER_PARTS if stack == "encoder" else DECODER_PARTS


def prefix_of(stack: str, number: int, name: str) -> str:
    """Of the parameters of a part, such as ``decoder.layer2.source.``."""
    return f"{stack}.layer{number}.{_SHORT[name]}."


class Layer:
    """A layer of the encoder or decoder, with its parameters on a tape."""

    def __init__(self, form: Form, stack: str, number: int, parameters: Weights) -> None:
        self._form, self._number = form, number
        self._weights = {name: _own(parameters, prefix_of(stack, number, name)) for name in parts_of(stack)}

    def encode(self, h: Tensor, padding: Tensor | None) -> Tensor:
        """Of the encoder: (N, T, d_model) → the same."""
        with layer(self._number):
            h, _ = self._attend_to_itself(h, padding, None)
            return self._feed_forward(h)

    def keys_of(self, source: Tensor) -> KeysAndValues:
        """K and V of what the encoder made of the source, (N, S, d_model), for all steps of a decoder alike."""
        with layer(self._number), part(SOURCE):
            return keys_and_values(source, self._weights[SOURCE], self._form.heads)

    def decode(
        self, h: Tensor, source: Tensor | KeysAndValues, padding: Tensor | None, future: Tensor | None,
        past: KeysAndValues | None = None,
    ) -> tuple[Tensor, KeysAndValues]:  # fmt: skip
        """Of the decoder: (N, T', d_model) → the same, and K and V of all positions so far.

        Args:
            source: what the encoder made of the source, or its keys and values.
            padding, future: masks of the source and of the answer.
            past: K and V of the positions before those of h.
        """
        with layer(self._number):
            h, present = self._attend_to_itself(h, future, past)
            h = self._attend_to_source(h, source, padding)
            return self._feed_forward(h), present

    def _attend_to_itself(
        self, h: Tensor, mask: Tensor | None, past: KeysAndValues | None
    ) -> tuple[Tensor, KeysAndValues]:
        weights, heads = self._weights[SELF], self._form.heads
        found: list[KeysAndValues] = []

        def attend(x: Tensor) -> Tensor:
            Q = query(x, weights, heads)
            found.append(keys_and_values(x, weights, heads, past))
            return joined(attention(Q, found[0].K, found[0].V, mask), weights)

        with part(SELF):
            return with_residual(h, attend, weights, self._form.norm), found[0]

    def _attend_to_source(self, h: Tensor, source: Tensor | KeysAndValues, padding: Tensor | None) -> Tensor:
        weights, heads = self._weights[SOURCE], self._form.heads

        def attend(x: Tensor) -> Tensor:
            Q = query(x, weights, heads)
            known = source if isinstance(source, KeysAndValues) else keys_and_values(source, weights, heads)
            return joined(attention(Q, known.K, known.V, padding), weights)

        with part(SOURCE):
            return with_residual(h, attend, weights, self._form.norm)

    def _feed_forward(self, h: Tensor) -> Tensor:
        weights = self._weights[FORWARD]
        with part(FORWARD):
            return with_residual(h, lambda x: feed_forward(x, weights), weights, self._form.norm)


def _own(parameters: Weights, prefix: str) -> dict[str, Tensor]:
    return {name.removeprefix(prefix): one for name, one in parameters.items() if name.startswith(prefix)}
