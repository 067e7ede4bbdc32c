"""Short dialogues out of small grammars of ours, English and Japanese, and their words by number.

A dialogue has three or four utterances. The last one answers a question about the first; nothing but the first says
what is right. A tenth of all first utterances is held out, with every dialogue that begins so.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from engine.ops.lookups import NOTHING
from engine.randomness import generator
from engine.tensor import Array
from engine.text.grammar_file import shipped_grammar
from engine.text.tokens import END
from engine.text.vocabulary import Vocabulary

LANGUAGES = ("english", "japanese")
START = "<go>"
"""What a decoder reads before the first word of an utterance."""
BETWEEN = "/"
"""Stands between two utterances in the grammar files."""
_HELD_OUT_OF = 10

Dialogue = tuple[tuple[str, ...], ...]
"""Utterances of words."""


@dataclass(frozen=True, eq=False, slots=True)
class Dialogues:
    """Numbered dialogues.

    Attributes:
        words: ids (n, M, L) of n dialogues of at most M utterances of at most L words; each utterance is closed by
            ``<eos>``, then comes NOTHING.
        held_out: how many of them, at the end, are not learned.
    """

    words: Array
    held_out: int

    @property
    def learned(self) -> int:
        """How many are learned."""
        return len(self.words) - self.held_out


@lru_cache(maxsize=len(LANGUAGES))
def vocabulary_of(language: str) -> Vocabulary:
    """The words of a language's dialogues, ``<eos>`` the first and START the last."""
    words = sorted(set(shipped_grammar(f"dialogues-{language}").words) - {BETWEEN, END})
    return Vocabulary((END, *words, START))


@lru_cache(maxsize=4)
def dialogues(language: str, count: int, seed: int) -> Dialogues:
    """So many different dialogues, drawn from the seed."""
    random = generator(seed, "dialogues")
    grammar = shipped_grammar(f"dialogues-{language}")
    drawn: dict[Dialogue, None] = {}
    while len(drawn) < count:
        drawn[_utterances(grammar.sentence(random))] = None
    firsts = sorted({dialogue[0] for dialogue in drawn})
    chosen = random.choice(len(firsts), max(1, len(firsts) // _HELD_OUT_OF), replace=False)
    kept_back = {firsts[number] for number in chosen.tolist()}
    # In order but for that: what is held out comes last.
    ordered = sorted(drawn, key=lambda dialogue: dialogue[0] in kept_back)
    held_out = sum(dialogue[0] in kept_back for dialogue in ordered)
    return Dialogues(_numbered(ordered, vocabulary_of(language)), held_out)


def _utterances(sentence: list[str]) -> Dialogue:
    found: list[list[str]] = [[]]
    for word in sentence:
        if word == BETWEEN:
            found.append([])
        else:
            found[-1].append(word)
    return tuple(map(tuple, found))


def _numbered(drawn: list[Dialogue], vocabulary: Vocabulary) -> Array:
    most = max(map(len, drawn))
    longest = max(len(utterance) for dialogue in drawn for utterance in dialogue) + 1
    words = np.full((len(drawn), most, longest), NOTHING, dtype=np.int64)
    for row, dialogue in enumerate(drawn):
        for number, utterance in enumerate(dialogue):
            words[row, number, : len(utterance) + 1] = vocabulary.numbered((*utterance, END))
    return words
