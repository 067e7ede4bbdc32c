"""Reading text as its own grammar would: the exact probability of every next token, which no model can better."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from engine.text.grammar import START, Grammar, is_part
from engine.text.tokens import END

Stack = tuple[str, ...]
Reading = tuple[tuple[Stack, float], ...]
"""What may still come, and how probable it is; the derivations that agree with what was read."""

_BEGINNING: Reading = (((START, END), 1.0),)


class GrammarReader:
    """Follows the leftmost derivations of a grammar through a text."""

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self._openings: dict[str, dict[str, list[tuple[Stack, float]]]] = {}
        self._shares: dict[str, dict[str, float]] = {}

    @property
    def beginning(self) -> Reading:
        """The reading before the first token, and after every ``<eos>``."""
        return _BEGINNING

    def next_tokens(self, reading: Reading) -> dict[str, float]:
        """The probability of every token that may come next."""
        found: dict[str, float] = {}
        for stack, probability in reading:
            for word, share in self._shares_of(stack[0]).items():
                found[word] = found.get(word, 0.0) + probability * share
        return found

    def after(self, reading: Reading, token: str) -> Reading:
        """The reading after one more token; empty if the grammar has no such sentence."""
        if token == END:
            return _BEGINNING if any(stack == (END,) for stack, _ in reading) else ()
        found: dict[Stack, float] = {}
        for stack, probability in reading:
            for rest, share in self._opening(stack[0]).get(token, ()):
                longer = rest + stack[1:]
                found[longer] = found.get(longer, 0.0) + probability * share
        total = sum(found.values())
        return tuple((stack, probability / total) for stack, probability in found.items())

    def probabilities(self, tokens: Iterable[str]) -> Iterator[float]:
        """The probability of each token of a text after those before it; it begins where a sentence does."""
        reading = _BEGINNING
        for token in tokens:
            yield self.next_tokens(reading).get(token, 0.0)
            reading = self.after(reading, token)

    def _shares_of(self, symbol: str) -> dict[str, float]:
        """First word of a symbol → its probability."""
        if symbol not in self._shares:
            opening = self._opening(symbol)
            self._shares[symbol] = {word: sum(share for _, share in ways) for word, ways in opening.items()}
        return self._shares[symbol]

    def _opening(self, symbol: str) -> dict[str, list[tuple[Stack, float]]]:
        """First word → what is left of the symbol then, and with which probability."""
        if not is_part(symbol):
            return {symbol: [((), 1.0)]}
        known = self._openings.get(symbol)
        if known is None:
            known = self._openings[symbol] = {}
            for one in self._grammar.rules[symbol]:
                for word, ways in self._opening(one.body[0]).items():
                    rests = ((rest + one.body[1:], share * one.probability) for rest, share in ways)
                    known.setdefault(word, []).extend(rests)
        return known
