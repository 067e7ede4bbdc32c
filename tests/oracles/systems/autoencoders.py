"""The autoencoder and the variational one: random widths, depths, activations, costs and weights of the divergence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from engine.settings import Value
from tests.oracles.systems.case import Case, Data
from tests.oracles.systems.system import System, symbol

if TYPE_CHECKING:
    from torch import Tensor

    from tests.oracles.systems.system import Keep

AUTOENCODER, VAE = "autoencoder", "vae"


def draw(random: np.random.Generator, family: str, small: bool) -> Case:
    """A case of one of the two models; the noise is given with the data."""

    def up_to(most: int) -> int:
        return int(random.integers(1, most + 1))

    most = 4 if small else 20
    batch, pixels, latent = up_to(most), up_to(2 * most), up_to(most)
    values: dict[str, Value] = {
        "hidden": up_to(most),
        "layers": up_to(3),
        "activation": str(random.choice(("tanh", "sigmoid", "relu", "identity"))),
        "latent": latent,
        "reconstruction": str(random.choice(("binary-cross-entropy", "squared-error"))),
    }
    about: Data = {}
    if family == VAE:
        values["beta"] = float(random.choice((0.0, 1.0, round(float(random.uniform(0.1, 5.0)), 2))))
        about = {"eps": random.standard_normal((batch, latent))}
    images = random.random((1, batch, pixels)).round(6)
    sizes = {"inputs": pixels, "outputs": pixels, "length": 1, "answer": "marks"}
    return Case(family, family, values, sizes, int(random.integers(2**31)), {"x": images}, {"d": images}, about)


def loss(weights: Mapping[str, Tensor], case: Case, keep: Keep) -> Tensor:
    """The loss in PyTorch, its noise that of the case."""
    from tests.oracles.systems.torch_autoencoders import torch_loss

    return torch_loss(weights, case, keep)


SYSTEM = System(
    "autoencoders", (AUTOENCODER, VAE), draw, loss,
    {
        "encoder h": symbol("h", "encoder"), "mu": symbol("mu"), "log_var": symbol("log_var"),
        "sigma": symbol("sigma"), "z": symbol("z"), "decoder h": symbol("h", "decoder"), "v": symbol("v"),
        "y": symbol("y"), "L_rec": symbol("L_rec"), "L_KL": symbol("L_KL"),
    },
)  # fmt: skip
