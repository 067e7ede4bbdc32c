"""Integer addition: "57+5" → "62", character by character (systems B1)."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.randomness import generator
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS
from engine.text.character_pairs import CharacterPairs, numbered
from engine.text.symbol_pairs import PAIR_SETTINGS, Pairs

QUESTION, ANSWER = " 0123456789+", " 0123456789_"
_ROUNDS = 40


class IntegerAddition(CharacterPairs):
    """See the module. Numbers have 1 … ``digits`` digits, each length as often; no question is there twice."""

    name = "integer_addition"
    sequences = "additions"
    settings = (
        Setting("digits", SettingKind.INTEGER, 3, "Most digits that a number has.", 1, 9),
        *PAIR_SETTINGS,
    )

    def alphabets(self, settings: Settings) -> tuple[str, str]:
        """Digits and signs."""
        return QUESTION, ANSWER

    def lengths(self, settings: Settings) -> tuple[int, int]:
        """Of "999+999", and of "1998"."""
        return 2 * settings.integer("digits") + 1, settings.integer("digits") + 1

    def pairs(self, settings: Settings) -> Pairs:
        """Drawn from the seed; fewer where there are not so many."""
        return _drawn(settings.integer("digits"), settings.integer("examples"), settings.integer("seed"))


@lru_cache(maxsize=4)
def _drawn(digits: int, examples: int, seed: int) -> Pairs:
    random = generator(seed, "integer addition")
    found: dict[tuple[int, int], None] = {}
    for _ in range(_ROUNDS):
        found.update(dict.fromkeys(zip(*(_numbers(random, digits, examples) for _ in range(2)), strict=True)))
        if len(found) >= examples:
            break
    questions = list(found)[:examples]
    return Pairs(
        numbered([f"{a}+{b}" for a, b in questions], QUESTION, 2 * digits + 1),
        numbered([str(a + b) for a, b in questions], ANSWER, digits + 1),
        max(1, len(questions) // 10),
    )


def _numbers(random: np.random.Generator, digits: int, count: int) -> list[int]:
    """Numbers of 1 … digits digits."""
    length = random.integers(1, digits + 1, count)
    least = np.where(length == 1, 0, 10 ** (length - 1))
    return [int(one) for one in random.integers(least, 10**length)]


TASKS.add(IntegerAddition.name, IntegerAddition())
