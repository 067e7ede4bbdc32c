"""What is said of a decoder's runs: the answers as people write them, where they part, and what it costs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from engine.task import NamesSymbols
from engine.tensor import Array
from engine.text.typed_text import Detokenizes
from engine.training.free_running import SAMPLED, BothRuns, Choice, FreeRun
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.decoding_plot import DecodingPlot
from gui.views.decoding_runs import Made
from gui.views.hypotheses import Hypothesis
from gui.views.number_text import significant
from gui.views.symbol_name import symbol_name


class DecodingSentences:
    """Sentences and hypotheses for what is on show."""

    def __init__(self, bridge: Bridge, appearance: Appearance) -> None:
        self._bridge, self._appearance = bridge, appearance

    def sentence(self, plot: DecodingPlot, made: Made | None, choice: Choice, text: str) -> str:
        """Of the typed text, if there is one, else of the sequence."""
        if made is None:
            return ""
        if text and made.typed is not None:
            return self._of_typed(text, made.typed)
        rows = plot.runs
        return "" if rows.both is None else self._of_both(rows.both, rows.row, rows.parting, choice)

    def hypotheses(self, plot: DecodingPlot, made: Made | None) -> list[Hypothesis]:
        """A beam's, of the typed text or of the sequence; none for other ways."""
        if made is None:
            return []
        if made.typed is not None:
            return self._kept(made.typed, 0, None)
        rows = plot.runs
        if rows.both is None:
            return []
        return self._kept(rows.both.run, rows.row, rows.both.targets[:, rows.row])

    def written(self, ids: Iterable[int]) -> str:
        """An answer as people write it."""
        task, settings = self._bridge.lesson.task, self._bridge.settings
        numbers = [int(one) for one in ids]
        if isinstance(task, Detokenizes):
            return task.answer_text(numbers, settings)
        names = task.answer_names(settings) if isinstance(task, NamesSymbols) else ()
        return " ".join(symbol_name(names, one) for one in numbers if one >= 0)

    def _of_typed(self, text: str, run: FreeRun) -> str:
        likelihood = significant(float(run.free.log_probability[0]), 3)
        answer = self.written(run.free.ids[:, 0])
        return self._appearance.say(
            "“{source}” → “{answer}”, log-probability {number}", source=text, answer=answer, number=likelihood
        )

    def _of_both(self, both: BothRuns, row: int, parting: int | None, choice: Choice) -> str:
        say = self._appearance.say
        forced, free = (self.written(run.ids[:, row]) for run in (both.forced, both.run.free))
        if parting is None:
            first = say("free and forced: “{answer}”", answer=free)
        else:
            first = say("from t = {t} on free “{free}”, forced “{forced}”", free=free, forced=forced, t=parting)
        count = both.targets.shape[1]
        free_loss, forced_loss = (
            significant(score.mean_loss, 3) for score in (both.free_score, both.forced_score)
        )
        name = say("free, sampled") if choice.way == SAMPLED else say("free")
        losses = say(
            "loss: forced {forced}, {name} {free} ({count} sequences)",
            count=count, forced=forced_loss, name=name, free=free_loss,
        )  # fmt: skip
        return f"{losses} · {first}"

    def _kept(self, run: FreeRun, row: int, truth: Array | None) -> list[Hypothesis]:
        if run.kept is None:
            return []
        right = None if truth is None else self.written(truth)
        found: dict[str, Hypothesis] = {}
        for place, likelihood in enumerate(run.kept.log_probability[row].tolist()):
            if np.isfinite(likelihood):
                text = self.written(run.kept.ids[:, row, place])
                found.setdefault(text, Hypothesis(text, likelihood, None if right is None else text == right))
        return list(found.values())
