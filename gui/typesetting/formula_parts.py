"""What a formula consists of: atoms side by side, their digits apart, so that other digits can be put in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, tostring

from gui.typesetting.digits import ORDER, numbered_element, tells_places
from gui.typesetting.latex_source import color_key
from gui.typesetting.mathml import em


class Part(NamedTuple):
    """An atom in its place.

    Attributes:
        gap: space before it, in font sizes.
        source: its MathML, digits replaced by those of ORDER if ``digits`` says which there were.
        digits: its own digits.
        color: the theme colour around it; None for the ink.
    """

    gap: float
    source: str
    digits: str
    color: str | None


class Parts(NamedTuple):
    """A formula: its atoms and the space after the last, in font sizes."""

    atoms: tuple[Part, ...]
    gap: float

    def are_numbered(self, count: int) -> bool:
        """Whether the digits are the first of ORDER, each once: those of a numbered formula."""
        return tells_places("".join(part.digits for part in self.atoms), count)

    def with_digits(self, digits: str) -> Parts:
        """The parts of a numbered formula with the formula's own digits."""
        own = str.maketrans(ORDER[: len(digits)], digits)
        return Parts(tuple(part._replace(digits=part.digits.translate(own)) for part in self.atoms), self.gap)


def parts_of(row: Element) -> Parts:
    """The parts of a mended row (see mathml.py), those of its colours among them."""
    atoms, gap = [], 0.0
    for element, color in _children(row, None):
        if element.tag == "mspace":
            gap += em(element)
            continue
        own = numbered_element(element)
        source, digits = (tostring(element, encoding="unicode"), "") if own is None else own
        atoms.append(Part(gap, source, digits, color))
        gap = 0.0
    return Parts(tuple(atoms), gap)


def _children(row: Element, color: str | None) -> Iterator[tuple[Element, str | None]]:
    for child in row:
        if child.tag == "mstyle" and set(child.keys()) == {"mathcolor"}:
            inner = child[0] if len(child) == 1 and child[0].tag == "mrow" else child
            yield from _children(inner, color_key(child.get("mathcolor")))
        else:
            yield child, color
