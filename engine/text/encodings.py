"""Which encoding a text file is in: UTF-8, UTF-16 with its mark, ISO-2022-JP, Shift-JIS or EUC-JP.

Bytes that are valid UTF-8 are UTF-8: other encodings hardly ever are, by chance. Between Shift-JIS and EUC-JP, where
often both are possible, the text that looks more like Japanese wins: two bytes of EUC-JP read as Shift-JIS give rare
kanji and half-width katakana, which real text seldom has.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
_JAPANESE = ("cp932", "euc_jp")
_JUDGED = 20_000
"""Characters that are judged: enough for any text."""
_STRANGE = 3.5
"""From here on a reading is no Japanese at all."""
_CONTROLS = frozenset(map(chr, (*range(32), *range(0x7F, 0xA0)))) - frozenset("\t\n\r\f\v\x1a\x85")
# What Python makes of single bytes that Shift-JIS does not use.
_NEVER_IN_TEXT = _CONTROLS | frozenset("\uf8f0\uf8f1\uf8f2\uf8f3")
_FIRST_COMMON, _LAST_COMMON = 0xB0, 0xCF
"""First byte, in EUC-JP, of the kanji of JIS level 1."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text and the encoding it was in."""

    text: str
    encoding: str


def decode(data: bytes) -> Decoded | None:
    """The text that bytes stand for; None if they are no text in any of the encodings."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding)
    if b"\x1b$" in data or b"\x1b(" in data:
        japanese = _strictly(data, "iso2022_jp")
        if japanese is not None:
            return japanese
    unicode = _strictly(data, "utf-8")
    if unicode is not None:
        return unicode
    possible = [found for found in (_strictly(data, encoding) for encoding in _JAPANESE) if found is not None]
    likely = [found for found in possible if strangeness(found.text) < _STRANGE]
    return min(likely, key=lambda found: strangeness(found.text), default=None)


def _strictly(data: bytes, encoding: str) -> Decoded | None:
    """The text, if every byte has a meaning in the encoding and none is a control character."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _NEVER_IN_TEXT.intersection(text) else Decoded(text, encoding.removesuffix("-sig"))


def strangeness(text: str) -> float:
    """How little what is not ASCII looks like Japanese, per byte: 0.6 for prose, over 1.5 for a wrong reading."""
    judged = [character for character in text[:_JUDGED] if character >= "\x80"]
    width = sum(1 if "\uff61" <= character <= "\uff9f" else 2 for character in judged)
    return sum(map(_surprise, judged)) / max(1, width)


def _surprise(character: str) -> float:
    """Small for what prose is made of, large for what wrong readings are made of."""
    if "\u3041" <= character <= "\u3093" or character in "、。「」ー　":
        return 1.0
    if "\u30a1" <= character <= "\u30fc" or "\uff01" <= character <= "\uff5e":
        return 1.5
    if "\uff61" <= character <= "\uff9f":
        return 3.0
    if "\u4e00" <= character <= "\u9fff":
        return 1.5 if _is_common(character) else 6.0
    return 8.0 if "\ue000" <= character <= "\uf8ff" else 3.0


def _is_common(kanji: str) -> bool:
    """Whether a kanji is of JIS level 1."""
    try:
        code = kanji.encode("euc_jp")
    except UnicodeEncodeError:
        return False
    return len(code) == 2 and _FIRST_COMMON <= code[0] <= _LAST_COMMON
