"""Every text on the screen has its translation, with the same places to fill in, and no translation is left over."""

from pathlib import Path

import pytest

from gui.language import fragments_in, languages_in, merge, placeholders, read_fragment
from tests.translatable_texts import Text, sources_under, texts_of

_ROOT = Path(__file__).parent.parent
_FOLDER = _ROOT / "resources" / "translations"
_CODES = [code for code, _ in languages_in(_FOLDER) if code != "en"]


@pytest.fixture(scope="module")
def texts() -> list[Text]:
    return texts_of([*sources_under(_ROOT, ("engine", "graphs", "gui")), ("main.py", _main())])


def _main() -> str:
    path = _ROOT / "main.py"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_japanese_is_there() -> None:
    assert "ja" in _CODES


@pytest.mark.parametrize("code", _CODES)
def test_every_text_has_its_translation(code: str, texts: list[Text]) -> None:
    known = merge(fragments_in(_FOLDER / code))
    missing = {text.english: text.place for text in reversed(texts) if text.english and text.english not in known}
    lines = sorted(f"{place}: {english!r}" for english, place in missing.items())
    if lines:
        pytest.fail(f"{len(lines)} texts without a translation ({code}):\n" + "\n".join(lines), pytrace=False)


@pytest.mark.parametrize("code", _CODES)
def test_no_translation_is_left_over(code: str, texts: list[Text]) -> None:
    used = {text.english for text in texts}
    lines = [
        f"{path.relative_to(_ROOT).as_posix()}:{_line(path, english)}: {english!r}"
        for path in fragments_in(_FOLDER / code)
        for english, _ in read_fragment(path)
        if english not in used
    ]
    if lines:
        pytest.fail(f"{len(lines)} translations of nothing ({code}):\n" + "\n".join(lines), pytrace=False)


@pytest.mark.parametrize("code", _CODES)
def test_translations_keep_the_places_to_fill_in(code: str) -> None:
    for english, text in merge(fragments_in(_FOLDER / code)).items():
        assert placeholders(text) == placeholders(english), english


def test_texts_are_literals_that_can_be_looked_up(texts: list[Text]) -> None:
    lines = [text.place for text in texts if text.english is None]
    if lines:
        pytest.fail("put together while running, so it has no translation:\n" + "\n".join(lines), pytrace=False)


def _line(path: Path, english: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if english in line), 1)


SAMPLE = '''
class OddError(BackstepError): ...
class OdderError(errors.OddError): ...
appearance.say("Hello {name}", name=1)
self._appearance.say("one" if n == 1 else "many")
raise OdderError("Not {this}.", this=2)
raise ValueError("for programmers")
Action(id="step", text="Step", reason="At the end.")
Setting("hidden", meaning="Units")
Setting("bits", SettingKind.INTEGER, 8, "Bits", 1)
appearance.say(variable)
KINDS = {1: translatable("Kind")}
appearance.say(f"bad {n}")
Action(id="x", text="")
'''


def test_the_collector_finds_what_is_marked() -> None:
    found = texts_of([("sample.py", SAMPLE)])
    assert [text.english for text in found] == [
        "Hello {name}", "one", "many", "Not {this}.", "Step", "At the end.", "Units", "Bits", "Kind", None,
    ]
    assert found[0].place == "sample.py:4"


def test_the_collector_knows_errors_across_files() -> None:
    found = texts_of([("b.py", 'raise FarError("Far {x}.", x=1)'), ("a.py", "class FarError(BackstepError): ...")])
    assert [text.english for text in found] == ["Far {x}."]
