"""Models that look at images: what reaches what, decoding without a teacher, gradients, and that they learn."""

from typing import Any

import numpy as np
import pytest

from engine.address import find
from engine.analysis.gradient_check import check_gradients
from engine.analysis.series import series, time_of
from engine.cell import CELLS
from engine.decoding import beam, greedy, sampled
from engine.errors import OperationError
from engine.image_network import ImageNetwork
from engine.images.scenes import EXAMINED
from engine.lesson import Lesson
from engine.model import MODELS
from engine.models.image_captioning import EVERY_STEP, FIRST_STEP, STATE
from engine.tape import Tape
from engine.tensor import Role
from engine.training.examination import answers, examine
from engine.training.iteration import batch_of
from engine.training.run import Run
from tests.made_lesson import made_lesson

CAPTIONING, ANSWERING = "image_captioning", "visual_question_answering"
TASK = {CAPTIONING: "shape_captions", ANSWERING: "shape_questions"}
SMALL = {
    "hidden": 3, "embedding": 2, "batch": 2, "image_size": 8, "filters": 2, "features": 4, "init": "xavier",
    "cell": "lstm",
}  # fmt: skip


def lesson(name: str, **values: Any) -> Lesson:
    return made_lesson(name, TASK[name], {**SMALL, **values})


def tape_of(name: str, **values: Any) -> Tape:
    made = lesson(name, **values)
    return Run(made, made.settings).tape(0)


@pytest.mark.parametrize(("convolutions", "pool", "places"), [(1, 1, 64), (1, 2, 16), (2, 2, 4), (3, 2, 1), (1, 3, 4)])
def test_maps_shrink_by_pooling_alone(convolutions: int, pool: int, places: int) -> None:
    made = lesson(CAPTIONING, convolutions=convolutions, pool=pool).settings
    shapes = {spec.name: spec.shape for spec in ImageNetwork(made, (3, 8, 8)).parameters()}
    assert shapes["image.W_phi"] == (2 * places, 4)
    first = "image.K" if convolutions == 1 else "image.layer1.K"
    assert shapes[first] == (2, 3, 3, 3)


def test_too_much_pooling_is_refused() -> None:
    with pytest.raises(OperationError, match="does not fit into an image"):
        tape_of(CAPTIONING, convolutions=4)


@pytest.mark.parametrize("into", [STATE, FIRST_STEP, EVERY_STEP])
def test_the_image_reaches_the_decoder_where_it_is_set_to(into: str) -> None:
    tape = tape_of(CAPTIONING, image_into=into)
    (phi,) = find(tape, "forward/image/feature/phi")
    readers = {time_of(step) for step in tape.steps[: tape.backward_start] if phi in {i.index for i in step.inputs}}
    assert readers == {STATE: {None}, FIRST_STEP: {1}, EVERY_STEP: set(range(1, 10))}[into]
    words = [time_of(step) for step in tape.steps[: tape.backward_start] if step.symbol == "x"]
    first = 2 if into == FIRST_STEP else 1
    assert words == list(range(first, first + 9))


@pytest.mark.parametrize("name", [CAPTIONING, ANSWERING])
def test_gradients_agree_with_differences(name: str) -> None:
    tiny = {"cell": "rnn", "hidden": 1, "embedding": 1, "filters": 1, "filter_size": 2, "convolutions": 1, "pool": 4}
    more = {"common": 2} if name == ANSWERING else {}
    report = check_gradients(tape_of(name, **tiny, **more, features=2, batch=1))
    assert report.agrees, [check.name for check in report.parameters if not check.agrees]


@pytest.mark.parametrize("into", [STATE, FIRST_STEP, EVERY_STEP])
def test_running_free_is_reading_its_own_answers(into: str) -> None:
    made = lesson(CAPTIONING, image_into=into, teacher_forcing="off", layers=2)
    run = Run(made, made.settings)
    tape = run.tape(0)
    told = answers(made, made.settings, run.state(0).parameters, batch_of(made, made.settings, 0))
    np.testing.assert_allclose(series(tape, Role.OUTPUT)["y"], told, rtol=1e-12)


def test_captions_are_decoded_in_every_way() -> None:
    made = lesson(CAPTIONING)
    run, sizes = Run(made, made.settings), made.task.sizes(made.settings)
    batch = batch_of(made, made.settings, 0)
    decoder = MODELS[CAPTIONING].decoder(run.state(0).parameters, batch, made.settings, sizes)  # type: ignore[attr-defined]
    likeliest = greedy(decoder, sizes.length)
    np.testing.assert_array_equal(beam(decoder, sizes.length, 1).ids, likeliest.ids)
    assert (beam(decoder, sizes.length, 4, end=0).log_probability >= likeliest.log_probability - 1e-12).all()
    assert sampled(decoder, sizes.length, np.random.default_rng(1)).ids.shape == (sizes.length, 2)


def test_image_and_question_meet_in_a_product() -> None:
    tape = tape_of(ANSWERING, common=5, layers=2)
    (product,) = find(tape, "forward/t=7/meeting/qp")
    q, p = tape[product].inputs
    assert (q.symbol, p.symbol) == ("q", "p")
    assert tape[product].shape == (2, 5)
    (phi_hat,) = find(tape, "forward/t=7/meeting/image/phi_hat")
    np.testing.assert_allclose(np.linalg.norm(tape[phi_hat].value, axis=1), 1.0)
    assert tape[find(tape, "forward/t=7/meeting/question/hs")[0]].shape == (2, 12)


def test_an_image_without_features_is_no_division_by_zero() -> None:
    tape = tape_of(ANSWERING, blank=True)
    assert all(np.isfinite(np.asarray(step.value)).all() for step in tape.steps)


@pytest.mark.parametrize("cell", list(CELLS))
@pytest.mark.parametrize("name", [CAPTIONING, ANSWERING])
def test_every_cell_answers(name: str, cell: str) -> None:
    made = lesson(name, cell=cell, layers=2)
    parameters = Run(made, made.settings).state(0).parameters
    told = answers(made, made.settings, parameters, batch_of(made, made.settings, 0))
    np.testing.assert_allclose(told.sum(axis=-1), 1.0)


def test_an_examination_are_pictures_of_what_was_held_out() -> None:
    made = lesson(ANSWERING)
    assert examine(made, made.settings, Run(made, made.settings).state(0).parameters).count == EXAMINED


@pytest.mark.parametrize("name", [CAPTIONING, ANSWERING])
def test_a_few_pictures_are_learned(name: str) -> None:
    made = lesson(
        name, batch=16, hidden=16, embedding=8, filters=4, features=16, cell="lstm_merged", init="he",
        optimizer="adam", learning_rate=0.01, **({"questions": "number"} if name == ANSWERING else {}),
    )  # fmt: skip
    run = Run(made, made.settings)
    for _ in run.advance(80):
        pass
    assert np.mean(run.history.losses[-10:]) < 0.45 * run.history.losses[0]
