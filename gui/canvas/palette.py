"""The canvas's colours, looked up once per theme."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from gui.appearance import Appearance

_GATES = frozenset({"forget", "input", "candidate", "output", "reset", "update"})


class Palette:
    """Colours and pens of one theme; made anew when the theme changes."""

    def __init__(self, appearance: Appearance) -> None:
        self.name = appearance.theme.name
        self.dark = appearance.theme.dark
        self.value_map = appearance.value_map
        self.gradient_map = appearance.gradient_map
        self.sequential_map = appearance.sequential_map
        color = appearance.color
        self.color = lru_cache(maxsize=None)(color)
        self.ground = color("ground")
        self.ink = color("ink")
        self.ink_quiet = color("ink_quiet")
        self.ink_pale = color("ink_pale")
        self.pale = color("pale")
        self.forward = color("forward")
        self.backward = color("backward")
        self.backward_ink = color("backward_ink")
        self.parameter = color("parameter")
        self.cursor = color("cursor")
        self.loss = color("loss")
        self.not_finite = color("not_finite")
        self.pale_ground = mixed(self.ground, color("column"), 0.5)

    def gate(self, name: str) -> tuple[QColor, QColor] | None:
        """(line, ground) of a gate's tint; None for a name without one."""
        return (self.color(name), self.color(f"{name}_ground")) if name in _GATES else None

    def not_finite_rgb(self) -> tuple[int, int, int]:
        """The colour of NaN and infinity as numbers."""
        return self.not_finite.red(), self.not_finite.green(), self.not_finite.blue()


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """A colour between two; ``share`` of the second."""
    keep = 1.0 - share
    return QColor(
        round(one.red() * keep + other.red() * share),
        round(one.green() * keep + other.green() * share),
        round(one.blue() * keep + other.blue() * share),
    )


def pen(color: QColor, width: float, *, square: bool = False) -> QPen:
    """A solid pen with round joins and caps; ``square`` caps draw faster."""
    cap = Qt.PenCapStyle.SquareCap if square else Qt.PenCapStyle.RoundCap
    return QPen(QBrush(color), width, Qt.PenStyle.SolidLine, cap, Qt.PenJoinStyle.RoundJoin)


NO_PEN = QPen(Qt.PenStyle.NoPen)
NO_BRUSH = QBrush(Qt.BrushStyle.NoBrush)
