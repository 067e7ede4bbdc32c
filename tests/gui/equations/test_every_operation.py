"""Every operation of the table has equations: in symbols, with numbers, of one unit; and they can be typeset."""

import numpy as np
import pytest

from engine.backward import backward
from engine.operation import EACH, Operation, operations
from engine.ops.arithmetic import sum_all
from engine.tape import Tape
from engine.tensor import Role, Tensor, named
from gui.equations.focus import Focus
from gui.equations.naming import Names
from gui.equations.step_numbers import step_numbers
from gui.equations.symbolic_lines import symbolic_lines
from gui.equations.unit_equation import unit_equation
from gui.typesetting.formula import typeset
from gui.typesetting.number_line import Script
from tests.engine.analysis.operation_cases import CASES, values

ROWS = [row for row in operations() if row.name in CASES]


def tape_of(row: Operation, case: int) -> Tape:
    """A tape with one step of the operation, differentiated."""
    shapes, attributes = CASES[row.name][case]
    tape = Tape()
    with tape.recording(), np.errstate(all="ignore"):
        tensors = tuple(
            tape.input(f"i_{place}", one) if one.dtype.kind in "bi" else tape.parameter(f"W_{place}", one)
            for place, one in enumerate(values(row.name, shapes, case))
        )
        made = Tensor(
            tape, np.asarray(row.forward(*[tensor.value for tensor in tensors], **attributes)), row, tensors,
            attributes or None, tape.scope, None, 0, len(tape), True,
        )  # fmt: skip
        tape.steps.append(named("y", Role.OUTPUT, made))
        backward(tape, made if made.value.ndim == 0 else sum_all(made))
    return tape


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_operation_has_equations(row: Operation) -> None:
    for case in range(len(CASES[row.name])):
        tape = tape_of(row, case)
        names = Names(tape)
        for step in tape:
            for line in symbolic_lines(tape, names, step.index):
                assert typeset(line.latex, 20).width > 1
            for focus in (Focus(), Focus(1, 2)):
                for piece in (*step_numbers(names, step, focus), *unit_equation(names, step, focus)):
                    base = piece.base if isinstance(piece, Script) else piece
                    if isinstance(base, str):
                        typeset(base, 20)


def test_operands_of_any_number_are_listed_and_only_sums_are_added() -> None:
    rows = {row.name: row for row in ROWS if row.arity == EACH}
    lines = {name: symbolic_lines(tape := tape_of(row, 0), Names(tape), 3 if name != "stack" else 2)[0].latex
             for name, row in rows.items()}  # fmt: skip
    assert lines == {
        "total": "y = W_{0} + W_{1} + W_{2}", "concatenate": "y = [W_{0}, W_{1}, W_{2}]", "stack": "y = [W_{0}, W_{1}]"
    }  # fmt: skip
