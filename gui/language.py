"""Languages: the English text is the key; a folder of JSON fragments gives it in another language."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter

from engine.errors import BackstepError

ENGLISH = "en"
HEADER = "language.json"


class LanguageError(BackstepError):
    """A translation that cannot be used."""


@dataclass(frozen=True)
class Language:
    """A code ("ja"), its own name ("日本語") and its texts by their English ones."""

    code: str = ENGLISH
    name: str = "English"
    texts: Mapping[str, str] = field(default_factory=dict)

    def say(self, english: str, **values: object) -> str:
        """The text in this language, its {placeholders} filled in; English where there is no translation."""
        text = self.texts.get(english, english)
        return text.format(**values) if values else text

    def say_error(self, error: BackstepError) -> str:
        """An error's sentence; an error among its values is said in this language too."""
        values = {
            name: self.say_error(value) if isinstance(value, BackstepError) else value
            for name, value in error.values.items()
        }
        return self.texts.get(error.template, error.template).format(**values)


def translatable(english: str) -> str:
    """The text itself: marks a text that stands in a table and is said later, so that its translation is asked for."""
    return english


def languages_in(folder: Path) -> list[tuple[str, str]]:
    """(code, own name) of English and of every language that has a folder with a language.json."""
    found = [(path.parent.name, _own_name(path)) for path in sorted(folder.glob(f"*/{HEADER}"))]
    return [(ENGLISH, "English"), *found]


def read_language(folder: Path, code: str) -> Language:
    """Merge resources/translations/<code>/*.json; LanguageError for an unknown code or a bad fragment."""
    if code == ENGLISH:
        return Language()
    known = dict(languages_in(folder))
    if code not in known:
        raise LanguageError("There is no language “{code}”; known are: {known}.", code=code, known=", ".join(known))
    return Language(code, known[code], merge(fragments_in(folder / code)))


def fragments_in(folder: Path) -> list[Path]:
    """The fragment files of one language, without its header."""
    return [path for path in sorted(folder.glob("*.json")) if path.name != HEADER]


def merge(paths: list[Path]) -> dict[str, str]:
    """One table out of several fragments; the same English text may not mean two things."""
    texts: dict[str, str] = {}
    origin: dict[str, Path] = {}
    for path in paths:
        for english, text in read_fragment(path):
            if texts.setdefault(english, text) != text:
                raise LanguageError("“{english}” is translated twice, differently: in {one} and in {other}.",
                                    english=english, one=origin[english].name, other=path.name)
            origin.setdefault(english, path)
    return texts


def read_fragment(path: Path) -> list[tuple[str, str]]:
    """The (English, translated) pairs of one file, doubles kept; each keeps the English text's placeholders."""
    pairs = _read_pairs(path)
    for english, text in pairs:
        if not isinstance(text, str) or not text:
            raise LanguageError("{file}: the translation of “{english}” must be a text.",
                                file=path.name, english=english)
        if placeholders(english) != placeholders(text):
            raise LanguageError("{file}: the translation of “{english}” must keep its placeholders.",
                                file=path.name, english=english)
    return pairs


def placeholders(text: str) -> set[str]:
    """The names in {braces}; none where the braces are not a format (a formula, say)."""
    try:
        return {name for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return set()


def _read_pairs(path: Path) -> list[tuple[str, str]]:
    try:
        pairs = json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=list)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise LanguageError("The translation {file} cannot be read: {reason}.",
                            file=path.name, reason=error) from error
    if not isinstance(pairs, list) or not all(isinstance(pair, tuple) for pair in pairs):
        raise LanguageError("The translation {file} must be a JSON object of texts.", file=path.name)
    return pairs


def _own_name(path: Path) -> str:
    name = dict(_read_pairs(path)).get("name")
    if not isinstance(name, str):
        raise LanguageError("{file} of the language “{code}” must give its “name”.",
                            file=path.name, code=path.parent.name)
    return name
