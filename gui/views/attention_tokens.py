"""The two axes of attention as symbols: what the source is at each column, what was asked and answered at each row."""

from __future__ import annotations

from engine.tensor import Role
from gui.bridge import Bridge
from gui.views.attention_table import AttentionTable
from gui.views.task_series import TaskSeries
from gui.views.task_tokens import TaskTokens


class AttentionTokens:
    """The symbols of one sequence along a table."""

    def __init__(self, bridge: Bridge, table: AttentionTable, sequence: int = 0) -> None:
        self._table = table
        self._tokens = TaskTokens(bridge, TaskSeries(bridge, sequence))

    @property
    def longest(self) -> tuple[str, ...]:
        """All names that answers can have, to measure them."""
        return self._tokens.answers

    def source(self, column: int) -> str:
        """What was read at a time step of the source, from 0; empty for padding."""
        return self._tokens.symbols(Role.INPUT, column + 1) or ""

    def asked(self, row: int) -> str:
        """The truth at a row."""
        return self._tokens.symbols(Role.TARGET, self._table.times[row]) or ""

    def answered(self, row: int) -> str | None:
        """The answer at a row; None while it is not revealed."""
        return self._tokens.symbols(Role.OUTPUT, self._table.times[row])

    def is_right(self, row: int) -> bool | None:
        """Whether it is what was asked; None where nothing is asked or answered."""
        return self._tokens.is_right(self._table.times[row])
