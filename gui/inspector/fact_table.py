"""A small table of figures, painted: it changes at every step."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.appearance import Appearance

Row = tuple[str, ...]


class FactTable(QWidget):
    """Rows of a name and figures; the first row is the head."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows: tuple[Row, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show other figures."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self.setAccessibleDescription("; ".join(" ".join(row) for row in self._rows))
            self._update_height()

    @property
    def rows(self) -> tuple[Row, ...]:
        """What is shown."""
        return self._rows

    def _update_appearance(self) -> None:
        self._font, self._head = self._appearance.font(12.0), self._appearance.font(11.5)
        self._update_height()

    def _update_height(self) -> None:
        self._pitch = QFontMetricsF(self._font).height() + self._appearance.px(6)
        height = round(self._pitch * len(self._rows))
        if height != self.height():
            self.setFixedHeight(height)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(240), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def _fitting_font(self, width: float) -> QFont:
        """The font, smaller where a figure would not fit: half a number would be a wrong one."""
        metrics = QFontMetricsF(self._font)
        widest = max((metrics.horizontalAdvance(text) for row in self._rows[1:] for text in row[1:]), default=0.0)
        font = QFont(self._font)
        if widest > width > 0:
            font.setPixelSize(max(6, int(self._font.pixelSize() * width / widest)))
        return font

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = self._appearance, QPainter(self)
        columns = max((len(row) for row in self._rows), default=1)
        width = min(look.px(92), self.width() * 0.6 / max(1, columns - 1))
        name_width = min(self.width() - (columns - 1) * width, look.px(180))
        figures = self._fitting_font(width - look.px(5))
        for at, row in enumerate(self._rows):
            top = at * self._pitch
            painter.setFont(figures if at else self._head)
            for column, text in enumerate(row):
                painter.setPen(look.color("ink" if at and column else "ink_quiet"))
                left = name_width + (column - 1) * width if column else 0.0
                place = QRectF(left, top, width if column else name_width, self._pitch)
                side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
                shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(place.width()))
                painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
            if at == len(self._rows) - 1:
                break
            painter.setPen(QPen(look.color("line"), 1))
            bottom = round(top + self._pitch)
            painter.drawLine(0, bottom, round(name_width + (columns - 1) * width), bottom)
        painter.end()
