"""The markup of lesson notes, taken apart: blocks of pieces that are text or formulas.

    ## a heading   - an item   **bold**   *slanted*   `code`   $inline formula$   $$formula on its own line$$

A dollar sign itself is written \\$. An empty line ends a paragraph; other line breaks are spaces, but not beside
Japanese letters, which have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from gui.typesetting.formula_error import FormulaError

_INLINE = re.compile(r"(?<!\\)\$((?:\\.|[^$\\])+)\$|`([^`]+)`|\*\*(.+?)\*\*|\*(?=\S)([^*]+)\*")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


class Style(Enum):
    """How words look."""

    PLAIN = "{}"
    BOLD = "**{}**"
    SLANTED = "*{}*"
    CODE = "`{}`"


@dataclass(frozen=True)
class Text:
    """Words in one style."""

    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True)
class Maths:
    """A formula within a line, or on its own where displayed."""

    latex: str


@dataclass(frozen=True)
class Block:
    """A heading, item, paragraph or displayed formula ("heading", "item", "paragraph", "display")."""

    kind: str
    pieces: tuple[Text | Maths, ...]


def blocks(source: str) -> list[Block]:
    """The blocks of a text.

    Raises:
        FormulaError: a $ is not closed within its paragraph.
    """
    found: list[Block] = []
    for kind, text in _paragraphs(source):
        if kind == "display":
            found.append(Block(kind, (Maths(text),)))
        else:
            found.append(Block(kind, tuple(_pieces(text, Style.BOLD if kind == "heading" else Style.PLAIN))))
    return found


def _paragraphs(source: str) -> Iterator[tuple[str, str]]:
    kind, lines = "paragraph", []  # type: str, list[str]
    for line in [*source.splitlines(), ""]:
        stripped = line.strip()
        starts = stripped.startswith(("## ", "- ", "$$"))
        if (not stripped or starts) and lines:
            yield kind, _rejoined(lines)
            kind, lines = "paragraph", []
        if stripped.startswith("## "):
            yield "heading", stripped[3:].strip()
        elif stripped.startswith("$$"):
            if len(stripped) < 5 or not stripped.endswith("$$"):
                raise FormulaError("$$ is not closed on its line: “{line}”.", line=stripped)
            yield "display", stripped[2:-2].strip()
        elif stripped.startswith("- "):
            kind, lines = "item", [stripped[2:].strip()]
        elif stripped:
            lines.append(stripped)


def _rejoined(lines: list[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        is_japanese = _WIDE.match(text[-1]) or _WIDE.match(line[0])
        text += line if is_japanese else " " + line
    return text


def _pieces(text: str, style: Style) -> Iterator[Text | Maths]:
    at = 0
    for match in _INLINE.finditer(text):
        yield from _words(text[at : match.start()], style, text)
        latex, code, bold, slanted = match.groups()
        if latex is not None:
            yield Maths(latex)
        elif code is not None:
            yield Text(code, Style.CODE)
        else:
            yield from _pieces(bold or slanted, Style.BOLD if bold else Style.SLANTED)
        at = match.end()
    yield from _words(text[at:], style, text)


def _words(text: str, style: Style, whole: str) -> Iterator[Text]:
    if re.search(r"(?<!\\)\$", text):
        raise FormulaError("A $ is not closed in “{text}”.", text=whole)
    if text:
        yield Text(text.replace(r"\$", "$"), style)
