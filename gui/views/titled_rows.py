"""A list as Qt's model of a table: a row a thing, columns with fixed titles."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.appearance import Appearance

Index = QModelIndex | QPersistentModelIndex
RowT = TypeVar("RowT")


class TitledRows(QAbstractTableModel, Generic[RowT]):
    """Subclasses name the titles and say what stands in a cell.

    Attributes:
        columns: the titles, keys of the translations.
        title_side: where a title stands in its column.
    """

    columns: ClassVar[tuple[str, ...]]
    title_side: ClassVar[Qt.AlignmentFlag] = Qt.AlignmentFlag.AlignLeft

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows: list[RowT] = []

    def update_appearance(self) -> None:
        """Say everything anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        self._tell_all()

    # --- for subclasses -------------------------------------------------------------------------------------------

    def _tell_all(self) -> None:
        """Something in the rows has changed, but not which rows there are."""
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self.columns) - 1))

    def _take_rows(self, rows: list[RowT]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    # --- Qt's questions -------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — Qt's own default
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._appearance.say(self.columns[section])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.title_side | Qt.AlignmentFlag.AlignVCenter
        return None
