"""Phrases: small syntax trees with two branches at each inner node, and a sentiment at every node."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum


class Sentiment(IntEnum):
    """The class of a node."""

    NEGATIVE = 0
    NEUTRAL = 1
    POSITIVE = 2

    def flipped(self) -> Sentiment:
        """What negation makes of it."""
        return Sentiment(2 - self)


SIGNS = {Sentiment.NEGATIVE: "−", Sentiment.NEUTRAL: "0", Sentiment.POSITIVE: "+"}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A word, or two phrases put together.

    Attributes:
        sentiment: its class.
        word: of a leaf, else empty.
        parts: the two phrases of an inner node, left and right; empty for a word.
    """

    sentiment: Sentiment
    word: str = ""
    parts: tuple[Phrase, ...] = ()

    def post_order(self) -> Iterator[Phrase]:
        """All nodes, each after its parts, left before right."""
        stack: list[tuple[Phrase, bool]] = [(self, False)]
        while stack:
            phrase, parts_done = stack.pop()
            if parts_done or not phrase.parts:
                yield phrase
                continue
            stack.append((phrase, True))
            stack.extend((part, False) for part in reversed(phrase.parts))

    def words(self) -> list[str]:
        """The words in the order of the sentence."""
        return [phrase.word for phrase in self.post_order() if not phrase.parts]

    def brackets(self) -> str:
        """The tree as text: ``(it (is good))``."""
        done: list[str] = []
        for phrase in self.post_order():
            if phrase.parts:
                right, left = done.pop(), done.pop()
                done.append(f"({left} {right})")
            else:
                done.append(phrase.word)
        return done[0]


def word(text: str, sentiment: Sentiment = Sentiment.NEUTRAL) -> Phrase:
    """A leaf."""
    return Phrase(sentiment, text)


def together(left: Phrase, right: Phrase) -> Phrase:
    """Two phrases of which at most one has a sentiment: the whole has it too."""
    sentiment = right.sentiment if left.sentiment is Sentiment.NEUTRAL else left.sentiment
    return Phrase(sentiment, "", (left, right))


def negated(left: Phrase, right: Phrase) -> Phrase:
    """A negation (neutral by itself), before or behind what it turns round."""
    return Phrase(together(left, right).sentiment.flipped(), "", (left, right))


def both(left: Phrase, right: Phrase) -> Phrase:
    """Joined by “and”: what both say; neutral where they disagree."""
    same = left.sentiment is right.sentiment
    return Phrase(left.sentiment if same else Sentiment.NEUTRAL, "", (left, right))


def rather(left: Phrase, right: Phrase) -> Phrase:
    """Joined by “but”: the second counts."""
    return Phrase(right.sentiment, "", (left, right))
