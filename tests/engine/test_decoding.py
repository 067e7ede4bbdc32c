"""Decoding: greedy, sampled and beam search against a search through everything, and against the tape."""

from collections.abc import Iterator
from itertools import product

import numpy as np
import pytest

from engine.analysis.series import outputs
from engine.decoding import Carried, Decodes, beam, greedy, sampled
from engine.free_decoder import FreeDecoder
from engine.randomness import generator
from engine.tensor import Array
from engine.training.examination import answers
from engine.training.iteration import record_forward
from tests.oracles.systems.case import Case
from tests.oracles.systems.engine_results import lesson_of
from tests.oracles.systems.seq2seq import SYSTEMS


def cases(count: int = 6) -> Iterator[Case]:
    random = np.random.default_rng(1)
    for system in SYSTEMS:
        for family in system.families:
            for _ in range(count):
                yield system.draw(random, family, True)


def decoder_of(case: Case) -> FreeDecoder:
    model = lesson_of(case).model
    assert isinstance(model, Decodes)
    made = model.decoder(case.parameters, case.batch, case.settings, case.task_sizes)
    assert isinstance(made, FreeDecoder)
    return made


def answer_length(case: Case) -> int:
    return len(case.targets["d"])


def log_likelihood(decoder: FreeDecoder, ids: tuple[int, ...]) -> Array:
    """(N,), of the same answer to every source."""
    carried: Carried = decoder.start
    read, total = decoder.first, np.zeros(len(decoder.first))
    for one in ids:
        y, carried = decoder.step(carried, read)
        total += np.log(y[:, one])
        read = np.full(len(read), one)
    return total


def test_greedy_is_what_the_tape_has_without_a_teacher() -> None:
    for case in cases():
        lesson, batch = lesson_of(case), case.batch
        free = case.settings.changed(teacher_forcing="off")
        tape = record_forward(lesson, free, case.parameters, batch)
        told = answers(lesson, case.settings, case.parameters, batch)
        np.testing.assert_array_equal(told, outputs(tape), err_msg=str(case))
        decoded = greedy(decoder_of(case), answer_length(case))
        np.testing.assert_array_equal(decoded.ids, told.argmax(axis=-1))


def test_a_wide_beam_finds_the_likeliest_answer_of_all() -> None:
    for case in cases(3):
        decoder, length = decoder_of(case), min(answer_length(case), 3)
        every = list(product(range(case.sizes["outputs"]), repeat=length))
        likelihoods = np.stack([log_likelihood(decoder, ids) for ids in every])
        found = beam(decoder, length, len(every))
        np.testing.assert_allclose(found.log_probability, likelihoods.max(axis=0), rtol=1e-12)
        best = np.array(every)[likelihoods.argmax(axis=0)]
        np.testing.assert_array_equal(found.ids.T, best)


def test_a_beam_of_one_is_greedy_and_a_wider_one_is_no_less_likely_here() -> None:
    better = 0
    for case in cases():
        decoder, length = decoder_of(case), answer_length(case)
        one, narrow, wide = greedy(decoder, length), beam(decoder, length, 1), beam(decoder, length, 64)
        np.testing.assert_array_equal(narrow.ids, one.ids)
        np.testing.assert_array_equal(narrow.probabilities, one.probabilities)
        np.testing.assert_allclose(narrow.log_probability, one.log_probability, rtol=1e-12)
        assert (wide.log_probability >= one.log_probability - 1e-9).all()
        better += int((wide.log_probability > one.log_probability + 1e-9).sum())
    assert better


class Coin:
    """A decoder whose next symbol depends on nothing: symbol 2 ends an answer."""

    first: Array = np.zeros(3, dtype=np.int64)
    start: Carried = {}

    def __init__(self, *probabilities: float) -> None:
        self._probabilities = np.array(probabilities)

    def step(self, carried: Carried, ids: Array) -> tuple[Array, Carried]:
        return np.tile(self._probabilities, (len(ids), 1)), carried


def test_an_answer_that_is_over_costs_nothing_more() -> None:
    found = beam(Coin(0.6, 0.0, 0.4), 4, 3, end=2)
    assert found.ids.T.tolist() == [[2, 2, 2, 2]] * 3
    np.testing.assert_allclose(found.log_probability, np.log(0.4))
    assert beam(Coin(0.6, 0.0, 0.4), 4, 3).ids.T.tolist() == [[0, 0, 0, 0]] * 3


@pytest.mark.parametrize(("temperature", "expected"), [(1.0, (0.5, 0.3, 0.2)), (0.5, (0.658, 0.237, 0.105))])
def test_samples_have_the_probabilities(temperature: float, expected: tuple[float, ...]) -> None:
    found = sampled(Coin(0.5, 0.3, 0.2), 4000, np.random.default_rng(0), temperature)
    shares = np.bincount(found.ids.ravel(), minlength=3) / found.ids.size
    np.testing.assert_allclose(shares, expected, atol=0.02)


def test_samples_follow_from_the_seed() -> None:
    case = next(cases())
    one, same, other = (sampled(decoder_of(case), 12, generator(seed, "sample")) for seed in (1, 1, 2))
    np.testing.assert_array_equal(one.ids, same.ids)
    assert not np.array_equal(one.ids, other.ids)


def test_numbers_that_are_none_are_never_chosen_for_their_likelihood() -> None:
    found = beam(Coin(float("nan"), 0.5, 0.5), 3, 2)
    assert (found.ids > 0).all()
    assert np.isfinite(found.log_probability).all()
