"""Tied cursors: the same phase and time step in two recordings."""

from dataclasses import replace

import numpy as np
import pytest

from engine.analysis.series import time_of
from engine.debugger.tied_cursor import places, tied_position
from engine.lesson import lesson_named
from engine.tape import Tape
from engine.training.run import Run


def tape(cell: str, **settings: object) -> Tape:
    lesson = lesson_named("adding-problem")
    lesson = replace(lesson, settings=lesson.settings.changed(cell=cell, length=6, hidden=3, batch=2, **settings))
    return Run(lesson, lesson.settings).next_iteration()


@pytest.mark.parametrize(("one", "other"), [("gru", "rnn"), ("rnn", "lstm"), ("lstm", "gru"), ("gru", "gru")])
def test_phase_and_time_step_are_the_same(one: str, other: str) -> None:
    own, tied = tape(one), tape(other)
    own_places, tied_places = places(own), places(tied)
    positions = [tied_position(own_places, position, tied_places) for position in range(len(own) + 1)]
    assert positions[0] == 0
    assert positions[-1] == len(tied)
    assert (np.diff(positions) >= 0).all()
    for position in range(1, len(own)):
        current, there = own.steps[position - 1], positions[position]
        following = own.steps[position] if position < len(own) else current
        if time_of(current) is None or time_of(following) != time_of(current) or there == 0:
            continue
        found = tied.steps[there - 1]
        if time_of(found) and own.phase(current.index) is own.phase(following.index) is tied.phase(found.index):
            assert abs((time_of(found) or 0) - (time_of(current) or 0)) <= 1


def test_a_recording_is_tied_to_itself_position_by_position() -> None:
    own = places(tape("lstm"))
    assert [tied_position(own, position, own) for position in range(len(own) + 1)] == list(range(len(own) + 1))


def test_the_ends_of_time_steps_correspond() -> None:
    own, tied = tape("gru"), tape("rnn")
    own_places, tied_places = places(own), places(tied)
    for t in range(1, 7):
        last = max(step.index for step in own.steps[: own.backward_start] if time_of(step) == t)
        there = tied_position(own_places, last + 1, tied_places)
        assert time_of(tied.steps[there - 1]) in {t, None}
