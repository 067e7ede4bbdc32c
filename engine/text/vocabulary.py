"""Vocabularies: which tokens a language model knows, and by what numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from engine.tensor import Array
from engine.text.tokens import UNKNOWN


class Vocabulary:
    """Tokens with ids 0 … V−1, by first appearance in the text.

    Attributes:
        words: token by id.
        ids: id by token.
    """

    __slots__ = ("ids", "words")

    def __init__(self, words: Sequence[str]) -> None:
        """Number the tokens in their order."""
        self.words = tuple(words)
        self.ids = {word: number for number, word in enumerate(self.words)}

    def __len__(self) -> int:
        return len(self.words)

    @property
    def unknown(self) -> int | None:
        """The id of ``<unk>``; None where every token has a place."""
        return self.ids.get(UNKNOWN)

    def numbered(self, tokens: Iterable[str]) -> Array:
        """Ids (n,) of tokens; those that are not known become ``<unk>``.

        Raises:
            KeyError: one is not known, and neither is ``<unk>``.
        """
        unknown, ids = self.unknown, self.ids
        if unknown is None:
            return np.array([ids[token] for token in tokens], dtype=np.intp)
        return np.array([ids.get(token, unknown) for token in tokens], dtype=np.intp)

    def read(self, ids: Iterable[int]) -> list[str]:
        """The tokens of ids."""
        return [self.words[number] for number in ids]


def vocabulary(tokens: Sequence[str], most: int = 0, *, more: Sequence[str] = ()) -> Vocabulary:
    """The vocabulary of a text.

    Args:
        tokens: the text.
        most: how many tokens it may have, ``<unk>`` among them; the most frequent are kept, of equally frequent ones
            those that came first; 0 for all.
        more: further text that will have to be numbered, such as what is held out.
    """
    counts = Counter(tokens)  # in order of first appearance
    words = list(counts)
    if most and len(words) > most:
        place = {word: number for number, word in enumerate(words)}
        frequent = sorted((word for word in words if word != UNKNOWN), key=lambda word: (-counts[word], place[word]))
        kept = {UNKNOWN, *frequent[: most - 1]}
        words = [word for word in words if word in kept]
    if UNKNOWN not in counts and (len(words) < len(counts) or not counts.keys() >= set(more)):
        words.append(UNKNOWN)
    return Vocabulary(words)
