"""Strings of as many b as a."""

import numpy as np

from engine.task import TASKS
from tests.engine.tasks.drawn import drawn, examined

TASK = TASKS["a_n_b_n"]


def test_the_marks_are_what_may_follow() -> None:
    batch = drawn("a_n_b_n", longest=3, batch=30)
    told = {}
    for row, n in enumerate(batch.about["n"]):
        ids = batch.inputs["x"][: 2 * n + 1, row].argmax(axis=-1)
        assert "".join("Sab"[i] for i in ids) == "S" + "a" * n + "b" * n
        marks = batch.targets["d"][: len(ids), row]
        told[int(n)] = ["".join("Sab"[i] for i in np.flatnonzero(mark)) for mark in marks]
    assert told == {
        1: ["a", "ab", "S"],
        2: ["a", "ab", "ab", "b", "S"],
        3: ["a", "ab", "ab", "ab", "b", "b", "S"],
    }


def test_the_examination_counts_how_far_the_network_counts() -> None:
    batch = examined("a_n_b_n")
    assert batch.about["n"].tolist() == list(range(1, 101))
    told = batch.targets["d"].copy()
    told[:, 60:] = 0.0
    assert TASK.score(told, batch).right == 60
    assert TASK.report(batch.targets["d"], batch) == ["n = 1: told the end after 1 b"]
