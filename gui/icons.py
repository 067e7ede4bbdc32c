"""Icons: the SVG files of resources/icons, tinted with the theme's ink."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.appearance import Appearance

SIZES = (16.0, 20.0, 24.0)
"""The unscaled sizes in which an icon is drawn exactly; others are scaled down from the next larger one."""


def icon(name: str, appearance: Appearance, color: str = "ink") -> QIcon:
    """The icon resources/icons/<name>.svg in a colour of the theme, pale where it is disabled.

    Ask again at `appearance.changed`: an icon belongs to one theme and one scale.
    KeyError with the known names for a wrong one.
    """
    path = _path(name, appearance.resources / "icons")
    result = QIcon()
    ratio = _pixel_ratio()
    for mode, tint in ((QIcon.Mode.Normal, color), (QIcon.Mode.Disabled, "pale")):
        source = tinted(path, appearance.color(tint).name())
        for size in SIZES:
            result.addPixmap(_pixmap(source, appearance.whole_px(size), ratio), mode)
    return result


def pixmap(name: str, appearance: Appearance, size: float, color: str = "ink") -> QPixmap:
    """The icon as a square pixmap, `size` unscaled pixels wide; KeyError for a wrong name."""
    path = _path(name, appearance.resources / "icons")
    ratio = _pixel_ratio()
    return _pixmap(tinted(path, appearance.color(color).name()), appearance.whole_px(size), ratio)


def icon_names(folder: Path) -> list[str]:
    """The names of the icons in a folder."""
    return sorted(path.stem for path in folder.glob("*.svg"))


@lru_cache(maxsize=256)
def tinted(path: Path, color: str) -> str:
    """The SVG text with its current colour set to "#rrggbb"."""
    return path.read_text(encoding="utf-8").replace("currentColor", color)


def _path(name: str, folder: Path) -> Path:
    path = folder / f"{name}.svg"
    if not path.is_file():
        raise KeyError(f"no icon {name!r}; known: {', '.join(icon_names(folder))}")
    return path


def _pixel_ratio() -> float:
    """The finest screen's."""
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)


@lru_cache(maxsize=1024)
def _pixmap(source: str, size: int, ratio: float) -> QPixmap:
    """Drawn at the pixels of the screen, so that it is crisp at every scale."""
    result = QPixmap(round(size * ratio), round(size * ratio))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return result
