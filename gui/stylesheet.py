"""The look of Qt's own controls: Fusion, a palette, and the rules of resources/stylesheet filled in.

In a rule, @name is a colour of the theme, @icon(name, colour) a tinted icon and ~12 a size in scaled pixels;
2*~6, ~5-~1 and ~6+~1 reckon with sizes that are rounded already, so that what belongs together stays so at every scale.
"""

import re
from pathlib import Path

from PySide6.QtCore import QObject, QTemporaryDir
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from engine.collector import collector_paused
from gui.appearance import Appearance
from gui.icons import tinted
from gui.scaled_style import ScaledStyle

_ICON = re.compile(r"@icon\(([a-z-]+), ([a-z_0-9]+)\)")
_COLOR = re.compile(r"@([a-z_0-9]+)")
_SIZE = re.compile(r"(?:(-?\d+)\*)?~([\d.]+)(?:([+-])~([\d.]+))?")

_ROLES = {
    QPalette.ColorRole.Window: "surface",
    QPalette.ColorRole.WindowText: "ink",
    QPalette.ColorRole.Base: "ground",
    QPalette.ColorRole.AlternateBase: "surface",
    QPalette.ColorRole.Text: "ink",
    QPalette.ColorRole.PlaceholderText: "ink_pale",
    QPalette.ColorRole.Button: "button",
    QPalette.ColorRole.ButtonText: "ink",
    QPalette.ColorRole.BrightText: "cursor",
    QPalette.ColorRole.Highlight: "selection",
    QPalette.ColorRole.HighlightedText: "selection_ink",
    QPalette.ColorRole.ToolTipBase: "popup",
    QPalette.ColorRole.ToolTipText: "ink",
    QPalette.ColorRole.Link: "forward",
    QPalette.ColorRole.LinkVisited: "parameter",
    QPalette.ColorRole.Light: "ground",
    QPalette.ColorRole.Midlight: "surface",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line_strong",
    QPalette.ColorRole.Shadow: "ink_quiet",
    QPalette.ColorRole.Accent: "accent",
}
_DISABLED = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


class ApplicationStyle(QObject):
    """Keeps the application's style, palette, font and style sheet as the appearance says."""

    def __init__(self, application: QApplication, appearance: Appearance) -> None:
        super().__init__(application)
        self._application = application
        self._appearance = appearance
        # Style sheets take pictures from files only.
        self._pictures = QTemporaryDir()
        # PySide gives the style away to the application; the reference kept here keeps its Python half alive.
        self._style = ScaledStyle(appearance)
        application.setStyle(self._style)
        application.setPalette(palette(appearance))
        self._update_scale()
        appearance.theme_changed.connect(self._update_theme)
        appearance.scale_changed.connect(self._update_scale)

    # The sheet last: setting it makes every widget look at the new palette and font.

    def _update_theme(self) -> None:
        self._application.setPalette(palette(self._appearance))
        self._update_sheet()

    def _update_scale(self) -> None:
        self._application.setFont(self._appearance.font())
        self._update_sheet()

    def _update_sheet(self) -> None:
        # Qt goes through a list of all widgets meanwhile and asks the Python ones for their sizes: the cycle collector,
        # which any Python call may start, must not delete one of that list under way.
        with collector_paused():
            self._application.setStyleSheet(stylesheet(self._appearance, Path(self._pictures.path())))


def palette(appearance: Appearance) -> QPalette:
    """The theme's colours in Qt's roles."""
    result = QPalette()
    for role, name in _ROLES.items():
        result.setColor(role, appearance.color(name))
    for role in _DISABLED:
        result.setColor(QPalette.ColorGroup.Disabled, role, appearance.color("ink_pale"))
    return result


def stylesheet(appearance: Appearance, pictures: Path) -> str:
    """The rules of resources/stylesheet, filled in; the icons they show are written to a folder."""
    rules = sorted((appearance.resources / "stylesheet").glob("*.qss"))
    text = "\n".join(path.read_text(encoding="utf-8") for path in rules)
    text = _ICON.sub(lambda found: _picture(found[1], found[2], appearance, pictures), text)
    text = _COLOR.sub(lambda found: appearance.color(found[1]).name(), text)
    return _SIZE.sub(lambda found: _size(found, appearance), text)


def _picture(name: str, color: str, appearance: Appearance, pictures: Path) -> str:
    tint = appearance.theme.hex(color)
    path = pictures / f"{name}-{tint[1:]}.svg"
    if not path.exists():
        path.write_text(tinted(appearance.resources / "icons" / f"{name}.svg", tint), encoding="utf-8")
    return f'url("{path.as_posix()}")'


def _size(found: re.Match[str], appearance: Appearance) -> str:
    times, size, sign, other = found.groups()
    pixels = appearance.whole_px(float(size)) * int(times or 1)
    if other:
        pixels += appearance.whole_px(float(other)) * (1 if sign == "+" else -1)
    return f"{pixels}px"
