"""Stopping a recording in its middle: soon, with nothing of it kept, and never where nobody asked for it."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable

import numpy as np
import pytest

from engine.cancellation import Cancelled, cancellable, heed
from engine.lesson import lesson_named
from engine.tape import Phase, Tape
from engine.training.initializers import INITIALIZERS
from engine.training.run import Run


def after(looks: int) -> Callable[[], bool]:
    """A question that is answered with yes after so many looks."""
    left = iter(range(looks))
    return lambda: next(left, None) is None


def test_nobody_stops_what_nobody_asked_to_stop() -> None:
    heed()
    with cancellable(lambda: True), pytest.raises(Cancelled):
        heed()
    heed()


def test_the_inner_question_counts_and_the_outer_one_is_back_after_it() -> None:
    with cancellable(lambda: True):
        with cancellable(lambda: False):
            heed()
        with pytest.raises(Cancelled):
            heed()


@pytest.mark.parametrize("name", ["binary-addition", "attention-dates", "vae-digits", "recursive-net"])
@pytest.mark.parametrize("phase", list(Phase))
def test_a_recording_stops_in_every_phase(name: str, phase: Phase, monkeypatch: pytest.MonkeyPatch) -> None:
    lesson = lesson_named(name)
    tapes: list[Tape] = []
    usual = Tape.__init__

    def noted(tape: Tape) -> None:
        usual(tape)
        tapes.append(tape)

    monkeypatch.setattr(Tape, "__init__", noted)
    run = Run(lesson, lesson.settings)
    reached: list[int] = []

    def is_cancelled() -> bool:
        if not tapes:
            return False  # the data are being made
        tape = tapes[-1]
        reached.append(len(tape))
        begun = tape.backward_start if phase is Phase.BACKWARD else tape.update_start
        return len(tape) > (20 if phase is Phase.FORWARD else begun)

    with cancellable(is_cancelled), pytest.raises(Cancelled):
        run.next_iteration()
    assert run.reached == 0
    assert len(tapes[-1]) == 0  # what was recorded is let go of
    tape = run.next_iteration()
    assert reached[-1] < len(tape)
    assert tape.phase(reached[-1] - 1) is phase


def test_between_two_looks_a_small_part_is_recorded() -> None:
    lesson = lesson_named("attention-dates")
    run = Run(lesson, lesson.settings)
    looks = 0

    def is_cancelled() -> bool:
        nonlocal looks
        looks += 1
        return False

    with cancellable(is_cancelled):
        tape = run.next_iteration()
    assert looks > len(tape) / 5


def test_a_huge_network_is_stopped_between_any_two_steps() -> None:
    lesson = lesson_named("binary-addition")
    settings = lesson.settings.changed(hidden=1500, bits=2, batch=1)
    looks = 0

    def is_cancelled() -> bool:
        nonlocal looks
        looks += 1
        return False

    with cancellable(is_cancelled):
        run = Run(lesson, settings)
        tape = run.next_iteration()
    assert looks >= len(tape)
    assert type(tape.steps) is list  # whoever reads it is not slower for it


def test_a_stopped_iteration_leaves_the_run_as_if_it_had_never_begun() -> None:
    lesson = lesson_named("gru")
    stopped, straight = Run(lesson, lesson.settings), Run(lesson, lesson.settings)
    for looks in (3, 50, 200):
        with cancellable(after(looks)), pytest.raises(Cancelled):
            for _ in stopped.advance(1000):
                pass
    reached = stopped.reached
    for _ in straight.advance(reached + 3):
        pass
    for _ in stopped.advance(reached + 3):
        pass
    assert stopped.history.losses == straight.history.losses
    for name, value in straight.latest[1].parameters.items():
        assert np.array_equal(value, stopped.latest[1].parameters[name])


def test_memory_is_given_back_at_once() -> None:
    lesson = lesson_named("binary-addition")
    run = Run(lesson, lesson.settings)
    seen: list[weakref.ref[np.ndarray]] = []
    looks = after(60)
    usual = Tape.given

    def noted(tape: Tape, symbol: str, value: np.ndarray, role):
        kept = np.array(value)
        seen.append(weakref.ref(kept))
        return usual(tape, symbol, kept, role)

    gc.disable()
    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(Tape, "given", noted)
            try:
                with cancellable(looks):
                    run.next_iteration()
            except Cancelled:
                stopped = True
    finally:
        gc.enable()
    assert stopped
    assert seen
    assert not [one for one in seen if one() is not None]


@pytest.mark.parametrize("init", INITIALIZERS)
def test_parameters_are_drawn_with_the_same_bits_piece_by_piece(init: str, monkeypatch: pytest.MonkeyPatch) -> None:
    lesson = lesson_named("relu-rnn")
    settings = lesson.settings.changed(hidden=30, init=init)
    whole = Run(lesson, settings).latest[1].parameters
    monkeypatch.setattr("engine.training.initializers._DRAWN_AT_ONCE", 7)
    pieces = Run(lesson, settings).latest[1].parameters
    for name, value in whole.items():
        assert np.array_equal(value, pieces[name])


def test_drawing_many_digits_is_stopped_and_begun_anew_the_next_time() -> None:
    lesson = lesson_named("vae-digits")
    settings = lesson.settings.changed(examples=3000, image_size=8, seed=70_123)
    with cancellable(after(5)), pytest.raises(Cancelled):
        Run(lesson, settings).next_iteration()
    assert Run(lesson, settings).next_iteration().loss >= 0


def test_drawing_parameters_is_stopped_in_the_middle_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    lesson = lesson_named("binary-addition")
    monkeypatch.setattr("engine.training.initializers._DRAWN_AT_ONCE", 100)
    looks = 0

    def is_cancelled() -> bool:
        nonlocal looks
        looks += 1
        return looks == 50

    with cancellable(is_cancelled), pytest.raises(Cancelled):
        Run(lesson, lesson.settings.changed(hidden=1000))
    assert looks == 50
