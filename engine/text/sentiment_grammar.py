"""Two small grammars of ours, English and Japanese, that make parsed sentences with a sentiment at every node.

The sentiment depends on the tree, not on the words alone: a negation turns round what it is put together with, “but”
lets its second half win, “and” needs both. So ``((not good) (but funny))`` is positive and ``(not (good (but funny)))``
negative.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from engine.text.phrase import Phrase, Sentiment, both, negated, rather, together, word

_P, _N = Sentiment.POSITIVE, Sentiment.NEGATIVE

_ENGLISH_ADJECTIVES = {
    "good": _P, "great": _P, "funny": _P, "lovely": _P, "bad": _N, "dull": _N, "awful": _N, "silly": _N,
}  # fmt: skip
_ENGLISH_NOUNS = ("film", "story", "music", "ending", "cast")
_ENGLISH_OTHERS = ("it", "the", "is", "was", "not", "very", "and", "but")

_JAPANESE_ADJECTIVES = {
    "良い": ("良く", _P), "面白い": ("面白く", _P), "楽しい": ("楽しく", _P), "美しい": ("美しく", _P),
    "悪い": ("悪く", _N), "つまらない": ("つまらなく", _N), "ひどい": ("ひどく", _N), "くどい": ("くどく", _N),
}  # fmt: skip
_JAPANESE_NOUNS = ("映画", "話", "音楽", "結末", "演技")
_JAPANESE_OTHERS = ("は", "とても", "あまり", "ない", "わけではない", "が", "し")

VOCABULARIES = {
    "english": (*_ENGLISH_OTHERS, *_ENGLISH_NOUNS, *_ENGLISH_ADJECTIVES),
    "japanese": (
        *_JAPANESE_OTHERS, *_JAPANESE_NOUNS, *_JAPANESE_ADJECTIVES,
        *(adverb for adverb, _ in _JAPANESE_ADJECTIVES.values()),
    ),
}  # fmt: skip
"""The words of each language; a word's place is its id."""

LONGEST = 10
"""Words in the longest sentence."""

_JOINED, _NEGATED_WHOLE = 0.5, 0.3
"""How many sentences have two halves, and how many of those are negated as a whole."""


def sentence(language: str, random: np.random.Generator) -> Phrase:
    """A sentence at random.

    Args:
        language: one of ``VOCABULARIES``.
        random: where chance comes from.
    """
    return _LANGUAGES[language](random)


def _one(random: np.random.Generator, choices: Sequence[str]) -> str:
    return choices[int(random.integers(len(choices)))]


def _english(random: np.random.Generator) -> Phrase:
    subject = word("it")
    if random.random() < 0.7:
        subject = together(word("the"), word(_one(random, _ENGLISH_NOUNS)))
    return together(subject, together(word(_one(random, ("is", "was"))), _english_judgement(random)))


def _english_judgement(random: np.random.Generator) -> Phrase:
    if random.random() >= _JOINED:
        return _english_opinion(random, may_negate=True)
    whole = bool(random.random() < _NEGATED_WHOLE)
    left, right = (_english_opinion(random, may_negate=not whole) for _ in range(2))
    conjunction, join = (("and", both), ("but", rather))[int(random.integers(2))]
    joined = join(left, together(word(conjunction), right))
    return negated(word("not"), joined) if whole else joined


def _english_opinion(random: np.random.Generator, may_negate: bool) -> Phrase:
    adjective = _one(random, tuple(_ENGLISH_ADJECTIVES))
    opinion = word(adjective, _ENGLISH_ADJECTIVES[adjective])
    if random.random() < 0.4:
        opinion = together(word("very"), opinion)
    return negated(word("not"), opinion) if may_negate and random.random() < 0.5 else opinion


def _japanese(random: np.random.Generator) -> Phrase:
    subject = together(word(_one(random, _JAPANESE_NOUNS)), word("は"))
    return together(subject, _japanese_judgement(random))


def _japanese_judgement(random: np.random.Generator) -> Phrase:
    if random.random() >= _JOINED:
        return _japanese_opinion(random, may_negate=True)
    whole = bool(random.random() < _NEGATED_WHOLE)
    left, right = (_japanese_opinion(random, may_negate=not whole) for _ in range(2))
    conjunction, join = (("し", both), ("が", rather))[int(random.integers(2))]
    joined = join(together(left, word(conjunction)), right)
    return negated(joined, word("わけではない")) if whole else joined


def _japanese_opinion(random: np.random.Generator, may_negate: bool) -> Phrase:
    adjective = _one(random, tuple(_JAPANESE_ADJECTIVES))
    adverb, sentiment = _JAPANESE_ADJECTIVES[adjective]
    stressed = bool(random.random() < 0.4)
    if may_negate and random.random() < 0.5:
        opinion = negated(word(adverb, sentiment), word("ない"))
        return together(word("あまり"), opinion) if stressed else opinion
    opinion = word(adjective, sentiment)
    return together(word("とても"), opinion) if stressed else opinion


_LANGUAGES: dict[str, Callable[[np.random.Generator], Phrase]] = {"english": _english, "japanese": _japanese}
