"""The data of exercise 3_1, and how an answer is judged."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.lesson import lesson_named
from engine.randomness import generator
from engine.settings import Settings
from engine.task import TASKS, Batch
from engine.tasks.binary_addition import read_number

LESSON = lesson_named("binary-addition")
TASK = TASKS["binary_addition"]


def settings(**values: object) -> Settings:
    return LESSON.settings.changed(**values)


def numbers(bits: np.ndarray) -> list[int]:
    """Rows of bits (T, N), lowest first, as numbers."""
    return [sum(int(bit) << place for place, bit in enumerate(column)) for column in bits.T]


@given(bits=st.integers(2, 62), batch=st.integers(1, 5), seed=st.integers(0, 1000))
def test_targets_are_the_sums(bits: int, batch: int, seed: int) -> None:
    drawn = TASK.batch(settings(bits=bits, batch=batch), generator(seed, "batch"))
    x, d = drawn.inputs["x"], drawn.targets["d"]
    assert x.shape == (bits, batch, 2)
    assert d.shape == (bits, batch, 1)
    a, b, total = numbers(x[:, :, 0]), numbers(x[:, :, 1]), numbers(d[:, :, 0])
    assert total == [one + other for one, other in zip(a, b, strict=True)]
    assert a == drawn.about["a"].tolist()
    assert b == drawn.about["b"].tolist()
    assert max(a + b) < 1 << (bits - 1)


def test_the_examination_holds_every_pair_once() -> None:
    batch = TASK.examination(settings(), generator(0, "examination"))
    pairs = set(zip(batch.about["a"].tolist(), batch.about["b"].tolist(), strict=True))
    assert len(pairs) == batch.size == 16_384


def test_more_bits_are_examined_by_a_choice() -> None:
    assert TASK.examination(settings(bits=16), generator(0, "examination")).size == 16_384


def test_every_iteration_has_data_of_its_own_and_always_the_same() -> None:
    first, again, other = (
        TASK.batch(settings(bits=30), generator(0, "batch", iteration)) for iteration in (7, 7, 8)
    )
    np.testing.assert_array_equal(first.inputs["x"], again.inputs["x"])
    assert not np.array_equal(first.inputs["x"], other.inputs["x"])


def perfect(batch: Batch) -> np.ndarray:
    return batch.targets["d"].copy()


def test_one_wrong_bit_makes_a_sum_wrong() -> None:
    batch = TASK.examination(settings(bits=4), generator(0, "examination"))
    outputs = perfect(batch)
    assert TASK.score(outputs, batch).accuracy == 1.0
    assert TASK.score(outputs, batch).mean_loss == 0.0
    outputs[2, 5, 0] = 1.0 - outputs[2, 5, 0]
    score = TASK.score(outputs, batch)
    assert (score.right, score.count) == (batch.size - 1, batch.size)
    assert score.mean_loss == pytest.approx(0.5 / batch.size)


def test_a_half_counts_as_zero_as_in_the_exercise() -> None:
    assert read_number(np.array([0.5, 1.0])) == 2
    batch = TASK.examination(settings(bits=2), generator(0, "examination"))
    halves = np.full_like(batch.targets["d"], 0.5)
    assert TASK.score(halves, batch).right == 1  # 0 + 0
    assert TASK.score(halves, batch).mean_loss == pytest.approx(2 * 0.125)


def test_what_is_not_finite_is_no_number_and_no_right_sum() -> None:
    assert read_number(np.array([np.nan, 1.0])) is None
    batch = TASK.batch(settings(), generator(0, "batch"))
    outputs = np.full_like(batch.targets["d"], np.nan)
    assert TASK.score(outputs, batch).right == 0
    assert TASK.report(outputs, batch)[0] == "Pred: [? ? ? ? ? ? ? ?]"


def test_the_report_reads_as_the_exercise_prints_it() -> None:
    batch = TASK.batch(settings(), generator(0, "batch"))
    a, b = int(batch.about["a"][0]), int(batch.about["b"][0])
    bits = " ".join(f"{a + b:08b}")
    assert TASK.report(perfect(batch), batch) == [f"Pred: [{bits}]", f"True: [{bits}]", f"{a} + {b} = {a + b}"]
