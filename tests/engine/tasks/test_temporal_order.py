"""The order of the symbols that matter."""

import numpy as np
import pytest

from engine.scoring import one_hot
from engine.task import TASKS
from engine.tasks.temporal_order import SYMBOLS, class_name
from tests.engine.tasks.drawn import drawn

TASK = TASKS["temporal_order"]


@pytest.mark.parametrize("relevant", [2, 3])
@pytest.mark.parametrize("length", [10, 50, 101])
def test_the_class_is_the_order_in_which_x_and_y_stand(length: int, relevant: int) -> None:
    batch = drawn("temporal_order", length=length, relevant=relevant, batch=60)
    classes = set()
    for row, symbols in enumerate(batch.about["symbols"]):
        text = "".join(SYMBOLS[symbol] for symbol in symbols)
        assert text[0] == "E"
        assert text[-1] == "B"
        answer = int(batch.targets["d"][0, row])
        assert "".join(letter for letter in text if letter in "XY") == class_name(answer, relevant)
        classes.add(answer)
    assert classes == set(range(2**relevant))
    np.testing.assert_array_equal(batch.inputs["x"].argmax(axis=-1).T, batch.about["symbols"])


def test_the_likeliest_class_is_the_answer() -> None:
    batch = drawn("temporal_order", batch=4)
    right = one_hot(batch.targets["d"], 8, np.dtype(float)) * 0.9 + 0.0125
    assert TASK.score(right, batch).right == 4
    assert TASK.score(right[:, ::-1], batch).right < 4
    assert TASK.report(right, batch)[0].endswith("answer " + class_name(int(batch.targets["d"][0, 0]), 3))
