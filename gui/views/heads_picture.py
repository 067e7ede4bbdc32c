"""The picture of all heads: drawn again where it changed, its unchanging parts kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from gui.appearance import Appearance
from gui.views.attention_legend import Legend, paint_legend
from gui.views.attention_reading import head_name
from gui.views.attention_table import AttentionRows
from gui.views.attention_tokens import AttentionTokens
from gui.views.color_scale import ColorScale
from gui.views.heads_labels import paint_axes
from gui.views.heads_layout import HeadsGeometry
from gui.views.heads_numbers import HeadMarks, numbers_of_heads
from gui.views.heads_panel import paint_marks, paint_masks, paint_numbers
from gui.views.time_axis import is_wide

TITLE, STRIP = 12.0, 22.0
"""Size of the titles' font, height of the legend's strip in a narrow view."""
_MOST_PIXELS = 4_000_000
"""So large all kept parts are together, but for the newest: the tables of a Transformer alternate as it is stepped."""


@dataclass(frozen=True)
class HeadsState:
    """All that the picture depends on, but for how it looks.

    Attributes:
        rows: what is shown, as the mean of all heads.
        marks: the masks and forced weights of these.
        shown: the tape index of each row's numbers as far as revealed.
        scale: of the colours.
        names: the labels of the rows.
        made: where the panels are.
        size, ratio: of the widget, and the screen's pixels in a px.
    """

    rows: AttentionRows
    marks: HeadMarks
    shown: tuple[int | None, ...]
    scale: ColorScale
    names: tuple[str, ...]
    made: HeadsGeometry
    size: QSize
    ratio: float


class HeadsPicture:
    """Draws what a state says; a state like the last one costs nothing."""

    def __init__(self, appearance: Appearance) -> None:
        self._appearance = appearance
        self._state: HeadsState | None = None
        self._picture = QPixmap()
        self._kept: list[tuple[object, QPixmap]] = []

    def clear(self) -> None:
        """Forget all, as it may look otherwise now."""
        self._state = None
        self._kept.clear()

    def current(self, state: HeadsState, tokens: AttentionTokens) -> QPixmap:
        """The picture of a state."""
        if state != self._state:
            self._picture = QPixmap(self._around(state, tokens))
            painter = QPainter(self._picture)
            self._paint_panels(painter, state)
            painter.end()
            self._state = state
        return self._picture

    # --- its parts ----------------------------------------------------------------------------------------------

    def _paint_panels(self, painter: QPainter, state: HeadsState) -> None:
        look, masked, boxes = self._appearance, state.marks.masked, state.made.maps
        paint_numbers(painter, numbers_of_heads(state.rows, state.shown), masked, boxes, state.scale, look)
        if masked.any():
            painter.drawPixmap(0, 0, self._masks(state))
        for box, forced in zip(boxes, state.marks.forced, strict=True):
            paint_marks(painter, box, state.shown, forced, look)

    def _masks(self, state: HeadsState) -> QPixmap:
        """The hatches over what is masked, and nothing else."""
        masked, boxes = state.marks.masked, state.made.maps

        def paint(painter: QPainter) -> None:
            paint_masks(painter, masked, boxes, self._appearance)

        key = ("masks", masked.tobytes(), state.made, state.size, state.ratio)
        return self._part(key, state, QColor(Qt.GlobalColor.transparent), paint)

    def _around(self, state: HeadsState, tokens: AttentionTokens) -> QPixmap:
        """Titles, labels and legend on the ground."""
        rows, marks = state.rows, state.marks
        sources = tuple(tokens.source(column) for column in range(rows.table.width))
        has = bool(marks.masked.any()), bool(marks.forced.any())

        def paint(painter: QPainter) -> None:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_titles(painter, state)
            paint_axes(painter, state.made, state.names, sources, self._appearance)
            self._paint_legend(painter, state, *has)

        key = ("around", rows.name, rows.gradient, rows.table.heads, state.scale, state.names, sources, has,
               state.made, state.size, state.ratio)  # fmt: skip
        return self._part(key, state, self._appearance.color("ground"), paint)

    def _paint_titles(self, painter: QPainter, state: HeadsState) -> None:
        look = self._appearance
        painter.setFont(look.font(TITLE))
        painter.setPen(look.color("ink_quiet"))
        for head, box in zip([*range(state.rows.table.heads), None], state.made.titles, strict=True):
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, head_name(head, look))

    def _paint_legend(self, painter: QPainter, state: HeadsState, masked: bool, forced: bool) -> None:
        look, made, size = self._appearance, state.made, state.size
        top = made.titles[0].bottom()
        area = QRectF(0, top, max(box.right() for box in made.maps), size.height() - top)
        flat = QRectF(made.maps[0].left(), 0, size.width() - made.maps[0].left() - look.px(8), look.px(STRIP))
        upright = is_wide(size.width(), look)
        legend = Legend(state.rows.name, state.rows.gradient, masked, forced, area, size, upright)
        paint_legend(painter, legend, state.scale, flat, look)

    def _part(self, key: object, state: HeadsState, ground: QColor, paint: Callable[[QPainter], None]) -> QPixmap:
        """The part kept under a key, or painted anew; the least recently used go first."""
        found = next((at for at, (known, _) in enumerate(self._kept) if known == key), None)
        if found is not None:
            self._kept.append(self._kept.pop(found))
            return self._kept[-1][1]
        made = QPixmap(round(state.size.width() * state.ratio), round(state.size.height() * state.ratio))
        made.setDevicePixelRatio(state.ratio)
        made.fill(ground)
        painter = QPainter(made)
        paint(painter)
        painter.end()
        self._kept.append((key, made))
        while len(self._kept) > 1 and sum(one.width() * one.height() for _, one in self._kept) > _MOST_PIXELS:
            self._kept.pop(0)
        return made
