"""Pictures of atoms, kept: each is drawn by ziamath once; in others that differ in digits alone these are exchanged."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from xml.etree.ElementTree import Element, fromstring

from PySide6.QtGui import QPainterPath

from gui.typesetting.digit_outlines import DigitOutlines, DigitPlaces
from gui.typesetting.digits import renumbered_element
from gui.typesetting.display_style import depends_on_style
from gui.typesetting.formula_error import FormulaError
from gui.typesetting.latex_source import color_key
from gui.typesetting.mathml import ACCIDENTS, wrong_source
from gui.typesetting.svg_paths import filled_paths
from gui.typesetting.ziamath_loading import load_ziamath

NOMINAL = 64.0
"""The font size in px at which pictures are drawn; painting scales them."""


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


class AtomPictures:
    """Pictures made so far, as many as ``most``; the least recently used go first."""

    def __init__(self, most: int) -> None:
        self._pictures: OrderedDict[tuple[str, str, bool], Picture] = OrderedDict()
        self._frames: OrderedDict[tuple[str, bool], _Frame | None] = OrderedDict()
        self._outlines = DigitOutlines(_digit_families(), NOMINAL)
        self._most = most
        self.ziamath_calls = 0
        """How many atoms ziamath has drawn."""

    def picture(self, source: str, digits: str, inline: bool, latex: str) -> Picture:
        """The picture of an atom (see ``formula_parts.Part``).

        Args:
            latex: the formula it is in.

        Raises:
            FormulaError: it cannot be drawn.
        """
        inline = inline and depends_on_style(source)
        key = source, digits, inline
        if key not in self._pictures:
            self._pictures[key] = self._new(source, digits, inline, latex)
            forget_oldest(self._pictures, self._most)
        self._pictures.move_to_end(key)
        return self._pictures[key]

    def exchanges_digits(self, source: str, inline: bool) -> bool:
        """Whether an atom that was drawn has pictures for all digits."""
        return self._frames.get((source, inline and depends_on_style(source))) is not None

    def _new(self, source: str, digits: str, inline: bool, latex: str) -> Picture:
        if not digits:
            return self._drawn(fromstring(source), inline, latex)
        frame = self._frame(source, len(digits), inline, latex)
        if frame is None:
            return self._drawn(renumbered_element(source, digits), inline, latex)
        runs = tuple(frame.places.with_digits(digits))
        # A script ends where its ink does, and a 1 has less of it than the digit that stood for it.
        width = frame.picture.width + _right(runs) - _right(frame.picture.runs)
        return replace(frame.picture, runs=runs, width=width)

    def _frame(self, source: str, count: int, inline: bool, latex: str) -> _Frame | None:
        """None where digits cannot be exchanged (bold ones)."""
        key = source, inline
        if key not in self._frames:
            picture = self._drawn(fromstring(source), inline, latex)
            places = self._outlines.places(picture.runs, count)
            self._frames[key] = _Frame(picture, places) if places is not None else None
            forget_oldest(self._frames, self._most)
        self._frames.move_to_end(key)
        return self._frames[key]

    def _drawn(self, element: Element, inline: bool, latex: str) -> Picture:
        self.ziamath_calls += 1
        return _drawn(element, inline, latex)


def forget_oldest(kept: OrderedDict[Any, Any], most: int) -> None:
    """Leave the ``most`` that were used last."""
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


def _drawn(element: Element, inline: bool, latex: str) -> Picture:
    """One atom, drawn by ziamath."""
    root = Element("math", {"displaystyle": "false" if inline else "true"})
    root.append(element)
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
