"""Numbers that are moved: where they go, and that their gradients come back from there."""

import numpy as np
import pytest

from engine.analysis.replay import is_blocked
from engine.backward import backward
from engine.ops.arithmetic import sum_all
from engine.ops.lookups import take_rows
from engine.ops.shapes import concatenate, part_of, permute, placed_in, put_at, reshape, reverse, stack, taken_at
from engine.tape import Tape
from tests.engine.ops.recorded import record

RANDOM = np.random.default_rng(19)
A, B, C = RANDOM.normal(size=(2, 3)), RANDOM.normal(size=(2, 1)), RANDOM.normal(size=(2, 4))


def test_each_part_of_a_concatenation_has_its_part_of_the_gradient() -> None:
    random = np.random.default_rng(93)
    weights = random.normal(size=(2, 8))
    found = record(concatenate, A, B, C, weights=weights)
    np.testing.assert_array_equal(found.value, np.concatenate([A, B, C], axis=1))
    for ours, theirs in zip(found.gradients, np.split(weights, [3, 4], axis=1), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_tensor_may_be_concatenated_with_itself() -> None:
    random = np.random.default_rng(76)
    weights = random.normal(size=(4, 3))
    found = record(lambda a: concatenate(a, a, axis=0), A, weights=weights)
    np.testing.assert_array_equal(found.gradients[0], weights[:2] + weights[2:])


def test_both_directions_of_a_bidirectional_net_meet_at_their_time() -> None:
    """``concatenate([h_f, h_b[::-1]], axis=1)`` of the course."""
    random = np.random.default_rng(93)
    h_f, h_b = random.normal(size=(5, 2)), random.normal(size=(5, 2))
    weights = random.normal(size=(5, 4))
    found = record(lambda f, b: concatenate(f, reverse(b, axis=0), axis=1), h_f, h_b, weights=weights)
    np.testing.assert_array_equal(found.value, np.concatenate([h_f, h_b[::-1]], axis=1))
    np.testing.assert_array_equal(found.gradients[1], weights[::-1, 2:])


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
def test_stacking_and_taking_are_each_other_s_inverse(axis: int) -> None:
    random = np.random.default_rng(80)
    arrays = [random.normal(size=(2, 3)) for _ in range(4)]
    weights = random.normal(size=np.stack(arrays, axis=axis).shape)
    found = record(lambda *each: stack(*each, axis=axis), *arrays, weights=weights)
    np.testing.assert_array_equal(found.value, np.stack(arrays, axis=axis))
    for at, gradient in enumerate(found.gradients):
        np.testing.assert_array_equal(gradient, np.take(weights, at, axis=axis))
        back = record(lambda a, at=at: put_at(taken_at(a, at=at, axis=axis), at=at, size=4, axis=axis), found.value)
        np.testing.assert_array_equal(np.take(back.value, at, axis=axis), arrays[at])
        assert np.count_nonzero(back.value) == arrays[at].size


@pytest.mark.parametrize("axis", [0, 1, -1])
def test_a_part_is_placed_back_among_zeros(axis: int) -> None:
    random = np.random.default_rng(69)
    a = random.normal(size=(4, 5))
    found = record(
        lambda x: placed_in(part_of(x, start=1, stop=3, axis=axis), start=1, size=a.shape[axis], axis=axis), a
    )
    kept = np.zeros_like(a)
    np.moveaxis(kept, axis, 0)[1:3] = 1
    np.testing.assert_array_equal(found.value, a * kept)
    np.testing.assert_array_equal(found.gradients[0], kept)


def test_axes_and_shapes_are_put_back() -> None:
    random = np.random.default_rng(64)
    a = random.normal(size=(2, 3, 4))
    weights = random.normal(size=(4, 2, 3))
    found = record(lambda x: permute(x, axes=(2, 0, 1)), a, weights=weights)
    np.testing.assert_array_equal(found.value, np.einsum("abc->cab", a))
    np.testing.assert_array_equal(found.gradients[0], np.einsum("cab->abc", weights))
    found = record(lambda x: reshape(x, shape=(6, -1)), a, weights=weights.reshape(6, 4))
    np.testing.assert_array_equal(found.gradients[0], weights.reshape(2, 3, 4))


def test_the_spans_of_a_concatenation_say_which_argument() -> None:
    tape = Tape()
    with tape.recording():
        a, b = tape.parameter("a", A), tape.parameter("b", B)
        out = concatenate(a, tape.input("x", C), b)
        backward(tape, sum_all(out))
    spans = [span for span in tape.spans() if span.of == out.index]
    assert [span.argument for span in spans] == [2, 0]
    assert [tape[span.contribution].shape for span in spans] == [(2, 1), (2, 3)]
    assert not any(is_blocked(out, argument) for argument in range(3))


def test_numbers_of_rows_are_blocked() -> None:
    tape = Tape()
    with tape.recording():
        out = take_rows(tape.parameter("W", A), tape.input("x", np.array([1, 0, 1])))
    assert [is_blocked(out, argument) for argument in range(2)] == [False, True]
