"""The breakpoints of the session as a table: where, when, how often."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.debugger.breakpoints import Breakpoint, Condition
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.views.number_text import round_text

Role = Qt.ItemDataRole
Index = QModelIndex | QPersistentModelIndex
COLUMNS = (translatable("Breakpoint"), translatable("Stops"), translatable("Hits"))
WHERE, WHEN, HITS = range(3)
CONDITIONS = {
    Condition.ALWAYS: translatable("always"),
    Condition.NOT_FINITE: translatable("not finite"),
    Condition.NORM_ABOVE: translatable("norm above"),
    Condition.NORM_BELOW: translatable("norm below"),
}
WITH_THRESHOLD = (Condition.NORM_ABOVE, Condition.NORM_BELOW)


class BreakpointModel(QAbstractTableModel):
    """Changes go through the bridge; what it then tells is shown."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._points: list[Breakpoint] = list(bridge.session.breakpoints)

    def point(self, row: int) -> Breakpoint:
        """The breakpoint of a row."""
        return self._points[row]

    def row_of(self, point: Breakpoint) -> int:
        """The row of a breakpoint, -1 for none."""
        return next((row for row, known in enumerate(self._points) if known.number == point.number), -1)

    def update_points(self) -> None:
        """Show the session's breakpoints; rows are made anew only where they differ."""
        points = list(self._bridge.session.breakpoints)
        if [point.number for point in points] != [point.number for point in self._points]:
            self.beginResetModel()
            self._points = points
            self.endResetModel()
        else:
            self._tell_all()

    def update_appearance(self) -> None:
        """Say everything anew."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self._tell_all()

    def _tell_all(self) -> None:
        if self._points:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._points) - 1, len(COLUMNS) - 1))

    def _when(self, point: Breakpoint) -> str:
        if point.condition not in WITH_THRESHOLD:
            return self._appearance.say(CONDITIONS[point.condition])
        sign = ">" if point.condition is Condition.NORM_ABOVE else "<"
        return f"{self._appearance.say('norm')} {sign} {round_text(point.threshold)}"

    def _display(self, point: Breakpoint, column: int) -> str:
        return (point.address, self._when(point), str(point.hits))[column]

    # --- Qt's questions -------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 — Qt's own default
        return 0 if parent.isValid() else len(self._points)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: N802, B008 — Qt's own default
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> object:  # noqa: N802
        if orientation is Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self._appearance.say(COLUMNS[section])
        if role == Role.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        point, column = self._points[index.row()], index.column()
        if role == Role.DisplayRole:
            return self._display(point, column)
        if role == Role.CheckStateRole and column == WHERE:
            return Qt.CheckState.Checked if point.enabled else Qt.CheckState.Unchecked
        if role == Role.ForegroundRole:
            return self._appearance.color("ink" if point.enabled else "ink_pale")
        if role == Role.ToolTipRole:
            return self._appearance.say("{address}: a double click runs to the next step that it stops at",
                                        address=point.address)
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:  # noqa: N802
        if role != Role.CheckStateRole:
            return False
        self._bridge.switch_breakpoint(self._points[index.row()], Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == WHERE else flags
