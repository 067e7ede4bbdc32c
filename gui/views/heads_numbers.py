"""The numbers, masks and forced weights of all heads at once, as the panels of the heads show them. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.edits import is_forced
from engine.ops.masks import masked_fill
from gui.views.attention_table import AttentionRows, Marks, Numbers


@dataclass(frozen=True, eq=False)
class HeadMarks:
    """Which cells do not show a computed number, (heads + 1, rows, S): those of each head, then of their mean.

    Attributes:
        masked: where nothing can be looked at, and no number is forced.
        forced: where a number was forced upon a weight.
    """

    masked: Marks
    forced: Marks


def numbers_of_heads(rows: AttentionRows, shown: Sequence[int | None]) -> Numbers:
    """(heads + 1, rows, S): what is revealed of each head and of their mean, 0 where nothing is.

    Args:
        rows: of any head.
        shown: the tape index of each row's numbers as far as revealed.
    """

    def revealed(row: int) -> NDArray[np.generic] | None:
        entry = shown[row]
        return None if entry is None else np.asarray(rows.tape.steps[entry].value)

    numbers = _of_heads(rows, revealed)
    numbers[:, [row for row, entry in enumerate(shown) if entry is None]] = 0.0
    return numbers


def marks_of_heads(rows: AttentionRows) -> HeadMarks:
    """What ``AttentionRows.masked`` and ``forced`` say of each row, for every head and their mean."""
    table, steps = rows.table, rows.tape.steps

    def given(row: int) -> NDArray[np.generic] | None:
        step = steps[table.weights[row]]
        return np.asarray(step.inputs[1].value) if is_forced(step) else None

    def filled(row: int) -> NDArray[np.generic] | None:
        step = steps[table.scores[row]]
        if step.operation is None or step.operation.name != masked_fill.__name__:
            return None
        return np.broadcast_to(np.asarray(step.inputs[1].value) != 0, step.shape)

    forced = np.nan_to_num(_of_heads(rows, given)) > 0
    lengths = np.array([steps[entry].shape[-1] for entry in table.weights])
    beyond = np.arange(table.width) >= lengths[:, None]
    return HeadMarks(((_of_heads(rows, filled) == 1) & ~forced) | beyond, forced)


def _of_heads(rows: AttentionRows, value_of: Callable[[int], NDArray[np.generic] | None]) -> Numbers:
    """(heads + 1, rows, S) from entries (N, heads, T', S); NaN where there is none, and beyond what a row looks at.

    Rows of one entry are taken together: the value of the first of them stands for all.
    """
    table = rows.table
    entries: dict[int, list[int]] = {}
    for row, entry in enumerate(table.weights):
        entries.setdefault(entry, []).append(row)
    made = np.full((table.heads + 1, len(table.times), table.width), np.nan)
    for together in entries.values():
        value = value_of(together[0])
        if value is not None:
            own = value[rows.sequence]
            with_mean = np.concatenate([own, own.mean(axis=0, keepdims=True)])
            within = [table.within[row] or 0 for row in together]
            made[:, together, : own.shape[-1]] = with_mean[:, within]
    return made
