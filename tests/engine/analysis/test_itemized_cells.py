"""The items of every recurrent cell add up, whatever the directions, layers, masks and truncation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.analysis.items import Reach
from engine.analysis.series import indices, parameters
from engine.cell import CELLS
from engine.lesson import lesson_named, lessons
from engine.tape import Tape
from engine.tensor import Role
from engine.training.run import Run
from tests.engine.analysis.test_itemized import add_up, describe_alike, taken


def tape_of(lesson_id: str, **values: object) -> Tape:
    lesson = lesson_named(lesson_id)
    return Run(lesson, lesson.settings.changed(**values)).tape(0)


@pytest.mark.parametrize("cell", list(CELLS))
@settings(deadline=None, max_examples=6)
@given(
    layers=st.integers(1, 2), bidirectional=st.booleans(), truncation=st.integers(0, 3), batch=st.integers(1, 3),
    seed=st.integers(0, 10_000),
)  # fmt: skip
def test_every_cell_in_every_arrangement(cell: str, **values: object) -> None:
    tape = tape_of("lstm", cell=cell, hidden=3, bits=5, **values)
    made = taken(tape)
    add_up(tape, made)
    describe_alike(made)


@pytest.mark.parametrize("lesson_id", [lesson.id for lesson in lessons()])
def test_every_lesson(lesson_id: str) -> None:
    tape = tape_of(lesson_id)
    if len(tape) > 8000 or sum(np.size(tape[index].value) for index in parameters(tape).values()) > 100_000:
        pytest.skip("this test keeps every item, and those of large recordings do not fit into its time")
    add_up(tape, taken(tape))


def test_backwards_the_losses_before_a_step_reach_it() -> None:
    """What reads from the end back carries the gradient of a loss to the later states."""
    items = taken(tape_of("lstm", cell="rnn", bidirectional=True, bits=6)).items
    forward, backward = (next(one for name, one in items.items() if name.startswith(side) and one.is_state)
                         for side in ("forward", "backward"))  # fmt: skip
    assert np.array_equal(forward.reach == Reach.OPEN, np.tril(np.ones((6, 6), bool)))
    assert np.array_equal(backward.reach == Reach.OPEN, np.triu(np.ones((6, 6), bool)))


@pytest.mark.parametrize("time_layers", [True, False])
def test_one_read_out_over_all_time_steps_is_itemized_like_one_for_each(time_layers: bool) -> None:
    """TimeAffine has one loss outside time; its parts enter the time steps one by one."""
    one, each = (
        tape_of("rnn-language-model", time_layers=layers, hidden=4, embedding=3) for layers in (time_layers, False)
    )
    made, wanted = taken(one), taken(each)
    add_up(one, made)
    for name in indices(each, Role.STATE):
        np.testing.assert_allclose(made.items[name].norms, wanted.items[name].norms, rtol=1e-9)
    assert made.items["W_y"].losses == ((0,) if time_layers else wanted.items["W_y"].losses)
    assert set(parameters(one)) == {name for name, items in made.items.items() if not items.is_state}
