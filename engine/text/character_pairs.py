"""Pairs of short texts in characters; an answer begins with START, which the decoder reads first."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from unicodedata import normalize

import numpy as np

from engine.settings import Settings
from engine.tensor import Array
from engine.text.symbol_pairs import SymbolPairs

START = "_"


class CharacterPairs(SymbolPairs):
    """A task of such pairs. What they are is said by those who derive from it."""

    @abstractmethod
    def alphabets(self, settings: Settings) -> tuple[str, str]:
        """The characters of sources and of answers, BLANK the first of each, START the last of answers."""

    def symbols(self, settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The characters."""
        sources, answers = self.alphabets(settings)
        return tuple(sources), tuple(answers)

    def cut(self, text: str, settings: Settings) -> list[str]:
        """Characters; those of full width, as Japanese keyboards have them, count as the usual ones."""
        known = self.alphabets(settings)[0]
        read = (one if one in known else normalize("NFKC", one) for one in text)
        return [one for character in read for one in character]


def numbered(texts: Sequence[str], alphabet: str, length: int) -> Array:
    """(n, length) ids of texts, filled up with blanks."""
    padded = np.array([text.ljust(length) for text in texts], dtype=f"<U{length}")
    codes = padded.view(np.uint32).reshape(len(texts), length)
    table = np.zeros(max(map(ord, alphabet)) + 1, dtype=np.int64)
    for number, character in enumerate(alphabet):
        table[ord(character)] = number
    return table[codes]


