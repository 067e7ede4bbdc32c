"""How cells of tables are painted that are not plain text."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from gui.appearance import Appearance

_THICKNESS = 3.0
_MARGIN = 5.0


class EndElided(QStyledItemDelegate):
    """A row of numbers: its end is left out where there is no room, not its middle."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        option.textElideMode = Qt.TextElideMode.ElideRight


class NormBar(QStyledItemDelegate):
    """A number and under it a bar: the model's `role` gives (its length as a share 0..1, name of a colour) or None."""

    def __init__(self, appearance: Appearance, role: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._role = role

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().paint(painter, option, index)
        bar = index.data(self._role)
        if bar is None:
            return
        share, color = bar
        cell = QRectF(option.rect)
        margin, thickness = self._appearance.px(_MARGIN), self._appearance.px(_THICKNESS)
        groove = QRectF(cell.left() + margin, cell.bottom() - thickness, cell.width() - 2 * margin, thickness)
        painter.fillRect(groove, self._appearance.color("line"))
        groove.setWidth(groove.width() * share)
        painter.fillRect(groove, self._appearance.color(color))
