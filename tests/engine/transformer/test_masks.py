"""Masks leave exactly nothing behind: no weight, no gradient."""

from dataclasses import replace

import numpy as np
import pytest

from engine.analysis.health import first_bad_step
from engine.tape import Tape
from engine.tensor import Array, Role, Tensor
from engine.training.iteration import batch_of, record_iteration
from engine.training.run import Run
from engine.transformer.masks import future_mask, padding_mask
from tests.engine.transformer.transformer_lesson import lesson, tape_of


def weights(tape: Tape, place: str) -> list[Tensor]:
    found = [step for step in tape.steps[: tape.backward_start] if step.role is Role.ATTENTION]
    return [step for step in found if place in step.scope.path]


def gradient(tape: Tape, step: Tensor) -> Array:
    found = tape.gradient(step.index)
    assert found is not None
    return found


def padding_of(tape: Tape) -> Array:
    """(N, S), whether the source is padding."""
    (mask,) = (step.value for step in tape.steps if step.symbol == "padding")
    assert mask.any()
    return mask[:, 0, 0] > 0


def test_the_masks_themselves() -> None:
    assert future_mask(3).tolist() == [[0, 1, 1], [0, 0, 1], [0, 0, 0]]
    assert padding_mask(np.array([[1, 1], [1, 0]]))[:, 0, 0].tolist() == [[0, 0], [0, 1]]


@pytest.mark.parametrize("norm", ["after", "before"])
@pytest.mark.parametrize("forcing", ["on", "off"])
def test_padding_has_no_weight_and_no_gradient(forcing: str, norm: str) -> None:
    tape = tape_of(teacher_forcing=forcing, layer_norm=norm)
    padding, length = padding_of(tape), 3
    found = [*weights(tape, "encoder"), *weights(tape, "source-target")]
    assert len(found) == 2 + (2 if forcing == "on" else 2 * length)
    for a in found:
        np.testing.assert_allclose(a.value.sum(axis=-1), 1.0)
        there = np.broadcast_to(padding[:, np.newaxis, np.newaxis], a.shape)
        assert (a.value[there] == 0.0).all()
        scores = a.inputs[0]
        assert (gradient(tape, scores)[there] == 0.0).all()
        assert (gradient(tape, scores.inputs[0])[there] == 0.0).all()


def test_nothing_comes_back_to_padding() -> None:
    tape = tape_of()
    padding = padding_of(tape)
    for step in tape.steps[: tape.backward_start]:
        if "encoder" in step.scope.path and step.symbol in {"h", "e"}:
            assert (gradient(tape, step)[padding] == 0.0).all()
            assert (gradient(tape, step)[~padding] != 0.0).any()
        of_source = "encoder" in step.scope.path or "source-target" in step.scope.path
        if of_source and step.symbol in {"K", "V"}:
            assert (np.moveaxis(gradient(tape, step), 2, 1)[padding] == 0.0).all()


def test_the_future_has_no_weight_and_no_gradient() -> None:
    tape = tape_of()
    later = future_mask(3) > 0
    for a in weights(tape, "decoder/layer=1/self") + weights(tape, "decoder/layer=2/self"):
        assert (a.value[..., later] == 0.0).all()
        assert (a.value[..., ~later] > 0.0).all()
        assert (gradient(tape, a.inputs[0])[..., later] == 0.0).all()


def test_an_answer_depends_on_nothing_that_comes_after_it() -> None:
    made = lesson()
    start, batch = Run(made, made.settings).state(0), batch_of(made, made.settings, 0)
    changed = batch.targets["d"].copy()
    changed[-1] = changed[-2] = (changed[-2] + 1) % 3
    outputs = []
    for targets in (batch.targets["d"], changed):
        one = replace(batch, targets={"d": targets})
        tape, _ = record_iteration(made, made.settings, start, 0, one)
        outputs.append(next(step.value for step in tape if step.role is Role.OUTPUT))
    np.testing.assert_array_equal(outputs[0][:, :2], outputs[1][:, :2])
    assert (outputs[0][:, 2] != outputs[1][:, 2]).any()


def test_where_only_the_first_answer_is_asked_the_later_ones_read_get_no_gradient() -> None:
    made = lesson()
    start, batch = Run(made, made.settings).state(0), batch_of(made, made.settings, 0)
    asked = np.where(np.arange(3)[:, np.newaxis] == 0, np.maximum(batch.targets["d"], 0), -1)
    tape, _ = record_iteration(made, made.settings, start, 0, replace(batch, targets={"d": asked}))
    h = next(step for step in tape if step.symbol == "h" and step.scope.path == "decoder/positions")
    assert (gradient(tape, h)[:, 1:] == 0.0).all()
    assert (gradient(tape, h)[:, 0] != 0.0).all()


def test_masked_scores_are_no_bad_step() -> None:
    assert first_bad_step(tape_of()) is None
