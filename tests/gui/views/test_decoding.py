"""The view of a decoder: what it reads, whence that came, what it answers, and what it held for likely."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.lesson import lesson_named
from engine.tensor import Role
from gui.bridge import Bridge
from gui.views.decoding import DecodingView
from gui.views.task_views import TASK_VIEWS
from tests.gui.views.plot_pictures import picture, stepped_picture
from tests.gui.views.seq2seq_lesson import seq2seq_bridge
from tests.gui.views.showing import Showing

Opened = Callable[..., tuple[Bridge, DecodingView]]


@pytest.fixture
def opened(showing: Showing) -> Opened:
    def open_view(**settings: object) -> tuple[Bridge, DecodingView]:
        bridge = seq2seq_bridge("integer_addition", **settings)
        view = showing(TASK_VIEWS["decoding"], bridge, (1000, 240))
        assert isinstance(view, DecodingView)
        return bridge, view

    return open_view


def test_the_encoder_reads_the_question_the_decoder_answers(opened: Opened) -> None:
    bridge, view = opened()
    tokens = view.tokens.tokens
    question = "".join(tokens.symbols(Role.INPUT, t) or "" for t in range(1, 8)).strip("␣")
    asked = "".join(tokens.symbols(Role.TARGET, t) or "" for t in range(8, 12)).strip("␣")
    assert sum(map(int, question.split("+"))) == int(asked)
    assert view.tokens.series.decoder.first == 8
    assert [tokens.symbols(Role.OUTPUT, t) for t in (7, 8)] == ["", None]
    bridge.move_to(bridge.tape.backward_start)
    for t in range(8, 12):
        assert tokens.is_right(t) == (tokens.symbols(Role.OUTPUT, t) == tokens.symbols(Role.TARGET, t))


@pytest.mark.parametrize(("forcing", "source"), [("on", Role.TARGET), ("off", Role.OUTPUT)])
def test_what_the_decoder_reads_is_the_truth_or_its_own_answer(opened: Opened, forcing: str, source: Role) -> None:
    bridge, view = opened(teacher_forcing=forcing)
    bridge.move_to(bridge.tape.backward_start)
    tokens, decoder = view.tokens.tokens, view.tokens.series.decoder
    assert decoder.is_truth(8, 0) is None
    assert tokens.symbols(Role.INPUT, 8) == "_"
    for t in range(9, 12):
        assert decoder.is_truth(t, 0) is (forcing == "on")
        assert tokens.symbols(Role.INPUT, t) == tokens.symbols(source, t - 1)


def test_forcing_by_chance_differs_from_sequence_to_sequence(opened: Opened) -> None:
    bridge, view = opened(teacher_forcing="probability", batch=8)
    bridge.move_to(bridge.tape.backward_start)
    met = set()
    for sequence in range(8):
        view.tokens.show_sequence(sequence)
        tokens, decoder = view.tokens.tokens, view.tokens.series.decoder
        for t in range(9, 12):
            is_truth = decoder.is_truth(t, sequence)
            met.add(is_truth)
            source = Role.TARGET if is_truth else Role.OUTPUT
            assert tokens.symbols(Role.INPUT, t) == tokens.symbols(source, t - 1)
    assert met == {True, False}


def test_the_likeliest_answers_at_the_cursor(opened: Opened) -> None:
    bridge, view = opened()
    assert view.time is None
    assert view.chances() == []
    outputs = {t: view.tokens.series.entry(Role.OUTPUT, t) for t in range(8, 12)}
    entry = outputs[9]
    assert entry is not None
    bridge.run_to(entry)
    value = np.asarray(bridge.tape[entry].value)[0]
    chances = view.chances()
    assert view.time == 9
    assert "9" in view.caption
    np.testing.assert_array_equal([one.probability for one in chances], -np.sort(-value))
    assert sum(one.comes for one in chances) == 1
    few = view.chances(2)
    assert few[-1].comes or few[0].comes
    later = outputs[10]
    assert later is not None
    bridge.run_to(later - 1)
    assert view.time == 10
    assert view.chances() == []
    bridge.move_to(bridge.cursor.end)
    assert view.time == 11
    bridge.select(entry)
    assert view.time == 9


def test_another_sequence_has_other_answers(opened: Opened) -> None:
    bridge, view = opened()
    bridge.move_to(bridge.tape.backward_start)
    before = [one.probability for one in view.chances()]
    view.tokens.show_sequence(1)
    assert [one.probability for one in view.chances()] != before


def test_a_step_at_a_time_gives_the_picture_of_a_jump(opened: Opened) -> None:
    bridge, view = opened(teacher_forcing="off")
    plot = view.tokens
    grown = stepped_picture(bridge, plot, bridge.tape.backward_start - 4)
    plot.show_sequence(0)
    assert picture(plot) == grown


def test_a_lesson_without_a_decoder_does_no_harm(opened: Opened) -> None:
    bridge, view = opened()
    bridge.move_to(bridge.cursor.end)
    bridge.session.open_lesson(lesson_named("copy"))
    bridge.move_to(bridge.cursor.end)
    assert view.tokens.series.decoder.first is None
    view.grab()
    bridge.session.open_lesson(lesson_named("binary-addition"))
    view.grab()
