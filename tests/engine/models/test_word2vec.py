"""word2vec: gradients against differences, which rows get one, and that the same words are drawn again."""

import numpy as np
import pytest

from engine.analysis.gradient_check import check_gradients
from engine.lesson import lesson_named
from engine.tape import Tape
from engine.training.run import Run


def run_of(**values: object) -> Run:
    lesson = lesson_named("word2vec-cbow")
    small = {"corpus_size": 60, "embedding": 3, "embedding_std": 1.0, "batch": 4, "window": 2}
    return Run(lesson, lesson.settings.changed(**small, **values))


def entry(tape: Tape, symbol: str) -> int:
    return next(step.index for step in tape if step.symbol == symbol)


@pytest.mark.parametrize("direction", ["cbow", "skip-gram"])
@pytest.mark.parametrize("output", ["full-softmax", "negative-sampling"])
def test_gradients_agree_with_differences(direction: str, output: str) -> None:
    report = check_gradients(run_of(direction=direction, output=output, negatives=3).tape(0))
    assert report.agrees
    assert {check.name for check in report.parameters} == {"W_in", "W_out"}
    assert max(check.whole.error for check in report.parameters) < 1e-6


@pytest.mark.parametrize("direction", ["cbow", "skip-gram"])
def test_only_rows_that_took_part_get_a_gradient(direction: str) -> None:
    tape = run_of(direction=direction, output="negative-sampling", negatives=2).tape(0)
    for table, ids in (("W_in", "x"), ("W_out", "k")):
        gradient = tape.gradient(entry(tape, table))
        assert gradient is not None
        used = np.unique(tape[entry(tape, ids)].value)
        reached = np.flatnonzero(np.abs(gradient).any(axis=1))
        assert reached.tolist() == used[used >= 0].tolist()
        assert len(reached) < len(gradient)


def test_the_mean_is_over_the_words_that_there_are() -> None:
    tape = run_of().tape(0)
    words, table, h = (tape[entry(tape, symbol)].value for symbol in ("x", "W_in", "h"))
    assert (words < 0).any()
    for row, line in enumerate(words):
        assert h[row] == pytest.approx(table[line[line >= 0]].mean(axis=0))


def test_an_iteration_made_again_has_the_same_wrong_words() -> None:
    run = run_of(direction="skip-gram", output="negative-sampling")
    first = [run.next_iteration() for _ in range(3)][1]
    again = run.tape(1)
    assert len(first) == len(again)
    assert all(np.array_equal(one.value, other.value) for one, other in zip(first, again, strict=True))
    assert not np.array_equal(first[entry(first, "k")].value, run.tape(2)[entry(first, "k")].value)
