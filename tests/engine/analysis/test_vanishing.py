"""The way of the gradient back: the book's numbers, the tape's gradients, bounds that hold, clipping."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.analysis.activation_slope import SLOPES
from engine.analysis.clipped_norm import clip_rate, clipped_going_back
from engine.analysis.growth_bound import Growth, GrowthBound
from engine.analysis.recurrent_weight import RecurrentWeight, RecurrentWeightError, normal_matrix, recurrent_weights
from engine.analysis.state_jacobian import state_jacobian
from engine.analysis.vanishing import cell_path, norm_of, way_back
from engine.analysis.vanishing_lab import BATCH, CAROUSEL, CELL, LabSetup, VanishingLab, chapter_6
from engine.backward import backward
from engine.lesson import lesson_named
from engine.ops.activations import ACTIVATIONS
from engine.ops.arithmetic import sum_all
from engine.scope import time_step
from engine.tape import Tape
from engine.training.run import Run

NAMES = list(SLOPES)
BACK = (1, 2, 5, 10, 20)


@pytest.mark.parametrize(
    ("scale", "norms", "radius", "singular"),
    [
        (1.0, (2.46841, 3.3357, 8.08078, 25.689, 249.496), 1.2552, (2.6594, 0.6101, 0.1778)),
        (0.5, (1.2342, 0.833926, 0.252524, 0.0250869, 0.000237938), 0.6276, (1.3297, 0.30505, 0.0889)),
    ],
)
def test_the_books_numbers(
    scale: float, norms: tuple[float, ...], radius: float, singular: tuple[float, ...]
) -> None:
    found = VanishingLab().answer(chapter_6(scale))
    assert [float(f"{found.norms['identity'][20 - k]:.6g}") for k in BACK] == list(norms)
    assert found.weight.spectral_radius == pytest.approx(radius, abs=5e-5)
    np.testing.assert_allclose(found.weight.singular_values, singular, atol=5e-5)


def test_the_books_loop_gives_the_same() -> None:
    state = np.random.RandomState(3)
    weight, gradient, norms = state.randn(3, 3), np.ones((2, 3)), []
    for _ in range(20):
        gradient = gradient @ weight.T
        norms.append(np.sqrt(np.sum(gradient**2)) / 2)
    found = VanishingLab().answer(chapter_6(1.0))
    np.testing.assert_allclose(found.norms["identity"][:-1][::-1], norms, rtol=1e-12)


def test_a_large_singular_value_does_not_make_it_explode() -> None:
    found = VanishingLab().answer(chapter_6(0.5))
    assert found.bound("identity").growth is Growth.MAY_EXPLODE
    assert found.weight.spectral_radius < 1
    assert found.norms["identity"][0] < 1e-3


@pytest.mark.parametrize("name", NAMES)
def test_norms_are_those_of_the_engines_own_gradients(name: str) -> None:
    random = np.random.default_rng(4)
    weight, inputs = random.normal(size=(5, 5)), random.normal(size=(7, 3, 5))
    tape = Tape()
    with tape.recording():
        w, h = tape.parameter("W_h", weight), tape.parameter("h", np.zeros((3, 5)))
        states = [h]
        for t in range(1, 8):
            with time_step(t):
                states.append(ACTIVATIONS[name](states[-1] @ w + tape.input("x", inputs[t - 1])))
        backward(tape, sum_all(states[-1]))
    found = way_back(weight, inputs, NAMES)
    a = NAMES.index(name)
    expected = [np.linalg.norm(np.asarray(tape.gradient(h.index))) / 3 for h in states]
    np.testing.assert_allclose(found.norms[a], expected, rtol=1e-12)
    assert found.weight_norms[a] == pytest.approx(np.linalg.norm(np.asarray(tape.gradient(w.index))), rel=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_slopes_are_those_of_differences_and_never_steeper_than_told(name: str) -> None:
    row, u = SLOPES[name], np.linspace(-6, 6, 240)
    np.testing.assert_allclose(row.slope_at(u), (row.value(u + 1e-6) - row.value(u - 1e-6)) / 2e-6, atol=1e-8)
    assert row.slope_at(np.linspace(-6, 6, 241) + 1e-12).max() == pytest.approx(row.steepest, rel=1e-9)


@pytest.mark.parametrize("name", NAMES)
def test_the_jacobian_is_that_of_differences(name: str) -> None:
    random = np.random.default_rng(2)
    weight, inputs = random.normal(size=(4, 4)), random.normal(size=(6, 1, 4))
    row, found = SLOPES[name], way_back(weight, inputs, [name])

    def run(state: np.ndarray, first: int, last: int) -> np.ndarray:
        for t in range(first, last):
            state = row.value(state @ weight + inputs[t])
        return state

    begin = run(np.zeros((1, 4)), 0, 2)
    expected = [(run(begin + d, 2, 5) - run(begin - d, 2, 5))[0] / 2e-5 for d in 1e-5 * np.eye(4)]
    jacobian = state_jacobian(weight, found.slopes[0, 2:5, 0])
    np.testing.assert_allclose(jacobian.matrix, expected, atol=1e-8)
    np.testing.assert_allclose(jacobian.singular_values, np.linalg.svd(jacobian.matrix)[1], atol=1e-12)
    assert jacobian.spectral_radius == pytest.approx(np.abs(np.linalg.eigvals(jacobian.matrix)).max())


def test_the_jacobian_of_no_step_is_the_unit_matrix() -> None:
    found = state_jacobian(normal_matrix(0, 3), np.empty((0, 3)))
    np.testing.assert_array_equal(found.matrix, np.eye(3))
    assert found.spectral_radius == 1


def test_the_jacobian_without_activation_is_a_power_of_the_weight() -> None:
    weight = RecurrentWeight.of(normal_matrix(3, 3))
    found = state_jacobian(weight.matrix, np.ones((9, 3)))
    assert found.spectral_radius == pytest.approx(weight.spectral_radius**9)
    np.testing.assert_allclose(found.matrix, np.linalg.matrix_power(weight.matrix, 9), rtol=1e-9)


def test_a_jacobian_out_of_all_bounds_is_no_error() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        huge = state_jacobian(1e5 * normal_matrix(0, 8), np.ones((100, 8)))
        gone = state_jacobian(1e-5 * normal_matrix(0, 8), np.ones((100, 8)))
    assert np.isnan(huge.spectral_radius)
    assert np.isnan(huge.singular_values).all()
    assert gone.spectral_radius == 0
    assert not gone.singular_values.any()


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 10_000), size=st.floats(0.01, 6), name=st.sampled_from(NAMES), units=st.integers(1, 12))
def test_no_step_grows_by_more_than_the_bound(seed: int, size: float, name: str, units: int) -> None:
    found = VanishingLab().answer(
        LabSetup(by_radius=False, size=size, seed=seed, units=units, steps=12, paths=frozenset({name}))
    )
    bound = found.bound(name)
    norms = found.norms[name]
    assert (norms[:-1] <= bound.factor * norms[1:] * (1 + 1e-9)).all()
    if bound.growth is Growth.MUST_VANISH:
        assert norms[0] < norms[-1]


def test_the_bound_of_pascanu() -> None:
    assert GrowthBound("sigmoid", 3.9).growth is Growth.MUST_VANISH
    assert GrowthBound("sigmoid", 4.1).growth is Growth.MAY_EXPLODE
    assert GrowthBound("tanh", 0.9).growth is Growth.MUST_VANISH
    assert GrowthBound("tanh", 1.0).growth is Growth.CANNOT_TELL
    assert GrowthBound("relu", 1 - 1e-16).growth is Growth.CANNOT_TELL
    assert GrowthBound("relu", float("nan")).growth is Growth.CANNOT_TELL
    assert GrowthBound("sigmoid", 2.0).factor == 0.5


def test_carousel_and_cell_path() -> None:
    found = VanishingLab().answer(LabSetup(forget=0.5, steps=10, units=8))
    assert len(set(found.norms[CAROUSEL].tolist())) == 1
    assert found.norms[CAROUSEL][0] == found.norms["tanh"][-1]
    np.testing.assert_allclose(found.norms[CELL][:-1] / found.norms[CELL][1:], 0.5)
    assert cell_path(4, 1, 1, 0.0).tolist() == [0, 0, 0, 0, 1]


def test_a_weight_is_scaled_without_decomposing_it_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    lab = VanishingLab()
    lab.answer(LabSetup(units=10))
    calls: list[int] = []
    original = RecurrentWeight.of

    def counted(matrix: np.ndarray) -> RecurrentWeight:
        calls.append(1)
        return original(matrix)

    monkeypatch.setattr(RecurrentWeight, "of", staticmethod(counted))
    found = lab.answer(LabSetup(units=10, size=2.5))
    assert not calls
    assert found.weight.spectral_radius == pytest.approx(2.5)
    assert np.abs(np.linalg.eigvals(found.weight.matrix)).max() == pytest.approx(2.5)
    np.testing.assert_allclose(found.weight.singular_values, np.linalg.svd(found.weight.matrix)[1])
    lab.answer(LabSetup(units=11, size=2.5))
    assert calls == [1]


def test_clipping_by_step_is_what_clipping_every_step_gives() -> None:
    weight, threshold = 1.4 * normal_matrix(3, 3), 4.0
    gradient, expected = np.ones((2, 3)), []
    for step in range(21):
        gradient = gradient if step == 0 else gradient @ weight.T
        norm = np.linalg.norm(gradient) / 2
        gradient = gradient * clip_rate(float(norm), threshold)
        expected.append(np.linalg.norm(gradient) / 2)
    whole = way_back(weight, np.zeros((20, 2, 3)), ["identity"]).norms[0]
    np.testing.assert_allclose(clipped_going_back(whole, threshold)[::-1], expected, rtol=1e-9)
    assert max(expected) <= threshold * (1 + 1e-12)
    np.testing.assert_array_equal(clipped_going_back(whole, 0.0), whole)


@pytest.mark.parametrize(("norm", "threshold", "rate"), [(2, 1, 0.5), (0.5, 1, 1), (5, 0, 1), (0, 1, 1)])
def test_clip_rates(norm: float, threshold: float, rate: float) -> None:
    assert clip_rate(norm, threshold) == rate


def test_what_is_not_finite_is_clipped_to_nothing_usable() -> None:
    assert clip_rate(float("inf"), 1.0) == 0
    assert np.isnan(clip_rate(float("nan"), 1.0))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = clipped_going_back(np.array([np.nan, np.inf, 3.0, 1.0]), 2.0)
    assert made[2] == 2


def test_norms_far_from_one_do_not_overflow() -> None:
    assert norm_of(np.array([3e200, 4e200]), axes=(0,)) == pytest.approx(5e200)
    assert norm_of(np.array([3e-200, 4e-200]), axes=(0,)) == pytest.approx(5e-200)
    assert norm_of(np.zeros(3), axes=(0,)) == 0


@pytest.mark.parametrize("size", [0.0, 1e-3, 6.0])
def test_extremes_give_numbers_and_no_warning(size: float) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for by_radius in (True, False):
            found = VanishingLab().answer(LabSetup(size=size, by_radius=by_radius, units=64, steps=200, threshold=1.0))
            assert all(len(norms) == 201 for norms in found.norms.values())


@pytest.mark.parametrize(
    ("matrix", "word"),
    [
        (np.ones((2, 3)), "square"), (np.ones(4), "square"), (np.full((2, 2), np.nan), "finite"),
        (np.ones((300, 300)), "256"), (np.empty((0, 0)), "square"),
    ],
)  # fmt: skip
def test_what_is_no_recurrent_weight_is_refused(matrix: np.ndarray, word: str) -> None:
    with pytest.raises(RecurrentWeightError, match=word):
        RecurrentWeight.of(matrix)


def test_a_weight_without_eigenvalues_has_no_radius_to_scale() -> None:
    with pytest.raises(RecurrentWeightError, match="eigenvalues"):
        VanishingLab().answer(LabSetup(source="W"), np.array([[0.0, 1.0], [0.0, 0.0]]))
    found = VanishingLab().answer(LabSetup(source="W", by_radius=False), np.array([[0.0, 1.0], [0.0, 0.0]]))
    assert found.norms["identity"][0] == 0


@pytest.mark.parametrize(
    ("lesson", "names"),
    [
        ("binary-addition", ["W"]), ("rnn-layer", ["W_h"]), ("gru", ["W_h_r", "W_h_z", "W_h_n"]),
        ("lstm", ["W_h_f", "W_h_g", "W_h_i", "W_h_o"]), ("lstm-merged", []), ("recursive-net", []),
    ],
)  # fmt: skip
def test_the_lessons_own_weights_are_found(lesson: str, names: list[str]) -> None:
    opened = lesson_named(lesson)
    tape = Run(opened, opened.settings).tape(0)
    assert list(recurrent_weights(tape)) == names


def test_a_square_weight_of_the_read_out_is_none() -> None:
    lesson = lesson_named("rnn-layer")
    assert list(recurrent_weights(Run(lesson, lesson.settings.changed(hidden=1)).tape(0))) == ["W_h"]


def test_spans_stay_within_the_sequence() -> None:
    assert LabSetup(steps=10).span == (0, 10)
    assert LabSetup(steps=10, later=5, earlier=8).span == (5, 5)
    assert LabSetup(steps=10, later=50, earlier=3).span == (3, 10)


def test_a_longer_sequence_begins_like_a_shorter_one() -> None:
    short, long = (VanishingLab().answer(LabSetup(steps=steps, later=10)) for steps in (20, 60))
    np.testing.assert_allclose(short.jacobian.singular_values, long.jacobian.singular_values)
    assert short.norms["tanh"][-1] == pytest.approx(np.sqrt(16 * BATCH) / BATCH)
