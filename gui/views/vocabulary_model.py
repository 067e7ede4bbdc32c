"""A vocabulary as a table: number, symbol, how often it is met, and what symbols of a kind of their own are for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt

from engine.text.tokens import END, UNKNOWN
from gui.appearance import Appearance
from gui.language import translatable
from gui.views.text_reading import brief
from gui.views.titled_rows import Index, TitledRows

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


class VocabularyModel(TitledRows[int]):
    """The symbols that hold what was searched for; a row is a number."""

    columns = (translatable("ID"), translatable("symbol"), translatable("count"))
    title_side = Qt.AlignmentFlag.AlignHCenter

    def __init__(self, appearance: Appearance, parent: QObject | None = None) -> None:
        super().__init__(appearance, parent)
        self._vocabulary = Vocabulary()
        self._sought = ""

    @property
    def vocabulary(self) -> Vocabulary:
        """What is shown."""
        return self._vocabulary

    def show(self, vocabulary: Vocabulary, sought: str) -> None:
        """Show the symbols of a vocabulary that hold a text, in any case of letters, or have it as their number."""
        self._vocabulary, self._sought = vocabulary, sought
        text = sought.casefold()
        self._take_rows([
            number for number, name in enumerate(vocabulary.names) if text in name.casefold() or text == str(number)
        ])

    def row_of(self, number: int) -> int | None:
        """The row of a symbol; None where it is not shown."""
        if not self._sought:
            return number if 0 <= number < len(self._rows) else None
        return self._rows.index(number) if number in self._rows else None

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
