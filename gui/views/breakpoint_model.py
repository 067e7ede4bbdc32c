"""The breakpoints of the session as a table: where, when, how often."""

from PySide6.QtCore import QObject, Qt

from engine.debugger.breakpoints import Breakpoint, Condition
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.views.number_text import round_text
from gui.views.titled_rows import Index, TitledRows

Role = Qt.ItemDataRole
WHERE, WHEN, HITS = range(3)
CONDITIONS = {
    Condition.ALWAYS: translatable("always"),
    Condition.NOT_FINITE: translatable("not finite"),
    Condition.NORM_ABOVE: translatable("norm above"),
    Condition.NORM_BELOW: translatable("norm below"),
}
WITH_THRESHOLD = (Condition.NORM_ABOVE, Condition.NORM_BELOW)


class BreakpointModel(TitledRows[Breakpoint]):
    """Changes go through the bridge; what it then tells is shown."""

    columns = (translatable("Breakpoint"), translatable("Stops"), translatable("Hits"))

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(appearance, parent)
        self._bridge = bridge
        self._rows = list(bridge.session.breakpoints)

    def point(self, row: int) -> Breakpoint:
        """The breakpoint of a row."""
        return self._rows[row]

    def row_of(self, point: Breakpoint) -> int:
        """The row of a breakpoint, -1 for none."""
        return next((row for row, known in enumerate(self._rows) if known.number == point.number), -1)

    def update_points(self) -> None:
        """Show the session's breakpoints; rows are made anew only where they differ."""
        points = list(self._bridge.session.breakpoints)
        if [point.number for point in points] != [point.number for point in self._rows]:
            self._take_rows(points)
        else:
            self._tell_all()

    def _when(self, point: Breakpoint) -> str:
        if point.condition not in WITH_THRESHOLD:
            return self._appearance.say(CONDITIONS[point.condition])
        sign = ">" if point.condition is Condition.NORM_ABOVE else "<"
        return f"{self._appearance.say('norm')} {sign} {round_text(point.threshold)}"

    def _display(self, point: Breakpoint, column: int) -> str:
        return (point.address, self._when(point), str(point.hits))[column]

    # --- Qt's questions -------------------------------------------------------------------------------------------

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        point, column = self._rows[index.row()], index.column()
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

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole:
            return False
        self._bridge.switch_breakpoint(self._rows[index.row()], Qt.CheckState(value) is Qt.CheckState.Checked)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == WHERE else flags
