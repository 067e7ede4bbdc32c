"""Themes: readable in every pair that the schema allows, and refused with one clear sentence when a file is wrong."""

import json
from pathlib import Path

import pytest

from engine.files.resources import resource
from gui.theme import COLORS, SHAPE_ON_GROUND, TEXT_ON_GROUND, ThemeError, contrast, read_theme, themes_in

_FILES = themes_in(resource("themes"))
_READABLE, _VISIBLE = 4.5, 3.0


def _pairs(table):
    return [(file, above, ground) for file in _FILES for above, grounds in table for ground in grounds]


@pytest.mark.parametrize(("name", "text", "ground"), _pairs(TEXT_ON_GROUND))
def test_text_is_readable_on_its_ground(name, text, ground):
    theme = read_theme(_FILES[name])
    assert contrast(theme.hex(text), theme.hex(ground)) >= _READABLE


@pytest.mark.parametrize(("name", "shape", "ground"), _pairs(SHAPE_ON_GROUND))
def test_marks_are_seen_on_their_ground(name, shape, ground):
    theme = read_theme(_FILES[name])
    assert contrast(theme.hex(shape), theme.hex(ground)) >= _VISIBLE


def test_contrast_is_that_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=1e-3)


def test_light_and_dark_are_there():
    assert not read_theme(_FILES["light"]).dark
    assert read_theme(_FILES["dark"]).dark


def test_unknown_color_names_the_known_ones():
    with pytest.raises(KeyError, match="no colour 'inc'.*ink_quiet"):
        read_theme(_FILES["light"]).hex("inc")


def _changed(tmp_path: Path, change) -> Path:
    data = json.loads(_FILES["light"].read_text(encoding="utf-8"))
    change(data)
    path = tmp_path / "mine.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


@pytest.mark.parametrize(("change", "sentence"), [
    (lambda d: d["colors"].pop("ink"), "mine.json lacks the key “ink” in colors"),
    (lambda d: d["colors"].update(inc="#000000"), "mine.json has an unknown key “inc” in colors; known are: .*ink"),
    (lambda d: d["colors"].update(ink="black"), "“colors/ink” of the theme mine.json must be a colour .*not “black”"),
    (lambda d: d.update(dark="yes"), "“dark” of the theme mine.json must be true or false"),
    (lambda d: d.update(title="Mine"), "“title” of the theme mine.json"),
    (lambda d: d.update(value_map=["#000000", "#ffffff"]), "“value_map” of the theme mine.json must be a list"),
    (lambda d: d.pop("colors"), "mine.json lacks the key “colors” in the theme"),
    (lambda d: d.update(colors=[]), "“colors” of the theme mine.json must be a JSON object"),
])
def test_a_wrong_file_is_refused(tmp_path, change, sentence):
    with pytest.raises(ThemeError, match=sentence):
        read_theme(_changed(tmp_path, change))


def test_a_file_that_is_not_json_is_refused(tmp_path):
    path = tmp_path / "mine.json"
    path.write_bytes(b"\xff\xfe{")
    with pytest.raises(ThemeError, match="mine.json cannot be read"):
        read_theme(path)


def test_every_color_says_what_it_is_for():
    assert all(COLORS.values())
