"""The bundled fonts load, draw what the screen shows, and are missed with one sentence."""

import shutil

import pytest
from PySide6.QtGui import QFont, QRawFont

from engine.errors import BackstepError
from engine.files.resources import resource
from gui.fonts import FONT_FILES, MATH_FAMILY, MONO_FAMILY, OPERATOR_FAMILY, TEXT_FAMILY, load_fonts


def test_every_family_is_there(qapp):
    assert load_fonts() == {TEXT_FAMILY, MONO_FAMILY, MATH_FAMILY, OPERATOR_FAMILY}


def test_every_font_lies_beside_its_licence():
    folders = {resource("fonts", name).parent for name in FONT_FILES}
    for folder in folders:
        assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert sum(resource("fonts", name).stat().st_size for name in FONT_FILES) < 15e6


@pytest.mark.parametrize(
    ("family", "text"),
    [
        (TEXT_FAMILY, "勾配消失・誤差逆伝播・隠れ状態 リカレント Backward ∂ Σ √ → ≤ × δ σ"),
        (MONO_FAMILY, "W_in @ x + W @ h_prev != 0"),
        (MATH_FAMILY, "hxWtanh σδΣ×−0123456789"),
        (OPERATOR_FAMILY, "∂√→≤⊙Σσδ"),
    ],
)
def test_the_characters_of_the_screen_are_in_the_font(qapp, family, text):
    font = QFont(family)
    font.setPixelSize(20)
    raw = QRawFont.fromFont(font)
    assert raw.familyName() == family
    assert [letter for letter in text if not raw.supportsCharacter(ord(letter))] == []


def test_a_missing_font_is_named(qapp, tmp_path):
    with pytest.raises(BackstepError, match=r"BIZUDPGothic-Regular\.ttf is missing"):
        load_fonts(tmp_path)


def _drawn_with(family):
    font = QFont(family)
    font.setPixelSize(20)
    return QRawFont.fromFont(font).familyName()


def test_a_broken_font_is_named_and_harms_no_other(qapp, tmp_path):
    assert _drawn_with(TEXT_FAMILY) == TEXT_FAMILY
    shutil.copytree(resource("fonts"), tmp_path / "fonts")
    (tmp_path / "fonts" / FONT_FILES[2]).write_bytes(b"not a font")
    with pytest.raises(BackstepError, match=r"JetBrainsMono-Regular\.ttf cannot be read"):
        load_fonts(tmp_path / "fonts")
    shutil.rmtree(tmp_path / "fonts")
    assert _drawn_with(TEXT_FAMILY) == TEXT_FAMILY
