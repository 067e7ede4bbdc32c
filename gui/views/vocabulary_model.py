"""A vocabulary as a table: number, symbol, how often it is met, and what symbols of a kind of their own are for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from engine.text.tokens import END, UNKNOWN
from gui.appearance import Appearance
from gui.language import translatable
from gui.views.text_reading import brief

Index = QModelIndex | QPersistentModelIndex
COLUMNS = (translatable("ID"), translatable("symbol"), translatable("count"))
ID, SYMBOL, COUNT = range(3)
_UNKNOWN = translatable("stands for every symbol without a number of its own")
_LINE_END = translatable("the end of a line")
_START = translatable("the start: the decoder reads it first")
_FILLS = translatable("fills up shorter texts; after it an answer is over")
_SPACE = translatable("a space; it also fills up shorter texts")
_BLANK = "␣"


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Symbols by number.

    Attributes:
        names: the symbols.
        counts: how often each is met; None where that is not known.
        start, end: numbers of those with a meaning of their own; None where there is none.
    """

    names: tuple[str, ...] = ()
    counts: NDArray[np.int64] | None = None
    start: int | None = None
    end: int | None = None

    def meaning(self, number: int) -> str:
        """What a symbol of a kind of its own is for, a key of the translations; empty for the others."""
        name = self.names[number]
        if number == self.start:
            return _START
        if number == self.end:
            return _SPACE if name == _BLANK else _FILLS
        return {UNKNOWN: _UNKNOWN, END: _LINE_END}.get(name, "")


class VocabularyModel(QAbstractTableModel):
    """The symbols that hold what was searched for."""

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._vocabulary = Vocabulary()
        self._sought = ""
        self._rows: list[int] = []

    @property
    def vocabulary(self) -> Vocabulary:
        """What is shown."""
        return self._vocabulary

    def show(self, vocabulary: Vocabulary, sought: str) -> None:
        """Show the symbols of a vocabulary that hold a text, in any case of letters, or have it as their number."""
        self.beginResetModel()
        self._vocabulary, self._sought = vocabulary, sought
        text = sought.casefold()
        self._rows = [
            number for number, name in enumerate(vocabulary.names) if text in name.casefold() or text == str(number)
        ]
        self.endResetModel()

    def row_of(self, number: int) -> int | None:
        """The row of a symbol; None where it is not shown."""
        if not self._sought:
            return number if 0 <= number < len(self._rows) else None
        return self._rows.index(number) if number in self._rows else None

    def update_texts(self) -> None:
        """Language or sizes changed."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(COLUMNS) - 1)
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        number, say = self._rows[index.row()], self._appearance.say
        meaning = self._vocabulary.meaning(number)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(number, index.column(), say(meaning) if meaning else "")
        if role == Qt.ItemDataRole.ToolTipRole:
            return say(meaning) if meaning else brief(self._vocabulary.names[number])
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() != SYMBOL:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and index.column() != SYMBOL:
            return self._appearance.color("ink_quiet")
        return None

    def _text(self, number: int, column: int, meaning: str) -> str:
        if column == ID:
            return str(number)
        if column == SYMBOL:
            name = brief(self._vocabulary.names[number])
            return f"{name}  ({meaning})" if meaning else name
        counts = self._vocabulary.counts
        return "" if counts is None or number >= len(counts) else f"{int(counts[number]):,}"

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._appearance.say(COLUMNS[section])
        return None
