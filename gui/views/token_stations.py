"""The stations of a symbol through a network (B1): its number, one-hot vector, embedding; and back from an answer.

Knows no widgets.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.ops.lookups import take_rows
from engine.task import Answer, NamesSymbols
from engine.tensor import Role
from engine.text.tokens import joined
from engine.text.typed_text import Detokenizes
from gui.bridge import Bridge
from gui.views.task_series import TaskSeries
from gui.views.task_tokens import TaskTokens
from gui.views.text_reading import brief

Numbers = NDArray[np.float64]


class TokenStations:
    """One sequence of the batch, as far as revealed.

    Attributes:
        series: the sequence.
        tokens: its symbols.
    """

    def __init__(self, bridge: Bridge, series: TaskSeries) -> None:
        self._bridge, self.series = bridge, series
        self.tokens = TaskTokens(bridge, series)
        self._classes = bridge.lesson.task.sizes(bridge.settings).answer is Answer.CLASSES
        # What is looked up in a table, by the tape index of the ids.
        self._looked_up = {
            step.inputs[1].index: step.index
            for step in bridge.tape.steps[: bridge.tape.backward_start]
            if step.operation is not None and step.operation.name == take_rows.__name__
        }

    @property
    def named(self) -> bool:
        """Whether the task has symbols, and their places in time are known."""
        return isinstance(self._bridge.lesson.task, NamesSymbols) and any(
            self.entry(t) is not None for t in range(1, self.series.length + 1)
        )

    def is_read_by_decoder(self, t: int) -> bool:
        """Whether what is read at a time step is an answer, not a part of the source."""
        return t in self.series.decoder.reads

    def names(self, t: int) -> Sequence[str]:
        """The vocabulary of what is read at a time step."""
        return self.tokens.answers if self.is_read_by_decoder(t) else self.tokens.inputs

    def entry(self, t: int) -> int | None:
        """The tape index of what is read at a time step."""
        return self.series.entry(Role.INPUT, t)

    def embedded_entry(self, t: int) -> int | None:
        """The tape index of what it was looked up as; None where nothing is looked up."""
        entry = self.entry(t)
        return None if entry is None else self._looked_up.get(entry)

    def answer_entry(self, t: int) -> int | None:
        """The tape index of what is answered at a time step."""
        return self.series.entry(Role.OUTPUT, t)

    def id(self, t: int) -> int | None:
        """The number of the symbol that is read; None where there is none, or it is not revealed."""
        numbers = None if self.series.is_padding(t) else self.series.numbers(Role.INPUT, t)
        if numbers is None or not np.isfinite(numbers).all():
            return None
        if self.series.has_ids(Role.INPUT):
            return int(numbers[0]) if numbers[0] >= 0 else None
        return int(np.argmax(numbers)) if numbers.any() else None

    def embedding(self, t: int) -> Numbers | None:
        """The vector (M,) that it is looked up as; None where there is none, or it is not revealed."""
        entry = self.embedded_entry(t)
        if entry is None or self.id(t) is None or not self._bridge.cursor.revealed(entry):
            return None
        value = np.asarray(self._bridge.tape[entry].value)[self.series.sequence]
        return np.asarray(self.series.in_column(Role.INPUT, t, value), dtype=float)

    def distribution(self, t: int) -> Numbers | None:
        """The probabilities (K,) of an answer; None where there is none, or it is not revealed."""
        numbers = self.series.numbers(Role.OUTPUT, t)
        return None if numbers is None or self.series.is_padding(t) else numbers

    def answer(self, t: int) -> int | None:
        """The number of the likeliest answer; None where there is not one alone, or it is not revealed."""
        numbers = self.distribution(t)
        if numbers is None or not self._classes or np.isnan(numbers).all():
            return None
        return int(np.nanargmax(numbers))

    def source_text(self) -> str:
        """What is read of the source so far, as people write it."""
        reads = self.series.decoder.reads
        times = [t for t in range(1, self.series.length + 1) if t not in reads and self.id(t) is not None]
        ids = [found for t in times if (found := self.id(t)) is not None]
        task = self._bridge.lesson.task
        if isinstance(task, Detokenizes) and reads:
            return task.source_text(ids, self._bridge.settings)
        return _joined([self.tokens.inputs[one] for one in ids if one < len(self.tokens.inputs)])

    def answer_text(self) -> str:
        """What is answered so far, as people write it."""
        ids = [one for t in range(1, self.series.length + 1) if (one := self.answer(t)) is not None]
        task = self._bridge.lesson.task
        if isinstance(task, Detokenizes) and self.series.decoder.reads:
            return task.answer_text(ids, self._bridge.settings)
        return _joined([self.tokens.answers[one] for one in ids if one < len(self.tokens.answers)])


def _joined(names: Sequence[str]) -> str:
    spelled = all(len(name) == 1 or name.startswith("<") for name in names)
    return joined(map(brief, names), "character" if spelled else "word").replace("\n", " ")
