"""Languages: one folder each, fragments merged, doubles refused."""

import json

import pytest

from engine.errors import BackstepError
from gui.language import Language, LanguageError, languages_in, merge, placeholders, read_language


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "eo").mkdir()
    (tmp_path / "eo" / "language.json").write_text('{"name": "Esperanto"}', encoding="utf-8")
    _write(tmp_path / "eo" / "one.json", {"Step": "Paŝo", "{n} steps": "{n} paŝoj"})
    return tmp_path


def _write(path, texts):
    path.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")


def test_english_needs_nothing(tmp_path):
    assert languages_in(tmp_path) == [("en", "English")]
    assert read_language(tmp_path, "en").say("{n} steps", n=3) == "3 steps"


def test_a_language_is_a_folder(folder):
    assert languages_in(folder) == [("en", "English"), ("eo", "Esperanto")]
    language = read_language(folder, "eo")
    assert language.say("Step") == "Paŝo"
    assert language.say("{n} steps", n=3) == "3 paŝoj"
    assert language.say("Unknown {n}", n=3) == "Unknown 3"


def test_braces_stay_where_nothing_is_filled_in():
    assert Language().say(r"\frac{a}{b}") == r"\frac{a}{b}"


def test_errors_are_said_with_the_errors_in_them():
    language = Language("eo", "Esperanto", {"Outer: {inner}": "Ekstere: {inner}", "Not {x}.": "Ne {x}."})
    assert language.say_error(BackstepError("Outer: {inner}", inner=BackstepError("Not {x}.", x=1))) == "Ekstere: Ne 1."


def test_the_same_twice_is_merged(folder):
    _write(folder / "eo" / "two.json", {"Step": "Paŝo", "Run": "Kuri"})
    assert read_language(folder, "eo").texts == {"Step": "Paŝo", "{n} steps": "{n} paŝoj", "Run": "Kuri"}


def test_two_meanings_are_refused(folder):
    _write(folder / "eo" / "two.json", {"Step": "Ŝtupo"})
    with pytest.raises(LanguageError, match="“Step” is translated twice, differently: in one.json and in two.json"):
        read_language(folder, "eo")


def test_two_meanings_in_one_file_are_refused(tmp_path):
    path = tmp_path / "one.json"
    path.write_text('{"Step": "a", "Step": "b"}', encoding="utf-8")
    with pytest.raises(LanguageError, match="in one.json and in one.json"):
        merge([path])


@pytest.mark.parametrize(("content", "sentence"), [
    ('{"{n} steps": "paŝoj"}', "the translation of “{n} steps” must keep its placeholders"),
    ('{"Step": 3}', "the translation of “Step” must be a text"),
    ('{"Step": ""}', "the translation of “Step” must be a text"),
    ('["Step"]', "bad.json must be a JSON object of texts"),
    ('{"Step"', "bad.json cannot be read"),
])
def test_a_bad_fragment_is_refused(tmp_path, content, sentence):
    path = tmp_path / "bad.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(LanguageError, match=sentence):
        merge([path])


def test_a_language_without_a_name_is_refused(folder):
    (folder / "eo" / "language.json").write_text("{}", encoding="utf-8")
    with pytest.raises(LanguageError, match="“eo” must give its “name”"):
        languages_in(folder)


def test_an_unknown_language_names_the_known_ones(folder):
    with pytest.raises(LanguageError, match="no language “xx”; known are: en, eo"):
        read_language(folder, "xx")


def test_placeholders():
    assert placeholders("{a} and {b:.3f}") == {"a", "b"}
    assert placeholders("a lone { brace") == set()
