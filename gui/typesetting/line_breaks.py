"""Where a line of mixed Japanese and English may end."""

from __future__ import annotations

import re

from PySide6.QtCore import QTextBoundaryFinder

# Kinsoku: what must not begin a line, and what must not end one (JIS X 4051, the signs that occur in prose).
_NOT_FIRST = frozenset(
    "。、，．・：；？！」』）】〕〉》〟’”)]}!?,.:;ゝゞ々ーァィゥェォッャュョヮヵヶぁぃぅぇぉっゃゅょゎ%％…‥"
)
_NOT_LAST = frozenset("「『（【〔〈《〝‘“([{")

FORMULA = "\ufffc"
"""Stands for a formula in the text that is searched."""

_LETTER = "x"
"""What a formula counts as: no break between it and the punctuation or the suffix that follows."""


def break_positions(text: str) -> list[int]:
    """Indices before which a new line may begin, the end of the text included.

    Args:
        text: one paragraph in which each formula is one FORMULA character.
    """
    # Qt counts in UTF-16: letters beyond it count as one of the Japanese ones, which break in the same way.
    searched = re.sub("[\U00010000-\U0010ffff]", "文", text.replace(FORMULA, _LETTER))
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Line, searched)
    return [at for at in range(1, len(text) + 1) if at == len(text) or _may_break(finder, text, at)]


def _may_break(finder: QTextBoundaryFinder, text: str, at: int) -> bool:
    if text[at] in _NOT_FIRST or text[at - 1] in _NOT_LAST:
        return False
    finder.setPosition(at)
    return finder.isAtBoundary()
