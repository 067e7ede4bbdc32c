"""Every optimizer against a second derivation: recursions written out as sums over all gradients so far."""

from collections.abc import Callable

import numpy as np
import pytest

from engine.tensor import Array
from engine.training.optimizers import OPTIMIZERS
from engine.training.run import Run
from tests.engine.small_lesson import small

Change = Callable[[list[Array], float], Array]
"""The change of a parameter by all its gradients up to now, the last one newest, and the learning rate."""


def weighted(gradients: list[Array], decay: float) -> Array:
    """Σ_j decay^(k−j) g_j."""
    return np.sum([decay ** (len(gradients) - 1 - j) * g for j, g in enumerate(gradients)], axis=0)


def sgd(g: list[Array], eta: float) -> Array:
    return -eta * g[-1]


def momentum(g: list[Array], eta: float) -> Array:
    return -eta * weighted(g, 0.9)


def adagrad(g: list[Array], eta: float) -> Array:
    return -eta * g[-1] / (np.sqrt(sum(one**2 for one in g)) + 1e-7)


def rmsprop(g: list[Array], eta: float) -> Array:
    return -eta * g[-1] / (np.sqrt(0.01 * weighted([one**2 for one in g], 0.99)) + 1e-7)


def adam(g: list[Array], eta: float) -> Array:
    """With its bias corrections moved into the rate, as the course's book has it; eps is added after the root."""
    k = len(g)
    m, v = 0.1 * weighted(g, 0.9), 0.001 * weighted([one**2 for one in g], 0.999)
    return -eta * np.sqrt(1 - 0.999**k) / (1 - 0.9**k) * m / (np.sqrt(v) + 1e-7)


CHANGES: dict[str, Change] = {
    "sgd": sgd, "momentum": momentum, "adagrad": adagrad, "rmsprop": rmsprop, "adam": adam,
}  # fmt: skip


def run_of(**values: object) -> tuple[Run, dict[str, list[Array]]]:
    """A run of six iterations, and the gradients of each as they were before clipping."""
    run = Run(*small(bias=True, batch=2, **values))
    gradients: dict[str, list[Array]] = {}
    for _ in range(6):
        tape = run.next_iteration()
        for name, index in tape.updates.items():
            gradient = tape.gradient(tape[index].inputs[0].index)
            assert gradient is not None
            gradients.setdefault(name, []).append(gradient)
    return run, gradients


def test_every_optimizer_has_a_second_derivation() -> None:
    assert set(CHANGES) == set(OPTIMIZERS)


@pytest.mark.parametrize("optimizer", sorted(CHANGES))
def test_the_parameters_follow_the_second_derivation(optimizer: str) -> None:
    run, gradients = run_of(optimizer=optimizer, learning_rate=0.03)
    for name, history in gradients.items():
        value = run.state(0).parameters[name]
        for k in range(6):
            value = value + CHANGES[optimizer](history[: k + 1], 0.03)
            np.testing.assert_allclose(run.state(k + 1).parameters[name], value, rtol=1e-10, atol=1e-14)


@pytest.mark.parametrize("threshold", [0.01, 0.2, 1e6])
def test_clipping_shortens_all_gradients_together(threshold: float) -> None:
    run, gradients = run_of(clip=threshold, learning_rate=0.5)
    for k in range(6):
        norm = np.sqrt(sum(float(np.sum(history[k] ** 2)) for history in gradients.values()))
        rate = min(1.0, threshold / norm)
        for name, history in gradients.items():
            change = run.state(k + 1).parameters[name] - run.state(k).parameters[name]
            np.testing.assert_allclose(change, -0.5 * rate * history[k], rtol=1e-9, atol=1e-15)
        assert run.history.gradient_norms[k] == pytest.approx(norm)


def test_clipping_bites_here() -> None:
    run, _ = run_of(clip=0.01)
    assert min(run.history.gradient_norms) > 0.01
