"""Where the parts of the lab are: side by side where it is low and wide, in rows or columns elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.appearance import Appearance

_SIDE_BY_SIDE, _TWO_ROWS, _TWO_COLUMNS, _HIGH = 1240.0, 770.0, 560.0, 620.0
"""From these sizes on, px before scaling. In two rows the parts need less height than _HIGH: so a panel that is made
lower finds its way back to one row."""
_LEAST = {"curves": (240.0, 150.0), "spectrum": (264.0, 120.0), "table": (200.0, 110.0)}

Parts = tuple[QWidget, QWidget, QWidget, QWidget, QWidget]


def arrange(grid: QGridLayout, parts: Parts, size: QSize, appearance: Appearance, now: str) -> str:
    """Place controls, curves, spectrum, table and the verdict on them.

    Args:
        now: the arrangement so far, as it was returned; empty at first.

    Returns:
        the arrangement now.
    """
    wanted = _arrangement(size, appearance)
    controls, *plots, _ = parts
    for part, least in zip(plots, _LEAST.values(), strict=True):
        part.setMinimumSize(appearance.whole_px(least[0]), appearance.whole_px(least[1]))
    column = appearance.whole_px(240) + appearance.whole_px(12)
    if wanted == "column":
        controls.setMinimumWidth(column)
        controls.setMaximumWidth(16_777_215)
    else:
        controls.setFixedWidth(2 * column - appearance.whole_px(9) if wanted == "row" else column)
    if wanted == now:
        return now
    for part in parts:
        grid.removeWidget(part)
    for line in range(5):
        grid.setColumnStretch(line, 0)
        grid.setRowStretch(line, 0)
    _PLACES[wanted](grid, parts)
    return wanted


def _arrangement(size: QSize, appearance: Appearance) -> str:
    if size.width() < appearance.px(_TWO_ROWS):
        return "two columns" if size.width() >= appearance.px(_TWO_COLUMNS) else "column"
    high = size.height() >= appearance.px(_HIGH)
    return "row" if size.width() >= appearance.px(_SIDE_BY_SIDE) and not high else "two rows"


def _place_in_row(grid: QGridLayout, parts: Parts) -> None:
    controls, *plots, verdict = parts
    grid.addWidget(controls, 0, 0, 2, 1)
    grid.addWidget(verdict, 1, 1, 1, 3)
    for column, (part, stretch) in enumerate(zip(plots, (4, 2, 5), strict=True), start=1):
        grid.addWidget(part, 0, column)
        grid.setColumnStretch(column, stretch)
    grid.setRowStretch(0, 1)


def _place_in_two_rows(grid: QGridLayout, parts: Parts) -> None:
    controls, curves, spectrum, table, verdict = parts
    grid.addWidget(controls, 0, 0, 3, 1)
    grid.addWidget(curves, 0, 1, 1, 2)
    grid.addWidget(spectrum, 1, 1)
    grid.addWidget(table, 1, 2)
    grid.addWidget(verdict, 2, 1, 1, 2)
    for line, stretch in ((0, 3), (1, 2)):
        grid.setRowStretch(line, stretch)
    for line, stretch in ((1, 2), (2, 3)):
        grid.setColumnStretch(line, stretch)


def _place_in_two_columns(grid: QGridLayout, parts: Parts) -> None:
    """The curves at the top: with the sliders they are seen even where the panel scrolls."""
    controls, curves, spectrum, table, verdict = parts
    grid.addWidget(controls, 0, 0, 4, 1)
    for row, (part, stretch) in enumerate(((curves, 3), (verdict, 0), (spectrum, 2), (table, 2))):
        grid.addWidget(part, row, 1)
        grid.setRowStretch(row, stretch)
    grid.setColumnStretch(1, 1)


def _place_in_column(grid: QGridLayout, parts: Parts) -> None:
    controls, curves, spectrum, table, verdict = parts
    for row, part in enumerate((curves, verdict, controls, spectrum, table)):
        grid.addWidget(part, row, 0)
    for row, stretch in enumerate((3, 0, 0, 2, 1)):
        grid.setRowStretch(row, stretch)


_PLACES = {
    "row": _place_in_row,
    "two rows": _place_in_two_rows,
    "two columns": _place_in_two_columns,
    "column": _place_in_column,
}
