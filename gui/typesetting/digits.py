"""The digits of a formula, apart from the rest: z^{12} and z^{47} are one formula with other digits."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from xml.etree.ElementTree import Element, fromstring, tostring

ORDER = "0469823715"
"""The digit that stands for the first one, the second one …; those that are widest in scripts first, for their room."""

_DIGIT = re.compile("[0-9]")


class Numbered(NamedTuple):
    """A formula and its digits.

    Attributes:
        latex: the source with its digits replaced by those of ORDER, so that each tells its place.
        digits: the digits that stood there.
    """

    latex: str
    digits: str


@lru_cache(maxsize=4096)
def numbered(latex: str) -> Numbered | None:
    """The formula and its digits; None where it has none, or too many to tell apart."""
    digits = "".join(_DIGIT.findall(latex))
    if not 0 < len(digits) <= len(ORDER):
        return None
    places = iter(ORDER)
    return Numbered(_DIGIT.sub(lambda _: next(places), latex), digits)


def numbered_element(element: Element) -> Numbered | None:
    """An atom's MathML and the digits in it, those of attributes (widths) apart; None as of ``numbered``."""
    digits = "".join(_DIGIT.findall("".join(element.itertext())))
    if not 0 < len(digits) <= len(ORDER):
        return None
    copy, places = fromstring(tostring(element, encoding="unicode")), iter(ORDER)
    for one in copy.iter():
        if one.text:
            one.text = _DIGIT.sub(lambda _: next(places), one.text)
    return Numbered(tostring(copy, encoding="unicode"), digits)


def tells_places(found: str, count: int) -> bool:
    """Whether the digits of a numbered formula are the first of ORDER, each once, at whatever places."""
    return sorted(found) == sorted(ORDER[:count])


def renumbered(text: str, digits: str) -> str | None:
    """A text made of a numbered formula with the formula's own digits; None where they do not tell their places."""
    if not tells_places("".join(_DIGIT.findall(text)), len(digits)):
        return None
    return _DIGIT.sub(lambda match: digits[ORDER.index(match[0])], text)


def renumbered_element(text: str, digits: str) -> Element:
    """MathML made of a numbered formula with the formula's own digits; those of attributes (widths) are left."""
    made = fromstring(text)
    for one in made.iter():
        if one.text:
            one.text = _DIGIT.sub(lambda match: digits[ORDER.index(match[0])], one.text)
    return made
