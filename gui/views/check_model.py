"""The table of a gradient check as Qt's model: a row a parameter; the whole gradient, then one column a time step."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.tensor import Role as TensorRole
from gui.appearance import Appearance
from gui.checked_gradients import CheckedCell, CheckedGradients
from gui.notation.labels import Labels
from gui.typesetting.plain_text import plain_text
from gui.views.check_reading import error_text, reading

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class CheckModel(QAbstractTableModel):
    """Shows one result; the delegate asks for its cells themselves."""

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._checked: CheckedGradients | None = None
        self._labels: Labels | None = None
        self._times: tuple[int | None, ...] = ()

    @property
    def checked(self) -> CheckedGradients | None:
        """The result that is shown."""
        return self._checked

    def show_result(self, checked: CheckedGradients | None, labels: Labels) -> None:
        """Show another result, or the same in another notation."""
        before, self._labels = self._labels, labels
        if checked is not self._checked or (before is not None and before.notation is not labels.notation):
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
        return f"{plain_text(self.row_latex(row))}, {self._column(column)}"

    def row_latex(self, row: int) -> str:
        """The gradient that a row is about: ``∂E/∂W``."""
        assert self._checked is not None, "there are rows only with a result"
        assert self._labels is not None, "a result comes with its names"
        return self._labels.gradient_alone(self._checked.parameters[row].name, TensorRole.PARAMETER)

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
        return plain_text(self.row_latex(section))

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        cell = self.cell(index.row(), index.column())
        if cell is None:
            return None
        if role == Role.DisplayRole:
            return error_text(cell)
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return reading(cell, self.name(index.row(), index.column()), self._appearance)
        return None
