"""Contributions of the time steps, and the flow of the gradient through time."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.analysis.contributions import ParameterError, arrivals, contributions
from engine.analysis.gradient_flow import gradient_flow
from engine.analysis.series import parameters
from engine.debugger.cursor import Cursor
from engine.training.run import Run
from tests.engine.small_lesson import small


@settings(deadline=None, max_examples=40)
@given(
    activation=st.sampled_from(["sigmoid", "tanh", "relu", "identity"]), bias=st.booleans(), bits=st.integers(2, 12),
    truncation=st.integers(0, 4), batch=st.integers(1, 4), seed=st.integers(0, 10_000),
)  # fmt: skip
def test_the_contributions_add_up_to_the_gradient(bits: int, **values: object) -> None:
    tape = Run(*small(bits=bits, **values)).tape(0)
    for name, index in parameters(tape).items():
        parts, gradient = contributions(tape, name), tape.gradient(index)
        assert gradient is not None
        apart = np.linalg.norm(np.sum([part.value for part in parts], axis=0) - gradient)
        assert apart <= 1e-10 * np.linalg.norm(gradient)
        assert [part.time for part in parts] == list(range(1, bits + 1))
        if np.linalg.norm(gradient):
            assert sum(part.share for part in parts) == pytest.approx(1.0)


def test_a_contribution_is_what_the_textbook_says() -> None:
    """∂L/∂W at t is (z^(t−1))ᵀ δ^t, and ∂L/∂W_in is (x^t)ᵀ δ^t."""
    tape = Run(*small(batch=3)).tape(0)
    z = [step for step in tape if step.symbol == "z"]
    x = [step for step in tape if step.symbol == "x"]
    u = [step for step in tape if step.symbol == "u"]
    for t, (of_W, of_W_in) in enumerate(zip(contributions(tape, "W"), contributions(tape, "W_in"), strict=True)):
        delta = tape.gradient(u[t].index)
        assert delta is not None
        np.testing.assert_allclose(of_W.value, z[t].value.T @ delta, rtol=1e-12)
        np.testing.assert_allclose(of_W_in.value, x[t].value.T @ delta, rtol=1e-12)
        assert of_W.norm == pytest.approx(np.linalg.norm(of_W.value))


def test_only_what_the_cursor_has_revealed_is_told() -> None:
    tape = Run(*small(bias=True)).tape(0)
    cursor = Cursor(tape)
    seen = []
    for position in range(len(tape) + 1):
        cursor.position = position
        for name, index in parameters(tape).items():
            parts, so_far = contributions(tape, name, position), cursor.gradient(index)
            assert all(span.contribution < position for part in parts for span in part.spans)
            if so_far is None:
                assert not parts
            else:
                np.testing.assert_allclose(sum(part.value for part in parts), so_far, rtol=1e-12)
        seen.append(tuple(part.time for part in contributions(tape, "W", position)))
    assert list(dict.fromkeys(seen)) == [(), (3,), (2, 3), (1, 2, 3)]


def test_arrivals_are_in_the_order_of_the_backward_pass() -> None:
    tape = Run(*small()).tape(0)
    spans = arrivals(tape, parameters(tape)["W"])
    assert [span.total for span in spans] == sorted(span.total for span in spans)


def test_an_unknown_parameter_is_named_with_the_known_ones() -> None:
    with pytest.raises(ParameterError, match="no parameter V; there are W_in, W_out, W"):
        contributions(Run(*small()).tape(0), "V")


def test_the_flow_is_the_norm_of_delta_by_time() -> None:
    tape = Run(*small(batch=2, truncation=2)).tape(0)
    u = [step for step in tape if step.symbol == "u"]
    assert gradient_flow(tape) == {
        t: pytest.approx(np.linalg.norm(np.asarray(tape.gradient(step.index)))) for t, step in enumerate(u, start=1)
    }
    assert list(gradient_flow(tape, "z")) == [1, 2, 3]


def test_the_flow_follows_the_cursor_from_late_to_early() -> None:
    tape = Run(*small()).tape(0)
    arrived = [
        tuple(t for t, norm in gradient_flow(tape, position=position).items() if norm is not None)
        for position in range(len(tape) + 1)
    ]
    assert list(dict.fromkeys(arrived)) == [(), (3,), (2, 3), (1, 2, 3)]


def test_a_state_shows_what_has_been_summed_so_far() -> None:
    tape = Run(*small()).tape(0)
    z_1 = next(step for step in tape if step.symbol == "z" and step.operation is not None)
    first, last = tape.gradient_totals[z_1.index][0], tape.gradient_totals[z_1.index][-1]
    assert first < last
    assert gradient_flow(tape, "z", first)[1] is None
    assert gradient_flow(tape, "z", first + 1)[1] == pytest.approx(np.linalg.norm(tape[first].value))
    assert gradient_flow(tape, "z", last + 1)[1] == pytest.approx(np.linalg.norm(tape[last].value))


def test_no_gradient_at_all_is_none_not_zero() -> None:
    tape = Run(*small()).tape(0)
    assert gradient_flow(tape, "x") == {1: None, 2: None, 3: None}
