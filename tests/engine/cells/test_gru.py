"""The GRU in its conventions."""

import numpy as np
import pytest

from engine.analysis.series import series
from engine.tape import Tape
from engine.tensor import Role
from engine.training.initializers import initial_parameters
from engine.training.iteration import Snapshot, first_memory, record_iteration
from tests.engine.cells.networks import entry, network, tape_of


def recorded(weights: dict[str, np.ndarray], **values: str | bool) -> Tape:
    lesson, settings = network(cell="gru", bits=5, **values)
    return record_iteration(lesson, settings, Snapshot(weights, first_memory(weights, settings)), 0)[0]


def drawn(**values: str | bool) -> dict[str, np.ndarray]:
    """Weights and biases, none of them zero."""
    lesson, settings = network(cell="gru", **values)
    made = initial_parameters(lesson.model.parameters(settings, lesson.task.sizes(settings)), settings)
    return {name: value + 0.1 * (1 + np.arange(value.size)).reshape(value.shape) for name, value in made.items()}


@pytest.mark.parametrize(("update", "of_the_old"), [("z-keeps-old", "z"), ("z-takes-new", "1-z")])
def test_what_z_is_the_share_of(update: str, of_the_old: str) -> None:
    tape = tape_of(cell="gru", gru_update=update, bits=4)
    h, gates = series(tape, Role.STATE)["h"], series(tape, Role.GATE)
    z, n = gates["z"], gates["n"]
    share = z if of_the_old == "z" else 1 - z
    np.testing.assert_allclose(h[1:], share[1:] * h[:-1] + (1 - share[1:]) * n[1:], atol=1e-15)


def test_the_two_shares_are_one_network_with_the_signs_of_z_turned() -> None:
    weights = drawn()
    turned = {name: -value if name.endswith("_z") else value for name, value in weights.items()}
    keeps, takes = recorded(weights, gru_update="z-keeps-old"), recorded(turned, gru_update="z-takes-new")
    np.testing.assert_allclose(series(keeps, Role.STATE)["h"], series(takes, Role.STATE)["h"], atol=1e-14)
    np.testing.assert_allclose(series(keeps, Role.GATE)["z"], 1 - series(takes, Role.GATE)["z"], atol=1e-14)
    for name in ("W_x_z", "W_h_z", "b_z"):
        mine = keeps.gradient(entry(keeps, name, "").index)
        theirs = takes.gradient(entry(takes, name, "").index)
        assert mine is not None
        assert theirs is not None
        np.testing.assert_allclose(mine, -theirs, atol=1e-14)


def test_the_reset_gate_multiplies_the_old_state_or_its_product() -> None:
    before = tape_of(cell="gru", gru_reset="before-product")
    h, r = entry(before, "h", "t=1/gru"), entry(before, "r", "t=2/gru/reset")
    reset = next(step for step in before if step.inputs == (r, h))
    assert any(step.inputs[:1] == (reset,) and step.inputs[1].symbol == "W_h_n" for step in before if step.inputs)
    after = tape_of(cell="gru", gru_reset="after-product")
    h, r = entry(after, "h", "t=1/gru"), entry(after, "r", "t=2/gru/reset")
    product = next(step for step in after if step.inputs[:1] == (h,) and step.inputs[1].symbol == "W_h_n")
    biased = next(step for step in after if step.inputs[:1] == (product,))
    assert biased.inputs[1].symbol == "b_h_n"
    assert any(step.inputs == (r, biased) for step in after)


def test_the_two_resets_differ_on_any_but_special_weights() -> None:
    weights = drawn(bias=False)
    before, after = (recorded(weights, gru_reset=reset, bias=False) for reset in ("before-product", "after-product"))
    assert np.abs(series(before, Role.STATE)["h"] - series(after, Role.STATE)["h"]).max() > 1e-3


@pytest.mark.parametrize("reset", ["before-product", "after-product"])
def test_only_a_reset_after_the_product_has_a_second_bias(reset: str) -> None:
    tape = tape_of(cell="gru", gru_reset=reset)
    second = [step.symbol for step in tape if step.role is Role.PARAMETER and step.symbol == "b_h_n"]
    assert second == (["b_h_n"] if reset == "after-product" else [])
