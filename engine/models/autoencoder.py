"""The autoencoder: an encoder squeezes the input through a narrow code, a decoder makes the input of it again (B6)."""

from __future__ import annotations

from collections.abc import Mapping

from engine.codes import CODE_SETTINGS, Coder, decoded, encoded, reconstruction_loss
from engine.model import MODELS, Parameters, ParameterSpec
from engine.ops.arithmetic import total
from engine.scope import part
from engine.settings import Settings
from engine.tape import Tape
from engine.task import Batch, Sizes
from engine.tensor import Array, Tensor, loss

CODE = "z"


class Autoencoder:
    """z = f(x W + b) W_z + b_z, y = σ(f(z W + b) W_y + b_y), E = L_rec."""

    name = "autoencoder"
    settings = CODE_SETTINGS

    def parameters(self, settings: Settings, sizes: Sizes) -> tuple[ParameterSpec, ...]:
        """Those of the encoder, W_z (H, Z) and b_z, those of the decoder, W_y (H, K) and b_y."""
        return Coder(settings, sizes).parameters(CODE)

    def forward(
        self, tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, settings: Settings, sizes: Sizes
    ) -> Tensor:
        """Record encoder, decoder and the loss; there is no time step."""
        ((symbol, inputs),) = batch.inputs.items()
        (targets,) = batch.targets.values()
        coder = Coder(settings, sizes)
        (z,) = coder.encode(tape.input(symbol, inputs[0]), parameters, CODE)
        v, y = coder.decode(z, parameters)
        L_rec = reconstruction_loss(tape, v, y, targets[0], settings)
        with part("loss"):
            return loss("E", total(L_rec))

    def encoded(self, parameters: Parameters, x: Array, settings: Settings, sizes: Sizes) -> Array:
        """z (N, Z) of inputs (N, D)."""
        return encoded(Coder(settings, sizes), parameters, x, CODE)

    def decoded(self, parameters: Parameters, z: Array, settings: Settings, sizes: Sizes) -> Array:
        """y (N, K) of codes (N, Z)."""
        return decoded(Coder(settings, sizes), parameters, z)


MODELS.add(Autoencoder.name, Autoencoder())
