"""VHRED: HRED with a latent z for each utterance that is said (Serban et al. 2016, arXiv 1605.06069; system B5).

See ``engine.hierarchy`` for what both share. What will be said in the next utterance at all, z decides:

    prior      p(z_m) = N(mu, σ²), mu and log_var from c_m, what the context RNN knows
    posterior  q(z_m) = N(mu, σ²), mu and log_var from [c_m; h_(m+1)]: it has also read the next utterance
    z_m = mu + sigma ⊙ eps, and the decoder starts in tanh([c_m; z_m] W_ctx + b_ctx)

In training z is drawn from the posterior, by a decoder that runs free from the prior. The loss is
E = L_rec + beta Σ_m L_KL, all per word: KL(q ‖ p) of an utterance is divided by the number of words of the batch, so
that with beta = 1 it is the negative evidence lower bound. beta rises from 0 over the first iterations (annealing), or
the decoder learns to do without z.

eps follows from the seed and the number of the iteration: ``generator(seed, "eps", number)``, (M − 1, N, Z).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.dialogue_decoder import DialogueDecoder
from engine.gaussian import Gaussian, divergence, drawn, gaussian, gaussian_parameters
from engine.hierarchy import HIERARCHY_SETTINGS, Hierarchy, hierarchy_parameters, layers_of
from engine.model import MODELS, Parameters, ParameterSpec
from engine.ops.arithmetic import scale, sum_all, total
from engine.ops.masks import keep_where
from engine.ops.shapes import concatenate
from engine.randomness import generator
from engine.scope import part, time_step
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Batch, Sizes
from engine.tensor import Array, Tensor, loss, variable

PRIOR, POSTERIOR = "prior", "posterior"


class VHRED:
    """See the module."""

    name = "vhred"
    settings = (
        *HIERARCHY_SETTINGS,
        Setting("latent", SettingKind.INTEGER, 4, "Width of the latent variable z.", 1, 100_000),
        Setting("kl_weight", SettingKind.NUMBER, 1.0, "Weight β of the KL divergence in the loss.", 0.0, 1000.0),
        Setting(
            "annealing", SettingKind.INTEGER, 0,
            "Iterations over which that weight rises from zero; 0: it is there at once.", 0, 100_000_000,
        ),
    )  # fmt: skip

    def parameters(self, settings: Settings, sizes: Sizes) -> tuple[ParameterSpec, ...]:
        """Those of the hierarchy, of the prior and of the posterior."""
        width = settings.integer("latent")
        encoder, context, _ = layers_of(settings)
        hidden = context.width
        return (
            *hierarchy_parameters(settings, sizes, width),
            *gaussian_parameters(hidden, hidden, width, f"{PRIOR}."),
            *gaussian_parameters(hidden + encoder.width, hidden, width, f"{POSTERIOR}."),
        )

    def forward(
        self, tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, settings: Settings, sizes: Sizes
    ) -> Tensor:
        """Record the dialogue, utterance by utterance, and the loss."""
        network = Hierarchy(tape, parameters, batch, settings, sizes, settings.integer("latent"))
        losses, divergences = list[Tensor](), list[Tensor]()
        c = network.remember(network.read())
        for number, eps in enumerate(_noise(network)):
            h = network.read()
            with time_step(network.time):
                p, q = _prior(network, c), _posterior(network, c, h)
                z = _z(network, q, eps, POSTERIOR)
                divergences.append(_divergence(network, q, p, number))
                summary = _beside(c, z)
            if number + 1 < network.answers:
                c = network.remember(h)
            losses += network.say(summary)
        rec = loss("L_rec", network.mean_loss(losses))
        with part("loss"):
            beta = tape.constant("beta", _kl_weight(batch, settings, rec.value))
            return loss("E", rec + beta * total(*divergences))

    def decoder(self, parameters: Parameters, batch: Batch, settings: Settings, sizes: Sizes) -> DialogueDecoder:
        """Read the dialogues of a batch, to say each next utterance without a teacher, z drawn from the prior."""
        return DialogueDecoder(parameters, batch, settings, sizes, _summaries, settings.integer("latent"))


def _noise(network: Hierarchy) -> Array:
    seed, dtype = network.settings.integer("seed"), network.parameters["W_y"].value.dtype
    shape = (network.answers, network.batch.size, network.settings.integer("latent"))
    return generator(seed, "eps", network.batch.number).standard_normal(shape).astype(dtype)


def _prior(network: Hierarchy, c: Tensor) -> Gaussian:
    with part(PRIOR):
        return gaussian(c, network.parameters, f"{PRIOR}.")


def _posterior(network: Hierarchy, c: Tensor, h: Tensor) -> Gaussian:
    with part(POSTERIOR):
        return gaussian(variable("c_h", concatenate(c, h, axis=1)), network.parameters, f"{POSTERIOR}.")


def _z(network: Hierarchy, one: Gaussian, eps: Array, place: str) -> Tensor:
    with part(place), part("draw"):
        return drawn(one, network.tape.constant("eps", eps))


def _beside(c: Tensor, z: Tensor) -> Tensor:
    with part("latent"):
        return variable("c_z", concatenate(c, z, axis=1))


def _divergence(network: Hierarchy, q: Gaussian, p: Gaussian, number: int) -> Tensor:
    """L_KL of utterance ``number``, from 0, per word of the batch; a row that has no such utterance counts nothing."""
    (targets,) = network.batch.targets.values()
    words = int(np.count_nonzero(targets >= 0))
    with part("loss"):
        by_row = divergence(q, p)
        there = targets[number * network.length] >= 0
        if not there.all():
            by_row = keep_where(by_row, network.tape.constant("m", there[:, np.newaxis].astype(by_row.value.dtype)))
        return loss("L_KL", scale(sum_all(by_row), factor=1.0 / max(1, words)))


def _kl_weight(batch: Batch, settings: Settings, like: Array) -> Array:
    """β, which rises in equal steps."""
    annealing = settings.integer("annealing")
    share = min(1.0, batch.number / annealing) if annealing else 1.0
    return np.asarray(settings.number("kl_weight") * share, dtype=np.asarray(like).dtype)


def _summaries(network: Hierarchy) -> list[Tensor]:
    contexts = [network.remember(network.read()) for _ in range(network.answers)]
    return [
        _beside(c, _z(network, _prior(network, c), eps, PRIOR))
        for c, eps in zip(contexts, _noise(network), strict=True)
    ]


MODELS.add(VHRED.name, VHRED())
