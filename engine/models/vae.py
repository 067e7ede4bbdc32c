"""The variational autoencoder: the code is drawn from a normal distribution that the encoder tells (B6).

Kingma & Welling 2014 (arXiv 1312.6114). The noise eps is given, so that the gradient passes through
z = mu + sigma ⊙ eps to what eps was stretched and moved by: the reparameterisation.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.codes import CODE_SETTINGS, Coder, decoded, encoded, reconstruction_loss
from engine.model import MODELS, Parameters, ParameterSpec
from engine.ops.arithmetic import exp, scale, shift, square, sum_all, total
from engine.randomness import generator
from engine.scope import part
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Batch, Sizes
from engine.tensor import Array, Tensor, loss, variable

MEAN, LOG_VARIANCE = "mu", "log_var"
NOISE = "eps"
"""What the noise is drawn for; also a key of ``Batch.about`` under which a batch may bring its own, (N, Z)."""


class VAE:
    """z = mu + exp(½ log_var) ⊙ eps, y = σ(f(z W + b) W_y + b_y), E = L_rec + β L_KL."""

    name = "vae"
    settings = (
        *CODE_SETTINGS,
        Setting(
            "beta", SettingKind.NUMBER, 1.0, "Weight β of the divergence L_KL beside the reconstruction.", 0.0, 1000.0
        ),
    )

    def parameters(self, settings: Settings, sizes: Sizes) -> tuple[ParameterSpec, ...]:
        """Those of the encoder, W and b (H, Z) of mu and log_var, those of the decoder, W_y (H, K) and b_y."""
        return Coder(settings, sizes).parameters(MEAN, LOG_VARIANCE)

    def forward(
        self, tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, settings: Settings, sizes: Sizes
    ) -> Tensor:
        """Record encoder, noise, decoder and both losses; there is no time step."""
        ((symbol, inputs),) = batch.inputs.items()
        (targets,) = batch.targets.values()
        coder = Coder(settings, sizes)
        mu, log_var = coder.encode(tape.input(symbol, inputs[0]), parameters, MEAN, LOG_VARIANCE)
        with part("latent"):
            sigma = variable("sigma", exp(scale(log_var, factor=0.5)))
            eps = tape.constant(NOISE, _noise(batch, settings, mu))
            z = variable("z", mu + sigma * eps)
        v, y = coder.decode(z, parameters)
        L_rec = reconstruction_loss(tape, v, y, targets[0], settings)
        with part("loss"):
            L_KL = divergence(mu, log_var, sigma)
            return loss("E", total(L_rec, scale(L_KL, factor=settings.number("beta"))))

    def encoded(self, parameters: Parameters, x: Array, settings: Settings, sizes: Sizes) -> Array:
        """mu (N, Z) of inputs (N, D)."""
        return encoded(Coder(settings, sizes), parameters, x, MEAN)

    def decoded(self, parameters: Parameters, z: Array, settings: Settings, sizes: Sizes) -> Array:
        """y (N, K) of codes (N, Z)."""
        return decoded(Coder(settings, sizes), parameters, z)


def divergence(mu: Tensor, log_var: Tensor, sigma: Tensor) -> Tensor:
    """Record L_KL, how far N(mu, sigma²) (N, Z) is from N(0, 1): −½ Σ (1 + log σ² − μ² − σ²), a mean over the batch."""
    terms = shift(log_var, by=1.0) - square(mu) - square(sigma)
    return loss("L_KL", scale(sum_all(terms), factor=-0.5 / mu.shape[0]))


def _noise(batch: Batch, settings: Settings, mu: Tensor) -> Array:
    drawn = batch.about.get(NOISE)
    if drawn is None:
        drawn = generator(settings.integer("seed"), NOISE, batch.number).standard_normal(mu.shape)
    return drawn.astype(mu.value.dtype)


MODELS.add(VAE.name, VAE())
