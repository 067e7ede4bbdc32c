"""Watches show what the cursor has reached, and never more."""

import numpy as np
import pytest

from engine.debugger.address_completion import completions, known_addresses
from engine.debugger.cursor import Cursor
from engine.debugger.grain import Grain
from engine.debugger.session import Session
from engine.debugger.watch_lists import WatchLists
from engine.debugger.watches import (
    Known,
    Quantity,
    WatchError,
    WatchExpression,
    check_watch,
    read,
    watch_expression,
    watched_steps,
)
from engine.errors import AddressError
from engine.tape import Tape
from engine.tensor import Role
from tests.engine.small_lesson import small


@pytest.fixture
def cursor() -> Cursor:
    return Session(*small()).cursor


def test_an_element_is_written_in_brackets() -> None:
    assert watch_expression(" given/W[0, 2] ") == WatchExpression("given/W", Quantity.VALUE, (0, 2))
    assert watch_expression("given/W[0,2]").text == "given/W[0, 2]"


@pytest.mark.parametrize("text", ["given/W[]", "given/W[a]", "given/W[-1, 0]", "given/W[0", "given/W]", "[0] given/W"])
def test_wrong_brackets_are_refused(text: str) -> None:
    with pytest.raises(WatchError, match=r"Write one element as \[n, j\]"):
        watch_expression(text)


@pytest.mark.parametrize("text", ["", "  ", "given//W", "/", "[0, 0]"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressError):
        watch_expression(text)


def test_a_bare_symbol_means_it_at_every_place(cursor: Cursor) -> None:
    names = cursor.addresses
    assert watched_steps(watch_expression("W"), cursor.tape) == [names.index("given/W")]
    states = watched_steps(watch_expression("z"), cursor.tape)
    assert [names[index] for index in states] == [
        "given/z", *(f"forward/t={t}/rnn/sigmoid#1" for t in (1, 2, 3)),
    ]  # fmt: skip


def test_checks_say_what_is_wrong(cursor: Cursor) -> None:
    with pytest.raises(AddressError, match="No step has the address nowhere"):
        check_watch(watch_expression("nowhere"), cursor.tape)
    with pytest.raises(WatchError, match=r"given/W has no element \[4, 0\]; its shape is \[4, 4\]"):
        check_watch(watch_expression("given/W[4, 0]"), cursor.tape)
    with pytest.raises(WatchError, match="no element"):
        check_watch(watch_expression("given/W[1]"), cursor.tape)
    check_watch(watch_expression("given/W[3, 3]"), cursor.tape)


def test_no_value_is_read_beyond_the_cursor(cursor: Cursor) -> None:
    everything = watch_expression("**")
    for position in cursor.stops(Grain.OPERATION):
        cursor.position = int(position)
        for index in watched_steps(everything, cursor.tape, cursor.addresses):
            reading = read(cursor, everything, index)
            assert (reading.known is Known.YES) == cursor.revealed(index)
            assert (reading.numbers is None) == (reading.norm is None) == (not cursor.revealed(index))


def test_gradients_are_read_as_far_as_they_were_summed(cursor: Cursor) -> None:
    watch = watch_expression("given/W", Quantity.GRADIENT)
    index = watched_steps(watch, cursor.tape)[0]
    totals = cursor.tape.gradient_totals[index]
    assert read(cursor, watch, index).known is Known.NOT_YET
    for entry in totals:
        cursor.position = entry
        assert read(cursor, watch, index).entry != entry
        cursor.position = entry + 1
        reading = read(cursor, watch, index)
        assert reading.entry == entry
        assert reading.known is (Known.YES if entry == totals[-1] else Known.SO_FAR)
    whole = cursor.tape.gradient(index)
    assert whole is not None
    np.testing.assert_array_equal(reading.numbers, whole)
    assert reading.norm == pytest.approx(float(np.linalg.norm(whole)))


def test_what_no_gradient_reaches_says_so(cursor: Cursor) -> None:
    watch = watch_expression("given/t=1/d", Quantity.GRADIENT)
    assert read(cursor, watch, watched_steps(watch, cursor.tape)[0]).known is Known.NO_GRADIENT


def test_an_element_and_its_absence(cursor: Cursor) -> None:
    index = cursor.addresses.index("given/W")
    value = cursor.tape[index].value
    assert read(cursor, watch_expression("given/W[1, 2]"), index).numbers == value[1, 2]
    assert read(cursor, watch_expression("given/W[9, 2]"), index).known is Known.NO_ELEMENT


def test_norms_of_bad_numbers_do_not_warn() -> None:
    tape = Tape()
    with tape.recording():
        for number, value in enumerate((np.nan, np.inf, 1e200)):
            tape.given(f"a{number}", np.full((1, 2), value), Role.INPUT)
    norms = [read(Cursor(tape), watch_expression("**"), index).norm for index in range(3)]
    np.testing.assert_array_equal(norms, [np.nan, np.inf, np.inf])


def test_each_lesson_has_its_own_list_in_the_users_order() -> None:
    lists = WatchLists()
    one, two, three = (watch_expression(text) for text in ("a", "b", "c"))
    assert all(lists.add("x", watch) for watch in (one, two, three))
    assert not lists.add("x", two)
    assert lists.add("y", two)
    assert lists.move("x", 2, -1) == 1
    assert lists.of("x") == (one, three, two)
    assert lists.move("x", 0, -1) == 0
    assert lists.move("x", 2, 5) == 2
    lists.remove("x", 0)
    assert (lists.of("x"), lists.of("y"), lists.of("z")) == ((three, two), (two,), ())


def test_completions_begin_with_parameters_and_patterns_over_time(cursor: Cursor) -> None:
    known = known_addresses(cursor.tape, cursor.addresses)
    assert known[:4] == ["given/W_in", "given/W_out", "given/W", "forward/t=*/rnn/u"]
    assert len(known) == len(set(known))
    assert set(cursor.addresses) <= set(known)
    assert completions(known, "RNN/z")[0] == "forward/t=*/rnn/z"
    assert completions(known, "backward/t=3/rnn")[0].startswith("backward/t=3/rnn/")
    assert completions(known, "nothing such") == completions(known, " ") == []
    assert len(completions(known, "t=", most=7)) == 7
    assert all(watched_steps(watch_expression(address), cursor.tape, cursor.addresses) for address in known)
