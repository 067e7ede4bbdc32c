"""word2vec: CBOW and skip-gram, full softmax and negative sampling, the wrong words given."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from tests.oracles.systems.case import Case, Data
from tests.oracles.systems.system import System, symbol

if TYPE_CHECKING:
    from torch import Tensor

    from tests.oracles.systems.system import Keep

_CBOW, _SKIP_GRAM = "CBOW", "skip-gram"
_FULL, _SAMPLED = "full softmax", "negative sampling"
_FAMILIES = tuple(", ".join(pair) for pair in product((_CBOW, _SKIP_GRAM), (_FULL, _SAMPLED)))


def _draw(random: np.random.Generator, family: str, small: bool) -> Case:
    known, rows = int(random.integers(2, 10 if small else 40)), int(random.integers(1, 5 if small else 20))
    width, reach = int(random.integers(1, 6 if small else 20)), int(random.integers(1, 4))
    x = random.integers(known, size=(1, rows))
    if family.startswith(_CBOW):  # windows at the ends of lines have gaps, and at least one word
        x = random.integers(-1, known, size=(1, rows, 2 * reach))
        x[..., 0] = random.integers(known, size=(1, rows))
    right = random.integers(known, size=(1, rows))
    inputs: Data = {"x": x}
    targets: Data = {"d": right}
    sizes = {"inputs": known, "outputs": known, "length": 1, "answer": "classes", "vocabulary": True}
    if family.endswith(_SAMPLED):
        count = int(random.integers(1, 6))
        inputs["k"] = random.integers(-1, known, size=(1, rows, 1 + count))  # some twice, some missing
        inputs["k"][..., 0] = right
        targets["d"] = np.zeros((1, rows, 1 + count))
        targets["d"][..., 0] = 1
        sizes |= {"outputs": 1 + count, "answer": "marks"}
    return Case("word2vec", family, {"embedding": width}, sizes, int(random.integers(2**31)), inputs, targets)


def _loss(weights: Mapping[str, Tensor], case: Case, keep: Keep) -> Tensor:
    import torch
    from torch.nn import functional

    W_in, W_out = weights["W_in"], weights["W_out"]
    words = torch.tensor(case.inputs["x"][0])
    lines = [line[line >= 0] for line in words.reshape(len(words), -1)]
    h = keep("h", torch.stack([W_in[line].mean(0) for line in lines]))
    if "k" not in case.inputs:
        v = keep("v", h @ W_out.T)
        keep("y", torch.softmax(v, 1))
        return functional.cross_entropy(v, torch.tensor(case.targets["d"][0]))
    candidates = torch.tensor(case.inputs["k"][0])
    v = keep("v", torch.einsum("nd,nkd->nk", h, torch.cat([W_out, torch.zeros_like(W_out[:1])])[candidates]))
    keep("y", torch.sigmoid(v))
    right, wrong = functional.logsigmoid(v[:, 0]), functional.logsigmoid(-v[:, 1:])
    return -(right + wrong.sum(1)).mean()


SYSTEM = System("word2vec", _FAMILIES, _draw, _loss, {name: symbol(name) for name in ("h", "v", "y")})
