"""The carousel, leaky units, skip connections through time, and ReLU nets with their initial weights."""

import math

import numpy as np
import pytest

from engine.analysis.series import series
from engine.model import ParameterSpec
from engine.ops.activations import ACTIVATIONS
from engine.tensor import Role
from engine.training.initializers import initial_parameters
from tests.engine.cells.networks import entry, network, tape_of


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_the_carousel_passes_the_gradient_on_untouched(activation: str) -> None:
    tape = tape_of(cell="cec", bits=6, activation=activation)
    cells = [entry(tape, "c", f"t={time}/cec").index for time in range(1, 7)]
    back = {(span.of, tape[span.of].inputs[span.argument].index): span for span in tape.spans()}
    for earlier, later in zip(cells, cells[1:], strict=False):
        span = back[later, earlier]
        assert span.first == span.last, "no step between: dE/dc of the past is dE/dc of the present itself"
        assert span.contribution == tape.gradient_totals[later][-1]
    sent = [tape[tape.gradient_totals[index][-1]].value for index in cells]
    from_outputs = [sent[at] - (sent[at + 1] if at < 5 else 0) for at in range(6)]
    np.testing.assert_allclose(sent[0], sum(from_outputs), atol=1e-15)


def test_the_carousel_adds_up() -> None:
    tape = tape_of(cell="cec", bits=6)
    a = np.stack([entry(tape, "a", f"t={time}/cec").value for time in range(1, 7)])
    np.testing.assert_allclose(series(tape, Role.STATE)["c"], np.cumsum(a, axis=0), atol=1e-15)
    assert not [step for step in tape if step.role is Role.PARAMETER and step.symbol == "W_h"]


def test_leaky_units_are_a_moving_average() -> None:
    tape = tape_of(cell="leaky", tau=5.0, bits=6)
    h, n = series(tape, Role.STATE)["h"], series(tape, Role.GATE)["n"]
    np.testing.assert_allclose(h[1:], 0.8 * h[:-1] + 0.2 * n[1:], atol=1e-15)
    np.testing.assert_allclose(h[0], 0.2 * n[0], atol=1e-15)


def test_a_leaky_unit_that_forgets_at_once_is_a_simple_one() -> None:
    leaky, simple = tape_of(cell="leaky", tau=1.0), tape_of(cell="rnn")
    np.testing.assert_array_equal(series(leaky, Role.STATE)["h"], series(simple, Role.STATE)["h"])


@pytest.mark.parametrize("skip", [2, 3, 5])
def test_a_skip_connection_comes_from_k_steps_back(skip: int) -> None:
    tape = tape_of(cell="skip_rnn", skip=skip, bits=8)
    states = [entry(tape, "h", f"t={time}/skip_rnn").index for time in range(1, 9)]
    for time in range(skip + 1, 9):
        (product,) = (
            step for step in tape.steps[: tape.backward_start]
            if step.scope.path == f"t={time}/skip_rnn" and len(step.inputs) == 2 and step.inputs[1].symbol == "W_skip"
        )  # fmt: skip
        assert product.inputs[0].index == states[time - 1 - skip]
    spans = [(span.of, span.argument, span.contribution) for span in tape.spans() if tape[span.of].inputs]
    skipped = [contribution for of, argument, contribution in spans if tape[of].inputs[argument].index == states[0]]
    assert len(skipped) == 3, "from the output, from the next step and from k steps on"


def test_states_older_than_one_step_are_named_by_their_age() -> None:
    tape = tape_of(cell="skip_rnn", skip=4)
    assert [step.symbol for step in tape if step.role is Role.STATE and step.is_given] == ["h", "h_1", "h_2", "h_3"]
    ends = [entry(tape, "h", f"t={time}/skip_rnn").index for time in (3, 2, 1)]
    assert [tape.final_states[name] for name in ("h", "h_1", "h_2")] == ends


# --- initial weights of ReLU nets --------------------------------------------------------------------------------


def recurrent_weights(init: str, **values: object) -> dict[str, np.ndarray]:
    lesson, settings = network(cell="rnn", activation="relu", init=init, hidden=40, **values)
    return initial_parameters(lesson.model.parameters(settings, lesson.task.sizes(settings)), settings)


def test_identity_initialisation() -> None:
    made = recurrent_weights("identity", weight_std=0.001)
    np.testing.assert_array_equal(made["W_h"], np.eye(40))
    np.testing.assert_array_equal(made["b"], np.zeros((1, 40)))
    assert np.std(made["W_x"]) == pytest.approx(0.001, rel=0.3)
    np.testing.assert_array_equal(recurrent_weights("identity", identity_scale=0.01)["W_h"], 0.01 * np.eye(40))


@pytest.mark.parametrize("seed", range(4))
def test_np_rnn_initialisation_has_one_eigenvalue_of_one_and_the_others_below(seed: int) -> None:
    made = recurrent_weights("np-rnn", seed=seed)
    W = made["W_h"]
    np.testing.assert_allclose(W, W.T, atol=1e-15)
    eigenvalues = np.linalg.eigvalsh(W)
    assert eigenvalues[-1] == pytest.approx(1.0, abs=1e-12)
    assert eigenvalues[0] > 0
    assert eigenvalues[-2] < 1 - 1e-6


def test_np_rnn_initialisation_follows_the_formula() -> None:
    lesson, settings = network(cell="rnn", init="np-rnn", hidden=200)
    W_x = initial_parameters(lesson.model.parameters(settings, lesson.task.sizes(settings)), settings)["W_x"]
    gain = math.sqrt(2) * math.exp(1.2 / (200 - 2.4))
    assert np.std(W_x) == pytest.approx(gain / math.sqrt(200), rel=0.15)
    few = initial_parameters((ParameterSpec("W_x", (2, 3), 2),), settings.changed(hidden=3))["W_x"]
    normal = initial_parameters((ParameterSpec("W_x", (2, 3), 2),), settings.changed(init="normal", weight_std=1.0))
    assert few == pytest.approx(normal["W_x"] * math.sqrt(2) * math.exp(1.2 / 3.6) / math.sqrt(3))
