"""One addition of the binary addition task as it stands on a tape: bits, carries, outputs. Knows no Qt."""

from dataclasses import dataclass

import numpy as np

from engine.analysis.series import first_indices, time_of
from engine.debugger.cursor import Cursor
from engine.tape import Tape
from engine.tensor import Role


@dataclass(frozen=True)
class Column:
    """One time step, which is one place of the numbers.

    Attributes:
        time: the time step, from 1; its bit counts 2^(time−1).
        carry: what exact addition carries into this place.
        a, b, target: bits.
        x, d, y: tape indices of input, target and output.
    """

    time: int
    carry: int
    a: int
    b: int
    target: int
    x: int
    d: int
    y: int


class Addition:
    """The addition of row ``n`` of the batch.

    Attributes:
        columns: lowest place first.
    """

    def __init__(self, tape: Tape, row: int) -> None:
        self._row = row
        x, d, y = (first_indices(tape, role) for role in (Role.INPUT, Role.TARGET, Role.OUTPUT))
        columns, carry = [], 0
        for time in sorted(x):
            a, b = (int(bit) for bit in np.asarray(tape[x[time]].value)[row])
            target = int(np.asarray(tape[d[time]].value)[row, 0])
            columns.append(Column(time, carry, a, b, target, x[time], d[time], y[time]))
            carry = (a + b + carry) // 2
        self.columns = tuple(columns)
        self.a = _number([column.a for column in columns])
        self.b = _number([column.b for column in columns])
        self.target = _number([column.target for column in columns])

    def outputs(self, cursor: Cursor) -> list[float | None]:
        """The outputs, lowest place first; None where the cursor has not passed."""
        values = (cursor.value(column.y) for column in self.columns)
        return [None if value is None else float(value[self._row, 0]) for value in values]


def rows_in(tape: Tape) -> int:
    """Number of additions in the batch."""
    return next((len(step.value) for step in tape.steps if step.role is Role.INPUT), 1)


def current_time(cursor: Cursor) -> int | None:
    """The time step of the step executed last; None outside time."""
    return None if cursor.current is None else time_of(cursor.tape[cursor.current])


def rounded(output: float) -> int | None:
    """The bit that an output stands for, 0.5 as 0; None if it is not finite."""
    return int(np.round(output)) if np.isfinite(output) else None


def answer(outputs: list[float | None]) -> int | None:
    """The number that complete outputs stand for; None if one of them is not finite."""
    bits = [None if output is None else rounded(output) for output in outputs]
    known = [bit for bit in bits if bit is not None]
    return _number(known) if len(known) == len(bits) else None


def _number(bits: list[int]) -> int:
    return sum(bit << place for place, bit in enumerate(bits))
