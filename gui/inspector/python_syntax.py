"""Python source coloured simply: keywords, strings, comments, numbers."""

from __future__ import annotations

import keyword
import re

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from gui.appearance import Appearance

_TOKEN = re.compile(
    r"(?P<comment>\#.*)"
    r"|(?P<string>[rbfu]{0,2}(?:\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'))"
    r"|(?P<number>\b\d[\d_.]*(?:e[+-]?\d+)?\b)"
    r"|(?P<word>\b[A-Za-z_]\w*)",
    re.IGNORECASE,
)
_TRIPLE = '"""'
_WORDS = frozenset(keyword.kwlist) | frozenset(keyword.softkwlist) - {"_"}
_COLORS = {"comment": "ink_pale", "string": "good", "number": "accent", "keyword": "parameter"}


class PythonSyntax(QSyntaxHighlighter):
    """Colours a document; a block's state is 1 inside a string of three quotes."""

    def __init__(self, document: QTextDocument, appearance: Appearance) -> None:
        self._formats: dict[str, QTextCharFormat] = {}
        super().__init__(document)
        self.take_colors(appearance)

    def take_colors(self, appearance: Appearance) -> None:
        """Colour anew, for instance for another theme."""
        for kind, color in _COLORS.items():
            look = QTextCharFormat()
            look.setForeground(appearance.color(color))
            look.setFontItalic(kind == "comment")
            self._formats[kind] = look
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        at = 0
        self.setCurrentBlockState(0)
        if self.previousBlockState() == 1:
            at = self._long_string(text, 0, 0)
        while at < len(text):
            if text.startswith(_TRIPLE, at):
                at = self._long_string(text, at, at + len(_TRIPLE))
                continue
            found = _TOKEN.match(text, at)
            if found is None:
                at += 1
                continue
            kind = str(found.lastgroup)
            if kind == "word":
                kind = "keyword" if found[0] in _WORDS else ""
            if kind:
                self.setFormat(at, len(found[0]), self._formats[kind])
            at = found.end()

    def _long_string(self, text: str, start: int, search_from: int) -> int:
        end = text.find(_TRIPLE, search_from)
        if end < 0:
            self.setCurrentBlockState(1)
            end = len(text)
        else:
            end += len(_TRIPLE)
        self.setFormat(start, end - start, self._formats["string"])
        return end
