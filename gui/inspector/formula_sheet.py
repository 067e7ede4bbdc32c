"""Typeset lines with small captions, laid out below each other for a width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from gui.appearance import Appearance
from gui.equations.line_pieces import latex_in, numbers_shape
from gui.equations.piece_text import text_of
from gui.typesetting.formula import is_prepared
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

    def text(self) -> str:
        """The line as plain text."""
        text = text_of(self.pieces)
        return f"{self.caption}: {text}" if self.caption else text


@dataclass(frozen=True, slots=True)
class _Laid:
    """A line in its place: either typeset, or text until it is."""

    line: NumberLine | None
    text: str
    caption: str
    top: float
    height: float


class FormulaSheet:
    """Lines in their places.

    Attributes:
        lines: what is shown.
        width: for which they are laid out, px.
        height: px.
        missing: formulas that stand as plain text, as they are not typeset yet.
    """

    def __init__(self, lines: Sequence[FormulaLine], width: int, setter: LineSetter) -> None:
        self.lines, self.width = tuple(lines), width
        self.missing: list[str] = []
        self._setter = setter
        self._laid: list[_Laid] = []
        top = 0.0
        for line in self.lines:
            top += setter.rise if line.caption else 0.0
            self._laid.append(self._lay_out(line, top))
            top += self._laid[-1].height + setter.gap
        self.height = max(0, round(top - setter.gap + setter.look.px(3)))

    def _lay_out(self, line: FormulaLine, top: float) -> _Laid:
        room = max(40.0, self.width - 2.0)
        missing = [latex for latex in dict.fromkeys(latex_in(line.pieces)) if not is_prepared(latex)]
        if missing:
            self.missing += missing
            text = text_of(line.pieces)
            metrics = QFontMetricsF(self._setter.plain_font)
            bounds = metrics.boundingRect(QRectF(0, 0, room, 1e4), int(Qt.TextFlag.TextWordWrap), text)
            return _Laid(None, text, line.caption, top, max(bounds.height(), self._setter.look.px(1.7 * line.size)))
        made = self._setter.fitted(line, room)
        return _Laid(made, "", line.caption, top, made.size.height())

    def paint(self, painter: QPainter) -> None:
        """Draw all lines, the first at the top."""
        setter = self._setter
        for laid in self._laid:
            if laid.caption:
                painter.setFont(setter.caption_font)
                painter.setPen(setter.inks.quiet)
                place = QRectF(0, laid.top - setter.rise, self.width, setter.caption_height)
                painter.drawText(place, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), laid.caption)
            if laid.line is not None:
                laid.line.paint(painter, 1.0, laid.top, setter.inks)
            else:
                painter.setFont(setter.plain_font)
                painter.setPen(setter.inks.ink)
                place = QRectF(1.0, laid.top, self.width - 2.0, laid.height)
                painter.drawText(place, int(Qt.TextFlag.TextWordWrap), laid.text)


class LineSetter:
    """Sets lines in one theme, language and scale; remembers how many columns of a matrix fitted."""

    def __init__(self, look: Appearance) -> None:
        self.look = look
        self.inks = Inks.of(look)
        self.caption_font, self.plain_font = look.font(11.0), look.font(13.0, family="math")
        self.caption_height = QFontMetricsF(self.caption_font).height()
        self.rise, self.gap = self.caption_height + look.px(3), look.px(9)
        self._styles: dict[float, LineStyle] = {}
        self._fits: dict[tuple[object, ...], tuple[float, int]] = {}

    def fitted(self, line: FormulaLine, room: float) -> NumberLine:
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
            self._styles[size] = LineStyle.of(self.look, size)
        return self._styles[size]
