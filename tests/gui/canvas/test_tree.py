"""Trees on the canvas: whole at first, words below their leaves, painted in parts as at once."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.debugger.session import Session
from engine.lesson import lesson_named
from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.canvas_view import CanvasView
from gui.canvas.value_texts import ValueTexts
from tests.gui.canvas.test_changes import _compare as compare


@pytest.fixture
def bridge(qapp: QApplication) -> Bridge:
    lesson = lesson_named("recursive-net")
    return Bridge(Session(lesson, lesson.settings.changed(hidden=4)))


@pytest.fixture
def view(bridge: Bridge, appearance: Appearance, qapp: QApplication) -> Iterator[CanvasView]:
    made = CanvasView(bridge, appearance)
    made.resize(QSize(1280, 720))
    made.show()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()


def test_all_of_a_tree_is_seen_at_first(view: CanvasView) -> None:
    camera = view.stage.camera
    x, y, width, height = camera.rect_to_view(view.stage.scene.drawing.rect)
    assert x >= 0
    assert y >= 0
    assert x + width <= camera.width
    assert y + height <= camera.height


def test_words_stand_below_their_leaves(view: CanvasView) -> None:
    scene = view.stage.scene
    words = [(scene.drawing.regions[number].number, text) for number, text in scene.captions]
    assert words == [(1, "the"), (2, "ending"), (4, "was"), (5, "not"), (6, "very"), (7, "funny")]
    _, y, _, height = scene.drawing.rect
    assert all(y + height >= sum(scene.drawing.regions[number].rect[1::2]) + 40 for number, _ in scene.captions)


def test_a_word_is_written_instead_of_its_number(bridge: Bridge) -> None:
    texts, tape = ValueTexts(bridge.tape), bridge.tape
    found = [texts.row(step.index, np.asarray(step.value)) for step in tape if step.role is Role.INPUT]
    assert found == ["the", "ending", "was", "not", "very", "funny"]


@pytest.mark.parametrize("zoom", [0.0, 0.7])
def test_steps_paint_what_painting_all_would(
    view: CanvasView, bridge: Bridge, appearance: Appearance, zoom: float
) -> None:
    if zoom:
        view.camera.zoom_about(zoom / view.camera.zoom, 500.0, 500.0)
        view.zoom_in()
        QTest.qWait(500)
        view.set_follows_cursor(False)
        appearance.changed.emit()
    for position in range(0, bridge.cursor.end, 23):
        bridge.move_to(position)
        QApplication.processEvents()
        compare(view)


def test_titles_of_columns_out_of_view_are_left_out(view: CanvasView) -> None:
    scene, camera = view.stage.scene, view.stage.camera
    leaf = next(region for region in scene.drawing.regions if region.number == 6 and region.kind == "time")
    camera.zoom = 1.0
    camera.center_on(leaf.rect[0] + leaf.rect[2] / 2, leaf.rect[1] + leaf.rect[3] - 60)
    view.stage.update_level()
    columns, _ = view.stage.frame().columns
    shown = {scene.drawing.regions[number].number for number in columns}
    assert 6 in shown
    assert 10 not in shown
    assert 11 not in shown
