"""Encoder and decoder over time: one series for both, or, where nothing goes through, what each of them has."""

from engine.debugger.session import Session
from engine.lesson import lesson_named
from engine.tensor import Role
from gui.views.tape_series import TapeSeries, series_on


def series_of(**values: object) -> dict[str, TapeSeries]:
    lesson = lesson_named("seq2seq-addition")
    session = Session(lesson, lesson.settings.changed(hidden=3, batch=2, examples=100, **values))
    found = series_on(session.tape)
    return {one.symbol: one for one in found if one.role is Role.STATE}


def test_states_go_through_both() -> None:
    found = series_of(cell="lstm")
    assert set(found) == {"h", "c"}
    for one in found.values():
        assert (one.first, one.last) == (0, 8)
        assert (one.entries >= 0).all()


def test_what_an_encoder_in_two_directions_has_is_there_too() -> None:
    found = series_of(cell="lstm", bidirectional=True)
    assert found
    for one in found.values():
        assert sum(one.entry(t) is not None for t in range(9)) > 1
