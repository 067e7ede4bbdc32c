"""The view of symbols: every station from text to vector and back, and the vocabulary."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import Qt

from engine.tensor import Role
from gui.bridge import Bridge
from gui.views import VIEWS
from gui.views.tokens import TokensView
from gui.views.tokens_plot import Station
from tests.gui.views.lesson_bridge import lesson_bridge
from tests.gui.views.plot_pictures import picture, stepped_picture
from tests.gui.views.showing import Showing

Opened = Callable[..., tuple[Bridge, TokensView]]
_SMALL = {"hidden": 5, "batch": 3}


@pytest.fixture
def opened(showing: Showing) -> Opened:
    def open_view(name: str = "user-pairs", **settings: object) -> tuple[Bridge, TokensView]:
        bridge = lesson_bridge(name, **{**_SMALL, **settings})
        view = showing(next(one for one in VIEWS if one.id == "tokens").factory, bridge, (1100, 320))
        assert isinstance(view, TokensView)
        return bridge, view

    return open_view


def test_a_symbol_goes_through_all_its_stations(opened: Opened) -> None:
    bridge, view = opened()
    stations = view.plot.stations
    assert view.sentence == ""
    assert stations.embedding(1) is None
    bridge.move_to(bridge.tape.backward_start)
    first = stations.series.decoder.first
    assert first is not None
    for t in range(1, first):
        number, row = stations.id(t), stations.embedding(t)
        entry = stations.embedded_entry(t)
        assert number is not None
        assert entry is not None
        table = np.asarray(bridge.tape.steps[entry].inputs[0].value)
        np.testing.assert_array_equal(row, table[number])
    for t in range(first, stations.series.length + 1):
        chances, answer = stations.distribution(t), stations.answer(t)
        assert chances is not None
        assert chances.sum() == pytest.approx(1.0)
        assert answer == chances.argmax()
        assert stations.names(t) is stations.tokens.answers
    assert stations.names(first)[stations.id(first) or 0] == "<start>"


def test_the_text_is_that_of_the_file(opened: Opened) -> None:
    bridge, view = opened()
    bridge.move_to(bridge.tape.backward_start)
    text = view.plot.stations.source_text()
    assert text
    assert all(word in view.plot.stations.tokens.inputs for word in text.split())


def test_hovering_tells_every_station(opened: Opened) -> None:
    bridge, view = opened()
    bridge.move_to(bridge.tape.backward_start)
    told = {}
    for station in Station:
        t = 1 if station <= Station.EMBEDDING else 9
        target = view.plot._target(station, t)  # noqa: SLF001 - what the mouse would find there
        assert target is not None
        told[station] = target.text
    assert "1 at place" in told[Station.ONE_HOT]
    assert "of the table, 16 numbers" in told[Station.EMBEDDING]
    assert view.plot._target(Station.DISTRIBUTION, 1) is None  # noqa: SLF001


def test_a_step_at_a_time_gives_the_picture_of_a_jump(opened: Opened) -> None:
    bridge, view = opened(hidden=3)
    plot = view.plot
    grown = stepped_picture(bridge, plot, bridge.tape.backward_start - 4)
    plot.show_sequence(0)
    assert picture(plot) == grown


def test_the_vocabulary_is_searched_and_follows_the_cursor(opened: Opened) -> None:
    bridge, view = opened()
    table, model = view.vocabulary, view.vocabulary.model
    assert model.rowCount() == 32
    entry = view.plot.stations.embedded_entry(4)
    assert entry is not None
    bridge.run_to(entry)
    assert table.table.current_row() == view.plot.stations.id(4)
    table.search("THOU")
    assert model.rowCount() == 1
    assert model.data(model.index(0, 1)) == "thousand"
    assert int(str(model.data(model.index(0, 2))).replace(",", "")) > 1000
    table.search("nothing at all")
    assert model.rowCount() == 0
    table.search("")
    table.choose(1)
    meanings = [model.data(model.index(row, 1), Qt.ItemDataRole.ToolTipRole) for row in range(model.rowCount())]
    assert "after it an answer is over" in str(meanings[0])
    assert "the decoder reads it first" in str(meanings[-1])


@pytest.mark.parametrize("lesson", ["rnn-language-model", "copy", "attention-dates", "bidirectional-rnn"])
def test_other_tasks_with_symbols(opened: Opened, lesson: str) -> None:
    bridge, view = opened(lesson, **({} if lesson != "rnn-language-model" else {"corpus_size": 500, "time_size": 5}))
    bridge.move_to(bridge.tape.backward_start)
    assert view.sentence == ""
    assert view.plot.stations.source_text()
    assert view.vocabulary.model.rowCount() > 3
    assert view.plot.series.entry(Role.INPUT, 1) is not None
    view.grab()


@pytest.mark.parametrize("lesson", ["binary-addition", "sine-prediction"])
def test_where_nothing_is_cut_into_tokens_a_sentence_says_so(opened: Opened, lesson: str) -> None:
    bridge, view = opened(lesson)
    bridge.move_to(bridge.cursor.end)
    assert "no symbols" in view.sentence
    view.grab()
