"""The view of tasks with images: the image, its maps as far as they are revealed, and the words beside it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtWidgets import QSpinBox
from pytestqt.qtbot import QtBot

from engine.lesson import lesson_named
from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.image_grid import ImageGrid
from gui.views.image_pictures import ImagePictures, RowKind, filter_colors
from gui.views.images import ImagesView
from gui.views.task_views import TASK_VIEWS
from tests.gui.views.lesson_bridge import lesson_bridge
from tests.gui.views.showing import Showing

LESSONS = ("image-captioning", "visual-question-answering")
SMALL = {"hidden": 4, "embedding": 3, "features": 5, "filters": 6, "batch": 3}
Opened = Callable[..., tuple[Bridge, ImagesView]]


@pytest.fixture
def opened(showing: Showing) -> Opened:
    def open_view(name: str = LESSONS[0], **settings: object) -> tuple[Bridge, ImagesView]:
        bridge = lesson_bridge(name, **{**SMALL, **settings})
        view = showing(TASK_VIEWS[bridge.lesson.task_view], bridge, (1200, 260))
        assert isinstance(view, ImagesView)
        return bridge, view

    return open_view


@pytest.mark.parametrize("name", LESSONS)
def test_the_image_and_all_that_is_made_of_it_have_rows(opened: Opened, name: str) -> None:
    bridge, view = opened(name)
    pictures = view.image.pictures
    assert pictures.batch == 3
    assert [(row.kind, row.layer) for row in pictures.rows] == [
        (RowKind.FILTERS, 1), (RowKind.MAPS, 1), (RowKind.MAXIMA, 1), (RowKind.MAPS, 2), (RowKind.MAXIMA, 2),
    ]  # fmt: skip
    value = next(step.value for step in bridge.tape.steps if step.symbol == "X")
    np.testing.assert_array_equal(pictures.picture(1), np.moveaxis(value[1], 0, -1))
    assert [pictures.numbers(row, 2).shape for row in pictures.rows[:3]] == [(6, 3, 3, 3), (6, 12, 12), (6, 6, 6)]


def test_one_convolution_without_pooling(opened: Opened) -> None:
    _, view = opened(convolutions=1, pool=1)
    assert [row.kind for row in view.image.pictures.rows] == [RowKind.FILTERS, RowKind.MAPS]
    assert not view.grab().isNull()


def test_maps_that_are_not_computed_yet_are_not_painted(opened: Opened) -> None:
    bridge, view = opened()
    row = view.image.pictures.rows[3]
    bridge.move_to(row.entry)
    view.image.show_sequence(0)
    before = view.image.grab().toImage()
    bridge.tape[row.entry].value[:] = 1e3 * np.random.default_rng(1).random(bridge.tape[row.entry].shape)
    view.image.show_sequence(0)
    assert view.image.grab().toImage() == before
    bridge.move_to(row.entry + 1)
    assert view.image.grab().toImage() != before


def test_another_sequence_is_another_image(opened: Opened) -> None:
    _, view = opened()
    first = view.image.grab().toImage()
    view.findChildren(QSpinBox)[0].setValue(2)
    assert view.image.sequence == view.words.tokens.series.sequence == 1
    assert view.image.grab().toImage() != first


def test_words_of_the_caption_grow(opened: Opened) -> None:
    bridge, view = opened()
    tokens = view.words.tokens.tokens
    assert [tokens.symbols(Role.OUTPUT, t) for t in (1, 2)] == [None, None]
    assert tokens.symbols(Role.TARGET, 1) == "a"
    bridge.move_to(bridge.tape.backward_start)
    assert tokens.symbols(Role.OUTPUT, 1) in tokens.answers
    assert tokens.symbols(Role.INPUT, 1) == "<sos>"
    assert tokens.symbols(Role.INPUT, 2) == "a"


def test_the_answer_to_a_question_comes_after_it(opened: Opened) -> None:
    bridge, view = opened(LESSONS[1])
    bridge.move_to(bridge.tape.backward_start)
    tokens, length = view.words.tokens.tokens, view.words.tokens.series.length
    question = [tokens.symbols(Role.INPUT, t) for t in range(1, length)]
    assert question[0] in {"what", "is", "how"}
    assert tokens.symbols(Role.OUTPUT, length) in tokens.answers
    assert view.words.time == length
    assert abs(sum(one.probability for one in view.words.chances()) - 1) < 1e-9


def test_pictures_answer_the_mouse(qtbot: QtBot, opened: Opened) -> None:
    bridge, view = opened()
    plot, grid = view.image, view.image.grid
    for row, entry in [(None, plot.pictures.image), *((n, row.entry) for n, row in enumerate(plot.pictures.rows))]:
        box = grid.image if row is None else grid.box(row, 1)
        qtbot.mouseMove(plot, box.center().toPoint())
        assert bridge.hover == (entry, None)
        qtbot.mouseClick(plot, Qt.MouseButton.LeftButton, pos=box.center().toPoint())
        assert bridge.selection == entry
    assert "not yet computed" in plot.toolTip()
    qtbot.mouseDClick(plot, Qt.MouseButton.LeftButton, pos=grid.box(4, 1).center().toPoint())
    assert bridge.cursor.revealed(plot.pictures.rows[4].entry)
    spot = grid.spot(grid.box(4, 2).center())
    assert spot is not None
    y, x = int(spot.down * 3), int(spot.across * 3)
    value = plot.pictures.numbers(plot.pictures.rows[4], 0)[2, y, x]
    assert plot.told(spot).startswith(f"maxima 2, 3, row {y}, column {x}: ")
    assert float(plot.told(spot).rpartition(" ")[2].replace("−", "-")) == pytest.approx(value, rel=1e-2, abs=1e-3)
    qtbot.mouseMove(plot, QPoint(1, 1))
    assert bridge.hover is None


def test_steps_that_change_nothing_paint_nothing(qtbot: QtBot, opened: Opened) -> None:
    bridge, view = opened()
    bridge.move_to(bridge.tape.backward_start - 5)
    qtbot.wait(20)
    painted: list[int] = []
    original = view.image.update
    view.image.update = lambda *a: painted.append(1) or original(*a)  # type: ignore[method-assign,func-returns-value]
    bridge.step()
    assert not painted
    bridge.move_to(0)
    assert painted


def test_numbers_that_are_none_do_no_harm(opened: Opened) -> None:
    bridge, view = opened()
    for row in view.image.pictures.rows:
        bridge.tape[row.entry].value[:] = np.nan
    bridge.move_to(bridge.tape.backward_start)
    view.image.show_sequence(0)
    assert not view.image.grab().isNull()


def test_the_image_leaves_the_words_their_room(opened: Opened) -> None:
    _, view = opened()
    view.resize(1600, 260)
    assert view.image.width() > 500
    assert view.minimumSizeHint().width() < 700
    view.resize(480, 260)
    assert view.image.width() < 60


def test_filters_as_colours() -> None:
    shown = filter_colors(np.array([[[[2.0]], [[0.0]], [[-1.0]]], [[[np.nan]], [[0.0]], [[0.0]]]]))
    np.testing.assert_allclose(shown[:, 0, 0], [[1.0, 0.5, 0.25], [0.5, 0.5, 0.5]])


def test_a_tape_without_images(opened: Opened) -> None:
    bridge, view = opened()
    bridge.session.open_lesson(lesson_named("binary-addition"))
    assert ImagePictures(bridge.tape).image is None
    assert view.image.pictures.batch == 0
    assert not view.image.grab().isNull()


@pytest.mark.parametrize("room", [(1, 1), (60, 300), (500, 40), (700, 240), (2500, 900)])
@pytest.mark.parametrize("counts", [[8, 8, 8], [64] * 5, [1], [4096] * 3, []])
def test_pictures_stay_in_their_room_and_apart(room: tuple[int, int], counts: list[int]) -> None:
    area = QRectF(0, 0, *room)
    grid = ImageGrid(area, counts, 1.0, 60.0)
    boxes = [grid.box(row, number) for row in range(grid.rows) for number in range(min(grid.shown(row), 200))]
    if min(room) > 20:
        assert area.contains(grid.image)
        assert all(area.adjusted(0, 0, 1, 1).contains(box) for box in boxes)
    for one, other in zip(boxes, boxes[1:], strict=False):
        assert not one.intersects(other)
    assert all(not box.intersects(grid.image) for box in boxes)


@pytest.mark.parametrize(("width", "height"), [(300, 180), (1800, 500), (1, 1)])
@pytest.mark.parametrize("scale", [0.75, 3.0])
def test_paints_at_every_size_theme_and_language(showing: Showing, width: int, height: int, scale: float) -> None:
    bridge, look = lesson_bridge(LESSONS[1], **SMALL, words="japanese"), Appearance()
    view = showing(ImagesView, bridge, (width, height), look)
    bridge.move_to(60)
    look.set_scale(scale)
    look.set_theme("dark")
    look.set_language("ja")
    assert not view.grab().isNull()
