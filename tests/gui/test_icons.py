"""Icons: drawn in the theme's colour, at the pixels of the screen, known by name."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon, QImage

from engine.files.resources import resource
from gui.appearance import Appearance
from gui.icons import icon, icon_names, pixmap

_NAMES = icon_names(resource("icons"))


@pytest.fixture
def appearance(qapp):
    return Appearance()


def _colors(image: QImage) -> set[tuple[int, ...]]:
    """The colours of opaque pixels, rounded as mixing with the background may change them by one."""
    return {
        _rounded(image.pixelColor(x, y))
        for x in range(image.width()) for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


def _rounded(color: QColor) -> tuple[int, ...]:
    return tuple((channel + 4) // 8 for channel in (color.red(), color.green(), color.blue()))


def _darkest(image: QImage) -> int:
    return max(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))


def test_the_icons_of_every_action_are_there():
    needed = (
        "step step-back run run-back reset play pause breakpoint search sun moon language zoom-in zoom-out undo redo"
        " fold unfold home end graph list eye"
    )
    assert set(needed.split()) <= set(_NAMES)


@pytest.mark.parametrize("name", _NAMES)
def test_every_icon_is_drawn_in_one_color_of_the_theme(appearance, name):
    assert "currentColor" in resource("icons", f"{name}.svg").read_text(encoding="utf-8")
    image = icon(name, appearance, "forward").pixmap(QSize(24, 24)).toImage()
    assert _darkest(image) > 128
    assert _colors(image) <= {_rounded(appearance.color("forward"))}


def test_icons_follow_the_theme(appearance):
    light = icon("stop", appearance).pixmap(QSize(20, 20)).toImage()
    appearance.set_theme("dark")
    dark = icon("stop", appearance).pixmap(QSize(20, 20)).toImage()
    assert (_colors(light), _colors(dark)) == ({_rounded(QColor("#1f2937"))}, {_rounded(QColor("#e8ecf2"))})


def test_a_disabled_icon_is_pale(appearance):
    image = icon("stop", appearance).pixmap(QSize(20, 20), QIcon.Mode.Disabled).toImage()
    assert _colors(image) == {_rounded(appearance.color("pale"))}


@pytest.mark.parametrize("scale", [0.75, 1, 3])
def test_an_icon_is_drawn_at_its_own_size_not_enlarged(appearance, scale):
    appearance.set_scale(scale)
    for size in (16, 20, 24):
        wanted = appearance.whole_px(size)
        assert icon("step", appearance).actualSize(QSize(wanted, wanted)) == QSize(wanted, wanted)
    assert pixmap("step", appearance, 40).width() == appearance.whole_px(40)


def test_a_wrong_name_tells_the_known_ones(appearance):
    with pytest.raises(KeyError, match="no icon 'stpe'; known: .*step-back"):
        icon("stpe", appearance)
