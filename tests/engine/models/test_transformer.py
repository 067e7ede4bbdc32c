"""The Transformer on the tape: places, shapes, what is read; running free; gradients against differences."""

import numpy as np
import pytest

from engine.address import find
from engine.analysis.gradient_check import check_gradients
from engine.analysis.series import outputs, series, time_of
from engine.decoding import Decodes, beam, greedy, sampled
from engine.errors import SettingError
from engine.files.trace_file import trace_arrays
from engine.lesson import Lesson
from engine.model import Parameters
from engine.models.transformer import FreeDecoder
from engine.tape import Tape
from engine.task import Batch
from engine.tensor import Role
from engine.training.examination import answers, examine
from engine.training.iteration import batch_of, record_forward
from engine.training.memory_need import bytes_needed
from engine.training.run import Run
from tests.engine.transformer.transformer_lesson import lesson, tape_of

FORMS: tuple[dict[str, object], ...] = (
    {}, {"layer_norm": "before", "bias": True}, {"padding": "read", "layers": 1}, {"layers": 3, "heads": 4},
)  # fmt: skip


def free(made: Lesson, parameters: Parameters, batch: Batch) -> FreeDecoder:
    assert isinstance(made.model, Decodes)
    decoder = made.model.decoder(parameters, batch, made.settings, made.task.sizes(made.settings))
    assert isinstance(decoder, FreeDecoder)
    return decoder


def started(made: Lesson) -> tuple[Parameters, Batch]:
    return Run(made, made.settings).state(0).parameters, batch_of(made, made.settings, 0)


def attentions(tape: Tape) -> dict[str, tuple[int, ...]]:
    return {
        step.scope.path: step.shape for step in tape.steps[: tape.backward_start] if step.role is Role.ATTENTION
    }


def test_with_a_teacher_all_positions_are_computed_at_once() -> None:
    tape = tape_of(layers=1)
    assert not any(time_of(step) for step in tape)
    assert attentions(tape) == {
        "encoder/layer=1/self attention": (4, 2, 5, 5),
        "decoder/layer=1/self attention": (4, 2, 3, 3),
        "decoder/layer=1/source-target attention": (4, 2, 3, 5),
    }
    assert outputs(tape).shape == (3, 4, 12)
    assert len(find(tape, "forward/decoder/layer=1/self attention/query/Q")) == 1


def test_without_one_step_by_step_on_the_tape() -> None:
    tape = tape_of(layers=1, teacher_forcing="off")
    assert {time_of(step) for step in tape} == {None, 6, 7, 8}
    own = [step.shape for step in tape if step.role is Role.ATTENTION and "decoder/layer=1/self" in step.scope.path]
    assert own == [(4, 2, 1, 1), (4, 2, 1, 2), (4, 2, 1, 3)]
    y = series(tape, Role.OUTPUT)["y"]
    read = [step for step in tape if step.symbol == "x" and "decoder" in step.scope.path and time_of(step)]
    # The same number is read as (N,) and as one position (N, 1).
    for step in read:
        time = time_of(step)
        assert time is not None
        if time > 6:
            np.testing.assert_array_equal(step.value.ravel(), y[time - 7].argmax(axis=-1))


def test_the_truth_is_read_one_position_later() -> None:
    made = lesson()
    tape, d = Run(made, made.settings).tape(0), batch_of(made, made.settings, 0).targets["d"]
    (x,) = (step.value for step in tape if step.role is Role.INPUT and "decoder" in step.scope.path)
    assert set(x[:, 0].tolist()) == {made.task.sizes(made.settings).start}
    np.testing.assert_array_equal(x[:, 1:], d[:-1].T)


@pytest.mark.parametrize("form", FORMS)
def test_free_steps_are_the_whole_pass_over_what_was_read(form: dict[str, object]) -> None:
    made = lesson(**form)
    parameters, batch = started(made)
    decoder = free(made, parameters, batch)
    tape = record_forward(made, made.settings, parameters, batch)
    (x,) = (step.value for step in tape if step.role is Role.INPUT and "decoder" in step.scope.path)
    carried, told = decoder.start, []
    for ids in x.T:
        y, carried = decoder.step(carried, ids)
        told.append(y)
    np.testing.assert_allclose(np.stack(told), outputs(tape), rtol=1e-12, atol=1e-14)


@pytest.mark.parametrize("form", FORMS)
def test_greedy_is_what_the_tape_has_without_a_teacher(form: dict[str, object]) -> None:
    made = lesson(**form)
    parameters, batch = started(made)
    tape = record_forward(made, made.settings.changed(teacher_forcing="off"), parameters, batch)
    np.testing.assert_array_equal(answers(made, made.settings, parameters, batch), outputs(tape))


def test_beams_and_samples() -> None:
    made = lesson()
    parameters, batch = started(made)
    decoder = free(made, parameters, batch)
    one, narrow = greedy(decoder, 3), beam(decoder, 3, 1)
    np.testing.assert_array_equal(one.ids, narrow.ids)
    np.testing.assert_allclose(one.probabilities, narrow.probabilities, rtol=1e-12)
    assert (beam(decoder, 3, 12**2).log_probability >= one.log_probability - 1e-12).all()
    drawn = sampled(decoder, 3, np.random.default_rng(0))
    assert drawn.ids.shape == (3, 4)


def test_many_sources_are_read_in_pieces() -> None:
    made = lesson(layers=1, batch=150, examples=300)
    parameters, batch = started(made)
    told = answers(made, made.settings, parameters, batch)
    for rows in (slice(0, 20), slice(120, 150)):
        np.testing.assert_allclose(
            told[:, rows], answers(made, made.settings, parameters, batch.rows(rows.start, rows.stop)), rtol=1e-12
        )


def test_gradients_agree_with_differences() -> None:
    tape = tape_of(layers=1, batch=2, digits=1, feed_forward=2)
    report = check_gradients(tape)
    assert report.agrees, [check.name for check in report.parameters if not check.agrees]


def test_heads_must_share_the_width_evenly() -> None:
    made = lesson(width=6, heads=4)
    with pytest.raises(SettingError, match="6 cannot be shared out evenly among 4 heads"):
        Run(made, made.settings)


@pytest.mark.parametrize("forcing", ["on", "off"])
def test_a_trace_has_every_attention_by_its_place(forcing: str) -> None:
    made = lesson(layers=1, teacher_forcing=forcing)
    tape = Run(made, made.settings).tape(0)
    arrays = trace_arrays(made, made.settings, 0, tape)
    time = () if forcing == "on" else (3,)
    queries = 3 if forcing == "on" else 1
    places = {name: value.shape for name, value in arrays.items() if name.startswith("attention/")}
    assert places == {
        "attention/encoder/layer=1/self attention/a": (4, 2, 5, 5),
        "attention/decoder/layer=1/self attention/a": (*time, 4, 2, queries, 3),
        "attention/decoder/layer=1/source-target attention/a": (*time, 4, 2, queries, 5),
    }


def test_addition_is_learned() -> None:
    made = lesson(
        width=16, heads=8, layers=1, feed_forward=32, batch=32, optimizer="adam", learning_rate=0.01, examples=100,
        digits=1,
    )  # fmt: skip
    run = Run(made, made.settings)
    for _ in run.advance(150):
        pass
    assert np.mean(run.history.losses[-10:]) < 0.1 < 1.0 < run.history.losses[0]
    assert examine(made, made.settings, run.state(150).parameters).count == 10


@pytest.mark.parametrize(
    "values", [{}, {"width": 2, "layers": 1}, {"digits": 9, "width": 2}, {"teacher_forcing": "off"}]
)
def test_the_memory_it_needs_is_told_before(values: dict[str, object]) -> None:
    made = lesson(batch=60, examples=300, **values)
    tape = Run(made, made.settings).tape(0)
    assert bytes_needed(made, made.settings) > sum(np.asarray(step.value).nbytes for step in tape)
