"""What holds for every row: numbers keep their precision, arguments stay as they were, NaN and infinity pass."""

import numpy as np
import pytest

from engine.backward import backward
from engine.operation import Operation, operations
from engine.ops.arithmetic import sum_all
from engine.tape import Tape
from engine.tensor import Tensor
from tests.engine.analysis.operation_cases import CASES, values

ROWS = [row for row in operations() if row.name in CASES]


def arguments_of(row: Operation, case: int, dtype: type = np.float64) -> list[np.ndarray]:
    shapes, _ = CASES[row.name][case]
    made = [np.array(one) for one in values(row.name, shapes, case)]
    return [one if one.dtype.kind in "biu" else np.array(one, dtype=dtype) for one in made]


def differentiated(row: Operation, case: int, arguments: list[np.ndarray]) -> tuple[Tape, Tensor]:
    tape = Tape()
    with tape.recording(), np.errstate(all="ignore"):
        tensors = tuple(
            tape.input("i", one) if one.dtype.kind in "biu" else tape.parameter("p", one) for one in arguments
        )
        attributes = CASES[row.name][case][1]
        value = row.forward(*arguments, **attributes)
        made = Tensor(tape, value, row, tensors, attributes or None, tape.scope, None, 0, len(tape), True)
        tape.steps.append(made)
        backward(tape, sum_all(made))
    return tape, made


MAKES_IDS = {"argmax"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_precision_is_kept_forward_and_backward(row: Operation, dtype: type) -> None:
    for case in range(len(CASES[row.name])):
        tape, made = differentiated(row, case, arguments_of(row, case, dtype))
        for step in tape.steps[made.index :]:
            if step.value.dtype.kind == "f":
                assert step.value.dtype == dtype, (row.name, step)
        made_dtype = np.asarray(made.value).dtype
        assert made_dtype == dtype or (row.name in MAKES_IDS and made_dtype.kind == "i")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_arguments_are_never_changed(row: Operation) -> None:
    for case in range(len(CASES[row.name])):
        arguments = arguments_of(row, case)
        before = [one.copy() for one in arguments]
        for one in arguments:
            one.setflags(write=False)
        tape, _ = differentiated(row, case, arguments)
        for one, copy in zip(arguments, before, strict=True):
            np.testing.assert_array_equal(one, copy)
        for step in tape:
            assert isinstance(step.value, np.ndarray | np.generic)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_what_is_not_a_number_passes_without_a_word(row: Operation, bad: float) -> None:
    for case in range(len(CASES[row.name])):
        arguments = arguments_of(row, case)
        for one in arguments:
            if one.dtype.kind == "f":
                one[(0,) * one.ndim] = bad
        differentiated(row, case, arguments)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_gradients_have_the_shape_of_what_they_are_of(row: Operation) -> None:
    for case in range(len(CASES[row.name])):
        tape, made = differentiated(row, case, arguments_of(row, case))
        for tensor in made.inputs:
            gradient = tape.gradient(tensor.index)
            assert gradient is None or gradient.shape == tensor.shape
