"""Appearance: one signal for every change, colours by name, sizes by scale, texts by language."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QFontInfo

from engine.errors import BackstepError
from gui.appearance import SCALES, Appearance, AppearanceError
from gui.language import LanguageError
from gui.theme import COLORS, ThemeError


@pytest.fixture
def appearance(qapp):
    return Appearance()


def _heard(appearance):
    heard = []
    for name in ("theme_changed", "scale_changed", "language_changed", "changed"):
        getattr(appearance, name).connect(lambda name=name: heard.append(name))
    return heard


@pytest.mark.parametrize(("change", "signal"), [
    (lambda a: a.set_theme("dark"), "theme_changed"),
    (lambda a: a.set_scale(2), "scale_changed"),
    (lambda a: a.larger(), "scale_changed"),
    (lambda a: a.set_language("ja"), "language_changed"),
])
def test_a_change_is_told_once_and_then_in_general(appearance, change, signal):
    heard = _heard(appearance)
    change(appearance)
    assert heard == [signal, "changed"]


def test_no_change_is_not_told(appearance):
    heard = _heard(appearance)
    appearance.set_theme("light")
    appearance.set_scale(1)
    appearance.reset_scale()
    appearance.set_language("en")
    assert heard == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_color_is_there(appearance, theme):
    appearance.set_theme(theme)
    assert all(appearance.color(name).isValid() for name in COLORS)
    with pytest.raises(KeyError, match="no colour 'blu'"):
        appearance.color("blu")


def test_a_color_is_a_copy(appearance):
    appearance.color("ink").setRed(255)
    assert appearance.color("ink").name() == appearance.theme.hex("ink")


def test_phases_have_colors(appearance):
    assert appearance.phase_color("update") == appearance.color("parameter")


def test_ink_on_any_ground(appearance):
    assert appearance.ink_on(QColor("#10406a")).name() == "#ffffff"
    assert appearance.ink_on(QColor("#edc948")).name() == "#000000"


def test_larger_and_smaller_go_by_steps(appearance):
    seen = [appearance.scale]
    while appearance.scale < SCALES[-1]:
        appearance.larger()
        seen.append(appearance.scale)
    assert tuple(seen) == SCALES[2:]
    appearance.larger()
    assert appearance.scale == 3
    appearance.set_scale(1.3)
    appearance.smaller()
    assert appearance.scale == 1.25
    appearance.set_scale(0.75)
    appearance.smaller()
    assert appearance.scale == 0.75


@pytest.mark.parametrize("scale", [0.5, 3.5, float("nan")])
def test_a_scale_beyond_the_bounds_is_refused(appearance, scale):
    with pytest.raises(AppearanceError, match="must be between 0.75 and 3"):
        appearance.set_scale(scale)
    assert appearance.scale == 1


def test_sizes_and_fonts_are_scaled(appearance):
    appearance.set_scale(3)
    assert appearance.px(12.5) == 37.5
    assert appearance.font(13).pixelSize() == 39
    appearance.set_scale(0.75)
    assert appearance.whole_px(0.1) == 1


@pytest.mark.parametrize(("family", "name"), [
    ("text", "BIZ UDPGothic"), ("mono", "JetBrains Mono"), ("math", "STIX Two Text"),
])
def test_fonts_are_the_bundled_ones(appearance, family, name):
    assert QFontInfo(appearance.font(family=family)).family() == name


def test_texts_follow_the_language(appearance):
    english = "There is no theme “{name}”; known are: {known}."
    appearance.set_language("ja")
    assert appearance.say(english, name="x", known="y") == "テーマ「x」はありません。使えるテーマ: y。"
    assert appearance.say_error(BackstepError(english, name="x", known="y")).startswith("テーマ「x」")


def test_what_there_is(appearance):
    assert appearance.themes() == [("light", "Light"), ("dark", "Dark")]
    assert appearance.languages() == [("en", "English"), ("ja", "日本語")]


def test_a_wrong_name_changes_nothing(appearance):
    heard = _heard(appearance)
    with pytest.raises(ThemeError, match="no theme “blue”; known are: dark, light"):
        appearance.set_theme("blue")
    with pytest.raises(LanguageError, match="no language “xx”"):
        appearance.set_language("xx")
    assert (appearance.theme.name, appearance.language, heard) == ("light", "en", [])


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_maps_are_tables_with_the_ground_in_the_middle(appearance, theme):
    appearance.set_theme(theme)
    ground = appearance.color("ground").getRgb()
    for table in (appearance.value_map, appearance.gradient_map):
        assert table.shape == (256, 4)
        assert table.dtype == np.uint8
        assert np.abs(table[127:129].astype(int) - ground).max() <= 3
    assert np.abs(appearance.sequential_map[0].astype(int) - ground).max() <= 1
    with pytest.raises(ValueError, match="read-only"):
        appearance.value_map[0] = 0
