"""A decoder running free beside one that is forced."""

from typing import Any

import numpy as np
import pytest

from engine.analysis.series import outputs
from engine.lesson import lesson_named
from engine.training.free_running import BEAM, GREEDY, SAMPLED, BothRuns, Choice, DecodingError, run_both, run_free
from engine.training.iteration import batch_of, record_forward
from engine.training.run import Run


def both(way: str = GREEDY, lesson: str = "seq2seq-addition", **values: Any) -> tuple[Run, BothRuns]:
    opened = lesson_named(lesson)
    settings = opened.settings.changed(hidden=6, embedding=4, batch=8, examples=60, **values)
    run = Run(opened, settings)
    parameters = run.state(0).parameters
    return run, run_both(opened, settings, parameters, batch_of(opened, settings, 0), Choice(way, width=4))


@pytest.mark.parametrize("lesson", ["seq2seq-addition", "attention-dates"])
def test_forced_and_free_are_what_the_tape_has_with_and_without_a_teacher(lesson: str) -> None:
    run, made = both(lesson=lesson)
    batch = batch_of(run.lesson, run.settings, 0)
    for forcing, decoded in (("on", made.forced), ("off", made.run.free)):
        settings = run.settings.changed(teacher_forcing=forcing)
        tape = record_forward(run.lesson, settings, run.state(0).parameters, batch)
        np.testing.assert_allclose(decoded.probabilities, outputs(tape), rtol=1e-12)


def test_the_parting_is_the_first_step_that_differs() -> None:
    _, made = both()
    for row in range(8):
        parting, differ = made.parting(row), made.forced.ids[:, row] != made.run.free.ids[:, row]
        assert (parting is None) == (not differ.any())
        if parting is not None:
            assert differ[parting]
            assert not differ[:parting].any()


def test_before_the_first_wrong_symbol_free_and_forced_are_one() -> None:
    _, made = both()
    for row in range(8):
        wrong = np.flatnonzero(made.forced.ids[:, row] != made.targets[:, row])
        known = len(made.targets) if not len(wrong) else int(wrong[0]) + 1
        np.testing.assert_array_equal(
            made.forced.probabilities[:known, row], made.run.free.probabilities[:known, row]
        )


def test_losses_are_those_of_training_and_of_use() -> None:
    run, made = both()
    tape = run.tape(0)
    np.testing.assert_allclose(made.forced_score.mean_loss, float(tape.steps[tape.loss].value), rtol=1e-12)
    assert made.free_score.count == 8


def test_a_beam_keeps_its_hypotheses_in_order() -> None:
    _, made = both(BEAM)
    kept = made.run.kept
    assert kept is not None
    assert kept.ids.shape == (3, 8, 4)
    assert (np.diff(kept.log_probability, axis=1) <= 0).all()
    np.testing.assert_array_equal(kept.best.ids, made.run.free.ids)
    for row in range(8):  # after the end an answer goes on at no cost: it is there once only
        assert len({tuple(ids) for ids in kept.ids[:, row].T.tolist()}) == 4


def test_samples_can_be_drawn_again_and_follow_from_the_seed() -> None:
    lesson = lesson_named("seq2seq-addition")
    settings = lesson.settings.changed(hidden=6, batch=8, examples=60)
    parameters, batch = Run(lesson, settings).state(0).parameters, batch_of(lesson, settings, 0)
    one, same, other = (
        run_free(lesson, settings, parameters, batch, Choice(SAMPLED, seed=seed)).free.ids for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


def test_a_network_that_does_not_decode_says_so() -> None:
    lesson = lesson_named("copy")
    parameters, batch = Run(lesson, lesson.settings).state(0).parameters, batch_of(lesson, lesson.settings, 0)
    with pytest.raises(DecodingError, match="does not answer step by step"):
        run_free(lesson, lesson.settings, parameters, batch, Choice())
