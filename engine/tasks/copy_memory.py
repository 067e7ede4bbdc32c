"""Copy: a few symbols come, then nothing for long; on a sign they are to be said again in order."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.scoring import one_hot, score_classes
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tensor import Array

EXAMINED = 1000


class CopyMemory:
    """Inputs are one-hot: the symbols 0 … S−1, then S for nothing and S+1 for the sign. Only the end is asked for."""

    name = "copy"
    sequences = "sequences"
    settings = (
        Setting("symbols", SettingKind.INTEGER, 4, "Number of different symbols.", 2, 64),
        Setting("copied", SettingKind.INTEGER, 3, "Number of symbols to remember.", 1, 100),
        Setting("delay", SettingKind.INTEGER, 5, "Time steps between the last symbol and the sign.", 0, 5000),
        Setting("batch", SettingKind.INTEGER, 32, "Number of sequences in one iteration.", 1, 4096),
    )

    def sizes(self, settings: Settings) -> Sizes:
        """Symbols in, symbols out."""
        symbols = settings.integer("symbols")
        length = 2 * settings.integer("copied") + settings.integer("delay")
        return Sizes(symbols + 2, symbols, length, Answer.CLASSES)

    def input_names(self, settings: Settings) -> tuple[str, ...]:
        """The symbols, nothing, and the sign."""
        return (*map(str, range(settings.integer("symbols"))), "·", "?")

    def answer_names(self, settings: Settings) -> tuple[str, ...]:
        """The symbols."""
        return tuple(map(str, range(settings.integer("symbols"))))

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """Random symbols."""
        return self._drawn(settings, random, settings.integer("batch"))

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """As many as EXAMINED."""
        return self._drawn(settings, random, EXAMINED)

    def _drawn(self, settings: Settings, random: np.random.Generator, count: int) -> Batch:
        symbols, copied = settings.integer("symbols"), settings.integer("copied")
        length = self.sizes(settings).length
        drawn = random.integers(symbols, size=(copied, count))
        ids = np.full((length, count), symbols)
        ids[:copied] = drawn
        ids[length - copied] = symbols + 1
        targets = np.full((length, count), -1)
        targets[length - copied :] = drawn
        x = one_hot(ids, symbols + 2, np.dtype(settings.text("dtype")))
        return Batch({"x": x}, {"d": targets}, {"symbols": drawn.T})

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is a sequence copied without a fault."""
        return score_classes(outputs, batch.targets["d"])

    def measures(self, score: Score) -> Mapping[str, float]:
        """None but the score itself."""
        return {}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """What was to be copied in the first sequence, and the answer."""
        symbols = batch.about["symbols"][0]
        said = np.argmax(outputs[-len(symbols) :, 0], axis=-1)
        return [f"{' '.join(map(str, symbols))}: answer {' '.join(map(str, said))}"]


TASKS.add(CopyMemory.name, CopyMemory())
