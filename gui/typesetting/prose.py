"""The markup of lesson notes, taken apart: blocks of pieces that are text or formulas.

    ## a heading      - an item      **bold**      $inline formula$      $$formula on its own line$$

A dollar sign itself is written \\$. An empty line ends a paragraph; other line breaks are spaces, but not beside
Japanese letters, which have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gui.typesetting.formula_error import FormulaError

_INLINE = re.compile(r"(?<!\\)\$((?:\\.|[^$\\])+)\$|\*\*(.+?)\*\*")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True)
class Text:
    """Words in one weight."""

    text: str
    bold: bool = False


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
            found.append(Block(kind, tuple(_pieces(text, bold=kind == "heading"))))
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


def _pieces(text: str, bold: bool) -> Iterator[Text | Maths]:
    at = 0
    for match in _INLINE.finditer(text):
        yield from _words(text[at : match.start()], bold, text)
        if match[1] is not None:
            yield Maths(match[1])
        else:
            yield from _pieces(match[2], bold=True)
        at = match.end()
    yield from _words(text[at:], bold, text)


def _words(text: str, bold: bool, whole: str) -> Iterator[Text]:
    if re.search(r"(?<!\\)\$", text):
        raise FormulaError("A $ is not closed in “{text}”.", text=whole)
    if text:
        yield Text(text.replace(r"\$", "$"), bold)
