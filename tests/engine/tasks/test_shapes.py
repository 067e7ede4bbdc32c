"""Captions of shapes and questions about them, as tasks."""

import numpy as np
import pytest

from engine.images.scenes import EXAMINED
from engine.task import TASKS
from tests.engine.tasks.drawn import drawn, examined, settings_of

BOTH = ("shape_captions", "shape_questions")


@pytest.mark.parametrize("name", BOTH)
def test_a_batch_can_be_repeated(name: str) -> None:
    one, again, other = drawn(name), drawn(name), drawn(name, iteration=1)
    for key, value in one.inputs.items():
        np.testing.assert_array_equal(value, again.inputs[key])
    assert (one.inputs["X"] != other.inputs["X"]).any()
    assert one.inputs["X"].shape == (1, 32, 3, 12, 12)
    assert drawn(name, image_size=8, batch=2, dtype="float32").inputs["X"].dtype == np.float32


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize("words", ["english", "japanese"])
def test_sizes_hold_for_all_data(name: str, words: str) -> None:
    task, batch = TASKS[name], examined(name, words=words)
    settings = settings_of(task, words=words)
    sizes = task.sizes(settings)
    (d,) = batch.targets.values()
    assert d.max() == sizes.outputs - (2 if name == "shape_captions" else 1)  # a start is never an answer
    assert batch.inputs["X"].shape[2:] == sizes.image
    assert batch.size == EXAMINED
    if name == "shape_questions":
        assert batch.length == sizes.length
        assert batch.inputs["x"].max() == sizes.inputs - 1
        assert batch.mask is not None
        np.testing.assert_array_equal(batch.mask > 0, batch.inputs["x"] >= 0)
    else:
        assert len(d) == sizes.length


def test_captions_end_and_are_judged_as_wholes() -> None:
    task, batch = TASKS["shape_captions"], drawn("shape_captions", batch=4)
    d = batch.targets["d"]
    for column in d.T:
        asked = column[column >= 0]
        assert asked[-1] == 0
        assert (asked[:-1] > 0).all()
    outputs = np.eye(int(batch.about["words"].shape[1]))[np.maximum(d, 0)]
    assert task.score(outputs, batch).right == 4
    assert all("not:" not in line for line in task.report(outputs, batch))
    outputs[0, 1] = np.roll(outputs[0, 1], 2)
    outputs[d[:, 0] < 0, 0] = np.nan  # after the end nothing is asked
    assert task.score(outputs, batch).right == 3
    told = task.report(outputs, batch)
    assert len(told) == 3
    assert "(not: a " in told[1]


def test_questions_of_one_kind() -> None:
    for kind, answers in {"number": {"one", "two"}, "existence": {"yes", "no"}}.items():
        batch = drawn("shape_questions", questions=kind)
        names = batch.about["words"][0]
        assert {str(names[one]) for one in batch.targets["d"][0]} == answers
        assert set(batch.about["kind"]) == {kind}


def test_answers_are_reported_with_their_questions() -> None:
    task, batch = TASKS["shape_questions"], drawn("shape_questions", batch=4)
    outputs = np.eye(int(batch.about["words"].shape[1]))[batch.targets["d"]]
    assert task.score(outputs, batch).right == 4
    question = str(batch.about["texts"][0])
    assert task.report(outputs, batch)[0].startswith(f"{question} -> ")
    outputs[0, 0] = np.roll(outputs[0, 0], 1)
    assert "(not: " in task.report(outputs, batch)[0]
