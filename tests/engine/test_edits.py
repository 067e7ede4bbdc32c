"""Edits: the forced pass is a true pass of its own, and nothing else changes."""

from dataclasses import replace

import numpy as np
import pytest

from engine.address import addresses
from engine.debugger.session import Session
from engine.edits import Edit, EditError, computed, is_forced, named_step
from engine.errors import BackstepError
from engine.lesson import lesson_named
from engine.tape import Tape
from engine.tensor import Role, Tensor
from engine.training.iteration import record_iteration
from engine.training.run import Run, RunError

SMALL = {"hidden": 4, "embedding": 3, "batch": 2, "examples": 60, "padding": "masked", "formats": "numbers"}
PLACES = ("read-out", "cell")


def session(**values: object) -> Session:
    lesson = lesson_named("attention-dates")
    return Session(lesson, lesson.settings.changed(**{**SMALL, **values}))


def weights(tape: Tape) -> list[Tensor]:
    return [step for step in tape.steps[: tape.backward_start] if step.role is Role.ATTENTION]


def look_at(one: Session, row: int, sequence: int, place: int) -> Edit:
    """The weights of a row all at one place."""
    step = computed(weights(one.tape)[row])
    width = step.shape[-1]
    numbers = tuple(((sequence, at), float(at == place)) for at in range(width))
    return Edit(one.cursor.addresses[step.index], numbers, "a")


def same(one: Tape, other: Tape) -> bool:
    pairs = zip(one, other, strict=True)
    return all(np.asarray(a.value).tobytes() == np.asarray(b.value).tobytes() for a, b in pairs)


@pytest.mark.parametrize("place", PLACES)
def test_a_forced_pass_is_true(place: str) -> None:
    one = session(context_into=place, attention="additive")
    before, loss = one.tape, float(one.tape[one.tape.loss].value)
    one.edit((look_at(one, 3, 0, 2), look_at(one, 5, 1, 0)))
    found = weights(one.tape)
    np.testing.assert_array_equal(found[3].value[0], np.eye(len(found[3].value[0]))[2])
    np.testing.assert_array_equal(found[3].value[1], weights(before)[3].value[1])
    memory = next(step for step in one.tape if step.symbol == "hs").value
    context = [step for step in one.tape if step.symbol == "ctx"]
    np.testing.assert_allclose(context[3].value[0], memory[0, 2], rtol=1e-15)
    assert float(one.tape[one.tape.loss].value) != loss
    assert_gradients_are_those_of_the_forced_pass(one)


def assert_gradients_are_those_of_the_forced_pass(one: Session) -> None:
    """An entry of each parameter, the steepest, against central differences of the pass with the same edits."""
    start, edits, width = one.run.state(0), one.edits, 1e-5
    for name, parameter in start.parameters.items():
        index = next(step.index for step in one.tape if step.symbol == name and step.role is Role.PARAMETER)
        gradient = one.tape.gradient(index)
        assert gradient is not None
        place = np.unravel_index(np.argmax(np.abs(gradient)), parameter.shape)
        losses = []
        for shift in (width, -width):
            moved = parameter.copy()
            moved[place] += shift
            shifted = replace(start, parameters={**start.parameters, name: moved})
            tape, _ = record_iteration(one.lesson, one.settings, shifted, 0, edits=edits)
            losses.append(float(tape[tape.loss].value))
        assert gradient[place] == pytest.approx((losses[0] - losses[1]) / (2 * width), rel=1e-4, abs=1e-8), name


def test_what_comes_before_the_edit_keeps_its_bits_and_addresses() -> None:
    one = session()
    before, names = one.tape, one.cursor.addresses
    edit = look_at(one, 3, 0, 2)
    one.edit((edit,))
    at = names.index(edit.address)
    for old, new in zip(before.steps[: at + 1], one.tape.steps[: at + 1], strict=True):
        assert np.asarray(old.value).tobytes() == np.asarray(new.value).tobytes()
    added = set(one.cursor.addresses) - set(names)
    assert set(names) <= set(one.cursor.addresses)
    assert {name for name in added if not name.startswith("backward/")} == {
        name for name in added if "forced" in name
    }
    forced = named_step(one.tape, at)
    assert is_forced(one.tape[forced])
    assert computed(one.tape[forced]).index == at


def test_no_gradient_flows_where_a_number_is_forced() -> None:
    one = session()
    one.edit((look_at(one, 3, 0, 2),))
    step = weights(one.tape)[3]
    gradient = one.tape.gradient(step.index)
    assert gradient is not None
    assert gradient[0].any()
    passed = one.tape.gradient(computed(step).index)
    assert passed is not None
    assert not passed[0].any()
    np.testing.assert_array_equal(passed[1], gradient[1])


def test_the_run_never_has_the_edits() -> None:
    one, other = session(), session()
    one.edit((look_at(one, 3, 0, 2),))
    one.open_iteration(1)
    other.open_iteration(1)
    assert one.edits == ()
    assert same(one.tape, other.tape)
    one.open_iteration(0)
    other.open_iteration(0)
    assert same(one.tape, other.tape)


def test_back_and_forth_gives_the_same_bits_at_the_same_place() -> None:
    one = session()
    plain = one.tape
    edit = look_at(one, 3, 0, 2)
    one.run_to(weights(plain)[3].index)
    at = one.position
    one.edit((edit,))
    assert one.cursor.current == weights(one.tape)[3].index
    forced = one.tape
    one.edit(())
    assert (one.position, one.edits) == (at, ())
    assert same(plain, one.tape)
    one.edit((edit,))
    assert same(forced, one.tape)
    one.restart()
    assert one.edits == ()
    assert same(plain, one.tape)


@pytest.mark.parametrize(
    ("numbers", "part"),
    [((((0, 99), 1.0),), "(0, 99)"), ((((0,), 1.0),), "(0,)"), ((((0, -1), 1.0),), "-1"), ((((0, 0), np.nan),), "nan")],
)
def test_an_edit_that_does_not_fit_is_refused_and_all_stays(numbers: tuple, part: str) -> None:
    one = session()
    before = one.tape
    address = look_at(one, 0, 0, 0).address
    with pytest.raises(EditError, match=r".+") as caught:
        one.edit((Edit(address, numbers, "a"),))
    assert part in str(caught.value)
    assert one.tape is before
    assert one.edits == ()


def test_an_address_that_there_is_not_is_refused() -> None:
    one = session()
    with pytest.raises(EditError, match="no/such/place#1"):
        one.edit((Edit("no/such/place#1", (((0, 0), 1.0),)),))


def test_a_run_that_has_not_come_so_far() -> None:
    lesson = lesson_named("attention-dates")
    run = Run(lesson, lesson.settings.changed(**SMALL))
    with pytest.raises(RunError) as caught:
        run.edited_tape(0, ())
    assert isinstance(caught.value, BackstepError)


def test_without_edits_the_recording_is_as_ever() -> None:
    one = session()
    plain = Run(one.lesson, one.settings).tape(0)
    assert type(plain.steps) is list
    assert addresses(plain) == addresses(one.run.edited_tape(0, ()))
