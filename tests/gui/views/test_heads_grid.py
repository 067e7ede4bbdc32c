"""The heads of a Transformer side by side: the right numbers, tokens and masks, in both forms of decoding."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.attention import ALL_HEADS, AVERAGE, AttentionView
from gui.views.attention_table import AttentionTable, attention_tables
from gui.views.heads_grid import HeadsGrid
from gui.views.heads_layout import heads_in
from tests.gui.views.plot_pictures import colors_of
from tests.gui.views.showing import Showing
from tests.gui.views.transformer_lesson import transformer_bridge

Opened = Callable[..., tuple[Bridge, AttentionView]]
KINDS = {
    "encoder": "encoder/layer=1/self attention/a",
    "decoder": "decoder/layer=2/self attention/a",
    "source": "decoder/layer=2/source-target attention/a",
}


@pytest.fixture
def opened(showing: Showing) -> Opened:
    def open_view(look: Appearance | None = None, **settings: object) -> tuple[Bridge, AttentionView]:
        bridge = transformer_bridge(**settings)
        return bridge, showing(AttentionView, bridge, (1100, 420), look)

    return open_view


def grid_of(view: AttentionView) -> HeadsGrid:
    assert view.grid is not None
    return view.grid


def table_of(bridge: Bridge, kind: str) -> AttentionTable:
    return next(table for table in attention_tables(bridge.tape) if table.place == KINDS[kind])


@pytest.mark.parametrize("forcing", ["on", "off"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_panel_has_its_head_s_numbers(opened: Opened, kind: str, forcing: str) -> None:
    bridge, view = opened(teacher_forcing=forcing)
    view.show_place(KINDS[kind])
    grid = grid_of(view)
    table = grid.rows.table
    assert table.place == KINDS[kind]
    assert (table.heads, len(grid.panels)) == (4, 5)
    for row in range(len(table.times)):
        value = np.asarray(bridge.tape[table.weights[row]].value)[0]
        of_row = value[:, 0 if table.timed else row]
        shown = [panel.numbers(table.weights[row], row)[: of_row.shape[-1]] for panel in grid.panels]
        np.testing.assert_array_equal(shown[:4], of_row)
        np.testing.assert_allclose(shown[4], of_row.mean(axis=0), rtol=1e-12)


@pytest.mark.parametrize("forcing", ["on", "off"])
def test_masks_of_padding_and_of_the_future(opened: Opened, forcing: str) -> None:
    bridge, view = opened(teacher_forcing=forcing)
    view.show_place(KINDS["decoder"])
    rows = grid_of(view).rows
    masked = np.array([rows.masked(row) for row in range(len(rows.table.times))])
    np.testing.assert_array_equal(masked, np.triu(np.ones(masked.shape), 1) > 0)
    found = 0
    for sequence in range(3):
        view.show_sequence(sequence)
        view.show_place(KINDS["source"])
        rows = grid_of(view).rows
        weights = np.asarray(bridge.tape[rows.table.weights[0]].value)[sequence, 0, 0]
        np.testing.assert_array_equal(rows.masked(0), weights == 0.0)
        found += int(rows.masked(0).any())
    assert found


def test_tokens_of_both_sides(opened: Opened) -> None:
    bridge, view = opened()
    texts = {}
    for kind in KINDS:
        view.show_place(KINDS[kind])
        view.show_head(0)
        assert view.plot is not None
        tokens, table = view.plot.tokens, view.plot.rows.table
        texts[kind] = (
            "".join(tokens.name(row) for row in range(len(table.times))),
            "".join(tokens.source(column) for column in range(table.width)),
        )
    written = texts["encoder"][0]
    assert texts["encoder"] == (written, written)
    assert len(written) >= 6
    asked, looked_at = texts["source"]
    assert looked_at == written
    assert len(asked) == 10
    assert asked.count("-") == 2
    assert texts["decoder"] == ("_" + asked[:-1],) * 2


def test_answers_without_a_teacher(opened: Opened) -> None:
    bridge, view = opened(teacher_forcing="off")
    view.show_place(KINDS["source"])
    view.show_head(1)
    assert view.plot is not None
    tokens = view.plot.tokens
    assert tokens.answered(0) is None
    bridge.move_to(bridge.tape.backward_start)
    answers = [tokens.answered(row) or "" for row in range(10)]
    assert all(answers)
    view.show_place(KINDS["decoder"])
    assert [view.plot.tokens.read(row) for row in range(10)] == ["_", *answers[:-1]]


def test_nothing_is_seen_before_its_time(opened: Opened) -> None:
    pictures = []
    for init in ("xavier", "he"):
        bridge, view = opened(init=init)
        bridge.move_to(table_of(bridge, "encoder").weights[0] - 4)
        for kind in KINDS:
            view.show_place(KINDS[kind])
            pictures.append(grid_of(view).grab().toImage())
    assert pictures[:3] == pictures[3:]


def test_a_step_at_a_time_gives_the_picture_of_a_jump(opened: Opened) -> None:
    bridge, view = opened(teacher_forcing="off")
    view.show_place(KINDS["source"])
    grid, end = grid_of(view), table_of(bridge, "source").weights[2] + 1
    bridge.move_to(end - 12)
    grid.grab()
    while bridge.cursor.position < end:
        bridge.step()
        grid.grab()
    grown = grid.grab().toImage()
    grid.show_rows(grid.rows)
    assert grid.grab().toImage() == grown


def test_scores_and_gradients_of_all_heads(opened: Opened) -> None:
    bridge, view = opened()
    bridge.move_to(bridge.cursor.end)
    view.show_place(KINDS["source"])
    seen = []
    for scores in (False, True):
        for gradients in (False, True):
            view.show_scores(scores)
            view.show_gradients(gradients)
            rows = replace(grid_of(view).rows, head=1)
            entry = rows.shown(3, bridge.cursor)
            assert entry is not None
            index = rows.value_entry(3)
            expected = bridge.tape.gradient(index) if gradients else bridge.tape[index].value
            np.testing.assert_array_equal(rows.numbers(entry, 3), np.asarray(expected)[0, 1, 3])
            seen.append(grid_of(view).grab().toImage())
    assert all(one != other for number, one in enumerate(seen) for other in seen[:number])


def test_a_click_enlarges_and_escape_goes_back(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    bridge.move_to(bridge.tape.backward_start)
    grid = grid_of(view)
    box = grid.geometry_of_heads.maps[2]
    point = box.topLeft().toPoint() + QPoint(4, 4)
    qtbot.mouseMove(grid, point + QPoint(1, 1))
    qtbot.mouseMove(grid, point)
    number = float(np.asarray(bridge.tape[grid.rows.table.weights[0]].value)[0, 2, 0, 0])
    assert "head 3" in view.reading
    assert f"{number:.3g}"[:4] in view.reading
    qtbot.mouseClick(grid, Qt.MouseButton.LeftButton, pos=point)
    assert view.plot is not None
    assert view.plot.isVisible()
    assert not grid.isVisible()
    assert view.plot.rows.head == 2
    cell = view.plot.cell_box(2, 2).center().toPoint()
    qtbot.mouseClick(view.plot.viewport(), Qt.MouseButton.LeftButton, pos=cell)
    assert bridge.selection == view.plot.rows.table.weights[2]
    view.activateWindow()
    view.plot.setFocus()
    qtbot.keyClick(view.plot, Qt.Key.Key_Escape)
    QApplication.processEvents()
    assert grid.isVisible()
    view.show_head(AVERAGE)
    assert view.plot.rows.head is None
    view.show_head(ALL_HEADS)
    grid.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(grid, key, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert view.plot.rows.head == 1


@pytest.mark.parametrize("room", [QRectF(20, 10, 900, 300), QRectF(20, 10, 150, 900), QRectF(0, 0, 40, 30)])
@pytest.mark.parametrize("panels", [2, 9, 17])
def test_panels_do_not_meet(room: QRectF, panels: int) -> None:
    made = heads_in(room, panels, (12, 30), 14.0, 10.0, 1.0)
    boxes = [*made.maps, *made.titles]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            both = one & other
            assert both.width() * both.height() == pytest.approx(0.0, abs=1e-6)


@pytest.mark.parametrize("size", [(220, 120), (420, 260), (1900, 900)])
@pytest.mark.parametrize(("scale", "language"), [(0.75, "en"), (3.0, "ja")])
def test_it_can_be_drawn_at_any_size(opened: Opened, size: tuple[int, int], scale: float, language: str) -> None:
    bridge, view = opened(Appearance(language=language, scale=scale))
    view.resize(*size)
    empty = len(colors_of(view.grab().toImage()))
    bridge.move_to(bridge.tape.backward_start)
    for place in KINDS.values():
        view.show_place(place)
        shades = len(colors_of(view.grab().toImage()))
        assert shades > empty or size[0] < 200 * scale, "weights have shades, what is not computed has none"
