"""The rows of the lab's numbers: norms after 1, 2, 5, 10 … steps back, the bound, and clipping; a column a path."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.analysis.activation_slope import SLOPES
from engine.analysis.vanishing_lab import CAROUSEL, LabResult
from gui.appearance import Appearance
from gui.views.lab_paths import PATHS, path_word
from gui.views.number_text import significant
from gui.views.time_axis import next_round

FONT = 12.0
MOST_DIGITS = 6
_NONE = "–"

Where = QModelIndex | QPersistentModelIndex
Words = Callable[[str, int], str]


@dataclass(frozen=True)
class Row:
    """A row: its head, what it means, and the text of a path with so many digits."""

    head: str
    meaning: str
    text: Words


def steps_back(steps: int) -> list[int]:
    """1, 2, 5, 10 … up to T, and T itself."""
    made, back = [], 1
    while back < steps:
        made.append(back)
        back = next_round(back + 1)
    return [*made, steps]


class LabModel(QAbstractTableModel):
    """The first column holds the heads; of the numbers, as many digits are written as there is room for."""

    def __init__(self, result: LabResult, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._result = result
        self._relative = True
        self._paths: list[str] = []
        self._rows: list[Row] = []
        self.digits = MOST_DIGITS

    def show_result(self, result: LabResult, *, relative: bool) -> None:
        """Show other numbers."""
        paths = [path for path in PATHS if path in result.norms]
        self._result, self._relative = result, relative
        rows = self._made_rows() if paths else []
        if rows and paths == self._paths and [one.head for one in rows] == [one.head for one in self._rows]:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(paths)))
            return
        self.beginResetModel()
        self._paths, self._rows = paths, rows
        self.endResetModel()

    def retell(self) -> None:
        """Say all in the words of now."""
        self.beginResetModel()
        self._rows = self._made_rows() if self._paths else []
        self.endResetModel()

    def text(self, row: int, column: int) -> str:
        """What is written in a cell."""
        one = self._rows[row]
        return one.text(self._paths[column - 1], self.digits) if column else one.head

    def head(self, column: int) -> str:
        """What is written above a column."""
        return path_word(self._paths[column - 1], self._appearance) if 0 < column <= len(self._paths) else ""

    def _made_rows(self) -> list[Row]:
        say, result = self._appearance.say, self._result
        made = []
        for back in steps_back(result.setup.steps):
            head = say("{back} back", back=back)
            made.append(Row(head, say("Norm of the gradient after {back} steps back.", back=back), self._after(back)))
        made.append(Row("γ·σmax", say("The norm grows at most by this factor a step."), self._bound))
        made.append(Row("‖∂L/∂W_h‖", say("Norm of the whole gradient of W_h, where L is the sum of the last state."),
                        self._weight_norm))  # fmt: skip
        if result.setup.threshold:
            made.append(Row(say("rate"), say("threshold / ‖g‖ where that is below 1"), self._rate))
            made.append(Row(say("clipped"), say("‖∂L/∂W_h‖ after clipping"), self._clipped))
        return made

    def _after(self, back: int) -> Words:
        def text(path: str, digits: int) -> str:
            norms = self._result.norms[path]
            start = float(norms[-1]) if self._relative else 1.0
            return significant(float(norms[len(norms) - 1 - back]) / start, digits)

        return text

    def _bound(self, path: str, digits: int) -> str:
        if path in SLOPES:
            return significant(self._result.bound(path).factor, min(digits, 5))
        return "1" if path == CAROUSEL else significant(self._result.setup.forget, 3)

    def _weight_norm(self, path: str, digits: int) -> str:
        return significant(self._result.weight_norms[path], min(digits, 5)) if path in SLOPES else _NONE

    def _rate(self, path: str, digits: int) -> str:
        return significant(self._result.rate(path), min(digits, 5)) if path in SLOPES else _NONE

    def _clipped(self, path: str, digits: int) -> str:
        if path not in SLOPES:
            return _NONE
        return significant(self._result.weight_norms[path] * self._result.rate(path), min(digits, 5))

    # --- Qt -----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Where = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Where = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() or not self._paths else len(self._paths) + 1

    def data(self, index: Where, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.FontRole:
            return self._appearance.font(FONT)
        if role == Qt.ItemDataRole.ForegroundRole and not index.column():
            return self._appearance.color("ink_quiet")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if index.column() else Qt.AlignmentFlag.AlignLeft
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return self._rows[index.row()].meaning if role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.head(section)
        if role == Qt.ItemDataRole.FontRole:
            return self._appearance.font(FONT)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None
