"""A widget of typeset lines with small captions; what is not typeset yet stands as plain text for that instant."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAction, QGuiApplication, QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.appearance import Appearance
from gui.inspector.formula_sheet import FormulaLine, FormulaSheet, LineSetter
from gui.typesetting.formula_preparation import FormulaPreparation


class FormulaLines(QWidget):
    """Typeset lines, wrapped to the width of the widget."""

    def __init__(
        self, appearance: Appearance, preparation: FormulaPreparation, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance, self._preparation = appearance, preparation
        self._lines: Sequence[FormulaLine] = ()
        self._waits_for: set[str] = set()
        self._picture: QPixmap | None = None
        self._foreseen: tuple[FormulaSheet, QPixmap] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._copy = QAction(self)
        self._copy.triggered.connect(self._copy_text)
        self.addAction(self._copy)
        self._update_appearance()
        preparation.prepared.connect(self._update_prepared)
        appearance.changed.connect(self._update_appearance)

    def show_lines(self, lines: Sequence[FormulaLine]) -> None:
        """Show other lines."""
        self._lines = lines
        self._update_layout()

    def foresee(self, lines: Sequence[FormulaLine]) -> None:
        """Lay out and paint lines that may be shown next; nothing if something is not typeset yet."""
        sheet = FormulaSheet(lines, self.width(), self._setter)
        self._foreseen = None if sheet.missing else (sheet, self._painted(sheet))

    def text(self) -> str:
        """All lines as plain text."""
        return "\n".join(line.text() for line in self._lines)

    @property
    def is_typeset(self) -> bool:
        """Whether nothing waits to be typeset."""
        return not self._waits_for

    def _update_appearance(self) -> None:
        self._setter = LineSetter(self._appearance)
        self._foreseen = None
        self._copy.setText(self._appearance.say("Copy as plain text"))
        self._update_layout()

    def _update_prepared(self, latex: str) -> None:
        if latex in self._waits_for:
            self._waits_for.discard(latex)
            if not self._waits_for:
                self._update_layout()

    def _update_layout(self) -> None:
        self._sheet, self._picture = self._laid_out()
        self._waits_for = set(self._sheet.missing)
        if self._waits_for:
            self._preparation.request(self._sheet.missing)
        # Not compared with height(): that may be what a layout has yet to change.
        if self._sheet.height != self.minimumHeight():
            self.setFixedHeight(self._sheet.height)
        if QAccessible.isActive():  # writing it all out takes as long as typesetting it
            self.setAccessibleName(self.text())
        self.update()

    def _laid_out(self) -> tuple[FormulaSheet, QPixmap | None]:
        """The lines in their places, with their picture if it was foreseen."""
        foreseen = self._foreseen
        if foreseen is not None and foreseen[0].width == self.width() and foreseen[0].lines == tuple(self._lines):
            return foreseen
        return FormulaSheet(self._lines, self.width(), self._setter), None

    def _painted(self, sheet: FormulaSheet) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(max(1, round(sheet.width * ratio)), max(1, round(sheet.height * ratio)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        sheet.paint(painter)
        painter.end()
        return picture

    def _copy_text(self) -> None:
        QGuiApplication.clipboard().setText(self.text())

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(260), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(60), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._update_layout()

    def paintEvent(self, event: QPaintEvent) -> None:
        # By way of a picture even if there is none yet: letters on a clear one are drawn a little otherwise.
        if self._picture is None or self._picture.devicePixelRatio() != self.devicePixelRatioF():
            self._picture = self._painted(self._sheet)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.end()
