"""VHRED: where z comes from, what holds prior and posterior together, and noise that can be repeated."""

from dataclasses import replace

import numpy as np

from engine.lesson import Lesson
from engine.model import Parameters
from engine.randomness import generator
from engine.settings import Value
from engine.tape import Tape
from engine.task import Batch
from engine.tensor import Array
from engine.training.examination import answers
from engine.training.iteration import batch_of, record_forward
from engine.training.run import Run
from tests.engine.models.dialogue_lessons import small_dialogues


def begun(**values: Value) -> tuple[Lesson, Parameters, Batch]:
    lesson = small_dialogues("vhred-dialogues", **values)
    return lesson, Run(lesson, lesson.settings).state(0).parameters, batch_of(lesson, lesson.settings, 0)


def recorded(**values: Value) -> Tape:
    lesson, parameters, batch = begun(**values)
    return record_forward(lesson, lesson.settings, parameters, batch)


def values_of(tape: Tape, symbol: str, place: str = "") -> list[Array]:
    return [np.asarray(step.value) for step in tape if step.symbol == symbol and place in step.scope.path]


def test_z_is_a_reparameterised_draw_from_the_posterior() -> None:
    tape = recorded()
    mu, log_var = values_of(tape, "mu", "posterior"), values_of(tape, "log_var", "posterior")
    sigma, eps, z = (values_of(tape, name) for name in ("sigma", "eps", "z"))
    assert [len(one) for one in (mu, log_var, sigma, eps, z)] == [3] * 5
    assert np.array_equal(eps, generator(0, "eps", 0).standard_normal((3, 6, 4)))
    for at in range(3):
        assert np.allclose(sigma[at] ** 2, np.exp(log_var[at]), rtol=1e-14)
        assert np.allclose(z[at], mu[at] + sigma[at] * eps[at], rtol=1e-14)


def test_an_iteration_has_noise_of_its_own_and_the_same_again() -> None:
    lesson, _, _ = begun()
    run = Run(lesson, lesson.settings)
    for _ in run.advance(2):
        pass
    first, second = values_of(run.tape(0), "eps"), values_of(run.tape(1), "eps")
    assert not np.array_equal(first, second)
    assert np.array_equal(values_of(run.tape(1), "eps"), second)
    assert np.array_equal([step.value for step in run.tape(1) if step.symbol == "E"], run.history.losses[1:])


def test_the_divergence_is_that_of_two_gaussians_per_word_of_the_batch() -> None:
    tape, batch = recorded(), begun()[2]
    d = batch.targets["d"]
    p = [values_of(tape, name, "prior") for name in ("mu", "log_var")]
    q = [values_of(tape, name, "posterior") for name in ("mu", "log_var")]
    for at, found in enumerate(values_of(tape, "L_KL")):
        there = d[5 * at] >= 0
        ratio = (np.exp(q[1][at]) + (q[0][at] - p[0][at]) ** 2) / np.exp(p[1][at])
        by_row = 0.5 * (p[1][at] - q[1][at] + ratio - 1).sum(axis=1)
        assert np.isclose(found, by_row[there].sum() / (d >= 0).sum(), rtol=1e-13)
        assert found > 0


def test_an_utterance_that_is_not_there_adds_nothing() -> None:
    lesson, parameters, batch = begun()
    x, mask = batch.inputs["x"].copy(), np.array(batch.mask)
    x[15:], mask[15:] = -1, 0
    gone = replace(batch, inputs={"x": x}, targets={"d": x[5:]}, mask=mask)
    tape = record_forward(lesson, lesson.settings, parameters, gone)
    assert [found > 0 for found in values_of(tape, "L_KL")] == [True, True, False]


def test_the_weight_of_the_divergence_rises() -> None:
    lesson, parameters, batch = begun(kl_weight=0.5, annealing=4)
    for number, beta in ((0, 0.0), (1, 0.125), (4, 0.5), (9, 0.5)):
        tape = record_forward(lesson, lesson.settings, parameters, replace(batch, number=number))
        assert values_of(tape, "beta") == [beta]
        whole = values_of(tape, "L_rec")[0] + beta * sum(values_of(tape, "L_KL"))
        assert np.isclose(values_of(tape, "E")[-1], whole, rtol=1e-14)
    assert values_of(recorded(kl_weight=0.5, annealing=0), "beta") == [0.5]


def test_running_free_z_comes_from_the_prior() -> None:
    lesson, parameters, batch = begun()
    free = answers(lesson, lesson.settings, parameters, batch)
    for part, matters in (("posterior.", False), ("prior.", True)):
        other = {
            name: value + 1 if name.startswith(part) else value for name, value in parameters.items()
        }
        assert np.array_equal(answers(lesson, lesson.settings, other, batch), free) is not matters
    assert not np.array_equal(answers(lesson, lesson.settings, parameters, replace(batch, number=1)), free)
