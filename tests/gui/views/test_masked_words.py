"""The view of masked words: the gap is filled when the guess is computed, with the numbers of the tape."""

from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from engine.debugger.session import Session
from engine.lesson import lesson_named
from engine.training.run import Run
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.gap_sentence import GapSentence
from gui.views.masked_words import MaskedWordsView


@pytest.fixture(params=[False, True])
def bridge(request: pytest.FixtureRequest) -> Iterator[Bridge]:
    lesson = lesson_named("masked-words")
    session = Session(lesson)
    values = {"corpus_size": 800, "hidden": 4, "batch": 3, "time_layers": request.param}
    run = Run(lesson, lesson.settings.changed(**values))
    session.open_run(run, run.tape(0))
    made = Bridge(session)
    yield made
    made.close()


def opened(bridge: Bridge, qtbot: QtBot, look: Appearance | None = None) -> MaskedWordsView:
    view = MaskedWordsView(bridge, look or Appearance())
    qtbot.addWidget(view)
    view.resize(1000, 260)
    view.show()
    return view


def test_the_gap_is_filled_when_the_guess_is_computed(bridge: Bridge, qtbot: QtBot) -> None:
    view = opened(bridge, qtbot)
    for row in range(3):
        view.show_row(row)
        reading, cursor = view.reading, bridge.cursor
        bridge.move_to(0)
        assert reading.guess(cursor) is None
        assert reading.chances(cursor, 5) is None
        bridge.run_to(reading.output)
        chances = reading.chances(cursor, 500)
        assert chances is not None
        assert sum(one.probability for one in chances) == pytest.approx(1)
        (hidden,) = [one for one in chances if one.comes]
        assert hidden.word == reading.words[reading.place]
        assert reading.guess(cursor) == max(chances, key=lambda one: one.probability).word
        assert sum(one.true or 0.0 for one in chances) == pytest.approx(1)
        said = view.findChildren(GapSentence)[0].accessibleDescription()
        assert str(reading.guess(cursor)) in said


def test_the_mean_loss_is_that_of_the_guesses(bridge: Bridge, qtbot: QtBot) -> None:
    view = opened(bridge, qtbot)
    bridge.move_to(bridge.cursor.end)
    given = []
    for row in range(3):
        view.show_row(row)
        chances = view.reading.chances(bridge.cursor, 500) or []
        given += [one.probability for one in chances if one.comes]
    assert -np.log(given).mean() == pytest.approx(float(bridge.tape[bridge.tape.loss].value))


def test_every_look(bridge: Bridge, qtbot: QtBot) -> None:
    look = Appearance()
    view = opened(bridge, qtbot, look)
    bridge.move_to(bridge.cursor.end)
    before = view.grab().toImage()
    for change in (lambda: look.set_theme("dark"), lambda: look.set_language("ja"), lambda: look.set_scale(3.0)):
        change()
        seen = view.grab().toImage()
        assert seen != before, "each look is another picture"
        before = seen
    view.resize(60, 40)
    view.grab()
