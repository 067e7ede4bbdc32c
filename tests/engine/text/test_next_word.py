"""Next-word probabilities for a typed prefix."""

import pytest

from engine.text.corpus import CorpusError
from engine.text.next_word import predict
from engine.text.tokens import END
from engine.training.run import Run
from tests.engine.text.text_lesson import language_model, trained


def test_the_likeliest_words_come_first() -> None:
    told = predict(*trained(60), "the girl", most=5)
    assert told.prefix == ("the", "girl")
    assert len(told.guesses) == 5
    chances = [guess.probability for guess in told.guesses]
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) < 1
    assert all(guess.true is not None for guess in told.guesses)


def test_all_guesses_add_up_to_one() -> None:
    told = predict(*trained(60), "yesterday", most=10_000)
    assert sum(guess.probability for guess in told.guesses) == pytest.approx(1)
    assert sum(guess.true or 0.0 for guess in told.guesses) == pytest.approx(1)


def test_it_goes_on_to_the_end_of_the_line() -> None:
    told = predict(*trained(60), "", longest=30)
    assert told.prefix == ()
    assert told.going_on[0] == told.guesses[0].word
    assert told.going_on[-1] == END or len(told.going_on) == 30
    longer = predict(*trained(60), " ".join(told.going_on[:3]))
    assert longer.going_on[0] == told.going_on[3]


def test_unknown_words_are_told() -> None:
    lesson, settings, parameters = trained(60)
    with pytest.raises(CorpusError, match=r"Not in the vocabulary: unicorn, zebra\."):
        predict(lesson, settings, parameters, "the unicorn zebra unicorn")
    with pytest.raises(CorpusError, match="too long"):
        predict(lesson, settings, parameters, "the " * 2000)


def test_with_a_place_for_the_unknown_it_reads_on() -> None:
    lesson, settings = language_model(vocabulary=50, corpus_size=2000, hidden=8)
    told = predict(lesson, settings, Run(lesson, settings).state(0).parameters, "the unicorn")
    assert told.unknown == ("unicorn",)
    assert told.guesses[0].true is None


@pytest.mark.parametrize("time_layers", [False, True])
@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
def test_every_cell_can_be_asked(cell: str, time_layers: bool) -> None:
    lesson, settings = language_model(cell=cell, layers=2, corpus_size=2000, hidden=6, time_layers=time_layers)
    told = predict(lesson, settings, Run(lesson, settings).state(0).parameters, "the")
    assert 0 < told.guesses[0].probability < 0.2
