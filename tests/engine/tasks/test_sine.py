"""The next value of a wave."""

import numpy as np

from engine.task import TASKS
from tests.engine.tasks.drawn import drawn

TASK = TASKS["sine"]


def test_the_target_is_the_next_input_and_a_wave() -> None:
    batch = drawn("sine", length=30, period=10.0, batch=3)
    x, d = batch.inputs["x"], batch.targets["d"]
    np.testing.assert_array_equal(x[1:], d[:-1])
    np.testing.assert_allclose(d[10:], d[:-10], atol=1e-12)
    np.testing.assert_allclose(x[1:-1] * 2 * np.cos(2 * np.pi / 10), x[2:] + x[:-2], atol=1e-12)


def test_noise_is_on_the_input_alone() -> None:
    clean, noisy = (drawn("sine", noise=noise) for noise in (0.0, 0.5))
    np.testing.assert_array_equal(clean.targets["d"], noisy.targets["d"])
    assert 0.3 < np.std(noisy.inputs["x"] - clean.inputs["x"]) < 0.7


def test_the_second_half_is_judged() -> None:
    batch = drawn("sine", batch=4)
    answer = batch.targets["d"].copy()
    answer[:5] += 1.0
    answer[-1, 0] += 0.2
    score = TASK.score(answer, batch)
    assert score.right == 3
    assert 0 < TASK.measures(score)["mean squared error"] < 0.01
