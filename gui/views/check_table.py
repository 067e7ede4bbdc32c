"""The table of a gradient check: in each cell the relative error on its colour, the norm, the ratio of the norms."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from gui.appearance import Appearance
from gui.checked_gradients import CheckedCell
from gui.typesetting.formula import typeset
from gui.typesetting.inks import Inks
from gui.views.check_colors import error_color
from gui.views.check_model import CheckModel
from gui.views.check_reading import error_text, norm_text, ratio_text
from gui.views.own_keys import is_own_key

_FONT = 12.0
_SMALL = 11.0
_LONGEST = "✓ 8.8×10⁻¹⁰*"
_MOST_COLUMN = 150.0
_HEADER = 24.0
_NARROW = 420.0
_STEPS = {
    Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0),
}  # fmt: skip
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CheckTable(QTableView):
    """Click picks the step of a cell, double click runs to it. Shift with an arrow key goes to a cell, Enter picks it,
    Shift+Enter runs to it; the window keeps its other keys.

    Signals: picked(row, column), run_wanted(row, column), pointed_at(row, column), -1 for none.
    """

    picked = Signal(int, int)
    run_wanted = Signal(int, int)
    pointed_at = Signal(int, int)

    def __init__(self, model: CheckModel, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._model = model
        self._faded = False
        self._marked: int | None = None
        self.setModel(model)
        self.setItemDelegate(_CellPainter(self, appearance))
        self.setVerticalHeader(_RowNames(model, appearance, self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setMouseTracking(True)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
            header.setMinimumSectionSize(1)
        self.clicked.connect(lambda index: self.picked.emit(index.row(), index.column()))
        self.doubleClicked.connect(lambda index: self.run_wanted.emit(index.row(), index.column()))
        self.entered.connect(lambda index: self.pointed_at.emit(index.row(), index.column()))
        self.viewportEntered.connect(lambda: self.pointed_at.emit(-1, -1))
        model.modelReset.connect(self._update_columns)

    @property
    def faded(self) -> bool:
        """Whether it is pale: the result is of another iteration."""
        return self._faded

    def set_faded(self, faded: bool) -> None:
        """Paint it pale, or no longer."""
        if faded != self._faded:
            self._faded = faded
            self.viewport().update()

    @property
    def marked(self) -> int | None:
        """The step that is framed where it is in the table."""
        return self._marked

    def mark(self, entry: int | None) -> None:
        """Frame the cell of a step."""
        if entry != self._marked:
            self._marked = entry
            self.viewport().update()

    def update_appearance(self) -> None:
        """Take the sizes of the scale."""
        look = self._appearance
        self.horizontalHeader().setFixedHeight(look.whole_px(_HEADER))
        self.horizontalHeader().setFont(look.font(_FONT))
        self.verticalHeader().setDefaultSectionSize(round(row_height(look)))
        self.setMinimumHeight(look.whole_px(_HEADER) + round(row_height(look)) + look.whole_px(13))
        self.setMinimumWidth(1)
        self._update_columns()
        self.viewport().update()

    def _update_columns(self) -> None:
        columns, px = self._model.columnCount(), self._appearance.px
        least = QFontMetricsF(self._appearance.font(_FONT, bold=True)).horizontalAdvance(_LONGEST) + px(8)
        names = self.verticalHeader()
        if isinstance(names, _RowNames):
            names.set_narrow(self.width() < px(_NARROW))
        names.setFixedWidth(names.sizeHint().width())
        if columns:
            share = (self.width() - names.width() - px(12)) / columns
            self.horizontalHeader().setDefaultSectionSize(round(min(max(share, least), px(_MOST_COLUMN))))

    # --- keys and the mouse ---------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        return is_own_key(event, self._wants) or super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        shifted = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier == Qt.KeyboardModifier.ShiftModifier
        return (shifted and event.key() in _STEPS) or (event.key() in _ENTER and self.currentIndex().isValid())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if not self._wants(event):
            event.ignore()
        elif event.key() in _STEPS:
            self._move(*_STEPS[Qt.Key(event.key())])
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.run_wanted.emit(index.row(), index.column())
        else:
            self.picked.emit(index.row(), index.column())

    def _move(self, rows: int, columns: int) -> None:
        if not self._model.columnCount():
            return
        index = self.currentIndex()
        row, column = (index.row() + rows, index.column() + columns) if index.isValid() else (0, 0)
        row = min(max(row, 0), self._model.rowCount() - 1)
        column = min(max(column, 0), self._model.columnCount() - 1)
        self.setCurrentIndex(self._model.index(row, column))
        self.pointed_at.emit(row, column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_columns()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed_at.emit(-1, -1)


def row_height(appearance: Appearance) -> float:
    """Room for the three lines of a cell."""
    return _line(appearance, _FONT) + 2 * _line(appearance, _SMALL) + appearance.px(6)


def _line(appearance: Appearance, size: float) -> float:
    return QFontMetricsF(appearance.font(size)).height()


class _CellPainter(QStyledItemDelegate):
    """Error, norm and ratio below each other."""

    def __init__(self, table: CheckTable, appearance: Appearance) -> None:
        super().__init__(table)
        self._table = table
        self._appearance = appearance

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        model = index.model()
        cell = model.cell(index.row(), index.column()) if isinstance(model, CheckModel) else None
        if cell is None:
            return
        place = QRectF(option.rect)
        color = error_color(cell, self._appearance, faded=self._table.faded)
        if color is not None:
            painter.fillRect(place, color)
        self._paint_texts(painter, place, cell, color)
        keyboard = self._table.hasFocus() and self._table.currentIndex() == index
        if keyboard or (self._table.marked is not None and cell.entry == self._table.marked):
            width = self._appearance.px(2)
            painter.setPen(QPen(self._appearance.color("focus"), width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place.adjusted(width / 2, width / 2, -width / 2 - 1, -width / 2 - 1))

    def _paint_texts(self, painter: QPainter, place: QRectF, cell: CheckedCell, color: QColor | None) -> None:
        look, faded = self._appearance, self._table.faded
        ink = look.color("ink_quiet" if faded else "ink") if color is None or faded else look.ink_on(color)
        painter.setPen(ink)
        y = place.top() + look.px(3)
        lines = ((error_text(cell), _FONT, True), (norm_text(cell), _SMALL, False), (ratio_text(cell), _SMALL, False))
        for text, size, bold in lines:
            height = _line(look, size)
            font = look.font(size, bold=bold and not faded)
            painter.setFont(font)
            line = QRectF(place.left() + look.px(2), y, place.width() - look.px(4), height)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(line.width()))
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, shown)
            y += height


class _RowNames(QHeaderView):
    """The parameters' gradients as formulas, and what the three lines of their cells are."""

    def __init__(self, model: CheckModel, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._model = model
        self._appearance = appearance
        self._narrow = False

    def set_narrow(self, narrow: bool) -> None:
        """Whether there is room for the names alone."""
        self._narrow = narrow

    def _captions(self) -> tuple[str, str, str]:
        say = self._appearance.say
        return say("relative error"), say("norm"), say("ratio")

    def _captions_width(self) -> float:
        if self._narrow:
            return 0.0
        metrics = QFontMetricsF(self._appearance.font(_SMALL))
        return max(metrics.horizontalAdvance(text) for text in self._captions()) + self._appearance.px(12)

    def sizeHint(self) -> QSize:
        rows = range(self._model.rowCount())
        widest = max((self._formula(row).width for row in rows), default=0.0)
        return QSize(round(widest + self._captions_width() + self._appearance.px(14)), 0)

    def _formula(self, row: int):
        return typeset(self._model.row_latex(row), self._appearance.px(14))

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        look, place = self._appearance, QRectF(rect)
        painter.save()
        painter.fillRect(place, look.color("surface_sunken"))
        painter.setPen(QPen(look.color("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        self._formula(logicalIndex).paint(
            painter, place.left() + look.px(7), place.center().y() + look.px(5), look.color("backward_ink"),
            Inks.of(look).colors,
        )  # fmt: skip
        if not self._narrow:
            self._paint_captions(painter, place)
        painter.restore()

    def _paint_captions(self, painter: QPainter, place: QRectF) -> None:
        look = self._appearance
        painter.setPen(look.color("ink_quiet"))
        painter.setFont(look.font(_SMALL))
        metrics = QFontMetricsF(painter.font())
        y = place.top() + look.px(3)
        for text, size in zip(self._captions(), (_FONT, _SMALL, _SMALL), strict=True):
            height = _line(look, size)
            baseline = y + height / 2 + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(place.right() - look.px(7) - metrics.horizontalAdvance(text), baseline), text)
            y += height
