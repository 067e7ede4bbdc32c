"""Where the cells and labels of an attention heatmap are: pure geometry, px."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF

from gui.appearance import Appearance
from gui.views.time_axis import HEIGHT, NARROW_RIGHT, RIGHT, is_wide

TOKEN, NUMBER, HEADING = 13.0, 11.0, 11.0
_LEAST, _MOST_COLUMN, _MOST_ROW = 3.0, 58.0, 40.0
"""Cells that are not zoomed have sizes between these, px before scaling."""
_MOST_TOKEN = 90.0
STRIP = 22.0
_TOP = 6.0


@dataclass(frozen=True)
class LabelColumn:
    """A column of labels at the left of the cells."""

    left: float
    width: float

    @property
    def right(self) -> float:
        return self.left + self.width


@dataclass(frozen=True)
class AttentionGeometry:
    """Of a heatmap in a widget.

    Attributes:
        area: where cells are seen.
        column, row: size of a cell.
        labels: the columns of labels: time, what is read, truth, answer, those that there is room for; by name.
        head: height of the labels of the source above the cells, without the strip of a flat legend.
        upright: whether these labels are turned by 90°.
    """

    area: QRectF
    column: float
    row: float
    labels: dict[str, LabelColumn]
    head: float
    upright: bool


def arranged(
    size: QSize,
    cells: tuple[int, int],
    tokens: tuple[Sequence[str], Sequence[str]],
    headings: dict[str, str],
    zoom: float,
    appearance: Appearance,
) -> AttentionGeometry:
    """The geometry for a widget's size.

    Args:
        cells: rows and columns.
        tokens: of the source, and all that answers can be.
        headings: the names of the columns of labels, most dispensable first.
        zoom: 1 to fit, more to enlarge.
    """
    rows, columns = cells
    px, wide = appearance.px, is_wide(size.width(), appearance)
    labels = _label_columns(size.width(), tokens[1], headings, appearance)
    left = max((one.right for one in labels.values()), default=0.0) + px(6)
    room = max(1.0, size.width() - left - px(RIGHT if wide else NARROW_RIGHT))
    column = min(max(room / columns, px(_LEAST)), px(_MOST_COLUMN)) * zoom
    metrics = QFontMetricsF(appearance.font(TOKEN))
    widest = min(max((metrics.horizontalAdvance(one) for one in tokens[0]), default=0.0), px(_MOST_TOKEN))
    # Single characters are thinned out where they do not fit; longer symbols are turned.
    upright = widest > column - px(2) and max(map(len, tokens[0]), default=0) > 1
    head = px(_TOP) + (widest if upright else metrics.height())
    top = head + (0.0 if wide else px(STRIP))
    height = max(1.0, size.height() - top - px(HEIGHT))
    row = min(max(height / rows, px(_LEAST)), px(_MOST_ROW)) * zoom
    area = QRectF(left, top, min(room, column * columns), min(height, row * rows))
    return AttentionGeometry(area, column, row, labels, head, upright)


def _label_columns(
    width: float, answers: Sequence[str], headings: dict[str, str], appearance: Appearance
) -> dict[str, LabelColumn]:
    px = appearance.px
    token, heading = QFontMetricsF(appearance.font(TOKEN)), QFontMetricsF(appearance.font(HEADING))
    widest = max((token.horizontalAdvance(one) for one in answers), default=0.0) + token.horizontalAdvance(" ✗")
    widest = min(widest, px(_MOST_TOKEN))
    needed = {
        name: max(heading.horizontalAdvance(text), heading.horizontalAdvance("999") if name == "time" else widest)
        + px(8)
        for name, text in headings.items()
    }
    # A narrow view leaves the dispensable ones out.
    while len(needed) > 1 and sum(needed.values()) > 0.4 * width:
        del needed[next(iter(needed))]
    made, left = {}, px(3)
    for name, wide in needed.items():
        made[name] = LabelColumn(left, wide)
        left += wide
    return made
