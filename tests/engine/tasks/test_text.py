"""The task of language modelling: batches that follow one another, perplexity, what is reported."""

import math
from pathlib import Path

import numpy as np
import pytest

from engine.analysis.series import outputs
from engine.errors import FileError, SettingError
from engine.lesson import lesson_named
from engine.randomness import generator
from engine.settings import Settings
from engine.task import TASKS, Answer, Batch
from engine.tasks.text import corpus_of, likeliest, perplexity
from engine.training.examination import examine
from engine.training.iteration import batch_of, record_forward
from engine.training.run import Run
from tests.engine.text.text_lesson import language_model, trained

TASK = TASKS["text"]


def settings(**values: object) -> Settings:
    return language_model(**values)[1]


def test_rows_begin_at_even_distances_and_go_on() -> None:
    """As the book has it: jump = data_size // batch_size, one place further each time step, round and round."""
    chosen = settings(corpus_size=1000, batch=10, time_size=5)
    text = corpus_of(chosen)
    xs, ts = text.training[:-1], text.training[1:]
    jump, place = 999 // 10, 0
    for iteration in range(45):
        batch = TASK.batch(chosen, generator(0, "batch", iteration), iteration)
        for t in range(5):
            expected = [(row * jump + place) % 999 for row in range(10)]
            assert batch.inputs["x"][t].tolist() == xs[expected].tolist()
            assert batch.targets["d"][t].tolist() == ts[expected].tolist()
            place += 1


@pytest.mark.parametrize(("size", "batch", "length"), [(1, 2, 3), (2, 1, 1), (3, 7, 2), (10, 3, 30)])
def test_a_text_shorter_than_a_batch_is_read_again(size: int, batch: int, length: int) -> None:
    chosen = settings(corpus_size=size, batch=batch, time_size=length)
    assert TASK.batch(chosen, generator(0, "batch"), 3).inputs["x"].shape == (length, batch)


def test_a_text_is_read_once() -> None:
    """A batch costs microseconds, for the text is there already."""
    first = corpus_of(settings(corpus_size=20_000))
    assert corpus_of(settings(corpus_size=20_000, batch=3, time_size=35, hidden=9)) is first
    batch = TASK.batch(settings(corpus_size=20_000), generator(0, "batch"), 5)
    assert batch.about["words"].base is not None  # a view of the vocabulary, not a copy for every row


def test_sizes_are_the_vocabularys() -> None:
    sizes = TASK.sizes(settings(corpus_size=4000, time_size=7))
    assert sizes.inputs == sizes.outputs == len(corpus_of(settings(corpus_size=4000)).vocabulary)
    assert (sizes.length, sizes.answer, sizes.vocabulary, sizes.carries_state) == (7, Answer.CLASSES, True, True)


def test_the_score_is_the_perplexity() -> None:
    ids = np.array([[0, 1], [2, 0]])
    given = np.full((2, 2, 4), 0.1)
    np.put_along_axis(given, ids[..., np.newaxis], 0.7, axis=-1)
    given[1, 1] = [0.2, 0.4, 0.2, 0.2]
    score = TASK.score(given, Batch({"x": ids}, {"d": ids}))
    assert (score.right, score.count) == (3, 4)
    assert TASK.measures(score)["perplexity"] == pytest.approx((0.7**3 * 0.2) ** -0.25)
    uniform = TASK.score(np.full((2, 2, 4), 0.25), Batch({"x": ids}, {"d": ids}))
    assert TASK.measures(uniform)["perplexity"] == pytest.approx(4)


def test_numbers_that_are_not_finite_are_survived() -> None:
    ids = np.zeros((1, 1), dtype=int)
    for value, expected in ((math.nan, math.isnan), (0.0, math.isinf)):
        score = TASK.score(np.full((1, 1, 3), value), Batch({"x": ids}, {"d": ids}))
        assert expected(TASK.measures(score)["perplexity"])
    assert perplexity(1e9) == math.inf
    assert likeliest(np.array([math.nan, 0.1, 0.9]), 2).tolist() == [2, 1]


def test_the_loss_of_the_model_is_the_score() -> None:
    lesson, chosen, parameters = trained(60)
    batch = batch_of(lesson, chosen, 3)
    tape = record_forward(lesson, chosen, parameters, batch)
    assert TASK.score(outputs(tape), batch).mean_loss == pytest.approx(float(tape.steps[tape.loss].value))


def test_states_are_carried_from_iteration_to_iteration() -> None:
    """Without an update, two iterations of 5 steps are one of 10 steps."""
    values = {"corpus_size": 300, "batch": 3, "learning_rate": 0.0, "hidden": 8}
    lesson, short = language_model(time_size=5, **values)
    run = Run(lesson, short)
    halves = [outputs(run.next_iteration()) for _ in range(2)]
    whole = outputs(Run(lesson, short.changed(time_size=10)).next_iteration())
    assert np.concatenate(halves) == pytest.approx(whole, rel=1e-12)


def test_a_little_training_comes_nearer_to_the_floor() -> None:
    lesson, chosen, parameters = trained(60)
    text = corpus_of(chosen)
    score = examine(lesson, chosen, parameters)
    assert score.count > 0.9 * len(text.held_out)
    assert text.floor is not None
    assert math.exp(text.floor) < TASK.measures(score)["perplexity"] < 40 < len(text.vocabulary) - 60


def test_the_report_tells_what_is_foretold() -> None:
    lesson, chosen, parameters = trained(60)
    batch = batch_of(lesson, chosen, 0)
    lines = TASK.report(outputs(record_forward(lesson, chosen, parameters, batch)), batch)
    assert [line.split(":")[0] for line in lines] == ["Text", "Next", "True", "Perplexity"]
    assert "(floor 4.04)" in lines[-1]
    japanese = chosen.changed(corpus="japanese", tokens="character")
    uniform = np.full((12, 20, TASK.sizes(japanese).outputs), 0.01)
    shown = TASK.report(uniform, TASK.batch(japanese, generator(0, "batch")))
    assert " " not in shown[0].removeprefix("Text: ").removesuffix(" …").replace(" <eos> ", "")


@pytest.mark.slow
def test_a_thousand_words_are_learned_by_heart() -> None:
    """The book's first language model, on a text with as many different words as its own (truths: 385 … 402 in the
    first epoch, 97 … 102 in the 50th and 6.8 … 8.5 in the 100th with 415 words; published runs end between 4.9 and 13).
    """
    lesson = lesson_named("thousand-words")
    run = Run(lesson, lesson.settings)
    for _ in run.advance(1900):
        pass
    epochs = np.exp(np.reshape(run.history.losses, (100, 19)).mean(axis=1))
    assert 400 <= TASK.sizes(lesson.settings).inputs <= 440
    assert 350 < epochs[0] < 450
    assert 40 < epochs[49] < 110
    assert 4 < epochs[99] < 13
    score = examine(lesson, lesson.settings, run.state(1900).parameters)
    assert TASK.measures(score)["perplexity"] > 300


def test_no_more_is_made_up_than_can_be_waited_for() -> None:
    with pytest.raises(SettingError, match="corpus_size must be at most 1000000, not 100000000"):
        TASK.sizes(settings(corpus_size=100_000_000))


def test_a_file_takes_the_place_of_the_grammar(tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_text("a rose is a rose\n" * 30, encoding="utf-8")
    chosen = settings(text_file=str(path))
    assert not chosen.matters("corpus")
    assert corpus_of(chosen).vocabulary.words == ("a", "rose", "is", "<eos>")
    assert TASK.sizes(chosen).inputs == 4
    assert settings().matters("corpus")
    with pytest.raises(FileError, match="absent.txt cannot be read"):
        TASK.sizes(settings(text_file=str(tmp_path / "absent.txt")))
