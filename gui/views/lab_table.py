"""The table of the lab's numbers, with as many digits as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from engine.analysis.vanishing_lab import LabResult
from gui.appearance import Appearance
from gui.views.lab_model import FONT, MOST_DIGITS, LabModel

_DIGITS = (MOST_DIGITS, 4, 3)
_HEADER, _ROW, _MORE, _WIDEST = 22.0, 19.0, 20.0, 130.0


class _Cells(QStyledItemDelegate):
    """Only text: a style sheet takes ten times as long for a cell."""

    def __init__(self, numbers: LabModel, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._numbers, self._appearance = numbers, appearance

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row, column = index.row(), index.column()
        painter.setFont(self._appearance.font(FONT))
        painter.setPen(self._appearance.color("ink" if column else "ink_quiet"))
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        margin = self._appearance.whole_px(8)
        box = option.rect.adjusted(margin, 0, -margin, 0)
        painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, self._numbers.text(row, column))


class LabTable(QTableView):
    """Nothing in it can be picked; it scrolls where it has no room.

    Attributes:
        numbers: its model.
    """

    def __init__(self, result: LabResult, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.numbers = LabModel(result, appearance, self)
        self.setModel(self.numbers)
        self.setItemDelegate(_Cells(self.numbers, appearance, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        for header in (self.verticalHeader(), self.horizontalHeader()):
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    def show_result(self, result: LabResult, *, relative: bool) -> None:
        """Show other numbers."""
        self.numbers.show_result(result, relative=relative)
        self._fit()

    def _fit(self) -> None:
        """As many digits as there is room for; columns as wide as their longest text, or wider where there is room."""
        room, widths = self.viewport().width(), list[int]()
        for digits in _DIGITS:
            self.numbers.digits = digits
            widths = self._widths()
            if sum(widths) <= room:
                break
        spare = max(0, room - sum(widths)) // max(1, len(widths))
        most = self._appearance.whole_px(_WIDEST)
        for column, width in enumerate(widths):
            self.setColumnWidth(column, max(width, min(width + spare, most)))
        self.viewport().update()

    def _widths(self) -> list[int]:
        """By the number of letters: so a column keeps its width while its numbers change."""
        metrics = QFontMetricsF(self._appearance.font(FONT))
        numbers, more, digit, made = self.numbers, self._appearance.px(_MORE), metrics.horizontalAdvance("0"), []
        for column in range(numbers.columnCount()):
            texts = [numbers.text(row, column) for row in range(numbers.rowCount())]
            longest = max(texts, key=len, default="")
            width = digit * len(longest) if column else metrics.horizontalAdvance(longest)
            made.append(round(max(width, metrics.horizontalAdvance(numbers.head(column))) + more))
        return made

    def _update_appearance(self) -> None:
        whole = self._appearance.whole_px
        self.horizontalHeader().setFixedHeight(whole(_HEADER))
        self.verticalHeader().setDefaultSectionSize(whole(_ROW))
        self.numbers.retell()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()
