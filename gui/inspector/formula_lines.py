"""A widget of typeset lines with small captions; what is not typeset yet stands as plain text for that instant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QAccessible,
    QAction,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.appearance import Appearance
from gui.equations.line_pieces import latex_in, numbers_shape
from gui.equations.piece_text import text_of
from gui.typesetting.formula import is_prepared
from gui.typesetting.formula_preparation import FormulaPreparation
from gui.typesetting.inks import Inks
from gui.typesetting.line_style import LineStyle
from gui.typesetting.number_line import NumberLine, Piece, number_line
from gui.typesetting.number_matrix import COLUMNS

_SMALLEST = 0.55
"""A line too wide for its place is made smaller, to no less than this share."""


@dataclass(frozen=True, eq=False)
class FormulaLine:
    """A line to be shown.

    Attributes:
        pieces: see gui.typesetting.number_line.
        caption: what the line is, in the language of the screen.
        size: font size, px before scaling.
    """

    pieces: Sequence[Piece]
    caption: str = ""
    size: float = 15.0


@dataclass(frozen=True, slots=True)
class _Laid:
    """A line in its place: either typeset, or text until it is."""

    line: NumberLine | None
    text: str
    caption: str
    top: float
    height: float


class FormulaLines(QWidget):
    """Typeset lines, wrapped to the width of the widget."""

    def __init__(
        self, appearance: Appearance, preparation: FormulaPreparation, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance, self._preparation = appearance, preparation
        self._lines: tuple[FormulaLine, ...] = ()
        self._laid: list[_Laid] = []
        self._waits_for: set[str] = set()
        self._styles: dict[float, LineStyle] = {}
        self._fits: dict[tuple[object, ...], tuple[float, int]] = {}
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
        self._lines = tuple(lines)
        self._update_layout()

    def text(self) -> str:
        """All lines as plain text."""
        return "\n".join(_said(line) for line in self._lines)

    @property
    def is_typeset(self) -> bool:
        """Whether nothing waits to be typeset."""
        return not self._waits_for

    def _update_appearance(self) -> None:
        self._inks = Inks.of(self._appearance)
        self._styles.clear()
        self._fits.clear()
        self._copy.setText(self._appearance.say("Copy as plain text"))
        self._caption_font = self._appearance.font(11.0)
        self._update_layout()

    def _update_prepared(self, latex: str) -> None:
        if latex in self._waits_for:
            self._waits_for.discard(latex)
            if not self._waits_for:
                self._update_layout()

    def _update_layout(self) -> None:
        self._waits_for.clear()
        look = self._appearance
        gap, room = look.px(9), max(40.0, self.width() - 2.0)
        caption_height = QFontMetricsF(self._caption_font).height() + look.px(3)
        self._laid, top = [], 0.0
        for line in self._lines:
            caption = caption_height if line.caption else 0.0
            laid = self._lay_out(line, room, top + caption)
            self._laid.append(laid)
            top += caption + laid.height + gap
        height = max(0, round(top - gap + look.px(3)))
        # Not compared with height(): that may be what a layout has yet to change.
        if height != self.minimumHeight():
            self.setFixedHeight(height)
        if QAccessible.isActive():  # writing it all out takes as long as typesetting it
            self.setAccessibleName(self.text())
        self.update()

    def _lay_out(self, line: FormulaLine, room: float, top: float) -> _Laid:
        missing = [latex for latex in dict.fromkeys(latex_in(line.pieces)) if not is_prepared(latex)]
        if missing:
            self._waits_for.update(missing)
            self._preparation.request(missing)
            text = text_of(line.pieces)
            metrics = QFontMetricsF(self._plain_font())
            bounds = metrics.boundingRect(QRectF(0, 0, room, 1e4), int(Qt.TextFlag.TextWordWrap), text)
            return _Laid(None, text, line.caption, top, max(bounds.height(), self._appearance.px(1.7 * line.size)))
        made = self._fitted(line, room)
        return _Laid(made, "", line.caption, top, made.size.height())

    def _fitted(self, line: FormulaLine, room: float) -> NumberLine:
        """The line typeset within the room; one of the same shape has shown how many columns fit."""
        shape = line.size, round(room), *(numbers_shape(piece) for piece in line.pieces)
        size, columns = self._fits.get(shape, (line.size, COLUMNS))
        made = number_line(line.pieces, self._style(size), room, columns)
        while made.size.width() > room and size > _SMALLEST * line.size:
            size = max(_SMALLEST * line.size, min(0.97 * size, size * room / made.size.width()))
            made = number_line(line.pieces, self._style(size), room, made.columns)
        self._fits[shape] = size, made.columns
        return made

    def _style(self, size: float) -> LineStyle:
        if size not in self._styles:
            self._styles[size] = LineStyle.of(self._appearance, size)
        return self._styles[size]

    def _plain_font(self) -> QFont:
        return self._appearance.font(13.0, family="math")

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
        painter = QPainter(self)
        height = QFontMetricsF(self._caption_font).height()
        rise = height + self._appearance.px(3)
        for laid in self._laid:
            if laid.caption:
                painter.setFont(self._caption_font)
                painter.setPen(self._inks.quiet)
                place = QRectF(0, laid.top - rise, self.width(), height)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), laid.caption)
            if laid.line is not None:
                laid.line.paint(painter, 1.0, laid.top, self._inks)
            else:
                painter.setFont(self._plain_font())
                painter.setPen(self._inks.ink)
                place = QRectF(1.0, laid.top, self.width() - 2.0, laid.height)
                painter.drawText(place, int(Qt.TextFlag.TextWordWrap), laid.text)
        painter.end()


def _said(line: FormulaLine) -> str:
    text = text_of(line.pieces)
    return f"{line.caption}: {text}" if line.caption else text
