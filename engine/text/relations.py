"""Pairs of words that stand in the same relation, such as king : queen and man : woman; written down for our texts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import permutations

from engine.files.resources import resource

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Analogy:
    """``a`` is to ``b`` as ``c`` is to ``d``."""

    a: str
    b: str
    c: str
    d: str


@cache
def relations(corpus: str) -> tuple[tuple[Pair, ...], ...]:
    """The pairs of every relation that a built-in text has; none where none are written down."""
    path = resource("relations", f"{corpus}.txt")
    if not path.is_file():
        return ()
    lines = (line.split("#")[0].strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(tuple(_pair(one) for one in line.split(",")) for line in lines if line)


def _pair(text: str) -> Pair:
    first, second = text.split()
    return first, second


def analogies(corpus: str) -> tuple[Analogy, ...]:
    """Every two pairs of a relation, in both directions, as an analogy."""
    found = []
    for pairs in relations(corpus):
        for (a, b), (c, d) in permutations(pairs, 2):
            found += [Analogy(a, b, c, d), Analogy(b, a, d, c)]
    return tuple(found)
