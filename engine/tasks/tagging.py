"""Sequence tagging: the part of speech of every word of a sentence.

Some words can be told only by what comes after them: in "the light fell" *light* is a noun, in "the light box fell" an
adjective; "saw her" ends with a pronoun, "saw her dog" has a determiner. A network that reads one way must guess there.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.scoring import score_classes
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tensor import Array

TAGS = ("determiner", "adjective", "noun", "verb", "pronoun", "adverb")
_DETERMINERS, _ADJECTIVES, _NOUNS = ("the", "a", "every"), ("red", "small", "old"), ("dog", "box", "girl", "lamp")
_VERBS, _PRONOUNS, _ADVERBS = ("saw", "pushed", "found", "lost"), ("him", "them", "us"), ("today", "slowly", "again")
_NOUN_OR_ADJECTIVE = ("light", "cold", "young", "fat")
_PRONOUN_OR_DETERMINER = ("her", "that")
WORDS = (
    *_DETERMINERS, *_ADJECTIVES, *_NOUNS, *_VERBS, *_PRONOUNS, *_ADVERBS, *_NOUN_OR_ADJECTIVE, *_PRONOUN_OR_DETERMINER,
)  # fmt: skip
_LONGEST = 10
EXAMINED = 500
_Tagged = list[tuple[str, str]]


class Tagging:
    """See the module. Sentences differ in length; shorter ones are padded, and nothing is asked there."""

    name = "tagging"
    sequences = "sentences"
    settings = (Setting("batch", SettingKind.INTEGER, 8, "Number of sequences in one iteration.", 1, 4096),)

    def sizes(self, settings: Settings) -> Sizes:
        """Words in, tags out."""
        return Sizes(len(WORDS), len(TAGS), _LONGEST, Answer.CLASSES, vocabulary=True)

    def input_names(self, settings: Settings) -> tuple[str, ...]:
        """The words."""
        return WORDS

    def answer_names(self, settings: Settings) -> tuple[str, ...]:
        """The parts of speech."""
        return TAGS

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """Random sentences."""
        return self._drawn(settings, random, settings.integer("batch"))

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """As many as EXAMINED."""
        return self._drawn(settings, random, EXAMINED)

    def _drawn(self, settings: Settings, random: np.random.Generator, count: int) -> Batch:
        sentences = [draw_sentence(random) for _ in range(count)]
        length = max(map(len, sentences))
        words, tags = np.zeros((length, count), dtype=np.int64), np.full((length, count), -1)
        mask = np.zeros((length, count), dtype=np.dtype(settings.text("dtype")))
        for row, sentence in enumerate(sentences):
            words[: len(sentence), row] = [WORDS.index(word) for word, _ in sentence]
            tags[: len(sentence), row] = [TAGS.index(tag) for _, tag in sentence]
            mask[: len(sentence), row] = 1
        return Batch({"x": words}, {"d": tags}, {"words": words.T}, None if mask.all() else mask)

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is a sentence whose every word has its tag."""
        return score_classes(outputs, batch.targets["d"])

    def measures(self, score: Score) -> Mapping[str, float]:
        """None but the score itself."""
        return {}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """The first sentence with its tags as answered; a wrong one is followed by the right one."""
        told, ids = np.argmax(outputs[:, 0], axis=-1), batch.targets["d"][:, 0]
        words = [WORDS[word] for word in batch.about["words"][0]]
        pieces = [
            f"{word}/{TAGS[answer]}" + ("" if answer == truth else f" (not {TAGS[truth]})")
            for word, answer, truth in zip(words, told, ids, strict=False)
            if truth >= 0
        ]
        return [" ".join(pieces)]


def draw_sentence(random: np.random.Generator) -> _Tagged:
    """Words with their tags: somebody, a verb, perhaps somebody or something, perhaps how or when."""
    sentence = [*_noun_phrase(random), (_one(random, _VERBS), "verb")]
    objects = random.integers(4)
    if objects == 1:
        sentence.append((_one(random, (*_PRONOUNS, *_PRONOUN_OR_DETERMINER)), "pronoun"))
    elif objects > 1:
        sentence += _noun_phrase(random)
    if random.integers(2):
        sentence.append((_one(random, _ADVERBS), "adverb"))
    return sentence


def _noun_phrase(random: np.random.Generator) -> _Tagged:
    adjectives = [
        (_one(random, (*_ADJECTIVES, *_NOUN_OR_ADJECTIVE)), "adjective") for _ in range(random.integers(3))
    ]
    determiner = _one(random, (*_DETERMINERS, *_PRONOUN_OR_DETERMINER))
    return [(determiner, "determiner"), *adjectives, (_one(random, (*_NOUNS, *_NOUN_OR_ADJECTIVE)), "noun")]


def _one(random: np.random.Generator, words: tuple[str, ...]) -> str:
    return words[random.integers(len(words))]


TASKS.add(Tagging.name, Tagging())
