"""Pairs of texts in the user's words or characters: cut, counted, numbered; and what was left out, to be said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from engine.errors import BackstepError
from engine.randomness import generator
from engine.tensor import Array
from engine.text.symbol_pairs import BLANK_ID, Pairs
from engine.text.tokens import UNKNOWN, cutter
from engine.text.vocabulary import Vocabulary, vocabulary

END, START = "<end>", "<start>"
"""Names of the symbol that fills up and ends, the first, and of the one that an answer begins with, the last."""
_FEWEST = 2
_SAMPLE = 20_000
_OFFSET = BLANK_ID + 1


class PairsError(BackstepError):
    """Texts give no pairs to learn."""


@dataclass(frozen=True, eq=False)
class WordedPairs:
    """Pairs in numbers.

    Attributes:
        pairs: the ids; the held-out ones are at the end.
        symbols: of sources and of answers, END first, START last of answers.
        sample: the beginning of all sources; what a user types is cut as it is.
        too_long: pairs that were left out for their length.
        left_over: pairs that were left out because there were more than asked for.
        unknown: in sources and answers together, how many symbols have become ``<unk>``, and of how many.
    """

    pairs: Pairs
    symbols: tuple[tuple[str, ...], tuple[str, ...]]
    sample: str
    too_long: int
    left_over: int
    unknown: tuple[int, int]

    @property
    def unknown_id(self) -> int | None:
        """The id of ``<unk>`` in sources; None where every symbol of theirs has a place."""
        return self.symbols[0].index(UNKNOWN) if UNKNOWN in self.symbols[0] else None


def worded_pairs(
    texts: Sequence[tuple[str, str]], cut: str, most_symbols: int, longest: tuple[int, int], most: int, seed: int
) -> WordedPairs:
    """Number pairs, in an order drawn from a seed; a tenth of them is held out.

    Args:
        texts: sources with their answers.
        cut: one of ``engine.text.tokens.CUTS``.
        most_symbols: of sources, and of answers, that have a place of their own; 0 for no limit.
        longest: symbols of a source and of an answer at most; longer ones are left out.
        most: pairs to be used at most; 0 for all.

    Raises:
        PairsError: fewer than two pairs are left.
    """
    sample = tuple("\n".join(text[side] for text in texts)[:_SAMPLE] for side in (0, 1))
    cut_source, cut_answer = (cutter(text, cut) for text in sample)
    kept, too_long, seen = list[tuple[list[str], list[str]]](), 0, 0
    for row in generator(seed, "order of pairs").permutation(len(texts)).tolist():
        if most and len(kept) == most:
            break
        seen += 1
        source, answer = list(cut_source(texts[row][0])), list(cut_answer(texts[row][1]))
        if 0 < len(source) <= longest[0] and 0 < len(answer) <= longest[1]:
            kept.append((source, answer))
        else:
            too_long += 1
    if len(kept) < _FEWEST:
        raise PairsError(
            "Of {count} pairs {kept} are left: sources may have {source} symbols and answers {answer}.",
            count=len(texts), kept=len(kept), source=longest[0], answer=longest[1],
        )  # fmt: skip
    held_out = max(1, len(kept) // 10)
    sources, answers = ([pair[side] for pair in kept] for side in (0, 1))
    known = [_known(side, held_out, most_symbols) for side in (sources, answers)]
    numbered = [_numbered(side, words) for side, words in zip((sources, answers), known, strict=True)]
    symbols = (END, *known[0].words), (END, *known[1].words, START)
    return WordedPairs(
        Pairs(numbered[0], numbered[1], held_out), symbols, sample[0], too_long, len(texts) - seen,
        (sum(map(_count_unknown, numbered, known)), sum(len(one) for side in (sources, answers) for one in side)),
    )  # fmt: skip


def _known(texts: Sequence[Sequence[str]], held_out: int, most: int) -> Vocabulary:
    """The symbols of what is learned; ``<unk>`` among them if any other is met."""
    learned, others = texts[:-held_out], texts[-held_out:]
    return vocabulary(list(chain.from_iterable(learned)), most, more=list(chain.from_iterable(others)))


def _numbered(texts: Sequence[Sequence[str]], known: Vocabulary) -> Array:
    """(n, T), filled up with blanks."""
    made = np.full((len(texts), max(map(len, texts))), BLANK_ID, dtype=np.int64)
    for row, text in zip(made, texts, strict=True):
        row[: len(text)] = known.numbered(text) + _OFFSET
    return made


def _count_unknown(ids: Array, known: Vocabulary) -> int:
    return 0 if known.unknown is None else int(np.count_nonzero(ids == known.unknown + _OFFSET))
