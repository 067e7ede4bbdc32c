"""Pictures of formulas at one nominal size, kept: atoms by their MathML, whole formulas by their source.

One equation costs ziamath about 10 ms. But the equations of a recording differ from step to step only in t, and are
made of few atoms (z with a script, ⊙, a parenthesis): formulas that differ in their digits alone are parsed once, each
atom is drawn once, its digits are exchanged (digit_outlines.py), and it is placed again in whatever colour.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

from PySide6.QtGui import QPainterPath

from gui.typesetting.digit_outlines import DigitOutlines, DigitPlaces
from gui.typesetting.digits import DIGIT, Numbered, numbered, numbered_element, renumbered_element, tells_places
from gui.typesetting.formula_error import FormulaError
from gui.typesetting.latex_source import color_key
from gui.typesetting.mathml import ACCIDENTS, em, mathml_row, wrong_source
from gui.typesetting.svg_paths import filled_paths
from gui.typesetting.ziamath_loading import load_ziamath

NOMINAL = 64.0
"""The font size in px at which pictures are drawn; painting scales them."""

AXIS = 0.258
"""Height of the maths axis (minus signs, fraction bars) over the baseline in font sizes, as in STIX Two Math."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Coloured paths with the baseline at y = 0, at the nominal size.

    Attributes:
        runs: (path, theme colour or None for the ink), in drawing order.
        width: advance to what follows, px.
        ascent: extent above the baseline, px.
        descent: extent below it, px.
    """

    runs: tuple[tuple[QPainterPath, str | None], ...]
    width: float
    ascent: float
    descent: float


@dataclass(frozen=True, slots=True)
class _Frame:
    """What atoms that differ only in their digits have in common."""

    picture: Picture
    places: DigitPlaces


class PictureCache:
    """Pictures made so far; the least recently used go first. For one thread: the one that paints.

    A formula with its paths takes some 25 kB.
    """

    def __init__(self, formulas: int = 1024, atoms: int = 1024) -> None:
        self._formulas: OrderedDict[tuple[str, bool], Picture] = OrderedDict()
        self._atoms: OrderedDict[tuple[str, bool], Picture] = OrderedDict()
        self._frames: OrderedDict[tuple[str, bool], _Frame | None] = OrderedDict()
        self._rows: OrderedDict[tuple[str, bool], str | None] = OrderedDict()
        self._outlines = DigitOutlines(_digit_families(), NOMINAL)
        self._most = formulas, atoms
        self.ziamath_calls = 0
        """How many atoms ziamath has drawn for this cache."""

    def holds(self, latex: str, inline: bool = False) -> bool:
        """Whether the picture is at hand, so that asking for it costs nothing."""
        own = numbered(latex)
        return (latex, inline) in self._formulas or own is not None and bool(self._rows.get((own.latex, inline)))

    def formula(self, latex: str, inline: bool = False) -> Picture:
        """The picture of a formula.

        Raises:
            FormulaError: the source is wrong.
        """
        key = latex, inline
        if key not in self._formulas:
            made = self._row(self._parsed(latex, inline), inline, latex)
            if not made.runs:
                raise FormulaError("There is nothing to see in “{latex}”.", latex=latex)
            self._formulas[key] = replace(made, runs=_merged(made.runs))
            _forget_oldest(self._formulas, self._most[0])
        self._formulas.move_to_end(key)
        return self._formulas[key]

    def _parsed(self, latex: str, inline: bool) -> Element:
        """The formula's row of atoms; of one with other digits, if there was one."""
        own = numbered(latex)
        if own is None:
            return mathml_row(latex, inline)
        key = own.latex, inline
        if key not in self._rows:
            self._rows[key] = self._row_to_number(own, inline)
            _forget_oldest(self._rows, self._most[0])
        self._rows.move_to_end(key)
        row = self._rows[key]
        return mathml_row(latex, inline) if row is None else renumbered_element(row, own.digits)

    def _row_to_number(self, own: Numbered, inline: bool) -> str | None:
        """The row of a numbered formula, as text; None where its digits cannot be exchanged (bold ones, an error)."""
        try:
            row = mathml_row(own.latex, inline)
            if not tells_places("".join(DIGIT.findall("".join(row.itertext()))), len(own.digits)):
                return None
            self._row(row, inline, own.latex)
        except FormulaError:
            return None  # told about the formula itself, with its own digits
        numbers = (numbered_element(atom) for atom in _atoms(row))
        known = all(one is None or self._frames.get((one.latex, inline)) is not None for one in numbers)
        return tostring(row, encoding="unicode") if known else None

    def _row(self, row: Element, inline: bool, latex: str) -> Picture:
        x = 0.0
        placed: list[tuple[Picture, float]] = []
        for child in row:
            if child.tag == "mspace":
                x += em(child) * NOMINAL
                continue
            made = self._coloured(child, inline, latex) if _is_color_alone(child) else self._atom(child, inline, latex)
            placed.append((made, x))
            x += made.width
        return _joined(placed, x)

    def _coloured(self, style: Element, inline: bool, latex: str) -> Picture:
        """Atoms in a colour, those apart that have one of their own."""
        key = color_key(style.get("mathcolor"))
        made = self._row(_content(style), inline, latex)
        return replace(made, runs=tuple((path, own or key) for path, own in made.runs))

    def _atom(self, element: Element, inline: bool, latex: str) -> Picture:
        key = tostring(element, encoding="unicode"), inline
        if key not in self._atoms:
            self._atoms[key] = self._atom_with_digits(element, inline, latex)
            _forget_oldest(self._atoms, self._most[1])
        self._atoms.move_to_end(key)
        return self._atoms[key]

    def _atom_with_digits(self, element: Element, inline: bool, latex: str) -> Picture:
        """Drawn, or another atom's picture with these digits."""
        own = numbered_element(element)
        if own is None:
            return self._drawn(element, inline, latex)
        key = own.latex, inline
        if key not in self._frames:
            picture = self._drawn(fromstring(own.latex), inline, latex)
            places = self._outlines.places(picture.runs, len(own.digits))
            self._frames[key] = _Frame(picture, places) if places is not None else None
            _forget_oldest(self._frames, self._most[1])
        self._frames.move_to_end(key)
        frame = self._frames[key]
        if frame is None:
            return self._drawn(element, inline, latex)
        runs = tuple(frame.places.with_digits(own.digits))
        # A script ends where its ink does, and a 1 has less of it than the digit that stood for it.
        width = frame.picture.width + _right(runs) - _right(frame.picture.runs)
        return replace(frame.picture, runs=runs, width=width)

    def _drawn(self, element: Element, inline: bool, latex: str) -> Picture:
        self.ziamath_calls += 1
        return _drawn(element, inline, latex)


def _forget_oldest(kept: OrderedDict[tuple[str, bool], Any], most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)


def _digit_families() -> Iterator[list[QPainterPath]]:
    """The digits as ziamath draws them in a script, in the text and in the script of a script."""
    ziamath = load_ziamath()
    for around in ("<msup><mi>x</mi>{}</msup>", "{}", "<msup><mi>x</mi><msup><mi>x</mi>{}</msup></msup>"):
        paths = []
        for digit in "0123456789":
            svg = Element("svg")
            root = fromstring(f"<math>{around.format(f'<mn>{digit}</mn>')}</math>")
            ziamath.Math(root, size=NOMINAL, margin=0).node.draw(0, 0, svg)
            paths.append([path for path, _ in filled_paths(svg)][-1])
        yield paths


def _right(runs: Iterable[tuple[QPainterPath, str | None]]) -> float:
    return max(path.boundingRect().right() for path, _ in runs)


def _atoms(row: Element) -> Iterator[Element]:
    """What is drawn on its own, in all colours."""
    for child in row:
        if _is_color_alone(child):
            yield from _atoms(_content(child))
        elif child.tag != "mspace":
            yield child


def _content(style: Element) -> Element:
    return style[0] if len(style) == 1 and style[0].tag == "mrow" else style


def _is_color_alone(element: Element) -> bool:
    """Whether an element does nothing but give its children a colour."""
    return element.tag == "mstyle" and set(element.keys()) == {"mathcolor"}


def _drawn(element: Element, inline: bool, latex: str) -> Picture:
    """One atom, drawn by ziamath."""
    root = Element("math", {"displaystyle": "false" if inline else "true"})
    root.append(fromstring(tostring(element, encoding="unicode")))
    _check_letters(root, latex)
    svg = Element("svg")
    try:
        drawing = load_ziamath().Math(root, size=NOMINAL, margin=0)
        drawing.node.draw(0, 0, svg)
    except ACCIDENTS as error:
        raise wrong_source(error, latex) from error
    runs = tuple((path, color_key(fill)) for path, fill in filled_paths(svg))
    box = drawing.node.bbox
    top = min([-box.ymax, *(path.boundingRect().top() for path, _ in runs)])
    bottom = max([-box.ymin, *(path.boundingRect().bottom() for path, _ in runs)])
    return Picture(runs, drawing.node.xadvance(), max(0.0, -top), max(0.0, bottom))


def _check_letters(root: Element, latex: str) -> None:
    """Letters that the maths font lacks would be drawn as empty boxes."""
    font = load_ziamath().zmath.loadedfonts["default"]
    for letter in "".join(root.itertext()):
        if not letter.isspace() and not font.glyphindex(letter):
            raise FormulaError(
                "The letter “{letter}” cannot stand in a formula; write it beside “{latex}”.",
                letter=letter, latex=latex,
            )  # fmt: skip


def _joined(placed: list[tuple[Picture, float]], width: float) -> Picture:
    runs = tuple((path.translated(x, 0), key) for atom, x in placed for path, key in atom.runs)
    ascent = max((atom.ascent for atom, _ in placed), default=0.0)
    descent = max((atom.descent for atom, _ in placed), default=0.0)
    return Picture(runs, width, ascent, descent)


def _merged(runs: Iterable[tuple[QPainterPath, str | None]]) -> tuple[tuple[QPainterPath, str | None], ...]:
    """Neighbours of one colour as one path: filling one long path is faster than many short ones."""
    merged: list[tuple[QPainterPath, str | None]] = []
    for path, key in runs:
        if merged and merged[-1][1] == key:
            merged[-1][0].addPath(path)
        else:
            merged.append((QPainterPath(path), key))
    return tuple(merged)
