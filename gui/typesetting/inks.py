"""The colours typeset things are painted in; handed over when painting, so that a new theme needs no new layout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtGui import QColor

from gui.appearance import Appearance
from gui.typesetting.latex_source import COLOR_KEYS

# Text and thin strokes want more contrast than arrows do: the theme has inks of their own for these.
_THEME_NAMES = {"backward": "backward_ink", "pale": "ink_pale"}


@dataclass(frozen=True, slots=True)
class Inks:
    """Colours of one theme.

    Attributes:
        ink: of everything that names no colour.
        quiet: of what is said beside it, such as a shape.
        colors: what \\textcolor may name.
    """

    ink: QColor
    quiet: QColor
    colors: Mapping[str, QColor]

    @staticmethod
    def of(appearance: Appearance) -> Inks:
        """The colours of the current theme."""
        named = {key: appearance.color(_THEME_NAMES.get(key, key)) for key in COLOR_KEYS}
        return Inks(appearance.color("ink"), appearance.color("ink_quiet"), named)

    def named(self, key: str | None) -> QColor:
        """The colour of a key, the ink for None or a key that is not there."""
        return self.ink if key is None else self.colors.get(key, self.ink)
