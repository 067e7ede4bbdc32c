"""Formulas as pictures that a painter draws at any size and in any colours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor, QPainter, QPainterPath

from gui.typesetting.atom_pictures import NOMINAL, Picture
from gui.typesetting.formula_picture import PictureCache

_cache = PictureCache()


@dataclass(frozen=True, slots=True)
class Formula:
    """A typeset formula; immutable, cheap to make once its picture is cached.

    Attributes:
        latex: its source.
        size: font size, px.
    """

    latex: str
    size: float
    picture: Picture

    @property
    def width(self) -> float:
        """Advance to what follows on the line, px."""
        return self.picture.width * self.size / NOMINAL

    @property
    def ascent(self) -> float:
        """Extent above the baseline, px."""
        return self.picture.ascent * self.size / NOMINAL

    @property
    def descent(self) -> float:
        """Extent below the baseline, px."""
        return self.picture.descent * self.size / NOMINAL

    @property
    def runs(self) -> tuple[tuple[QPainterPath, str | None], ...]:
        """(path at the nominal size, theme colour or None for the ink), in drawing order."""
        return self.picture.runs

    def paint(self, painter: QPainter, x: float, baseline_y: float, ink: QColor, colors: Mapping[str, QColor]) -> None:
        """Draw it from x on the baseline.

        Args:
            ink: colour of what names no colour.
            colors: the theme colours that \\textcolor names; a missing one is drawn in ink.
        """
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.translate(x, baseline_y)
        painter.scale(self.size / NOMINAL, self.size / NOMINAL)
        for path, key in self.picture.runs:
            painter.fillPath(path, ink if key is None else colors.get(key, ink))
        painter.restore()


def typeset(latex: str, size: float, *, inline: bool = False) -> Formula:
    """The formula at a font size in px; inline formulas have small fractions and limits beside their signs.

    Raises:
        FormulaError: the source is wrong.
    """
    return Formula(latex, size, _cache.formula(latex, inline))


def is_prepared(latex: str, *, inline: bool = False) -> bool:
    """Whether typeset() will answer at once."""
    return _cache.holds(latex, inline)


def ziamath_calls() -> int:
    """How many atoms have been drawn by ziamath since the start."""
    return _cache.ziamath_calls
