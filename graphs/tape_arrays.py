"""A tape as arrays: the one pass over its steps that everything else in this room reads."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np

from engine.operation import Operation
from engine.scope import Scope
from engine.tape import Tape
from engine.tensor import Role
from graphs.drawing import Ints

GIVEN = -1


@dataclass(frozen=True, slots=True)
class TapeArrays:
    """The structure of a tape's forward and backward phases, without its values.

    Attributes:
        operation: code per entry into ``operations``; GIVEN for what no step computed.
        scope: code per entry into ``scopes``.
        name: code per entry into ``names``, the symbols and roles.
        input_start, inputs: entry i reads ``inputs[input_start[i]:input_start[i + 1]]``, repeats kept.
        forward_end: number of entries of the forward phase.
        records: the backward pass's rule spans as rows (of, argument, first, last, gradient, contribution, total).
    """

    operation: Ints
    operations: tuple[Operation, ...]
    scope: Ints
    scopes: tuple[Scope, ...]
    name: Ints
    names: tuple[tuple[str, Role], ...]
    input_start: Ints
    inputs: Ints
    forward_end: int
    records: Ints

    def __len__(self) -> int:
        return len(self.operation)

    def inputs_of(self, entry: int) -> list[int]:
        """Tape indices of an entry's operands."""
        return [int(i) for i in self.inputs[self.input_start[entry] : self.input_start[entry + 1]]]

    def signature(self) -> bytes:
        """Equal for tapes of equal structure."""
        words = [row.name for row in self.operations]
        words += [f"{scope.path}|{scope.kind}" for scope in self.scopes]
        words += [f"{symbol}|{role}" for symbol, role in self.names]
        made = hashlib.blake2b("\n".join(words).encode(), digest_size=16)
        for part in (self.operation, self.scope, self.name, self.input_start, self.inputs, self.records):
            made.update(part.tobytes() + b"|")
        made.update(str(self.forward_end).encode())
        return made.digest()


def arrays_of(tape: Tape) -> TapeArrays:
    """Read a tape's structure."""
    operations: dict[Operation | None, int] = {None: GIVEN}
    scopes: dict[Scope, int] = {}
    names: dict[tuple[str, Role], int] = {}
    operation, scope, name, counts, inputs = [], [], [], [], []
    for step in tape.steps[: tape.update_start]:
        row = step.operation
        code = operations.get(row)
        if code is None:
            code = operations[row] = len(operations) - 1
        operation.append(code)
        scope.append(scopes.setdefault(step.scope, len(scopes)))
        name.append(names.setdefault((step.symbol, step.role), len(names)))
        counts.append(len(step.inputs))
        inputs += [source.index for source in step.inputs]
    starts = np.zeros(len(counts) + 1, np.int32)
    np.cumsum(counts, out=starts[1:])
    return TapeArrays(
        np.array(operation, np.int32),
        tuple(row for row in operations if row is not None),
        np.array(scope, np.int32),
        tuple(scopes),
        np.array(name, np.int32),
        tuple(names),
        starts,
        np.array(inputs, np.int32),
        tape.backward_start,
        np.array(tape.rule_records, np.int32).reshape(-1, 7),
    )
