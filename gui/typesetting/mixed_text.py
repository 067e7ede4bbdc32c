"""Paragraphs of Japanese or English prose with formulas in them, wrapped to a width on shared baselines.

Qt draws the prose (ziamath has no Japanese letters), formulas come as paths.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from gui.appearance import Appearance
from gui.typesetting.formula import Formula, typeset
from gui.typesetting.inks import Inks
from gui.typesetting.line_breaks import FORMULA, break_positions
from gui.typesetting.prose import Block, Maths, Style, Text, blocks

_MATHS_SHARE = 1.12
"""Maths letters are smaller than prose letters of the same font size; this makes their x-heights agree."""

_SMALLEST = 0.72
"""A formula wider than its place is made smaller, to no less than this share."""
_HEADING_SHARE = 1.2
_CODE_SHARE = 0.92
_BULLET = "•"
_GAP = 0.15
"""Between a formula and a Japanese letter beside it, in font sizes."""


@dataclass(frozen=True, slots=True)
class _Word:
    """Text in one font, or a formula, at its place on a line."""

    x: float
    width: float
    font: QFont | None
    text: str
    formula: Formula | None


@dataclass(slots=True)
class _Line:
    words: list[_Word] = field(default_factory=list)
    baseline: float = 0.0


class MixedText:
    """A laid-out text.

    Attributes:
        width: what it was laid out for, px.
        height: px.
        natural_width: of its longest line, px; more than width where a formula does not fit.
    """

    def __init__(self, lines: Sequence[_Line], width: float, height: float) -> None:
        self._lines = tuple(lines)
        self.width, self.height = width, height
        ends = [word.x + word.width for line in lines for word in line.words]
        self.natural_width = max(ends, default=0.0)

    def lines(self) -> list[str]:
        """The text of each line, formulas as their source between $."""
        return ["".join(f"${word.formula.latex}$" if word.formula else word.text for word in line.words)
                for line in self._lines]  # fmt: skip

    def baselines(self) -> list[float]:
        """Each line's baseline, px below the top."""
        return [line.baseline for line in self._lines]

    def paint(self, painter: QPainter, x: float, top: float, inks: Inks, clip: QRectF | None = None) -> None:
        """Draw it from (x, top); with a clip (painter coordinates), only the lines that touch it."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(inks.ink)
        for at, line in enumerate(self._lines):
            y = top + line.baseline
            if clip is not None and not self._touches(at, top, clip):
                continue
            for word in line.words:
                if word.formula is not None:
                    word.formula.paint(painter, x + word.x, y, inks.ink, inks.colors)
                elif word.font is not None:
                    painter.setFont(word.font)
                    painter.drawText(QPointF(x + word.x, y), word.text)
        painter.restore()

    def _touches(self, at: int, top: float, clip: QRectF) -> bool:
        above = self._lines[at - 1].baseline if at else 0.0
        below = self._lines[at + 1].baseline if at + 1 < len(self._lines) else self.height
        return top + below >= clip.top() and top + above <= clip.bottom()


def layout(text: str, width: float, appearance: Appearance, size: float = 13.0) -> MixedText:
    """Lay a text out for a width in px, in the fonts of the appearance; size is the font size before scaling.

    Raises:
        FormulaError: a formula in it cannot be typeset, or a $ is not closed.
    """
    return _Setter(appearance, width, size).set(blocks(text))


class _Setter:
    """Sets one block after the other, going down the page."""

    def __init__(self, appearance: Appearance, width: float, size: float) -> None:
        self._appearance, self._width, self._size = appearance, width, size
        self._px = appearance.px(size)
        self._lines: list[_Line] = []
        self._y = 0.0
        self._metrics: dict[tuple[str, Style], tuple[QFont, QFontMetricsF]] = {}

    def set(self, text: Sequence[Block]) -> MixedText:
        for at, block in enumerate(text):
            if at:
                follows_item = block.kind == text[at - 1].kind == "item"
                self._y += self._px * (0.25 if follows_item else 1.0 if block.kind == "heading" else 0.6)
            if block.kind == "display":
                self._set_display(block)
            else:
                self._set_block(block)
        return MixedText(self._lines, self._width, self._y)

    def _set_display(self, block: Block) -> None:
        piece = block.pieces[0]
        if not isinstance(piece, Maths):
            return
        formula = self._formula(piece.latex, 1.0, self._width)
        x = max(0.0, min(2 * self._px, self._width - formula.width))
        self._add_line([_Word(x, formula.width, None, "", formula)], self._font("display")[1])

    def _set_block(self, block: Block) -> None:
        indent = self._indent(block.kind)
        metrics = self._font(block.kind)[1]
        words: list[_Word] = []
        if indent:
            words.append(_Word(0.15 * self._px, 0.0, self._font(block.kind)[0], _BULLET, None))
        x = indent
        for unit in self._units(block):
            end = unit[-1]
            visible = x + end.x + self._visible_width(end, metrics)
            if visible > self._width and x > indent:
                self._add_line(words, metrics)
                words, x = [], indent
            words += [_Word(x + word.x, word.width, word.font, word.text, word.formula) for word in unit]
            x += end.x + end.width
        if words:
            self._add_line(words, metrics)

    def _indent(self, kind: str) -> float:
        return 1.1 * self._px if kind == "item" else 0.0

    def _visible_width(self, word: _Word, metrics: QFontMetricsF) -> float:
        trailing = len(word.text) - len(word.text.rstrip())
        return word.width - trailing * metrics.horizontalAdvance(" ") if trailing else word.width

    def _units(self, block: Block) -> list[list[_Word]]:
        """What stays together on a line: words placed from 0, each unit ending where a line may break."""
        whole = "".join(FORMULA if isinstance(piece, Maths) else piece.text for piece in block.pieces)
        ends = set(break_positions(whole))
        units: list[list[_Word]] = [[]]
        x, at = 0.0, 0
        for piece in block.pieces:
            for fragment in _fragments(piece, at, ends):
                at += 1 if isinstance(fragment, Maths) else len(fragment.text)
                word = self._word(fragment, x, block.kind, _has_gap(whole, at))
                units[-1].append(word)
                x += word.width
                if at in ends:
                    units.append([])
                    x = 0.0
        return [unit for unit in units if unit]

    def _word(self, piece: Text | Maths, x: float, kind: str, has_gap: bool) -> _Word:
        gap = _GAP * self._px if has_gap else 0.0
        if isinstance(piece, Maths):
            share = _HEADING_SHARE if kind == "heading" else 1.0
            formula = self._formula(piece.latex, share, self._width - self._indent(kind) - x, inline=True)
            return _Word(x, formula.width + gap, None, "", formula)
        font, metrics = self._font(kind, piece.style)
        return _Word(x, metrics.horizontalAdvance(piece.text) + gap, font, piece.text, None)

    def _formula(self, latex: str, share: float, room: float, *, inline: bool = False) -> Formula:
        """A formula at a share of the text's size; smaller where it is wider than the room, but to be read."""
        size = self._px * share * _MATHS_SHARE
        formula = typeset(latex, size, inline=inline)
        if formula.width > room:
            formula = typeset(latex, size * max(_SMALLEST, room / formula.width), inline=inline)
        return formula

    def _add_line(self, words: list[_Word], metrics: QFontMetricsF) -> None:
        """Put a line below the last one; it is as high as its highest formula asks for."""
        formulas = [word.formula for word in words if word.formula is not None]
        ascent = max([metrics.ascent(), *(formula.ascent for formula in formulas)])
        descent = max([metrics.descent(), *(formula.descent for formula in formulas)])
        leading = 0.28 * self._px
        self._lines.append(_Line(_merged(words), self._y + leading / 2 + ascent))
        self._y += ascent + descent + leading

    def _font(self, kind: str, style: Style = Style.PLAIN) -> tuple[QFont, QFontMetricsF]:
        key = kind, style
        if key not in self._metrics:
            size = self._size * (_HEADING_SHARE if kind == "heading" else 1.0)
            if style is Style.CODE:
                font = self._appearance.font(_CODE_SHARE * size, family="mono")
            else:
                bold = kind == "heading" or style is Style.BOLD
                font = self._appearance.font(size, bold=bold, italic=style is Style.SLANTED)
            self._metrics[key] = font, QFontMetricsF(font)
        return self._metrics[key]


def _fragments(piece: Text | Maths, start: int, ends: set[int]) -> Iterator[Text | Maths]:
    """A piece cut at the places where a line may break."""
    if isinstance(piece, Maths):
        yield piece
        return
    begin = 0
    for at in range(1, len(piece.text) + 1):
        if start + at in ends or at == len(piece.text):
            yield Text(piece.text[begin:at], piece.style)
            begin = at


def _has_gap(whole: str, at: int) -> bool:
    """Whether a little room belongs between a formula and a Japanese letter that meet at a place of the text."""
    if not 0 < at < len(whole):
        return False
    left, right = whole[at - 1], whole[at]
    return (left == FORMULA and _is_wide_letter(right)) or (right == FORMULA and _is_wide_letter(left))


def _is_wide_letter(letter: str) -> bool:
    return letter.isalnum() and letter > "\u2e7f"


def _merged(words: list[_Word]) -> list[_Word]:
    """Neighbours in one font as one word: Japanese comes letter by letter, and one call draws a whole run."""
    merged: list[_Word] = []
    for word in words:
        last = merged[-1] if merged else None
        if last is not None and last.formula is None and word.formula is None and last.font is word.font \
                and last.text != _BULLET:  # fmt: skip
            merged[-1] = _Word(last.x, word.x + word.width - last.x, last.font, last.text + word.text, None)
        else:
            merged.append(word)
    return merged
