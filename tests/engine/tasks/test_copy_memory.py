"""Symbols, nothing, a sign, and the symbols again."""

import numpy as np
import pytest

from engine.scoring import one_hot
from engine.task import TASKS
from tests.engine.tasks.drawn import drawn

TASK = TASKS["copy"]


@pytest.mark.parametrize(("copied", "delay"), [(1, 0), (3, 5), (4, 0), (2, 30)])
def test_what_came_first_is_asked_for_after_the_sign(copied: int, delay: int) -> None:
    batch = drawn("copy", copied=copied, delay=delay, symbols=5, batch=6)
    ids, targets = batch.inputs["x"].argmax(axis=-1), batch.targets["d"]
    assert ids.shape == targets.shape == (2 * copied + delay, 6)
    assert (ids[-copied] == 6).all()
    assert (ids[copied:-copied] == 5).all()
    assert (targets[:-copied] == -1).all()
    np.testing.assert_array_equal(targets[-copied:], ids[:copied])


def test_one_wrong_symbol_makes_a_sequence_wrong() -> None:
    batch = drawn("copy", batch=3)
    said = one_hot(np.maximum(batch.targets["d"], 0), 4, np.dtype(float)) * 0.9 + 0.025
    assert TASK.score(said, batch).right == 3
    said[-1, 1] = np.roll(said[-1, 1], 1)
    assert TASK.score(said, batch).right == 2
    said[0] = np.nan  # nothing is asked there
    assert TASK.score(said, batch).right == 2
