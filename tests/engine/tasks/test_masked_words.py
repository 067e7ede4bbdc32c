"""One word of a sentence is hidden; only there is anything asked; two directions know more than one."""

from pathlib import Path

import numpy as np
import pytest

from engine.lesson import lesson_named
from engine.randomness import generator
from engine.settings import Settings
from engine.task import Batch
from engine.tasks.masked_words import LONGEST, MASK, MaskedWords
from engine.tasks.text import corpus_of
from engine.text.hidden_word import expected_hidden
from engine.text.tokens import END
from engine.training.run import Run

TASK = MaskedWords()


def settings_of(**values: object) -> Settings:
    return lesson_named("masked-words").settings.changed(**values)


def drawn(settings: Settings, iteration: int = 0) -> Batch:
    return TASK.batch(settings, generator(0, "batch", iteration), iteration)


def test_exactly_one_word_is_hidden_and_asked_for() -> None:
    settings = settings_of(batch=50)
    batch, names = drawn(settings), TASK.input_names(settings)
    x, d = batch.inputs["x"], batch.targets["d"]
    hidden = x == len(names) - 1
    assert names[-1] == MASK
    assert (hidden.sum(axis=0) == 1).all()
    assert ((d >= 0) == hidden).all()
    sentence, real = batch.about["sentence"].T, batch.about["sentence"].T >= 0
    assert (np.where(hidden, d, x)[real] == sentence[real]).all()
    assert batch.mask is not None
    assert (batch.mask == real).all()
    assert (batch.about["place"] == hidden.argmax(axis=0)).all()


def test_sentences_are_whole_lines_of_the_text() -> None:
    settings = settings_of(batch=30)
    text, batch = corpus_of(settings), drawn(settings)
    lines = " ".join(text.vocabulary.read(text.training)).split(f" {END} ")
    for ids in batch.about["sentence"]:
        assert " ".join(text.vocabulary.read(ids[ids >= 0])) in lines


def test_every_place_is_hidden_at_times() -> None:
    settings = settings_of(batch=600)
    batch = drawn(settings)
    lengths = (batch.about["sentence"] >= 0).sum(axis=1)
    assert {(length, place) for length, place in zip(lengths, batch.about["place"], strict=True) if length == 5} == {
        (5, place) for place in range(5)
    }


@pytest.mark.parametrize("text", ["a b c " * 40, "one two", "a b\nc\nd e f\n"])
def test_a_file_of_any_shape(tmp_path: Path, text: str) -> None:
    file = tmp_path / "text.txt"
    file.write_text(text, encoding="utf-8")
    settings = settings_of(text_file=str(file), corpus_size=0, batch=5)
    for batch in (drawn(settings), TASK.examination(settings, np.random.default_rng(0))):
        assert 1 <= batch.length <= LONGEST
        assert ((batch.targets["d"] >= 0).sum(axis=0) == 1).all()


def test_what_the_grammar_expects_in_the_gap() -> None:
    text = corpus_of(settings_of())
    sentence = ["yesterday", "the", "girl", "saw", "herself", "in", "the", "mirror"]
    assert expected_hidden(text, sentence, 3).keys() == {"saw", "painted"}  # type: ignore[union-attr]
    found = expected_hidden(text, sentence, 0)
    assert found == pytest.approx({"yesterday": 1.0})
    subject = expected_hidden(text, sentence, 2)
    assert subject is not None
    assert sum(subject.values()) == pytest.approx(1)
    assert {"girl", "queen"} <= subject.keys()
    assert "boy" not in subject
    assert expected_hidden(text, ["mirror", "the"], 0) == {}


def test_a_guess_is_right_where_the_hidden_word_is_likeliest() -> None:
    settings = settings_of(batch=4)
    batch = drawn(settings)
    told = np.full((*batch.targets["d"].shape, len(TASK.answer_names(settings))), 0.001)
    for row, place in enumerate(batch.about["place"][:3]):
        told[place, row, batch.targets["d"][place, row]] = 0.9
    told[batch.about["place"][3], 3, (batch.targets["d"][batch.about["place"][3], 3] + 1) % 9] = 0.9
    score = TASK.score(told, batch)
    assert (score.right, score.count) == (3, 4)
    assert score.mean_loss == pytest.approx((3 * -np.log(0.9) - np.log(0.001)) / 4)
    assert TASK.measures(score)["perplexity"] == pytest.approx(np.exp(score.mean_loss))
    assert MASK in TASK.report(told, batch)[0]


def test_both_sides_tell_more_than_one() -> None:
    """After a short training, the mean loss of the last iterations."""
    losses = {}
    for both in (True, False):
        lesson = lesson_named("masked-words")
        values = {"corpus_size": 4000, "hidden": 12, "batch": 24, "learning_rate": 0.02, "dtype": "float32"}
        run = Run(lesson, lesson.settings.changed(bidirectional=both, **values))
        for _ in run.advance(120):
            pass
        losses[both] = float(np.mean(run.history.losses[-30:]))
    assert losses[True] < 0.8 * losses[False]
