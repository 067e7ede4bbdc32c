"""Language models against a second derivation: the textbook's layers in plain NumPy, differentiated by complex steps.

Im f(x + iε) / ε is the derivative to all digits, since nothing is subtracted; no gradient rule is involved.
"""

from collections.abc import Mapping
from functools import partial

import numpy as np
import pytest

from engine.model import Parameters
from engine.task import Batch
from engine.tensor import Array
from engine.training.iteration import batch_of, record_iteration
from engine.training.run import Run
from tests.engine.text.text_lesson import language_model

_STEP = 1e-30
States = Mapping[str, Array]


def sigmoid(a: Array) -> Array:
    return 1 / (1 + np.exp(-a))


def product(p: Parameters, x: Array, h: Array, gate: str = "") -> Array:
    return x @ p[f"W_x{gate}"] + h @ p[f"W_h{gate}"] + p[f"b{gate}"]


def rnn(p: Parameters, x: Array, states: States) -> States:
    return {"h": np.tanh(product(p, x, states["h"]))}


def lstm(p: Parameters, x: Array, states: States) -> States:
    gate = partial(product, p, x, states["h"])
    f, i, o = (sigmoid(gate(f"_{name}")) for name in "fio")
    c = f * states["c"] + i * np.tanh(gate("_g"))
    return {"h": o * np.tanh(c), "c": c}


def gru(p: Parameters, x: Array, states: States) -> States:
    """h^t = z h^(t−1) + (1 − z) ñ, with the reset before the product."""
    h = states["h"]
    z, r = sigmoid(product(p, x, h, "_z")), sigmoid(product(p, x, h, "_r"))
    n = np.tanh(product(p, x, r * h, "_n"))
    return {"h": z * h + (1 - z) * n}


CELLS = {"rnn": rnn, "lstm": lstm, "gru": gru}


def loss(cell: str, p: Parameters, batch: Batch, states: States) -> complex:
    """Embedding, cell, affine, softmax with loss: the mean over T·N words."""
    losses = []
    for words, following in zip(batch.inputs["x"], batch.targets["d"], strict=True):
        states = CELLS[cell](p, p["W_embed"][words], states)
        scores = states["h"] @ p["W_y"] + p["b_y"]
        rows = np.log(np.exp(scores).sum(axis=1)) - scores[np.arange(len(scores)), following]
        losses.append(rows.mean())
    return complex(np.mean(losses))


def derivative(cell: str, p: Parameters, name: str, batch: Batch, states: States) -> Array:
    """∂loss/∂p[name], entry by entry."""
    found = np.zeros(p[name].shape)
    for place in np.ndindex(found.shape):
        moved = p[name].astype(complex)
        moved[place] += 1j * _STEP
        found[place] = loss(cell, {**p, name: moved}, batch, states).imag / _STEP
    return found


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("seed", range(20))
def test_loss_and_gradients_of_random_language_models(cell: str, seed: int) -> None:
    dice = np.random.default_rng((seed, 17))
    lesson, settings = language_model(
        cell=cell, seed=seed, corpus_size=int(dice.integers(8, 20)), hidden=int(dice.integers(1, 4)),
        embedding=int(dice.integers(1, 4)), batch=int(dice.integers(1, 4)), time_size=int(dice.integers(1, 5)),
        time_layers=bool(dice.integers(2)), init="normal", optimizer="sgd", learning_rate=0.5, clip=0,
    )  # fmt: skip
    run = Run(lesson, settings)
    for _ in run.advance(2):
        pass
    start, batch = run.state(2), batch_of(lesson, settings, 2)
    assert any(np.any(state) for state in start.states.values())
    tape, _ = record_iteration(lesson, settings, start, 2)
    p = dict(start.parameters)
    assert float(tape.steps[tape.loss].value) == pytest.approx(loss(cell, p, batch, start.states).real, rel=1e-12)
    for step in tape.steps:
        if step.symbol in p and step.operation is None:
            expected = derivative(cell, p, step.symbol, batch, start.states)
            gradient = tape.gradient(step.index)
            assert gradient is not None
            np.testing.assert_allclose(gradient, expected, rtol=1e-10, atol=1e-10 * np.abs(expected).max())
