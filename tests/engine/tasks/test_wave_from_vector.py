"""A wave out of a vector."""

import numpy as np

from engine.task import TASKS
from tests.engine.tasks.drawn import drawn

TASK = TASKS["wave_from_vector"]


def test_the_vector_stays_the_same_and_tells_the_wave() -> None:
    batch = drawn("wave_from_vector", length=9, batch=4)
    x, d = batch.inputs["x"], batch.targets["d"]
    assert (x == x[0]).all()
    turns, sine, cosine = x[0].T
    phase = np.arctan2(sine, cosine)
    for t in range(1, 10):
        np.testing.assert_allclose(d[t - 1, :, 0], np.sin(2 * np.pi * turns * t / 9 + phase), atol=1e-12)


def test_one_value_far_off_makes_a_wave_wrong() -> None:
    batch = drawn("wave_from_vector")
    answer = batch.targets["d"].copy()
    answer[3, 1] += 0.25
    answer[4, 2] += 0.15
    assert TASK.score(answer, batch).right == batch.size - 1
