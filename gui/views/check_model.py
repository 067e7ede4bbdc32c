"""The table of a gradient check as Qt's model: a row a parameter; the whole gradient, then one column a time step."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from gui.appearance import Appearance
from gui.checked_gradients import CheckedCell, CheckedGradients
from gui.views.check_reading import error_text, gradient_text, reading

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class CheckModel(QAbstractTableModel):
    """Shows one result; the delegate asks for its cells themselves."""

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._checked: CheckedGradients | None = None
        self._times: tuple[int | None, ...] = ()

    @property
    def checked(self) -> CheckedGradients | None:
        """The result that is shown."""
        return self._checked

    def show_result(self, checked: CheckedGradients | None) -> None:
        """Show another result."""
        if checked is not self._checked:
            self.beginResetModel()
            self._checked = checked
            self._times = checked.times if checked is not None else ()
            self.endResetModel()

    def update_appearance(self) -> None:
        """Say everything anew."""
        if self._checked is not None and self._times:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._times))

    def cell(self, row: int, column: int) -> CheckedCell | None:
        """The gradient of a place; None where a parameter is not used at a time step."""
        if self._checked is None:
            return None
        parameter = self._checked.parameters[row]
        return parameter.whole if column == 0 else parameter.steps.get(self._times[column - 1])

    def name(self, row: int, column: int) -> str:
        """What the cell is of: ``∂E/∂W, t = 3``."""
        if self._checked is None:
            return ""
        name = gradient_text(self._checked.loss, self._checked.parameters[row].name)
        return f"{name}, {self._column(column)}"

    def row_name(self, row: int) -> tuple[str, str]:
        """(loss, parameter) of a row."""
        assert self._checked is not None, "there are rows only with a result"
        return self._checked.loss, self._checked.parameters[row].name

    def _column(self, column: int) -> str:
        if column == 0:
            return self._appearance.say("all")
        time = self._times[column - 1]
        return "–" if time is None else f"t = {time}"

    # --- Qt's questions -------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — Qt's own default
        return 0 if parent.isValid() or self._checked is None else len(self._checked.parameters)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 — Qt's own default
        return 0 if parent.isValid() or not self.rowCount() else 1 + len(self._times)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        if role != Role.DisplayRole or self._checked is None:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return self._column(section)
        return gradient_text(*self.row_name(section))

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        cell = self.cell(index.row(), index.column())
        if cell is None:
            return None
        if role == Role.DisplayRole:
            return error_text(cell)
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return reading(cell, self.name(index.row(), index.column()), self._appearance)
        return None
