"""A table of rows that are picked, removed and moved by mouse and by keys."""

from PySide6.QtCore import QAbstractItemModel, QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from gui.appearance import Appearance
from gui.views.own_keys import is_own_key

_ROW_HEIGHT = 24.0
_LEAST_HEIGHT = 78.0
_OWN_KEYS = {Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_Up, Qt.Key.Key_Down}


class RowTable(QTableView):
    """Whole rows; says a sentence while it has none.

    Signals:
        removal_wanted: Delete was pressed on a row.
        move_wanted(by): Alt + ↑ or ↓ was pressed on a row; -1 or 1.
        pointed_at(row): the pointer came to a row; -1 when it left the rows.
    """

    removal_wanted = Signal()
    move_wanted = Signal(int)
    pointed_at = Signal(int)

    def __init__(self, model: QAbstractItemModel, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._when_empty = ""
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setMouseTracking(True)
        self.entered.connect(lambda index: self.pointed_at.emit(index.row()))
        self.viewportEntered.connect(lambda: self.pointed_at.emit(-1))
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(1)  # one larger than the rows of now would stretch them
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def current_row(self) -> int | None:
        """The row that has the keyboard; None for none."""
        index = self.currentIndex()
        return index.row() if index.isValid() and index.row() < self.model().rowCount() else None

    def go_to_row(self, row: int) -> None:
        """Make a row the current one and bring it into view, if it is there."""
        if 0 <= row < self.model().rowCount():
            self.executeDelayedItemsLayout()  # else a row that has just come lies beyond what can be scrolled to
            self.setCurrentIndex(self.model().index(row, 0))
            self.scrollTo(self.currentIndex())

    def set_when_empty(self, sentence: str) -> None:
        """What to say while there is no row."""
        self._when_empty = sentence
        self.viewport().update()

    def set_narrow_columns(self, widths: dict[int, float]) -> None:
        """Columns of a fixed width in unscaled pixels; the others share the rest."""
        # A table whose rows cannot be seen is of no use: better the view scrolls.
        self.setMinimumHeight(self._appearance.whole_px(_LEAST_HEIGHT))
        self.verticalHeader().setDefaultSectionSize(self._appearance.whole_px(_ROW_HEIGHT))
        self.horizontalHeader().setMinimumSectionSize(self._appearance.whole_px(30.0))
        for column, width in widths.items():
            self.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Fixed)
            self.horizontalHeader().resizeSection(column, self._appearance.whole_px(width))

    def event(self, event: QEvent) -> bool:
        # Else the window's shortcuts take these keys: Space plays.
        return is_own_key(event, self._wants) or super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.AltModifier)
        return plain and event.key() in _OWN_KEYS and self.current_row() is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        vertical = {int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_Down): 1}.get(event.key())
        if self.current_row() is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removal_wanted.emit()
        elif vertical is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.move_wanted.emit(vertical)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.pointed_at.emit(-1)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.model().rowCount() or not self._when_empty:
            return
        painter = QPainter(self.viewport())
        painter.setPen(self._appearance.color("ink_quiet"))
        painter.setFont(self._appearance.font(12.5))
        margin = self._appearance.whole_px(10.0)
        place = self.viewport().rect().adjusted(margin, margin // 2, -margin, -margin // 2)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextDontClip
        painter.drawText(place, flags, self._when_empty)
        painter.end()
