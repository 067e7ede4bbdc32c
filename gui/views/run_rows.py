"""One sequence of what a decoder says running free and forced, by time step."""

from __future__ import annotations

from dataclasses import dataclass

from engine.decoding import Decoded
from engine.training.free_running import BothRuns
from gui.views.decoding_runs import Made
from gui.views.symbol_name import symbol_name
from gui.views.task_tokens import TaskTokens
from gui.views.text_reading import brief


@dataclass(frozen=True)
class Said:
    """What is said at one step.

    Attributes:
        symbol: by its name.
        probability: that it had.
        is_right: whether it is what was asked; None where nothing was.
    """

    symbol: str
    probability: float
    is_right: bool | None


class RunRows:
    """The runs of one sequence.

    Attributes:
        both: they; None where they are not made.
        row: the sequence's place in them.
    """

    def __init__(self, made: Made | None, tokens: TaskTokens) -> None:
        self._tokens = tokens
        self._steps = {t: step for step, t in enumerate(sorted(tokens.series.decoder.reads))}
        self.row = 0 if made is None else tokens.series.sequence - made.first
        both = None if made is None else made.both
        fits = both is not None and len(both.targets) == len(self._steps) and 0 <= self.row < both.targets.shape[1]
        self.both: BothRuns | None = both if fits else None

    def free(self, t: int) -> Said | None:
        """Running free; None where it is not known."""
        return None if self.both is None else self._said(self.both.run.free, t)

    def forced(self, t: int) -> Said | None:
        """With the truth put in at every step."""
        return None if self.both is None else self._said(self.both.forced, t)

    @property
    def parting(self) -> int | None:
        """The time step at which the two first say something different; None if they never do."""
        step = None if self.both is None else self.both.parting(self.row)
        return next((t for t, at in self._steps.items() if at == step), None) if step is not None else None

    def _said(self, run: Decoded, t: int) -> Said | None:
        step = self._steps.get(t)
        if step is None or self.both is None:
            return None
        said, asked = int(run.ids[step, self.row]), int(self.both.targets[step, self.row])
        names = self._tokens.answers
        symbol = brief(symbol_name(names, said))
        return Said(symbol, float(run.probabilities[step, self.row, said]), None if asked < 0 else said == asked)
