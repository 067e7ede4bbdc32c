"""Autoencoder and VAE on the tape: noise, divergence, gradients against differences, and how they are judged."""

from typing import Any

import numpy as np
import pytest

from engine.address import find
from engine.analysis.gradient_check import check_gradients
from engine.codes import CROSS_ENTROPY, SQUARED_ERROR, Autoencodes
from engine.lesson import Lesson
from engine.models.vae import divergence
from engine.tape import Tape
from engine.tensor import Tensor
from engine.training.examination import answers, examine
from engine.training.iteration import batch_of
from engine.training.run import Run
from tests.made_lesson import made_lesson

MODEL_NAMES = ("autoencoder", "vae")
_SMALL = {"image_size": 4, "examples": 40, "hidden": 3, "batch": 5, "init": "xavier"}


def lesson(model: str, **values: Any) -> Lesson:
    return made_lesson(model, "drawn_digits", {**_SMALL, **values})


def tape_of(model: str, iteration: int = 0, **values: Any) -> Tape:
    made = lesson(model, **values)
    run = Run(made, made.settings)
    list(run.advance(iteration))
    return run.tape(iteration)


def the(tape: Tape, symbol: str) -> Tensor:
    (found,) = [step for step in tape.steps[: tape.backward_start] if step.symbol == symbol]
    return found


@pytest.mark.parametrize(("reconstruction", "layers"), [(CROSS_ENTROPY, 2), (SQUARED_ERROR, 1)])
@pytest.mark.parametrize("model", MODEL_NAMES)
def test_gradients_agree_with_differences(model: str, reconstruction: str, layers: int) -> None:
    report = check_gradients(tape_of(model, reconstruction=reconstruction, layers=layers))
    assert report.agrees
    assert not report.faults


@pytest.mark.parametrize(("mu", "sigma", "told"), [
    (0.0, 1.0, 0.0), (2.0, 1.0, 2.0), (0.0, np.e, (np.e**2 - 3) / 2), (0.0, 1 / np.e, (np.e**-2 + 1) / 2),
])  # fmt: skip
def test_the_divergence_of_a_normal_distribution_is_as_known(mu: float, sigma: float, told: float) -> None:
    tape, units = Tape(), 3
    with tape.recording():
        given = [tape.constant(name, np.full((2, units), value))
                 for name, value in (("mu", mu), ("log_var", 2 * np.log(sigma)), ("sigma", sigma))]  # fmt: skip
        found = divergence(*given)
    assert float(found.value) == pytest.approx(units * told, rel=1e-12, abs=1e-12)


def test_the_loss_is_the_reconstruction_and_so_much_of_the_divergence() -> None:
    tape = tape_of("vae", beta=2.5)
    whole, reconstruction, apart = (float(the(tape, name).value) for name in ("E", "L_rec", "L_KL"))
    assert whole == pytest.approx(reconstruction + 2.5 * apart, rel=1e-14)
    x, y = the(tape, "x").value, the(tape, "y").value
    by_hand = -np.sum(x * np.log(y) + (1 - x) * np.log(1 - y)) / len(x)
    assert reconstruction == pytest.approx(by_hand, rel=1e-12)


def test_with_a_squared_error_half_of_it_is_summed_over_the_pixels() -> None:
    tape = tape_of("autoencoder", reconstruction=SQUARED_ERROR)
    apart = the(tape, "y").value - the(tape, "x").value
    assert float(the(tape, "E").value) == pytest.approx(np.sum(apart**2) / 2 / len(apart), rel=1e-12)


def test_the_noise_is_given_and_the_same_when_an_iteration_is_recreated() -> None:
    made = lesson("vae")
    run = Run(made, made.settings)
    recorded = [run.next_iteration() for _ in range(3)]
    again = run.tape(1)
    for before, after in zip(recorded[1].steps, again.steps, strict=True):
        np.testing.assert_array_equal(before.value, after.value)
    noises = [the(tape, "eps") for tape in recorded]
    assert all(noise.is_given for noise in noises)
    assert not np.array_equal(noises[0].value, noises[1].value)
    z, mu, sigma = (the(recorded[0], name).value for name in ("z", "mu", "sigma"))
    np.testing.assert_allclose(z, mu + sigma * noises[0].value, rtol=1e-15)


def test_the_gradient_passes_through_what_was_drawn() -> None:
    tape = tape_of("vae", beta=0.0)
    by_z, by_sigma = tape.gradient(the(tape, "z").index), tape.gradient(the(tape, "sigma").index)
    assert by_z is not None
    assert by_sigma is not None
    np.testing.assert_allclose(by_sigma, by_z * the(tape, "eps").value, atol=1e-15)


@pytest.mark.parametrize("model", MODEL_NAMES)
def test_it_is_judged_without_noise(model: str) -> None:
    made = lesson(model)
    assert isinstance(made.model, Autoencodes)
    run, sizes = Run(made, made.settings), made.task.sizes(made.settings)
    parameters, batch = run.state(0).parameters, batch_of(made, made.settings, 0)
    tape = run.tape(0)
    code = made.model.encoded(parameters, batch.inputs["x"][0], made.settings, sizes)
    np.testing.assert_array_equal(code, the(tape, "mu" if model == "vae" else "z").value)
    told = answers(made, made.settings, parameters, batch)
    assert told.shape == (1, 5, 16)
    np.testing.assert_array_equal(told[0], made.model.decoded(parameters, code, made.settings, sizes))
    np.testing.assert_array_equal(told, answers(made, made.settings, parameters, batch))


def test_it_learns_what_the_digits_look_like() -> None:
    made = lesson("vae", image_size=8, hidden=32, batch=16, examples=200, optimizer="adam", learning_rate=0.01)
    run = Run(made, made.settings)
    before = examine(made, made.settings, run.state(0).parameters)
    list(run.advance(500))
    after = examine(made, made.settings, run.state(500).parameters)
    assert after.mean_loss < before.mean_loss / 2
    assert after.right > before.right + 20


def test_places_are_named() -> None:
    tape = tape_of("vae", layers=2)
    for address in ("encoder/layer=2/h", "encoder/mu", "latent/z", "decoder/layer=1/u", "decoder/y", "loss/L_KL"):
        assert len(find(tape, f"forward/{address}")) == 1, address
