"""The opening view shows the first time steps as large as the view is high."""

from dataclasses import replace

import pytest

from engine.debugger.session import Session
from engine.lesson import lesson_named
from graphs.drawing import Drawing
from graphs.level import Level
from gui.appearance import Appearance
from gui.canvas.opening_view import opening
from gui.canvas.scene_source import SceneSource

_SIZE = (1000.0, 500.0)
_ZOOMS = (0.2, 0.4)
_MARGIN = 18.0


@pytest.fixture(scope="module")
def drawing() -> Drawing:
    lesson = lesson_named("user-pairs")
    tape = Session(lesson, lesson.settings).tape
    return SceneSource(tape, Appearance().labels(tape)).scene(Level.OPERATIONS).drawing


def test_an_encoder_below_the_rows_of_its_decoder_fills_the_view(drawing: Drawing) -> None:
    zoom, middle = opening(drawing, _SIZE, _MARGIN, _ZOOMS, 1.0)
    assert zoom > 1.5 * (_SIZE[1] - 2 * _MARGIN) / drawing.rect[3]
    bottom = drawing.rect[1] + drawing.rect[3]
    assert bottom <= middle + _SIZE[1] / 2 / zoom
    near = drawing.x - drawing.width / 2 < drawing.rect[0] + (_SIZE[0] - _MARGIN) / zoom
    top = (drawing.y - drawing.height / 2)[near].min()
    assert middle - _SIZE[1] / 2 / zoom <= top


def test_where_not_even_these_have_room_the_lowest_rows_are_shown(drawing: Drawing) -> None:
    zoom, middle = opening(drawing, (1000.0, 120.0), _MARGIN, _ZOOMS, 1.0)
    assert zoom == _ZOOMS[0]
    bottom = drawing.rect[1] + drawing.rect[3]
    assert (middle - bottom) * zoom + 60.0 == pytest.approx(1.5 * _MARGIN)


def test_an_empty_drawing_has_a_view(drawing: Drawing) -> None:
    empty = replace(
        drawing, x=drawing.x[:0], y=drawing.y[:0], width=drawing.width[:0], height=drawing.height[:0],
        rect=(0.0, 0.0, 10.0, 10.0),
    )  # fmt: skip
    assert opening(empty, _SIZE, _MARGIN, _ZOOMS, 1.0)[0] == _ZOOMS[1]
