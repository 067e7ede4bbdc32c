"""A word hidden in a sentence: what the grammar itself expects in its place, given all the others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from engine.text.corpus import Corpus
from engine.text.grammar import Grammar
from engine.text.grammar_reader import GrammarReader, Reading
from engine.text.tokens import END


def expected_hidden(text: Corpus, sentence: Sequence[str], place: int) -> dict[str, float] | None:
    """The probability of every word at a place of a whole sentence, given the other words (Bayes' rule).

    None where the grammar is not known; nothing if it has no such sentence.
    """
    if text.grammar is None:
        return None
    reader = _reader(text.grammar)
    reading = reader.beginning
    for word in sentence[:place]:
        reading = reader.after(reading, word)
    after = [*sentence[place + 1 :], END]
    joint = {word: share * _probability(reader, reader.after(reading, word), after)
             for word, share in reader.next_tokens(reading).items()}  # fmt: skip
    whole = sum(joint.values())
    return {word: share / whole for word, share in joint.items() if share > 0} if whole > 0 else {}


def _probability(reader: GrammarReader, reading: Reading, words: Sequence[str]) -> float:
    """Of words that come next, one after the other."""
    found = 1.0
    for word in words:
        found *= reader.next_tokens(reading).get(word, 0.0)
        if found == 0:
            return 0.0
        reading = reader.after(reading, word)
    return found


@lru_cache(maxsize=4)
def _reader(grammar: Grammar) -> GrammarReader:
    return GrammarReader(grammar)
