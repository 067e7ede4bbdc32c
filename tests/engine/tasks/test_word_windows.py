"""Windows of a text, negative sampling, and that training on them makes analogies come out right."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.analysis.word_vectors import WordVectors
from engine.lesson import lesson_named
from engine.randomness import generator
from engine.settings import Settings
from engine.task import Answer, Batch
from engine.tasks.word_windows import WordWindows
from engine.text.negative_sampling import negatives, noise
from engine.text.relations import Analogy, analogies, relations
from engine.text.windows import one_of, windows
from engine.training.run import Run

END = 9
TEXT = np.array([1, 2, END, 3, 4, 5, 6, END, 7])


def settings_of(**values: object) -> Settings:
    return lesson_named("word2vec-cbow").settings.changed(**values)


def drawn(iteration: int = 0, **values: object) -> Batch:
    return WordWindows().batch(settings_of(**values), generator(0, "batch", iteration), iteration)


def examined(**values: object) -> Batch:
    return WordWindows().examination(settings_of(**values), generator(0, "examination"))


def by_hand(place: int, reach: int) -> list[int]:
    """Walk from the place to each side; the end of a line is seen, nothing beyond it."""
    sides = []
    for step in (-1, 1):
        side, at = [-1] * reach, place
        for number in range(reach):
            at += step
            if not 0 <= at < len(TEXT):
                break
            side[number] = int(TEXT[at])
            if TEXT[at] == END:
                break
        sides.append(side)
    return [*reversed(sides[0]), *sides[1]]


@pytest.mark.parametrize("reach", [1, 2, 3, 12])
def test_windows_end_with_the_line(reach: int) -> None:
    found = windows(TEXT, np.arange(len(TEXT)), reach, END)
    assert found.tolist() == [by_hand(place, reach) for place in range(len(TEXT))]


def test_windows_of_a_text_without_lines_go_on() -> None:
    assert windows(TEXT, np.array([0, 4]), 2, None).tolist() == [[-1, -1, 2, 9], [9, 3, 5, 6]]


def test_one_of_a_window_is_any_of_its_words() -> None:
    around = np.tile([-1, 4, -1, 5, 6], (3000, 1))
    counts = np.bincount(one_of(around, np.random.default_rng(0)), minlength=7)
    assert counts[:4].sum() == 0
    assert counts[4:] == pytest.approx([1000, 1000, 1000], abs=120)


def test_wrong_words_are_never_the_right_one_and_as_frequent_as_they_should_be() -> None:
    shares = noise(np.repeat([0, 1, 2, 4], [1, 16, 81, 256]), 5)
    assert shares * (1 + 8 + 27 + 64) == pytest.approx([1, 8, 27, 0, 64])
    right = np.repeat(np.arange(5), 2000)
    found = negatives(shares, right, 4, np.random.default_rng(1)).reshape(5, -1)
    for word, drawn_for in enumerate(found):
        expected = np.where(np.arange(5) == word, 0, shares)
        counts = np.bincount(drawn_for, minlength=5)
        assert counts[expected == 0].sum() == 0
        assert counts / 8000 == pytest.approx(expected / expected.sum(), abs=0.025)


def test_where_there_is_no_other_word_there_is_no_wrong_one() -> None:
    found = negatives(noise(np.zeros(5, int), 1), np.zeros(2, int), 3, np.random.default_rng(0))
    assert (found == -1).all()


def test_cbow_reads_what_stands_around_and_skip_gram_the_word() -> None:
    cbow = drawn(window=2, batch=5, direction="cbow")
    assert cbow.inputs["x"].shape == (1, 5, 4)
    assert (cbow.inputs["x"][0] == cbow.about["around"]).all()
    assert (cbow.targets["d"][0] == cbow.about["middle"]).all()
    skip = drawn(window=2, batch=50, direction="skip-gram")
    assert (skip.inputs["x"][0] == skip.about["middle"]).all()
    assert (skip.targets["d"][0][:, np.newaxis] == skip.about["around"]).any(axis=1).all()


def test_candidates_begin_with_the_right_word() -> None:
    values: dict[str, Any] = {"window": 2, "batch": 40, "output": "negative-sampling", "negatives": 7}
    batch = drawn(**values)
    candidates, marks = batch.inputs["k"][0], batch.targets["d"][0]
    assert candidates.shape == marks.shape == (40, 8)
    assert (candidates[:, 0] == batch.about["middle"]).all()
    assert (candidates[:, 1:] != candidates[:, :1]).all()
    assert (marks == [1, *[0] * 7]).all()
    sizes = WordWindows().sizes(settings_of(**values))
    assert (sizes.answer, sizes.outputs) == (Answer.MARKS, 8)
    again, other = drawn(**values), drawn(iteration=1, **values)
    assert (again.inputs["k"] == batch.inputs["k"]).all()
    assert (other.inputs["k"] != batch.inputs["k"]).any()


def test_a_file_of_ones_own(tmp_path: Path) -> None:
    file = tmp_path / "text.txt"
    file.write_text("the dog sleeps\nthe cat sleeps\n" * 8, encoding="utf-8")
    batch = examined(text_file=str(file), corpus_size=0, window=1)
    words = batch.about["words"][0]
    seen = {words[middle]: {words[one] for one in around if one >= 0}
            for middle, around in zip(batch.about["middle"], batch.about["around"], strict=True)}  # fmt: skip
    assert seen["cat"] == {"the", "sleeps"}
    file.write_text("same same", encoding="utf-8")
    batch = drawn(text_file=str(file), output="negative-sampling", batch=3)
    assert (batch.inputs["k"][0, :, 1:] == -1).all()


@pytest.mark.parametrize("corpus", ["english-relations", "japanese-relations"])
def test_the_words_of_all_relations_are_in_the_text(corpus: str) -> None:
    words = set(WordWindows().input_names(settings_of(corpus=corpus)))
    assert {word for pairs in relations(corpus) for pair in pairs for word in pair} <= words
    assert len(analogies(corpus)) == 324
    assert not relations("english")
    assert not analogies("english")


def test_an_analogy_of_every_two_pairs_both_ways() -> None:
    found = analogies("english-relations")
    assert Analogy("man", "woman", "king", "queen") in found
    assert Analogy("queen", "king", "girl", "boy") in found
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("lesson", "iterations", "least"), [("word2vec-cbow", 400, 290), ("word2vec-skip-gram", 900, 190)]
)
def test_analogies_come_out_right_after_a_short_training(lesson: str, iterations: int, least: int) -> None:
    opened = lesson_named(lesson)
    run = Run(opened, opened.settings.changed(dtype="float32"))
    words = opened.task.input_names(opened.settings)  # type: ignore[attr-defined]
    ids = {word: number for number, word in enumerate(words)}
    asked = np.array([[ids[word] for word in (one.a, one.b, one.c, one.d)] for one in analogies("english-relations")])
    before = WordVectors(words, run.state(0).parameters["W_in"]).right_of(asked)
    for _ in run.advance(iterations):
        pass
    after = WordVectors(words, run.state(iterations).parameters["W_in"]).right_of(asked)
    assert before < 10
    assert after >= least
