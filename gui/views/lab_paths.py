"""The paths of the lab on the screen: how each is called and drawn, the same in curves, legend and table."""

from __future__ import annotations

from PySide6.QtCore import Qt

from engine.analysis.activation_slope import SLOPES
from engine.analysis.vanishing_lab import CAROUSEL, CELL
from gui.appearance import Appearance
from gui.views.curve_style import CurveStyle
from gui.views.flow_plot import activation_word

PATHS = (*SLOPES, CAROUSEL, CELL)

STYLES = {
    "identity": CurveStyle("series_5", 1.8, Qt.PenStyle.DotLine, "square", filled=False),
    "sigmoid": CurveStyle("series_1", 1.8, Qt.PenStyle.DashLine, "square"),
    "tanh": CurveStyle("backward", 2.2, marker="circle"),
    "relu": CurveStyle("series_3", 1.8, Qt.PenStyle.DashDotLine, "triangle"),
    CAROUSEL: CurveStyle("ink_quiet", 1.6, marker="diamond"),
    CELL: CurveStyle("series_4", 1.8, marker="diamond", filled=False),
}


def path_word(path: str, appearance: Appearance) -> str:
    """A path's name on the screen."""
    if path == CAROUSEL:
        return "CEC"
    return appearance.say("LSTM cell") if path == CELL else activation_word(path, appearance)
