"""The symbols of a sequence by their names: what is read, what is asked, and what is answered how surely."""

from __future__ import annotations

import numpy as np

from engine.task import Answer, NamesSymbols
from engine.tensor import Role
from gui.bridge import Bridge
from gui.views.symbol_name import symbol_name
from gui.views.task_series import TaskSeries


class TaskTokens:
    """One sequence of the batch as symbols, as far as revealed.

    Attributes:
        series: the sequence.
        inputs, answers: names of what is read and of what is answered; empty where they have none.
    """

    def __init__(self, bridge: Bridge, series: TaskSeries) -> None:
        task, settings = bridge.lesson.task, bridge.settings
        self.series = series
        self.inputs: tuple[str, ...] = ()
        self.answers: tuple[str, ...] = ()
        if isinstance(task, NamesSymbols):
            self.inputs, self.answers = task.input_names(settings), task.answer_names(settings)
        self._answer = task.sizes(settings).answer

    def symbols(self, role: Role, t: int) -> str | None:
        """The symbols of a role at a time step; empty where there is none, None while it is not revealed."""
        if self.series.is_padding(t):
            return ""
        numbers = self.series.numbers(role, t)
        if numbers is None:
            return None if self.series.entry(role, t) is not None else ""
        reads_source = role is Role.INPUT and t not in self.series.decoder.reads
        names = self.inputs if reads_source else self.answers
        return " ".join(symbol_name(names, number) for number in self._ids(role, numbers))

    def is_right(self, t: int) -> bool | None:
        """Whether the answer is what was asked; None where nothing is, or one of them is not revealed."""
        asked, said = self.symbols(Role.TARGET, t), self.symbols(Role.OUTPUT, t)
        return None if not asked or said is None else asked == said

    def probability(self, t: int) -> float:
        """How sure the network is of its answer: of the likeliest class, or of the mark it is least sure of."""
        numbers = self.series.numbers(Role.OUTPUT, t)
        if numbers is None or not np.isfinite(numbers).all():
            return float("nan")
        return float(numbers.max() if self._answer is Answer.CLASSES else np.maximum(numbers, 1 - numbers).min())

    def _ids(self, role: Role, numbers: np.ndarray) -> list[int]:
        if self.series.has_ids(role):
            return [int(numbers[0])] if numbers[0] >= 0 else []
        if role is Role.INPUT or not np.isfinite(numbers).all():
            return [int(np.argmax(numbers))] if np.isfinite(numbers).all() and numbers.any() else []
        if self._answer is Answer.CLASSES:
            return [int(np.argmax(numbers))]
        return np.flatnonzero(numbers > 0.5).tolist()
