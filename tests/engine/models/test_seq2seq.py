"""Encoder and decoder on the tape: places, what is read, masks, names; and gradients against differences."""

from typing import Any

import numpy as np
import pytest

from engine.address import find
from engine.analysis.gradient_check import check_gradients
from engine.analysis.series import series, time_of
from engine.attention import SCORES
from engine.cell import CELLS
from engine.lesson import Lesson
from engine.scope import ScopeKind
from engine.tape import Tape
from engine.tensor import Role, Tensor
from engine.training.examination import answers, examine
from engine.training.iteration import batch_of
from engine.training.run import Run
from tests.made_lesson import made_lesson

_SMALL = {"digits": 1, "examples": 60, "hidden": 3, "embedding": 2, "batch": 4, "init": "xavier", "embedding_std": 1.0}


def lesson(**values: Any) -> Lesson:
    return made_lesson("seq2seq", "integer_addition", {**_SMALL, **values})


def tape_of(**values: Any) -> Tape:
    made = lesson(**values)
    return Run(made, made.settings).tape(0)


def read_by_decoder(tape: Tape) -> list[Tensor]:
    """What the decoder reads, step by step."""
    looked_up = [
        step for step in tape.steps[: tape.backward_start]
        if step.symbol == "e" and any(one.name == "decoder" for one in step.scope.line())
    ]  # fmt: skip
    return [step.inputs[1] for step in looked_up]


def test_the_decoder_goes_on_where_the_encoder_ends() -> None:
    tape = tape_of()
    parts: dict[int, set[str]] = {}
    for step in tape.steps[: tape.backward_start]:
        time, part = time_of(step), next((one for one in step.scope.line() if one.kind is ScopeKind.PART), None)
        if time is not None and part is not None:
            parts.setdefault(time, set()).add(part.name)
    assert [parts[t] for t in (1, 2, 3)] == [{"encoder"}] * 3
    assert [parts[t] for t in (4, 5)] == [{"decoder", "loss"}] * 2
    assert len(find(tape, "forward/t=4/decoder/rnn/h")) == 1


def test_the_thought_vector_are_all_states_of_all_layers() -> None:
    tape = tape_of(cell="lstm", layers=2)
    operands = {one.index for step in tape.steps[: tape.backward_start] for one in step.inputs if time_of(step) == 4}
    for layer in (1, 2):
        for name in ("h", "c"):
            assert set(find(tape, f"forward/t=3/encoder/layer={layer}/lstm/{name}")) <= operands


def test_of_two_directions_both_ends_are_handed_over() -> None:
    tape = tape_of(cell="lstm", bidirectional=True)
    thoughts = [tape[index] for index in find(tape, "forward/t=3/encoder/thought/concatenate*")]
    assert [step.symbol for step in thoughts] == ["h", "c"]
    for step in thoughts:
        assert [time_of(one) for one in step.inputs] == [3, 1]
        assert step.shape == (4, 6)


def test_with_a_teacher_the_truth_is_read() -> None:
    made = lesson()
    tape, d = Run(made, made.settings).tape(0), batch_of(made, made.settings, 0).targets["d"]
    first, second = read_by_decoder(tape)
    assert set(first.value.tolist()) == {made.task.sizes(made.settings).start}
    np.testing.assert_array_equal(second.value, d[0])
    assert series(tape, Role.INPUT)["decoder/x"].shape == (2, 4)


def test_without_one_it_reads_what_it_said() -> None:
    tape = tape_of(teacher_forcing="off")
    y = series(tape, Role.OUTPUT)["y"]
    assert read_by_decoder(tape)[1].operation is not None
    np.testing.assert_array_equal(read_by_decoder(tape)[1].value, y[0].argmax(axis=-1))


@pytest.mark.parametrize(("probability", "share"), [(0.0, 0.0), (1.0, 1.0), (0.4, 0.4)])
def test_which_steps_were_forced_is_on_the_tape(probability: float, share: float) -> None:
    made = lesson(
        teacher_forcing="probability", forcing_probability=probability, digits=2, examples=3000, batch=900
    )
    tape, d = Run(made, made.settings).tape(0), batch_of(made, made.settings, 0).targets["d"]
    forced = [step.value for step in tape.steps if step.symbol == "forced"]
    y = series(tape, Role.OUTPUT)["y"]
    assert len(forced) == 2
    assert abs(np.mean(forced) - share) < 0.04
    for t, one in enumerate(forced):
        read = read_by_decoder(tape)[t + 1].value
        np.testing.assert_array_equal(read, np.where(one > 0, d[t], y[t].argmax(axis=-1)))


def test_a_peeky_decoder_sees_the_thought_at_every_step() -> None:
    tape = tape_of(peeky=True)
    (thought,) = find(tape, "forward/t=3/encoder/rnn/h")
    users = {time_of(step) for step in tape.steps[: tape.backward_start] if thought in {i.index for i in step.inputs}}
    assert users >= {4, 5}
    assert tape[find(tape, "given/W_y")[0]].shape[0] == 6


@pytest.mark.parametrize("score", [score for score in SCORES if score != "none"])
def test_weights_are_a_series_and_padding_has_none(score: str) -> None:
    tape = tape_of(attention=score, padding="masked", digits=2, reversed=False)
    a = series(tape, Role.ATTENTION)["a"]
    (padding,) = (step.value for step in tape.steps if step.symbol == "padding")
    assert a.shape == (3, 4, 5)
    np.testing.assert_allclose(a.sum(axis=2), 1.0)
    assert padding.any()
    assert (a[:, padding > 0] == 0.0).all()
    hs = next(step for step in tape.steps if step.symbol == "hs")
    softmax = [step for step in tape.steps[: tape.backward_start] if step.role is Role.ATTENTION]
    for step in softmax:
        gradient = tape.gradient(step.inputs[0].index)
        assert gradient is not None
        assert (gradient[padding > 0] == 0.0).all()
    of_memory = tape.gradient(hs.index)
    assert of_memory is not None
    assert not (of_memory[padding > 0] != 0.0).any()


@pytest.mark.parametrize("score", SCORES)
def test_gradients_agree_with_differences(score: str) -> None:
    report = check_gradients(
        tape_of(
            attention=score, cell="gru", peeky=score == "additive", bidirectional=score == "general",
            padding="masked", teacher_forcing="probability", batch=2, hidden=2,
        )  # fmt: skip
    )
    assert report.agrees, [check.name for check in report.parameters if not check.agrees]


@pytest.mark.parametrize("cell", list(CELLS))
def test_every_cell_answers(cell: str) -> None:
    made = lesson(cell=cell, layers=2, attention="dot", bidirectional=True)
    run = Run(made, made.settings)
    for _ in run.advance(2):
        pass
    assert examine(made, made.settings, run.state(2).parameters).count == 6


def test_the_examination_has_no_teacher() -> None:
    on, off = lesson(), lesson(teacher_forcing="off")
    parameters = Run(on, on.settings).state(0).parameters
    batch = batch_of(on, on.settings, 0)
    told = [answers(one, one.settings, parameters, batch) for one in (on, off)]
    np.testing.assert_array_equal(told[0], told[1])


def test_addition_is_learned() -> None:
    made = lesson(
        cell="lstm_merged", hidden=32, embedding=8, batch=32, optimizer="adam", learning_rate=0.02, attention="dot",
        examples=100, clip=5,
    )  # fmt: skip
    run = Run(made, made.settings)
    for _ in run.advance(150):
        pass
    assert np.mean(run.history.losses[-10:]) < 0.1 < 1.0 < run.history.losses[0]
