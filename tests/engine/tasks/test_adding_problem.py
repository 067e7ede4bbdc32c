"""Two marked numbers and their sum."""

import numpy as np
import pytest

from engine.task import TASKS
from engine.tasks.adding_problem import BASELINE
from tests.engine.tasks.drawn import drawn, examined

TASK = TASKS["adding_problem"]


@pytest.mark.parametrize("length", [2, 3, 20, 101])
def test_the_target_is_the_sum_of_the_marked_values_one_in_each_half(length: int) -> None:
    batch = drawn("adding_problem", length=length, batch=50)
    values, marks = batch.inputs["x"][..., 0], batch.inputs["x"][..., 1]
    assert marks.shape == (length, 50)
    assert (marks[: length // 2].sum(axis=0) == 1).all()
    assert (marks[length // 2 :].sum(axis=0) == 1).all()
    np.testing.assert_allclose(batch.targets["d"][0, :, 0], (values * marks).sum(axis=0))


def test_who_always_answers_one_is_off_by_the_baseline() -> None:
    batch = examined("adding_problem", length=10)
    score = TASK.score(np.ones_like(batch.targets["d"]), batch)
    measures = TASK.measures(score)
    assert measures["mean squared error"] == pytest.approx(BASELINE, abs=0.02)
    assert score.accuracy < 0.2


def test_right_is_what_is_near() -> None:
    batch = drawn("adding_problem", length=10, batch=3)
    near = batch.targets["d"] + np.array([[[0.039], [0.041], [-0.039]]])
    assert TASK.score(near, batch).right == 2
    assert TASK.score(near * np.nan, batch).right == 0
