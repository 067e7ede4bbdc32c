"""The view of masked words: the gap is filled when the guess is computed, with the numbers of the tape."""


import numpy as np
import pytest

from engine.debugger.session import Session
from engine.lesson import lesson_named
from engine.training.run import Run
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.gap_sentence import GapSentence
from gui.views.masked_words import MaskedWordsView
from tests.gui.views.showing import Showing


@pytest.fixture(params=[False, True])
def bridge(request: pytest.FixtureRequest, showing: Showing) -> Bridge:
    lesson = lesson_named("masked-words")
    session = Session(lesson)
    values = {"corpus_size": 800, "hidden": 4, "batch": 3, "time_layers": request.param}
    run = Run(lesson, lesson.settings.changed(**values))
    session.open_run(run, run.tape(0))
    return showing.keep(Bridge(session))


def opened(showing: Showing, bridge: Bridge, look: Appearance | None = None) -> MaskedWordsView:
    return showing(MaskedWordsView, bridge, (1000, 260), look)


def test_the_gap_is_filled_when_the_guess_is_computed(showing: Showing, bridge: Bridge) -> None:
    view = opened(showing, bridge)
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


def test_the_mean_loss_is_that_of_the_guesses(showing: Showing, bridge: Bridge) -> None:
    view = opened(showing, bridge)
    bridge.move_to(bridge.cursor.end)
    given = []
    for row in range(3):
        view.show_row(row)
        chances = view.reading.chances(bridge.cursor, 500) or []
        given += [one.probability for one in chances if one.comes]
    assert -np.log(given).mean() == pytest.approx(float(bridge.tape[bridge.tape.loss].value))


def test_every_look(showing: Showing, bridge: Bridge) -> None:
    look = Appearance()
    view = opened(showing, bridge, look)
    bridge.move_to(bridge.cursor.end)
    before = view.grab().toImage()
    for change in (lambda: look.set_theme("dark"), lambda: look.set_language("ja"), lambda: look.set_scale(3.0)):
        change()
        seen = view.grab().toImage()
        assert seen != before, "each look is another picture"
        before = seen
    view.resize(60, 40)
    view.grab()
