"""The view of word vectors: the right neighbours and answers, marks of the step at the cursor, live while training."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from engine.analysis.word_vectors import WordVectors
from engine.debugger.session import Session
from engine.lesson import lesson_named
from engine.training.run import Run
from gui.bridge import Bridge
from gui.views.word_labels import placed_labels
from gui.views.word_map_camera import WordMapCamera
from gui.views.words import WordsView
from tests.gui.views.showing import Showing

Opened = Callable[..., tuple[Bridge, WordsView]]


@pytest.fixture
def opened(showing: Showing) -> Opened:
    def open_view(lesson_id: str = "word2vec-skip-gram", **values: object) -> tuple[Bridge, WordsView]:
        lesson = lesson_named(lesson_id)
        session = Session(lesson)
        run = Run(lesson, lesson.settings.changed(**values))
        session.open_run(run, run.tape(0))
        bridge = Bridge(session)
        return bridge, showing(WordsView, bridge, (1100, 320))

    return open_view


def vectors_of(bridge: Bridge, name: str = "W_in") -> WordVectors:
    entry = next(step for step in bridge.tape if step.symbol == name)
    return WordVectors(bridge.lesson.task.input_names(bridge.settings), np.asarray(entry.value))  # type: ignore[attr-defined]


def test_neighbours_and_answers_are_those_of_the_table(opened: Opened) -> None:
    bridge, view = opened()
    view.select_word("dog")
    known = vectors_of(bridge)
    ids = {word: number for number, word in enumerate(known.words)}
    assert list(view.near.near[:5]) == known.nearest(ids["dog"], 5)
    view.analogy.ask("man", "woman", "king")
    assert view.analogy.answers == known.analogy(ids["man"], ids["woman"], ids["king"])
    view.show_table("W_out")
    assert list(view.near.near[:5]) == vectors_of(bridge, "W_out").nearest(ids["dog"], 5)


def test_a_word_that_is_not_known_is_said_so(opened: Opened) -> None:
    _, view = opened()
    view.analogy.ask("man", "unicorn", "king")
    assert view.analogy.asked is None
    assert view.analogy.answers == []
    assert bool(view.analogy.findChildren(QLineEdit)[1].property("wrong"))
    view.analogy.ask("man", "woman", "king")
    assert view.analogy.answers


def test_the_words_of_the_step_are_marked_as_the_cursor_passes_them(opened: Opened) -> None:
    bridge, view = opened()
    assert view.in_use.all == ()
    index = {symbol: next(step.index for step in bridge.tape if step.symbol == symbol) for symbol in ("x", "k", "d")}
    x, k = (np.asarray(bridge.tape[index[symbol]].value) for symbol in ("x", "k"))
    bridge.run_to(next(step.index for step in bridge.tape if step.symbol == "h"))
    assert view.in_use.read == (int(x[0]),)
    bridge.move_to(bridge.cursor.end)
    view.show_sequence(2)
    assert view.in_use.read == (int(x[2]),)
    assert view.in_use.right == (int(k[2, 0]),)
    assert set(view.in_use.wrong) == set(k[2, 1:].tolist())
    bridge.move_to(0)
    assert view.in_use.all == ()


def test_candidates_are_told_from_as_many_words_that_are_read(opened: Opened) -> None:
    bridge, view = opened("word2vec-cbow", output="negative-sampling", window=3, negatives=5)
    bridge.move_to(bridge.cursor.end)
    given = {symbol: next(np.asarray(step.value) for step in bridge.tape if step.symbol == symbol) for symbol in "xkd"}
    assert given["x"].shape == given["k"].shape == given["d"].shape
    assert set(view.in_use.read) == {one for one in given["x"][0].tolist() if one >= 0}
    assert view.in_use.right == (int(given["k"][0, 0]),)
    assert set(view.in_use.wrong) == set(given["k"][0, 1:].tolist())


def test_with_time_the_words_of_that_time_are_marked(opened: Opened) -> None:
    bridge, view = opened("bidirectional-rnn")
    found = [[step for step in bridge.tape if step.symbol == symbol] for symbol in ("x", "e", "L")]
    for words, looked_up in zip(found[0], found[1], strict=True):
        bridge.run_to(looked_up.index)
        assert view.in_use.read == tuple(one for one in [int(words.value[0])] if one >= 0)
    bridge.run_to(found[2][1].index)
    assert view.in_use.read == (int(found[0][1].value[0]),)
    assert view.in_use.right == ()  # its ids are not those of words


def test_after_the_update_the_new_weights_are_shown(opened: Opened) -> None:
    bridge, view = opened(learning_rate=1.0)
    view.select_word("dog")
    before = list(view.near.near)
    bridge.move_to(bridge.cursor.end)
    assert list(view.near.near) != before
    assert view.reading.startswith("after 1 iterations")


def test_it_follows_the_run_that_is_sent_ahead(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened(corpus_size=5000)
    assert view.reading.startswith("after 0 iterations")
    readings = set()
    bridge.history_changed.connect(lambda: readings.add(view.reading))
    bridge.go_to_iteration(400)
    qtbot.waitUntil(lambda: bridge.busy is None, timeout=60_000)
    assert view.reading.startswith("after 400 iterations")
    if len(readings) > 5:  # slow enough to be watched
        assert len({reading.split()[1] for reading in readings}) > 1


def test_a_click_on_a_word_selects_it(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    view.map.grab()
    for word, _, _ in view.map.labels[:3]:
        qtbot.mouseClick(view.map, Qt.MouseButton.LeftButton, pos=view.map.pixel_of(word).toPoint())
        assert list(view.near.near[:3]) == vectors_of(bridge).nearest(word, 3)
        assert not view.analogy.take_picked(word)  # no field has the focus


def test_the_wheel_enlarges_and_a_double_click_shows_all(opened: Opened, qtbot: QtBot) -> None:
    _, view = opened()
    view.map.grab()
    before = [view.map.pixel_of(word) for word in range(5)]
    at = QPointF(view.map.rect().center())
    event = QWheelEvent(at, view.map.mapToGlobal(at), QPoint(), QPoint(0, 600), Qt.MouseButton.NoButton,
                        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False)  # fmt: skip
    QApplication.sendEvent(view.map, event)
    assert [view.map.pixel_of(word) for word in range(5)] != before
    qtbot.mouseDClick(view.map, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert [view.map.pixel_of(word) for word in range(5)] == before


@pytest.mark.parametrize("count", [20, 2000])
def test_labels_stay_inside_and_cover_no_other(count: int) -> None:
    points = np.random.default_rng(count).normal(0, 1, (count, 2)) * (200, 100) + (400, 200)
    widths = np.random.default_rng(1).uniform(20, 90, count).tolist()
    found = placed_labels(points, widths, 15, (800, 400), 4)
    boxes = [(left, top, left + widths[number], top + 15) for number, left, top in found]
    assert len(found) >= min(count, 60) * 0.6
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert 0 <= left <= right <= 800
        assert 0 <= top <= bottom <= 400
        for other in boxes[:number]:
            assert right <= other[0] or other[2] <= left or bottom <= other[1] or other[3] <= top
    assert found[0][0] < 5


def test_what_is_under_the_pointer_stays_there() -> None:
    camera, places, size = WordMapCamera(), np.random.default_rng(0).normal(size=(9, 2)), (300.0, 200.0)
    before = camera.pixels(places, size, 20)
    assert (before >= 20 - 1e-9).all()
    assert (before <= np.array([280, 180]) + 1e-9).all()
    x, y = before[4].tolist()
    camera.zoom_by(3.0, x, y, size)
    after = camera.pixels(places, size, 20)
    assert after[4] == pytest.approx(before[4])
    assert np.ptp(after[:, 0]) == pytest.approx(3 * np.ptp(before[:, 0]))
    camera.move_by(1e9, -1e9, size)
    camera.reset()
    assert camera.pixels(places, size, 20) == pytest.approx(before)


@pytest.mark.parametrize("lesson", ["binary-addition", "adding-problem"])
def test_where_there_are_no_words_it_says_so(opened: Opened, lesson: str) -> None:
    bridge, view = opened(lesson)
    assert not view.map.isVisible()
    bridge.step()
    assert view.grab().width() == 1100


def test_another_lesson_brings_other_words(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    for lesson in ("word2vec-cbow", "binary-addition", "bidirectional-rnn", "attention-dates", "word2vec-cbow"):
        bridge.open_lesson(lesson)
        qtbot.waitUntil(lambda: bridge.busy is None, timeout=60_000)
        view.grab()
        assert view.map.isVisible() == (lesson != "binary-addition")
    bridge.change_settings(corpus="japanese-relations")
    qtbot.waitUntil(lambda: bridge.busy is None, timeout=60_000)
    assert view.analogy.findChildren(QLineEdit)[0].text() == "男"
    assert view.analogy.answers


def test_training_that_runs_away_is_survived(opened: Opened) -> None:
    bridge, view = opened(learning_rate=1e12, optimizer="sgd")
    for _ in range(3):
        bridge.move_to(bridge.cursor.end)
        view.grab()
        bridge.step()
    assert view.near.near
