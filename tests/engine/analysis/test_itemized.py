"""Itemized gradients: they add up to the gradients of ordinary BPTT, and truncation leaves nothing of what it cuts."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.analysis.itemized import Itemization
from engine.analysis.items import Items, Reach
from engine.analysis.series import indices, parameters
from engine.tape import Tape
from engine.tensor import Array, Role
from engine.training.run import Run
from tests.engine.analysis.itemized_recordings import Shape, lstm
from tests.engine.small_lesson import small

_NEAR, _ROUNDING = 1e-10, 1e-13


@dataclass
class Taken:
    """All items of a tape: (name, j, k) → item."""

    items: dict[str, Items]
    values: dict[tuple[str, int, int], Array] = field(default_factory=dict)


def taken(tape: Tape, sequence: int | None = None, most: int = 1000) -> Taken:
    one = Itemization(tape, sequence, most)
    made = Taken(planned(one))

    def take(name: str, j: int, k: int, value: Array) -> None:
        assert (name, j, k) not in made.values
        made.values[name, j, k] = value

    one.run(take)
    return made


def planned(one: Itemization) -> dict[str, Items]:
    assert not one.items
    for _ in one.plan():
        pass
    return one.items


def near(value: Array, wanted: Array, summed: float = 0.0) -> bool:
    """Within 1e-10, relative; ``summed`` is the size of what was added, which may cancel and leave its rounding."""
    return bool(np.linalg.norm(value - wanted) <= _NEAR * np.linalg.norm(wanted) + _ROUNDING * summed)


def adds_up(parts: list[Array], wanted: Array) -> bool:
    return near(np.sum(parts, axis=0), wanted, sum(float(np.linalg.norm(part)) for part in parts))


def add_up(tape: Tape, made: Taken) -> None:
    """Σ_jk of every parameter's items is its gradient, Σ_j G[j, k] is δ of every state."""
    states = indices(tape, Role.STATE)
    for name, index in parameters(tape).items():
        gradient = tape.gradient(index)
        parts = [value for (of, _, _), value in made.values.items() if of == name]
        if gradient is None:
            assert not parts
        else:
            assert adds_up(parts, gradient)
    for name, by_time in states.items():
        for k, index in by_time.items():
            gradient = tape.gradient(index)
            parts = [value for (of, _, at), value in made.values.items() if (of, at) == (name, k)]
            if gradient is None:
                assert not parts
            else:
                assert adds_up(parts, gradient)


def describe_alike(made: Taken) -> None:
    """Norms, reach and arrivals are those of the items."""
    for name, items in made.items.items():
        assert items.known.all()
        for row, j in enumerate(items.losses):
            for column, k in enumerate(items.times):
                value = made.values.get((name, j, k))
                assert (value is not None) == (items.reach[row, column] == Reach.OPEN)
                assert (items.arrival[row, column] >= 0) == (items.reach[row, column] == Reach.OPEN)
                norm = 0.0 if value is None else np.linalg.norm(value)
                assert items.norms[row, column] == norm


shapes = st.builds(
    Shape, length=st.integers(1, 7), layers=st.integers(1, 3), hidden=st.integers(1, 4), batch=st.integers(1, 3),
    truncation=st.integers(0, 4), cuts=st.sampled_from(["hc", "h", "c"]), at_end=st.booleans(),
    factor=st.sampled_from([0.0, 0.25, -3.0]), merged=st.booleans(), seed=st.integers(0, 10_000),
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(shape=shapes)
def test_items_of_an_lstm_add_up(shape: Shape) -> None:
    tape = lstm(shape)
    before, values = list(tape.steps), [np.copy(step.value) for step in tape.steps]
    made = taken(tape)
    add_up(tape, made)
    describe_alike(made)
    assert tape.steps == before
    assert all(np.array_equal(step.value, value) for step, value in zip(tape.steps, values, strict=True))


@settings(deadline=None, max_examples=40)
@given(
    activation=st.sampled_from(["sigmoid", "tanh", "relu", "identity"]), bias=st.booleans(), bits=st.integers(2, 10),
    truncation=st.integers(0, 4), batch=st.integers(1, 4), seed=st.integers(0, 10_000),
    delta_out=st.sampled_from(["exact", "course"]),
)  # fmt: skip
def test_items_of_the_first_lesson_add_up(**values: object) -> None:
    tape = Run(*small(**values)).tape(0)
    made = taken(tape)
    add_up(tape, made)
    describe_alike(made)


@settings(deadline=None, max_examples=15)
@given(shape=shapes, data=st.data())
def test_a_row_is_what_backpropagation_of_that_loss_alone_gives(shape: Shape, data: st.DataObject) -> None:
    """A second derivation: the same network with one loss in E."""
    j = data.draw(st.integers(1, shape.length))
    shape = replace(shape, at_end=False)
    tape, alone = lstm(shape), lstm(replace(shape, only=j))
    made = taken(tape)
    largest = max(float(np.linalg.norm(value)) for value in made.values.values())
    for name, by_time in indices(alone, Role.STATE).items():
        for k, index in by_time.items():
            gradient, item = alone.gradient(index), made.values.get((name, j, k))
            assert (gradient is None) == (item is None)
            if gradient is not None and item is not None:
                assert near(item, gradient, largest)
    for name, index in parameters(alone).items():
        gradient = alone.gradient(index)
        parts = [value for (of, at, _), value in made.values.items() if (of, at) == (name, j)]
        if gradient is not None:
            assert adds_up(parts, gradient)


def test_the_textbook_s_product_of_jacobians() -> None:
    """G[j, k] = ∂E_j/∂z^j · Π ∂z^i/∂z^(i−1), and ∂E_j/∂W|_k = (z^(k−1))ᵀ (G[j, k] ⊙ f'(u^k))."""
    tape = Run(*small(bits=6, activation="tanh")).tape(0)
    made = taken(tape)
    z = [np.asarray(step.value) for step in tape if step.symbol == "z"]
    W = np.asarray(next(step.value for step in tape if step.symbol == "W"))
    for j in range(1, 7):
        product = made.values["z", j, j]
        for k in range(j, 0, -1):
            assert near(made.values["z", j, k], product)
            delta = product * (1 - z[k] ** 2)
            np.testing.assert_allclose(made.values["W", j, k], z[k - 1].T @ delta, rtol=1e-12, atol=1e-300)
            product = delta @ W.T


def test_no_loss_reaches_what_comes_after_it() -> None:
    for items in taken(lstm(Shape(length=6))).items.values():
        later = np.triu(np.ones((6, 6), bool), 1)
        assert (items.reach[later] == Reach.NONE).all()
        assert (items.norms[later] == 0).all()


@pytest.mark.parametrize("length", [1, 2, 3, 5])
def test_truncation_leaves_exactly_nothing_of_what_it_cuts(length: int) -> None:
    tape = Run(*small(bits=9, truncation=length)).tape(0)
    made = taken(tape)
    for name in ("z", "W", "W_in"):
        items = made.items[name]
        for row, j in enumerate(items.losses):
            for column, k in enumerate(items.times):
                chunk_apart = (j - 1) // length != (k - 1) // length
                wanted = Reach.NONE if k > j else Reach.CUT if chunk_apart else Reach.OPEN
                assert items.reach[row, column] == wanted
                if wanted is not Reach.OPEN:
                    assert items.norms[row, column] == 0
                    assert items.shares[row, column] == 0


def test_what_vanishes_is_not_taken_for_cut() -> None:
    """With W = 0 nothing goes back through time either, but nothing is cut: those items are numbers, and 0."""
    lesson, chosen = small(bits=5)
    run = Run(lesson, chosen)
    tape = run.tape(0)
    index = parameters(tape)["W"]
    tape.steps[index].value[:] = 0.0
    items = taken(tape).items["z"]
    earlier = np.tril(np.ones((5, 5), bool), -1)
    assert (items.reach[earlier] == Reach.OPEN).all()
    assert (items.norms[earlier] == 0).all()


def test_a_path_around_the_cut_keeps_an_item_open() -> None:
    """Where only h is cut, the cell state still carries the gradient on."""
    both, h_only = (taken(lstm(Shape(truncation=2, cuts=cuts))).items["layer=1/lstm/c"] for cuts in ("hc", "h"))
    assert both.reach[4, 0] == Reach.CUT
    assert h_only.reach[4, 0] == Reach.OPEN
    assert h_only.norms[4, 0] > 0


def test_one_loss_at_the_end_is_one_row() -> None:
    for items in taken(lstm(Shape(length=4, at_end=True))).items.values():
        assert items.losses == (4,)
        assert items.norms.shape[0] == 1


def test_the_factor_of_the_whole_loss_is_in_the_items() -> None:
    plain, scaled = taken(lstm(Shape())), taken(lstm(Shape(factor=0.5)))
    for key, value in plain.values.items():
        np.testing.assert_allclose(scaled.values[key], 0.5 * value, rtol=1e-12)


def test_weights_joined_outside_time_are_itemized_by_the_step_that_uses_them() -> None:
    apart, joined = taken(lstm(Shape())), taken(lstm(Shape(merged=True)))
    assert joined.items["layer1.W_h_f"].times == (1, 2, 3, 4, 5)
    for key, value in apart.values.items():
        np.testing.assert_allclose(joined.values[key], value, rtol=1e-9, atol=1e-14)


def test_the_sequences_of_a_batch_add_up() -> None:
    tape = lstm(Shape(batch=3))
    whole, parts = taken(tape), [taken(tape, sequence) for sequence in range(3)]
    for key, value in whole.values.items():
        np.testing.assert_allclose(np.sum([part.values[key] for part in parts], axis=0), value, rtol=1e-9, atol=1e-14)
    for sequence, part in enumerate(parts):
        for (name, _, _), value in part.values.items():
            if part.items[name].is_state:
                assert not np.delete(value, sequence, axis=0).any()


def test_shares_add_up_to_one() -> None:
    tape = lstm(Shape(truncation=3))
    for items in taken(tape).items.values():
        whole = items.shares.sum(axis=0) if items.is_state else items.shares.sum()
        np.testing.assert_allclose(whole, 1.0, rtol=1e-9)


def test_an_item_arrives_when_the_sum_on_the_tape_holds_it() -> None:
    """At every position, the items that have arrived add up to the gradient as far as summed."""
    tape = Run(*small(bits=5, truncation=3, batch=2)).tape(0)
    made = taken(tape)
    for name, index in {**parameters(tape), **{f"z{k}": i for k, i in indices(tape, Role.STATE)["z"].items()}}.items():
        items = made.items["z" if name[0] == "z" else name]
        columns = [int(name[1:]) - 1] if name[0] == "z" else range(len(items.times))
        for total in tape.gradient_totals[index]:
            there = [
                made.values[items.name, j, items.times[column]]
                for row, j in enumerate(items.losses)
                for column in columns
                if 0 <= items.arrival[row, column] <= total
            ]
            assert adds_up(there, np.asarray(tape.steps[total].value))


def test_of_a_long_sequence_the_last_losses_are_itemized() -> None:
    tape = Run(*small(bits=8)).tape(0)
    whole, last = Itemization(tape), Itemization(tape, most_losses=3)
    assert last.run()["W"].losses == (6, 7, 8)
    np.testing.assert_array_equal(last.items["W"].norms, whole.run()["W"].norms[5:])
    assert (whole.left_out, last.left_out) == (0, 5)


def test_the_work_is_done_from_the_last_time_step_back() -> None:
    one = Itemization(Run(*small(bits=4)).tape(0))
    z, order = planned(one)["z"], []
    for done in one.pieces():
        assert 0 <= done <= 1
        order.append(tuple(np.flatnonzero(z.known)))
    assert list(dict.fromkeys(order)) == [(), (3,), (2, 3), (1, 2, 3), (0, 1, 2, 3)]


def test_numbers_that_are_not_finite_are_survived() -> None:
    values = {"activation": "relu", "weight_std": 1000.0, "bits": 62, "hidden": 32, "dtype": "float32"}
    items = taken(Run(*small(**values)).tape(0)).items
    assert not np.isfinite(items["z"].norms).all()


def test_a_tape_without_a_loss_has_no_items() -> None:
    tape = Tape()
    with tape.recording():
        tape.parameter("W", np.ones((2, 2)))
    assert Itemization(tape).run() == {}
