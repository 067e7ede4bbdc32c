"""Pictures of formulas at one nominal size, kept: whole formulas by their source, their atoms by their MathML.

One equation costs ziamath about 10 ms. But the equations of a recording differ from step to step only in t, and are
made of few atoms (z with a script, ⊙, a parenthesis): formulas that differ in their digits alone are parsed once, each
atom is drawn once, its digits are exchanged (digit_outlines.py), and it is placed again in whatever colour.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

from PySide6.QtGui import QPainterPath

from gui.typesetting.atom_pictures import NOMINAL, AtomPictures, Picture, forget_oldest
from gui.typesetting.digits import Numbered, numbered
from gui.typesetting.formula_error import FormulaError
from gui.typesetting.formula_parts import Parts, parts_of
from gui.typesetting.mathml import mathml_row

AXIS = 0.258
"""Height of the maths axis (minus signs, fraction bars) over the baseline in font sizes, as in STIX Two Math."""


class PictureCache:
    """Pictures made so far; the least recently used go first. For one thread: the one that paints.

    A formula with its paths takes some 25 kB.
    """

    def __init__(self, formulas: int = 1024, atoms: int = 1024) -> None:
        self._formulas: OrderedDict[tuple[str, bool], Picture] = OrderedDict()
        self._parts: OrderedDict[tuple[str, bool], Parts | None] = OrderedDict()
        self._atoms = AtomPictures(atoms)
        self._most = formulas

    @property
    def ziamath_calls(self) -> int:
        """How many atoms ziamath has drawn for this cache."""
        return self._atoms.ziamath_calls

    def holds(self, latex: str, inline: bool = False) -> bool:
        """Whether the picture is at hand, so that asking for it costs nothing."""
        own = numbered(latex)
        return (latex, inline) in self._formulas or own is not None and bool(self._parts.get((own.latex, inline)))

    def formula(self, latex: str, inline: bool = False) -> Picture:
        """The picture of a formula.

        Raises:
            FormulaError: the source is wrong.
        """
        key = latex, inline
        if key not in self._formulas:
            self._formulas[key] = self._composed(self._parts_of(latex, inline), inline, latex)
            forget_oldest(self._formulas, self._most)
        self._formulas.move_to_end(key)
        return self._formulas[key]

    def _parts_of(self, latex: str, inline: bool) -> Parts:
        """The formula's parts; those of one with other digits, if there was one."""
        own = numbered(latex)
        if own is None:
            return parts_of(mathml_row(latex, inline))
        key = own.latex, inline
        if key not in self._parts:
            self._parts[key] = self._numbered_parts(own, inline)
            forget_oldest(self._parts, self._most)
        self._parts.move_to_end(key)
        parts = self._parts[key]
        return parts_of(mathml_row(latex, inline)) if parts is None else parts.with_digits(own.digits)

    def _numbered_parts(self, own: Numbered, inline: bool) -> Parts | None:
        """The parts of a numbered formula; None where its digits cannot be exchanged (bold ones, an error)."""
        try:
            parts = parts_of(mathml_row(own.latex, inline))
            self._composed(parts, inline, own.latex)
        except FormulaError:
            return None  # told about the formula itself, with its own digits
        known = all(self._atoms.exchanges_digits(part.source, inline) for part in parts.atoms if part.digits)
        return parts if known and parts.are_numbered(len(own.digits)) else None

    def _composed(self, parts: Parts, inline: bool, latex: str) -> Picture:
        x = ascent = descent = 0.0
        runs: list[tuple[QPainterPath, str | None]] = []
        for gap, source, digits, color in parts.atoms:
            x += gap * NOMINAL
            atom = self._atoms.picture(source, digits, inline, latex)
            runs += [(path.translated(x, 0), own or color) for path, own in atom.runs]
            ascent, descent = max(ascent, atom.ascent), max(descent, atom.descent)
            x += atom.width
        if not runs:
            raise FormulaError("There is nothing to see in “{latex}”.", latex=latex)
        return Picture(_merged(runs), x + parts.gap * NOMINAL, ascent, descent)


def _merged(runs: Iterable[tuple[QPainterPath, str | None]]) -> tuple[tuple[QPainterPath, str | None], ...]:
    """Neighbours of one colour as one path: filling one long path is faster than many short ones."""
    merged: list[tuple[QPainterPath, str | None]] = []
    for path, key in runs:
        if merged and merged[-1][1] == key:
            merged[-1][0].addPath(path)
        else:
            merged.append((QPainterPath(path), key))
    return tuple(merged)
