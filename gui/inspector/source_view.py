"""The model's source with the line of the current step marked."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QTextCursor, QTextDocument, QTextFormat
from PySide6.QtWidgets import QFrame, QPlainTextDocumentLayout, QPlainTextEdit, QSizePolicy, QTextEdit, QWidget

from engine.source import SourcePlace, source_lines
from gui.appearance import Appearance
from gui.inspector.python_syntax import PythonSyntax

_LINES = 9
"""Height of the view in lines."""


class SourceView(QPlainTextEdit):
    """Shows a file of the source, read-only, scrolled to a line; files stay coloured once they were shown."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._documents: dict[str, tuple[QTextDocument, PythonSyntax]] = {}
        self._place: SourcePlace | None = None
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._gutter = _Gutter(self)
        self.updateRequest.connect(self._update_gutter)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    def show_place(self, place: SourcePlace | None) -> None:
        """Show a line of the source; None for nothing."""
        if place == self._place:
            return
        self._place = place
        if place is None:
            return
        document = self._document(place.file)
        if document is not self.document():
            # Scrolled beyond the end of a shorter file, Qt would set its scroll bar for ever, each time from within.
            self.verticalScrollBar().setValue(0)
            self.setDocument(document)
            self._update_font()
        self._mark(place)

    def prepare(self, place: SourcePlace) -> None:
        """Have the file of a line at hand, coloured."""
        self._document(place.file)

    @property
    def place(self) -> SourcePlace | None:
        """The line that is marked."""
        return self._place

    @property
    def gutter_width(self) -> int:
        """Room for the line numbers, px."""
        digits = max(2, len(str(self.blockCount())))
        return self.fontMetrics().horizontalAdvance("0" * digits) + self._appearance.whole_px(14)

    def paint_gutter(self, painter: QPainter, dirty: QRect) -> None:
        """Draw the line numbers of the blocks on screen."""
        look = self._appearance
        painter.fillRect(dirty, look.color("surface_sunken"))
        marked = self._place.line if self._place is not None else 0
        block = self.firstVisibleBlock()
        while block.isValid():
            bounds = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if bounds.top() > dirty.bottom():
                break
            number = block.blockNumber() + 1
            painter.setFont(self.font())
            painter.setPen(look.color("cursor" if number == marked else "ink_quiet"))
            room = QRectF(0, bounds.top(), self.gutter_width - look.px(7), bounds.height())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), str(number))
            block = block.next()

    def _document(self, file: str) -> QTextDocument:
        if file not in self._documents:
            document = QTextDocument(self)
            document.setDocumentLayout(QPlainTextDocumentLayout(document))
            document.setPlainText("\n".join(source_lines(file)))
            self._documents[file] = document, PythonSyntax(document, self._appearance)
        return self._documents[file][0]

    def _mark(self, place: SourcePlace) -> None:
        """The line on a ground of the cursor's colour; the function around it in the middle of the view."""
        block = self.document().findBlockByNumber(place.line - 1)
        line = QTextEdit.ExtraSelection()
        line.format.setBackground(self._appearance.color("cursor_ground"))
        line.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        line.cursor = QTextCursor(block)
        self.setExtraSelections([line])
        self.verticalScrollBar().setValue(max(0, place.line - 1 - _LINES // 2))
        self._show_start_of(block.text())
        self._gutter.update()

    def _show_start_of(self, line: str) -> None:
        """Scroll to the side only where next to nothing of the line would be seen."""
        letter = self.fontMetrics().horizontalAdvance("0")
        indent = (len(line) - len(line.lstrip())) * letter
        self.horizontalScrollBar().setValue(indent - 4 * letter if indent > self.viewport().width() - 8 * letter else 0)

    def _update_gutter(self, dirty: QRect, scrolled: int) -> None:
        if scrolled:
            self._gutter.scroll(0, scrolled)
        else:
            self._gutter.update(0, dirty.y(), self._gutter.width(), dirty.height())

    def _update_appearance(self) -> None:
        look = self._appearance
        for _, syntax in self._documents.values():
            syntax.take_colors(look)
        palette = self.palette()
        palette.setColor(palette.ColorRole.Base, look.color("surface"))
        palette.setColor(palette.ColorRole.Text, look.color("ink"))
        self.setPalette(palette)
        self.setFont(look.font(12.0, family="mono"))
        self._update_font()
        bar = self.horizontalScrollBar().sizeHint().height()
        self.setFixedHeight(self.fontMetrics().lineSpacing() * _LINES + bar + look.whole_px(8))
        if self._place is not None:
            self._mark(self._place)

    def _update_font(self) -> None:
        """The font of the document shown; the others get it when they are."""
        if self.document().defaultFont() != self.font():  # lays out the whole document, even for the same font
            self.document().setDefaultFont(self.font())
        self.setTabStopDistance(4.0 * self.fontMetrics().horizontalAdvance(" "))
        if self.viewportMargins().left() != self.gutter_width:
            self.setViewportMargins(self.gutter_width, 0, 0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        inside = self.contentsRect()
        self._gutter.setGeometry(inside.left(), inside.top(), self.gutter_width, inside.height())

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(260), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(80), 0)


class _Gutter(QWidget):
    """The line numbers beside the text."""

    def __init__(self, view: SourceView) -> None:
        super().__init__(view)
        self._view = view

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._view.paint_gutter(painter, event.rect())
        painter.end()
