"""Operations that pick by number: rows of a table, the right class of each row.

Numbers ("ids") are integer tensors; no gradient flows to them. The id -1 means that there is nothing here (padding, a
step without an answer): it reads zeros, and no gradient comes from it.
"""

from __future__ import annotations

import numpy as np

from engine.errors import OperationError
from engine.operation import BLOCKED, Recorded, register
from engine.tensor import Array

NOTHING = -1
"""The id of what is not there."""


def check_ids(ids: Array, size: int) -> None:
    """Whether ids pick from ``size`` things.

    Raises:
        OperationError: one of them is below -1, or too large.
    """
    if ids.size and (ids.min() < NOTHING or ids.max() >= size):
        wrong = ids[(ids < NOTHING) | (ids >= size)]
        raise OperationError("The id {id} is not between 0 and {last}.", id=int(wrong[0]), last=size - 1)


def _take_rows(table: Array, ids: Array) -> Array:
    check_ids(ids, len(table))
    rows: Array = table[ids]
    missing = ids < 0
    if missing.any():
        rows[missing] = 0
    return rows


take_rows: Recorded = register(
    "take_rows",
    _take_rows,
    (lambda g, out, table, ids: add_rows(g, ids, rows=table.shape[0]), BLOCKED),
    symbol="E[i]",
    formula=r"{out} = {a}[{b}]",
    gradient_formulas=(r"\sum {g}", "0"),
)


def _add_rows(a: Array, ids: Array, rows: int) -> Array:
    made = np.zeros((rows, *a.shape[ids.ndim :]), dtype=a.dtype)
    there = ids >= 0
    if there.all():
        np.add.at(made, ids, a)
    else:
        np.add.at(made, ids[there], a[there])
    return made


add_rows: Recorded = register(
    "add_rows",
    _add_rows,
    (lambda g, out, a, ids, rows: take_rows(g, ids), BLOCKED),
    attributes=True,
    symbol="Σ[i]",
    formula=r"{out} = \sum {a}",
    gradient_formulas=(r"{g}[{b}]", "0"),
)


def _subtract_one_hot(a: Array, ids: Array) -> Array:
    made = a.copy()
    there = ids >= 0
    made[~there] = 0
    made[(*np.nonzero(there), ids[there])] -= 1
    return made


subtract_one_hot: Recorded = register(
    "subtract_one_hot",
    _subtract_one_hot,
    (lambda g, out, a, ids: with_answer(g, ids), BLOCKED),
    symbol="−1",
    formula=r"{out} = {a} - \mathrm{{onehot}}({b})",
    gradient_formulas=("{g}", "0"),
)


def _with_answer(a: Array, ids: Array) -> Array:
    made = a.copy()
    made[ids < 0] = 0
    return made


with_answer: Recorded = register(
    "with_answer",
    _with_answer,
    (lambda g, out, a, ids: with_answer(g, ids), BLOCKED),
    symbol="i≥0",
    formula=r"{out} = [{b} \ge 0]\,{a}",
    gradient_formulas=(r"[{b} \ge 0]\,{g}", "0"),
)


argmax: Recorded = register(
    "argmax",
    lambda a: np.argmax(a, axis=-1),
    (BLOCKED,),
    symbol="argmax",
    formula=r"{out} = \operatorname{{argmax}}({a})",
    gradient_formulas=("0",),
)
