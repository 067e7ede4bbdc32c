"""Free beside forced: what a decoder says without a teacher, where it parts, and what it says to a typed source."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.lesson import lesson_named
from engine.tensor import Role
from engine.training.free_running import BEAM, SAMPLED, Choice
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.decoding import DecodingView
from gui.views.decoding_plot import FORCED, FREE
from tests.gui.views.plot_pictures import picture, stepped_picture
from tests.gui.views.seq2seq_lesson import bridge_of
from tests.gui.views.showing import Showing

Opened = Callable[..., tuple[Bridge, DecodingView]]


@pytest.fixture
def opened(qtbot: QtBot, showing: Showing) -> Opened:
    def open_view(task: str = "integer_addition", **settings: object) -> tuple[Bridge, DecodingView]:
        small = {"cell": "gru", "hidden": 6, "batch": 3, "reversed": True}
        examples = {"examples": 50} if task != "pairs_file" else {"pairs": 50}
        bridge = bridge_of("seq2seq", task, **{**small, **examples, **settings})
        view = showing(DecodingView, bridge, (1000, 240))
        qtbot.waitUntil(lambda: view.runs.made is not None)
        return bridge, view

    return open_view


def test_free_is_hidden_until_the_cursor_has_come_so_far(opened: Opened) -> None:
    bridge, view = opened()
    plot, entries = view.tokens, {t: view.tokens.series.entry(Role.OUTPUT, t) for t in range(8, 12)}
    assert plot.rows_of_runs == (FREE,)
    assert [plot.said(FREE, t) for t in range(8, 12)] == [None] * 4
    entry = entries[9]
    assert entry is not None
    bridge.run_to(entry)
    assert [plot.said(FREE, t) is not None for t in range(7, 12)] == [False, True, True, False, False]


def test_without_a_teacher_the_tape_itself_is_free(opened: Opened) -> None:
    bridge, view = opened(teacher_forcing="off")
    bridge.move_to(bridge.tape.backward_start)
    plot = view.tokens
    assert plot.rows_of_runs == (FORCED, FREE)
    for t in range(8, 12):
        free, forced = plot.said(FREE, t), plot.said(FORCED, t)
        assert free is not None
        assert forced is not None
        assert free.symbol == plot.tokens.symbols(Role.OUTPUT, t)
        assert free.probability == pytest.approx(plot.tokens.probability(t))
    first = next((t for t in range(8, 12) if plot.said(FREE, t) != plot.said(FORCED, t)), None)
    parting = plot.parting
    assert parting is None or (first is not None and parting >= first)


def test_the_parting_is_marked_once_it_is_revealed(opened: Opened) -> None:
    bridge, view = opened(batch=30)
    plot = view.tokens
    for sequence in range(30):
        plot.show_sequence(sequence)
        if plot.runs.parting is not None:
            break
    t = plot.runs.parting
    assert t is not None
    assert plot.parting is None
    bridge.move_to(bridge.tape.backward_start)
    assert plot.parting == t
    free, forced = plot.said(FREE, t), plot.tokens.symbols(Role.OUTPUT, t)
    assert free is not None
    assert free.symbol != forced


def test_a_step_at_a_time_gives_the_picture_of_a_jump(opened: Opened) -> None:
    bridge, view = opened(teacher_forcing="probability")
    plot = view.tokens
    grown = stepped_picture(bridge, plot, bridge.tape.backward_start - 4)
    plot.show_sequence(0)
    assert picture(plot) == grown


def test_a_typed_source_is_answered(opened: Opened, qtbot: QtBot) -> None:
    _, view = opened(digits=2)
    assert "(3 sequences)" in view.typed.answer
    view.typed.type("57+5")
    qtbot.waitUntil(lambda: view.runs.made is not None)
    assert view.typed.answer.startswith("“57+5” → “")
    full_width = view.typed.answer.partition("→")[2]
    view.typed.type("５７＋５")
    qtbot.waitUntil(lambda: view.runs.made is not None)
    assert view.typed.answer.partition("→")[2] == full_width


@pytest.mark.parametrize(("text", "sentence"), [("57-5", "Not known here: -."), ("111+22", "Too long: 6 symbols")])
def test_what_cannot_be_read_is_said(opened: Opened, text: str, sentence: str) -> None:
    _, view = opened(digits=2)
    view.typed.type(text)
    assert view.typed.answer.startswith(sentence)
    assert view.typed.problem is not None
    view.typed.type("")
    assert view.typed.problem is None
    assert "loss: forced" in view.typed.answer


def test_words_without_a_number_are_said(opened: Opened, qtbot: QtBot) -> None:
    _, view = opened("pairs_file", vocabulary=12)
    view.typed.type("two zebra hundred")
    qtbot.waitUntil(lambda: view.runs.made is not None)
    assert "read as <unk>: zebra" in view.typed.answer


def test_a_beam_shows_its_hypotheses(opened: Opened, qtbot: QtBot) -> None:
    _, view = opened(digits=2)
    assert not view.kept.hypotheses
    assert not view.kept.isVisible()
    view.choice.choose(Choice(BEAM, width=5))
    qtbot.waitUntil(lambda: view.runs.made is not None)
    kept = view.kept.hypotheses
    assert 1 < len(kept) <= 5
    assert [one.log_probability for one in kept] == sorted((one.log_probability for one in kept), reverse=True)
    view.typed.type("1+2")
    qtbot.waitUntil(lambda: view.runs.made is not None)
    assert view.kept.hypotheses[0].text == view.typed.answer.split("”")[1].removeprefix(" → “")


def test_samples_change_with_the_seed(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    bridge.move_to(bridge.tape.backward_start)
    said = set()
    for seed in range(4):
        view.choice.choose(Choice(SAMPLED, seed=seed))
        qtbot.waitUntil(lambda: view.runs.made is not None)
        said.add(tuple(str(view.tokens.said(FREE, t)) for t in range(8, 12)))
    assert len(said) > 1


def test_a_typed_source_is_answered_with_the_new_weights_the_batch_with_those_of_the_tape(
    opened: Opened, qtbot: QtBot
) -> None:
    bridge, view = opened(learning_rate=1.0)
    view.typed.type("1+1")
    qtbot.waitUntil(lambda: view.runs.made is not None)
    before = view.runs.made
    bridge.move_to(bridge.cursor.end)
    qtbot.waitUntil(lambda: view.runs.made is not None and view.runs.made is not before)
    after = view.runs.made
    assert before is not None
    assert after is not None
    assert before.typed is not None
    assert after.typed is not None
    assert (after.typed.free.probabilities != before.typed.free.probabilities).any()
    assert (after.both.forced.probabilities == before.both.forced.probabilities).all()
    for t in range(8, 12):
        forced = view.tokens.said(FORCED, t)
        assert forced is not None
        assert forced.symbol == view.tokens.tokens.symbols(Role.OUTPUT, t)


def test_other_lessons_do_no_harm(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    view.typed.type("1+1")
    for lesson in ("copy", "attention-dates", "binary-addition"):
        bridge.session.open_lesson(lesson_named(lesson))
        QApplication.processEvents()
        bridge.move_to(bridge.cursor.end)
        view.grab()
    assert view.tokens.rows_of_runs == ()
    assert not view.choice.isVisible()


@pytest.mark.parametrize("forcing", ["on", "off"])
def test_a_network_without_time_steps_has_positions_in_their_place(qtbot: QtBot, forcing: str) -> None:
    bridge = bridge_of("transformer", "date_formats", batch=3, examples=50, teacher_forcing=forcing, reversed=False)
    view = DecodingView(bridge, Appearance())
    qtbot.addWidget(view)
    view.resize(1000, 240)
    view.show()
    qtbot.waitUntil(lambda: view.runs.made is not None)
    bridge.move_to(bridge.tape.backward_start)
    series, tokens = view.tokens.series, view.tokens.tokens
    first = series.decoder.first
    assert first is not None
    assert series.length == first + 9
    assert any(tokens.symbols(Role.INPUT, t) for t in range(1, first))
    for t in range(first, series.length + 1):
        forced, free = view.tokens.said(FORCED, t), view.tokens.said(FREE, t)
        assert forced is not None
        assert free is not None
        same = forced if forcing == "on" else free
        assert same.symbol == tokens.symbols(Role.OUTPUT, t)
        assert same.probability == pytest.approx(tokens.probability(t))
    view.tokens.picked.emit(first + 2)
    assert f"t = {first + 2}" in view.caption or forcing == "off"
    bridge.close()
