"""Tokens: a text cut into words or characters, each line closed by ``<eos>`` as in the Penn Treebank."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from engine.settings import Setting, SettingKind

END = "<eos>"
UNKNOWN = "<unk>"
CUTS = ("word", "space", "character")
"""How a text can be cut: in words, wherever there is a space (for texts cut already), or in characters."""
TOKENS = Setting(
    "tokens", SettingKind.CHOICE, CUTS[0],
    "How the text is cut: in words (Japanese without spaces in characters), at spaces alone, or in characters.",
    choices=CUTS,
)  # fmt: skip

_WORD = re.compile(
    r"<\w+>"  # <unk> and the like
    r"|[$€£¥]?\d+(?:[.,:]\d+)*%?"  # 3.5, 1,000, 10:30
    r"|(?:[^\W\d_]\.){2,}"  # a.m., U.S.
    r"|[^\W_]+(?:['’\-][^\W_]+)*"  # don't, well-known
    r"|\.{2,}|…+|\S"
)
_JAPANESE = r"\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f"
_JAPANESE_RUN = re.compile(rf"[{_JAPANESE}、。「」『』・ー]+")
_JAPANESE_LETTER = re.compile(f"[{_JAPANESE}]")
_JUDGED = 20_000
_LONGEST_WORD = 4.0
"""Mean length, in characters, up to which runs of Japanese are taken for words that are separated already."""


def tokens(text: str, cut: str, most: int = 0) -> list[str]:
    """The tokens of a text, at most ``most`` of them (0: all). Empty lines have none.

    Args:
        text: lines ended by ``\\n``.
        cut: one of ``CUTS``.
        most: no more of the text is looked at than that takes.
    """
    cut_line = cutter(text, cut)
    found = _closed_lines(text, cut_line)
    return list(islice(found, most) if most else found)


def _closed_lines(text: str, cut_line: Callable[[str], Iterable[str]]) -> Iterator[str]:
    for line in re.finditer(r"[^\n]+", text):
        stripped = line.group().strip()
        if stripped:
            yield from cut_line(stripped)
            yield END


def cut_prefix(text: str, cut: str, like: str) -> list[str]:
    """The tokens of the start of a line, which no ``<eos>`` closes, cut as the text ``like`` is."""
    return list(cutter(like, cut)(text.strip())) if text.strip() else []


def cutter(text: str, cut: str) -> Callable[[str], Iterable[str]]:
    """What cuts a line as the lines of a text are cut, which is looked at once for all of them."""
    if cut == "character":
        return list
    if cut == "space":
        return str.split
    return _words if is_separated(text) else _words_and_characters


def _words(line: str) -> Iterator[str]:
    for match in _WORD.finditer(line):
        yield match.group()


def _words_and_characters(line: str) -> Iterator[str]:
    """Words, but Japanese, written without spaces, in characters."""
    start = 0
    for run in _JAPANESE_RUN.finditer(line):
        yield from _words(line[start : run.start()])
        yield from run.group()
        start = run.end()
    yield from _words(line[start:])


def is_separated(text: str) -> bool:
    """Whether Japanese in a text, if there is any, has spaces between its words."""
    runs = [run for run in _JAPANESE_RUN.findall(text[:_JUDGED]) if _JAPANESE_LETTER.search(run)]
    return sum(map(len, runs)) <= _LONGEST_WORD * len(runs)


def joined(words: Iterable[str], cut: str) -> str:
    """Tokens as people write them: one line, ``<eos>`` as a line end; no spaces between Japanese words."""
    if cut == "character":
        return "".join("\n" if word == END else word for word in words)
    text, last = "", "\n"
    for word in words:
        if word == END:
            text, last = text + "\n", "\n"
            continue
        tight = last == "\n" or _is_japanese(word) or _is_japanese(last) or word in {".", ",", "?", "!", ";", ":"}
        text, last = text + ("" if tight else " ") + word, word
    return text


def _is_japanese(word: str) -> bool:
    return _JAPANESE_RUN.match(word) is not None
