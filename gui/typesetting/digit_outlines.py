"""Formulas whose digits can be exchanged without typesetting them anew: all digits of the font are equally wide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from PySide6.QtGui import QPainterPath, QTransform

from gui.typesetting.digits import ORDER, tells_places

_TOLERANCE = 0.002
"""By how much the outline of one digit may differ between two places, in font sizes."""

Run = tuple[QPainterPath, str | None]
"""A path and the theme colour it is filled with; None for the ink."""


class _Place(NamedTuple):
    """Where a digit stands: the how manieth of the source it is, its outlines, how they are moved there, its colour."""

    which: int
    outlines: tuple[QPainterPath, ...]
    move: QTransform
    color: str | None


@dataclass(frozen=True, slots=True)
class DigitPlaces:
    """A typeset formula without its digits, and where they stand."""

    rest: tuple[Run, ...]
    places: tuple[_Place, ...]

    def with_digits(self, digits: str) -> list[Run]:
        """The formula's paths with digits in their places, in the order of the source."""
        found = ((place.move.map(place.outlines[int(digits[place.which])]), place.color) for place in self.places)
        return [*self.rest, *found]


class DigitOutlines:
    """The outlines of 0 … 9, which are stronger in scripts.

    Args:
        families: in scripts, in the text …: ten each, all from the same origin; asked for when they are needed.
        size: font size, px.
    """

    def __init__(self, families: Iterable[Sequence[QPainterPath]], size: float) -> None:
        self._coming = iter(families)
        self._families: list[tuple[tuple[QPainterPath, ...], list[np.ndarray]]] = []
        self._tolerance = _TOLERANCE * size

    def places(self, runs: Sequence[Run], count: int) -> DigitPlaces | None:
        """The first ``count`` digits of ORDER found among a formula's glyphs; None unless each is there once."""
        found = self._found(runs, count)
        while found is None and (family := next(self._coming, None)) is not None:
            self._families.append((tuple(family), [_points(path) for path in family]))
            found = self._found(runs, count)
        return found

    def _found(self, runs: Sequence[Run], count: int) -> DigitPlaces | None:
        rest: list[Run] = []
        places: list[_Place] = []
        found: list[str] = []
        for path, color in runs:
            digit = self._recognised(path)
            if digit is None:
                rest.append((path, color))
            else:
                found.append(digit[0])
                places.append(_Place(ORDER.index(digit[0]), *digit[1:], color))
        if not tells_places("".join(found), count):
            return None
        return DigitPlaces(tuple(rest), tuple(places))

    def _recognised(self, path: QPainterPath) -> tuple[str, tuple[QPainterPath, ...], QTransform] | None:
        """The digit an outline is, the outlines it is one of, and how they are moved there."""
        points = _points(path)
        for paths, shapes in self._families:
            for digit, shape in enumerate(shapes):
                if shape.shape != points.shape:
                    continue
                scale = np.ptp(points[:, 1]) / np.ptp(shape[:, 1])
                shift = points[0] - scale * shape[0]
                if np.abs(scale * shape + shift - points).max() <= self._tolerance:
                    return str(digit), paths, QTransform(scale, 0.0, 0.0, scale, *shift.tolist())
        return None


def _points(path: QPainterPath) -> np.ndarray:
    elements = [path.elementAt(place) for place in range(path.elementCount())]
    return np.array([(element.x, element.y) for element in elements]).reshape(-1, 2)
