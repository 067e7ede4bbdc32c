"""Probabilistic context-free grammars: sentences by chance, and how much chance there is in them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from engine.errors import BackstepError
from engine.text.tokens import END

START = "[sentence]"


class GrammarError(BackstepError):
    """A grammar cannot be used."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to write out a part: words and ``[parts]``, taken with a probability."""

    probability: float
    body: tuple[str, ...]


def is_part(symbol: str) -> bool:
    """Whether a symbol stands for a part, to be written out further, not for a word."""
    return symbol.startswith("[")


@dataclass(frozen=True, eq=False)
class Grammar:
    """A grammar whose every sentence has one derivation.

    Sentences follow one another independently, each closed by ``<eos>``; who has read all up to here knows where the
    last one ended. So the entropy rate of the text, which is the least mean loss any model can reach in the long run,
    is that of one sentence divided by its expected length.

    Attributes:
        rules: the alternatives of each part; ``[sentence]`` is where it starts.
    """

    rules: Mapping[str, tuple[Alternative, ...]]

    @cached_property
    def words(self) -> tuple[str, ...]:
        """All words there are, and ``<eos>``."""
        bodies = (symbol for rule in self.rules.values() for one in rule for symbol in one.body)
        return (*dict.fromkeys(symbol for symbol in bodies if not is_part(symbol)), END)

    @cached_property
    def sentence_entropy(self) -> float:
        """Entropy of a sentence, in nats: h(A) = Σ p (−ln p + Σ h(B) over the parts B of the alternative)."""
        return self._expected(lambda one: -math.log(one.probability))

    @cached_property
    def sentence_length(self) -> float:
        """Expected number of tokens of a sentence, ``<eos>`` among them."""
        return 1.0 + self._expected(lambda one: sum(not is_part(symbol) for symbol in one.body))

    @property
    def entropy_rate(self) -> float:
        """Entropy of the next token given all before it, in nats."""
        return self.sentence_entropy / self.sentence_length

    def _expected(self, worth: Callable[[Alternative], float]) -> float:
        """Expected sum, over a derivation, of what its alternatives are worth.

        Raises:
            GrammarError: derivations do not end.
        """
        place = {part: number for number, part in enumerate(self.rules)}
        parts = np.zeros((len(place), len(place)))
        own = np.zeros(len(place))
        for part, rule in self.rules.items():
            for one in rule:
                own[place[part]] += one.probability * worth(one)
                for symbol in one.body:
                    if is_part(symbol):
                        parts[place[part], place[symbol]] += one.probability
        if np.max(np.abs(np.linalg.eigvals(parts))) >= 1.0:
            raise GrammarError("The sentences of this grammar have no end.")
        return float(np.linalg.solve(np.eye(len(place)) - parts, own)[place[START]])

    def sentence(self, random: np.random.Generator) -> list[str]:
        """A sentence by chance, without ``<eos>``."""
        return self.derived(random)[0]

    def derived(self, random: np.random.Generator) -> tuple[list[str], float]:
        """A sentence by chance and the natural logarithm of its derivation's probability."""
        words: list[str] = []
        stack, logarithm = [START], 0.0
        while stack:
            symbol = stack.pop()
            if is_part(symbol):
                one = self._chosen(symbol, random.random())
                stack.extend(reversed(one.body))
                logarithm += math.log(one.probability)
            else:
                words.append(symbol)
        return words, logarithm

    def _chosen(self, part: str, chance: float) -> Alternative:
        for one in self.rules[part]:
            chance -= one.probability
            if chance < 0:
                return one
        return self.rules[part][-1]

    def text(self, random: np.random.Generator) -> Iterator[str]:
        """Tokens without end: sentences, each closed by ``<eos>``."""
        while True:
            yield from self.sentence(random)
            yield END

    def spelled(self, between: str) -> Grammar:
        """The same sentences as characters, with ``between`` (a character or nothing) between their words."""
        rules: dict[str, tuple[Alternative, ...]] = {}
        for part, rule in self.rules.items():
            rules[part] = tuple(Alternative(one.probability, _spelled(one.body, between)) for one in rule)
        for part, rule in self.rules.items():
            rules[_first(part)] = tuple(
                Alternative(one.probability, (*_opening(one.body[0]), *_spelled(one.body[1:], between))) for one in rule
            )
        return Grammar(reachable(rules))


def reachable(rules: Mapping[str, tuple[Alternative, ...]]) -> dict[str, tuple[Alternative, ...]]:
    """The rules that sentences use, in their order.

    Raises:
        GrammarError: a part is used that has no rule.
    """
    found, waiting = set[str](), [START]
    while waiting:
        part = waiting.pop()
        if part in found:
            continue
        if part not in rules:
            raise GrammarError("The grammar has no rule for {part}.", part=part)
        found.add(part)
        waiting.extend(symbol for one in rules[part] for symbol in one.body if is_part(symbol))
    return {part: rule for part, rule in rules.items() if part in found}


def _first(part: str) -> str:
    """The name of a part where it begins a sentence: its first word has nothing before it."""
    return part if part == START else f"[first {part[1:]}"


def _opening(symbol: str) -> tuple[str, ...]:
    return (_first(symbol),) if is_part(symbol) else tuple(symbol)


def _spelled(body: tuple[str, ...], between: str) -> tuple[str, ...]:
    return tuple(
        letter for symbol in body for letter in ((symbol,) if is_part(symbol) else (*between, *symbol))
    )
