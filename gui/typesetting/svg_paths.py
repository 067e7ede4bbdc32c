"""SVG elements, as ziamath writes them, turned into painter paths.

QSvgRenderer is not used: it adds an outline to glyphs in PDF and SVG output, and draws some of ziamath's SVG as
nothing without saying so. Here an element that is not known is an error that names it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainterPath

from gui.typesetting.formula_error import FormulaError

_TOKEN = re.compile(r"([A-Za-z])|(-?[0-9.]+(?:e-?[0-9]+)?)")
_ARGUMENTS = {"M": 2, "L": 2, "Q": 4, "C": 6, "Z": 0}
_ALLOWED = {
    "svg": {"xmlns", "xmlns:xlink", "width", "height", "viewBox"},
    "g": {"fill"},
    "path": {"d", "fill"},
    "rect": {"x", "y", "width", "height", "fill"},
}


def filled_paths(element: Element, fill: str | None = None) -> Iterator[tuple[QPainterPath, str | None]]:
    """Each filled shape below an element in drawing order, with its fill (None where no element sets one).

    Raises:
        FormulaError: an element, attribute or path command is not known here.
    """
    _check(element)
    fill = element.get("fill", fill)
    if element.tag == "path":
        yield painter_path(element.get("d", "")), fill
    elif element.tag == "rect":
        path = _empty_path()
        path.addRect(*(float(element.get(name, "0")) for name in ("x", "y", "width", "height")))
        yield path, fill
    for child in element:
        yield from filled_paths(child, fill)


def painter_path(data: str) -> QPainterPath:
    """The path of an SVG ``d`` attribute with absolute M, L, Q, C and Z, filled by winding as glyphs are.

    Raises:
        FormulaError: the path has another command, or a command lacks its numbers.
    """
    path = _empty_path()
    draw: dict[str, Callable[..., None]] = {
        "M": path.moveTo, "L": path.lineTo, "Q": path.quadTo, "C": path.cubicTo, "Z": path.closeSubpath,
    }  # fmt: skip
    command, numbers = "", []  # type: str, list[float]
    for letter, number in _TOKEN.findall(data):
        if letter:
            if numbers:
                break
            if letter not in draw:
                raise FormulaError("The typesetter drew a path with {command}, which is not supported.", command=letter)
            command = letter
        else:
            numbers.append(float(number))
        if command and len(numbers) == _ARGUMENTS[command]:
            draw[command](*numbers)
            numbers = []
    if numbers:
        raise FormulaError("The typesetter drew a path in which {command} lacks a number.", command=command or "M")
    return path


def _empty_path() -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    return path


def _check(element: Element) -> None:
    allowed = _ALLOWED.get(element.tag)
    if allowed is None:
        raise FormulaError("The typesetter drew an SVG element {element}, which is not supported.", element=element.tag)
    for name in sorted(set(element.attrib) - allowed):
        raise FormulaError(
            "The typesetter drew an SVG element {element} with {attribute}, which is not supported.",
            element=element.tag, attribute=name,
        )  # fmt: skip
