"""What the models of headed tables have in common: named columns, and as many rows as there are."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.appearance import Appearance

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class HeadedModel(QAbstractTableModel):
    """A table with translated headings; a model of it tells its length and its data."""

    def __init__(self, columns: tuple[str, ...], appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = columns
        self._appearance = appearance

    def length(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 — Qt's own default
        return 0 if parent.isValid() else self.length()

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 — Qt's own default
        return 0 if parent.isValid() else len(self._columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:  # noqa: N802
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self._appearance.say(self._columns[section])
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None
