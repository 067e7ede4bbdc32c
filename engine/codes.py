"""What autoencoders have in common: their settings, encoder and decoder, and how a reconstruction is judged (B6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from engine.dense import Dense, affine, affine_parameters
from engine.model import Parameters, ParameterSpec
from engine.ops.activations import ACTIVATIONS, sigmoid
from engine.ops.arithmetic import scale
from engine.ops.losses import binary_cross_entropy, squared_error
from engine.scope import part
from engine.scratch_tape import scratch_tape
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Sizes
from engine.tensor import Array, Tensor, loss, output, variable

CROSS_ENTROPY, SQUARED_ERROR = "binary-cross-entropy", "squared-error"
ENCODER, DECODER = "encoder", "decoder"

CODE_SETTINGS = (
    Setting("hidden", SettingKind.INTEGER, 32, "Number of units in each hidden layer.", 1, 1_000_000),
    Setting("layers", SettingKind.INTEGER, 1, "Number of hidden layers of the encoder, and of the decoder.", 1, 20),
    Setting(
        "activation", SettingKind.CHOICE, "tanh", "Activation function of the hidden layers.",
        choices=tuple(ACTIVATIONS),
    ),
    Setting("latent", SettingKind.INTEGER, 2, "Number of latent units: the width of the code z.", 1, 10_000),
    Setting(
        "reconstruction", SettingKind.CHOICE, CROSS_ENTROPY, "What the reconstruction costs.",
        choices=(CROSS_ENTROPY, SQUARED_ERROR),
    ),
)  # fmt: skip


@runtime_checkable
class Autoencodes(Protocol):
    """A model that makes a code of its input and the input out of a code. It is judged on codes without noise."""

    def encoded(self, parameters: Parameters, x: Array, settings: Settings, sizes: Sizes) -> Array:
        """Codes (N, Z) of inputs (N, D); where codes are drawn, the means of what they are drawn from."""

    def decoded(self, parameters: Parameters, z: Array, settings: Settings, sizes: Sizes) -> Array:
        """Outputs (N, K) out of codes (N, Z)."""


class Coder:
    """The hidden layers of an encoder and a decoder, and the read-out; both are as deep and as wide."""

    def __init__(self, settings: Settings, sizes: Sizes) -> None:
        hidden, depth, activation = settings.integer("hidden"), settings.integer("layers"), settings.text("activation")
        self._latent, self._outputs = settings.integer("latent"), sizes.outputs
        self._encoder = Dense(sizes.inputs, hidden, depth, activation, f"{ENCODER}.")
        self._decoder = Dense(self._latent, hidden, depth, activation, f"{DECODER}.")

    def parameters(self, *codes: str) -> tuple[ParameterSpec, ...]:
        """Of the encoder, of each of ``codes`` (W_mu (H, Z) and b_mu (1, Z)), of the decoder, and W_y, b_y."""
        heads = [spec for code in codes for spec in affine_parameters(self._encoder.width, self._latent, code)]
        read_out = affine_parameters(self._decoder.width, self._outputs, "y")
        return (*self._encoder.parameters(), *heads, *self._decoder.parameters(), *read_out)

    def encode(self, x: Tensor, parameters: Mapping[str, Tensor], *codes: str) -> tuple[Tensor, ...]:
        """Record the encoder and what follows linearly from its last hidden layer, each (N, Z) with its symbol."""
        with part(ENCODER):
            h = self._encoder(x, parameters)
            return tuple(variable(code, affine(h, parameters, code)) for code in codes)

    def decode(self, z: Tensor, parameters: Mapping[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Record the decoder: v (N, K) and y = σ(v)."""
        with part(DECODER):
            h = self._decoder(z, parameters)
            v = variable("v", affine(h, parameters, "y"))
            return v, output("y", sigmoid(v))


def reconstruction_loss(tape: Tape, v: Tensor, y: Tensor, target: Array, settings: Settings) -> Tensor:
    """Record d (N, K) and L_rec, which is summed over what is reconstructed and a mean over the batch."""
    d = tape.target("d", target)
    with part("loss"):
        if settings.text("reconstruction") == CROSS_ENTROPY:
            return loss("L_rec", binary_cross_entropy(v, d, over=float(len(target))))
        return loss("L_rec", scale(squared_error(y, d), factor=float(target.shape[1])))


def encoded(coder: Coder, parameters: Parameters, x: Array, code: str) -> Array:
    """Codes (N, Z) of inputs (N, D)."""
    with scratch_tape(parameters) as (tape, tensors):
        (found,) = coder.encode(tape.input("x", x), tensors, code)
    return found.value


def decoded(coder: Coder, parameters: Parameters, z: Array) -> Array:
    """Outputs (N, K) out of codes (N, Z)."""
    with scratch_tape(parameters) as (tape, tensors):
        _, y = coder.decode(tape.input("z", z), tensors)
    return y.value
