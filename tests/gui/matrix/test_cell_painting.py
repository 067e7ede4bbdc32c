"""What is drawn of a heatmap in few calls is what cell by cell would be drawn."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QPen
from pytestqt.qtbot import QtBot

from gui.appearance import Appearance
from gui.color_maps import light_ink_on
from gui.matrix.cell_grid import CellGrid, CellSizes, cell_grid
from gui.matrix.cell_painting import Cells, CellStyle, colored_cells, paint_cells
from gui.matrix.margin_painting import indices
from gui.typesetting.kept_texts import KeptTexts

LOOKS = [("light", 1.0), ("dark", 1.0), ("dark", 1.3), ("light", 3.0)]
ORIGIN = QPoint(24, 15)
Look = tuple[str, float]


def numbers(kind: str) -> np.ndarray:
    """(12, 9) numbers of all signs, by their kind with some that are not finite."""
    made = np.random.default_rng(4).normal(size=(12, 9))
    if kind == "not finite":
        made[2, 3], made[4, :3], made[-1, -1] = np.nan, -np.inf, np.inf
    return {"negative": -np.abs(made), "positive": np.abs(made)}.get(kind, made)


def drawn(look: Appearance, ratio: float, paint: Callable[[QPainter], None]) -> QImage:
    """What is painted onto the ground of a screen."""
    image = QImage(round(700 * ratio), round(500 * ratio), QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(ratio)
    image.fill(look.color("surface"))
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def one_by_one(painter: QPainter, cells: Cells, width: int, height: int, style: CellStyle) -> None:
    """The cells without numbers, each drawn on its own."""
    lines, columns = cells.values.shape
    light = light_ink_on(cells.colors)
    at = QPointF(ORIGIN)
    boxes = {
        (y, x): QRectF(at.x() + x * width, at.y() + y * height, width, height)
        for y in range(lines)
        for x in range(columns)
    }
    for (y, x), box in boxes.items():
        inside = y * columns + x < cells.count
        painter.fillRect(box, QColor(*cells.colors[y, x].tolist()) if inside else style.ground)
    painter.setPen(QPen(style.line, 1))
    for y in range(lines + 1):
        painter.drawLine(at + QPointF(0, y * height), at + QPointF(columns * width, y * height))
    for x in range(columns + 1):
        painter.drawLine(at + QPointF(x * width, 0), at + QPointF(x * width, lines * height))
    hatch = QColor(style.ground)
    hatch.setAlpha(140)
    for (y, x), box in boxes.items():
        if not np.isfinite(cells.values[y, x]):
            painter.fillRect(box, QBrush(hatch, Qt.BrushStyle.BDiagPattern))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inset = 0.28 * min(width, height)
    for (y, x), box in boxes.items():
        if cells.values[y, x] < 0:
            ink = QColor(style.light if light[y, x] else style.dark)
            ink.setAlpha(150)
            painter.setPen(QPen(ink, style.rule))
            middle = box.center().y()
            painter.drawLine(QPointF(box.left() + inset, middle), QPointF(box.right() - inset, middle))


@pytest.mark.parametrize("kind", ["any", "not finite", "negative", "positive"])
@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("ratio", "cell"), [(1.0, (8, 8)), (2.0, (9, 9)), (1.5, (8, 8)), (1.0, (7, 12))])
def test_cells_are_what_each_of_them_is(
    qtbot: QtBot, kind: str, look: Look, ratio: float, cell: tuple[int, int]
) -> None:
    appearance = Appearance(theme=look[0], scale=look[1])
    style = CellStyle.of(appearance)
    width, height = (round(side * max(1.0, look[1])) for side in cell)
    made = colored_cells(numbers(kind), 12 * 9 - 4, appearance.value_map, (-2.0, 2.0), style, numbers=False)

    def together(painter: QPainter) -> None:
        paint_cells(painter, made, QPointF(ORIGIN), width, height, style)

    def apart(painter: QPainter) -> None:
        one_by_one(painter, made, width, height, style)

    assert width >= 5 * style.rule, "with rules"
    assert drawn(appearance, ratio, together) == drawn(appearance, ratio, apart)


def test_rules_that_are_kept_are_of_this_theme_and_shape(qtbot: QtBot) -> None:
    pictures = []
    for theme in ("light", "dark"):
        look = Appearance(theme=theme)
        style = CellStyle.of(look)
        for values in (np.zeros((3, 4)), np.zeros((4, 3))):
            made = colored_cells(values, values.size, look.value_map, (-1.0, 1.0), style, numbers=False)

            def paint(painter: QPainter, made: Cells = made, style: CellStyle = style) -> None:
                paint_cells(painter, made, QPointF(ORIGIN), 9, 9, style)

            image = drawn(look, 1.0, paint)
            lines, columns = values.shape
            for y in range(lines + 1):
                for x in range(columns + 1):
                    corner = QPoint(ORIGIN.x() + 9 * x, ORIGIN.y() + 9 * y)
                    assert image.pixelColor(corner) == style.line
                    assert image.pixelColor(corner + QPoint(4, 4)) != style.line
            pictures.append(image)
    assert all(one != other for at, one in enumerate(pictures) for other in pictures[:at])


def grids() -> list[CellGrid]:
    """Of a matrix with numbers, one cut, and a vector in lines."""
    sizes = CellSizes(33, 21, 8, 20, 62, 344)
    return [cell_grid(shape, 280, sizes) for shape in ((5, 7), (300, 120), (1, 37))]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("first", [(0, 0), (97, 11)])
def test_the_numbers_of_lines_and_columns_stand_in_the_middle_of_them(
    qtbot: QtBot, look: Look, ratio: float, first: tuple[int, int]
) -> None:
    appearance = Appearance(theme=look[0])
    font = appearance.font(11.0)
    for grid in grids():

        def kept(painter: QPainter, grid: CellGrid = grid) -> None:
            texts = KeptTexts(font)
            texts.draw(painter, indices(grid, first, ORIGIN, texts, appearance))

        def written(painter: QPainter, grid: CellGrid = grid) -> None:
            painter.setFont(font)
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
            across = max(1, -(-appearance.whole_px(26) // grid.cell_width))
            for column in range(0, grid.shown_columns, across):
                said = f"+{column}" if grid.wrapped and column else str(first[1] + column)
                box = QRectF(ORIGIN.x() + column * grid.cell_width, 0, grid.cell_width, ORIGIN.y())
                painter.drawText(box, int(Qt.AlignmentFlag.AlignHCenter | middle), said)
            down = max(1, -(-appearance.whole_px(15) // grid.cell_height))
            for line in range(0, grid.shown_lines, down):
                said = str((first[0] + line) * (grid.per_line if grid.wrapped else 1))
                box = QRectF(-99, ORIGIN.y() + line * grid.cell_height, 99 + ORIGIN.x() - 4, grid.cell_height)
                painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | middle), said)

        assert drawn(appearance, ratio, kept) == drawn(appearance, ratio, written)
