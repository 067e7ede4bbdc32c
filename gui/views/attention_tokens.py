"""The two axes of attention as symbols: what is in each column, and what each row reads, is asked and answers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from engine.tape import Tape
from engine.tensor import Role, Tensor
from gui.bridge import Bridge
from gui.views.attention_stacks import DECODER, ENCODER
from gui.views.attention_table import AttentionTable
from gui.views.symbol_name import symbol_name
from gui.views.task_series import TaskSeries
from gui.views.task_tokens import TaskTokens

TIME, READ, ASKED, ANSWERED = "time", "read", "asked", "answered"


class AttentionTokens:
    """The symbols of one sequence along a table."""

    def __init__(self, bridge: Bridge, table: AttentionTable, sequence: int = 0) -> None:
        self._table = table
        self._tokens = TaskTokens(bridge, TaskSeries(bridge, sequence))
        self._at_once = _SymbolsAtOnce(bridge, sequence, self._tokens)

    @property
    def columns(self) -> tuple[str, ...]:
        """The labels that a row has, the most dispensable first."""
        if not self._table.stacks.own:
            return (TIME, ASKED, ANSWERED)
        return (TIME, READ, ANSWERED) if self._table.stacks.asks == DECODER else (TIME, READ)

    @property
    def longest(self) -> tuple[str, ...]:
        """All names that rows can have, to measure them."""
        stacks = self._table.stacks
        return self._tokens.inputs if stacks.own and stacks.asks != DECODER else self._tokens.answers

    def source(self, column: int) -> str:
        """What was read at a column, from 0; empty for padding."""
        if self._table.timed and self._table.stacks.own:
            return self.read(column)
        found = self._at_once.read(self._table.stacks.looked_at, column)
        return (self._tokens.symbols(Role.INPUT, column + 1) or "") if found is None else found

    def read(self, row: int) -> str:
        """What was read at a row."""
        if self._table.timed:
            return self._tokens.symbols(Role.INPUT, self._table.times[row]) or ""
        return self._at_once.read(self._table.stacks.asks, row) or ""

    def asked(self, row: int) -> str:
        """The truth at a row."""
        if self._table.timed:
            return self._tokens.symbols(Role.TARGET, self._table.times[row]) or ""
        return self._at_once.asked(row)

    def answered(self, row: int) -> str | None:
        """The answer at a row; None while it is not revealed."""
        if self._table.timed:
            return self._tokens.symbols(Role.OUTPUT, self._table.times[row])
        return self._at_once.answered(row)

    def is_right(self, row: int) -> bool | None:
        """Whether it is what was asked; None where nothing is asked or answered."""
        if self._table.timed:
            return self._tokens.is_right(self._table.times[row])
        asked, said = self.asked(row), self.answered(row)
        return None if not asked or not said else asked == said

    def name(self, row: int) -> str:
        """A row in one word: what it reads where a stack looks at itself, else what is asked of it."""
        if self._table.stacks.own:
            return self.read(row)
        return self.asked(row) or self.answered(row) or "…"


class _SymbolsAtOnce:
    """Symbols of a sequence that lie on the tape as a whole, (N, T), outside time."""

    def __init__(self, bridge: Bridge, sequence: int, tokens: TaskTokens) -> None:
        self._bridge, self._sequence, self._tokens = bridge, sequence, tokens
        tape = bridge.tape
        self._inputs = [step for step in _of_role(tape, Role.INPUT) if _are_ids(step)]
        self._target = next((step for step in _of_role(tape, Role.TARGET) if _are_ids(step)), None)
        self._entries: dict[str, Tensor | None] = {}
        self._output = next((step for step in _of_role(tape, Role.OUTPUT) if len(step.shape) == 3), None)

    def read(self, stack: str, position: int) -> str | None:
        """What a stack reads; None where it reads nothing at once."""
        if stack not in self._entries:
            self._entries[stack] = self._entry(stack)
        entry = self._entries[stack]
        if entry is None:
            return None
        return self._symbol(self._tokens.answers if stack == DECODER else self._tokens.inputs, entry, position)

    def _entry(self, stack: str) -> Tensor | None:
        entry = next((step for step in self._inputs if stack in _names(step)), None)
        if entry is None and stack != DECODER and len(self._inputs) == 1 and not _stacked(self._inputs[0]):
            entry = self._inputs[0]
        return entry

    def asked(self, position: int) -> str:
        """The truth at a position."""
        return "" if self._target is None else self._symbol(self._tokens.answers, self._target, position)

    def answered(self, position: int) -> str | None:
        """The likeliest answer at a position; None while it is not revealed."""
        if self._output is None or position >= self._output.shape[1]:
            return ""
        if not self._bridge.cursor.revealed(self._output.index):
            return None
        numbers = np.asarray(self._output.value)[self._sequence, position]
        return symbol_name(self._tokens.answers, int(np.argmax(numbers))) if np.isfinite(numbers).all() else ""

    def _symbol(self, names: Sequence[str], entry: Tensor, position: int) -> str:
        ids = np.asarray(entry.value)[self._sequence]
        return symbol_name(names, int(ids[position])) if position < len(ids) and ids[position] >= 0 else ""


def _of_role(tape: Tape, role: Role) -> list[Tensor]:
    return [step for step in tape.steps[: tape.backward_start] if step.role is role]


def _are_ids(step: Tensor) -> bool:
    return len(step.shape) == 2 and np.asarray(step.value).dtype.kind in "iu"


def _names(step: Tensor) -> list[str]:
    return [scope.name for scope in step.scope.line()]


def _stacked(step: Tensor) -> bool:
    return any(name in (ENCODER, DECODER) for name in _names(step))
