"""The scalar equations: their numbers are the engine's, and what they say is true."""

import math

import numpy as np
import pytest

from engine.tape import Tape
from engine.tensor import Role
from gui.equations.focus import Focus
from gui.equations.naming import Names
from gui.equations.piece_text import number_text, text_of
from gui.equations.unit_equation import unit_equation
from gui.typesetting.number_line import Script
from tests.gui.equations.arithmetic import agree, printed_number, worked_out
from tests.gui.equations.tapes import SETTINGS, not_a_number_session, session_with

FOCI = (Focus(), Focus(5, 1), Focus(3, 7), Focus(100, 100))
SUMS_OVER_K = ("matmul", "matmul_by_transpose", "transpose_matmul")
WITHOUT = {"sum_all", "sum_to"}
"""Operations that make one number out of many: there is no equation of one unit."""


def _tape(case: int) -> Tape:
    return not_a_number_session().tape if case == len(SETTINGS) else session_with(**SETTINGS[case]).tape


@pytest.mark.parametrize("case", range(len(SETTINGS) + 1))
def test_every_equation_is_true_and_printed_as_it_is(case: int) -> None:
    tape = _tape(case)
    names = Names(tape)
    for step in tape.steps:
        weights = tape.phase(step.index) == "update" or step.role is Role.PARAMETER
        for focus in FOCI:
            pieces = unit_equation(names, step, focus, weights=weights)
            if step.operation is None or step.operation.name in WITHOUT:
                assert not pieces or np.size(step.inputs[0].value) == 1
                continue
            assert pieces, f"no equation of {step!r}"
            place = focus.place(np.shape(step.value), weights=weights)
            value = float(np.asarray(step.value)[place])
            assert np.array_equal(pieces[-1], value, equal_nan=True)  # type: ignore[arg-type]
            _check_printing(pieces)
            _check_arithmetic(step, pieces, value)


def _check_printing(pieces: list) -> None:
    for piece in pieces:
        number = piece.base if isinstance(piece, Script) else piece
        if isinstance(number, float) and math.isfinite(number):
            printed, half = printed_number(number_text(number))
            assert abs(printed - number) <= half * (1 + 1e-9)
    assert "nan" not in text_of(pieces)


def _check_arithmetic(step, pieces: list, value: float) -> None:
    # Left of the first "=" stands the name; a product over k has its sum in symbols before the numbers.
    right = pieces[2:-2]
    if step.operation.name in SUMS_OVER_K:
        right = right[right.index("=") + 1 :]
        if r"\dots" in right:
            return
    if r"\dots" not in right:
        assert agree(worked_out(right), value), f"{text_of(pieces)} of {step!r}"


def test_a_product_shows_the_numbers_of_its_row_and_column() -> None:
    session = session_with()
    tape = session.tape
    step = next(s for s in tape.steps if s.operation is not None and s.operation.name == "matmul")
    x, W = (np.asarray(tensor.value) for tensor in step.inputs)
    pieces = unit_equation(Names(tape), step, Focus(5))
    numbers = [piece for piece in pieces if isinstance(piece, float)]
    assert numbers == [x[0, 0], W[0, 5], x[0, 1], W[1, 5], step.value[0, 5]]
    assert pieces[0] == r"(x^{1}\,W_{\mathrm{in}})_{5}"
    assert pieces[2:5] == [r"\sum_{k=0}^{1}", "x_{k}^{1}", r"W_{\mathrm{in},k,5}"]


def test_a_long_sum_says_how_long_it_is_and_is_elided() -> None:
    tape = session_with().tape
    step = [s for s in tape.steps if s.operation is not None and s.operation.name == "matmul"][4]
    pieces = unit_equation(Names(tape), step, Focus(5))
    assert r"\sum_{k=0}^{15}" in pieces
    assert r"\dots" in pieces
    assert sum(isinstance(piece, float) for piece in pieces) == 7


def test_a_delta_is_written_down_to_named_values() -> None:
    tape = session_with().tape
    names = Names(tape)
    step = next(s for s in tape.steps if names.latex(s.index) == r"\delta^{3}")
    gradient, inner = step.inputs
    z = float(inner.inputs[0].value[0, 5])
    pieces = unit_equation(names, step, Focus(5))
    assert pieces[:2] == [r"\delta_{5}^{3}", "="]
    assert pieces[2:] == [
        float(gradient.value[0, 5]), r"\times", z, r"\times", "(", "1", "-", z, ")", "=", float(step.value[0, 5]),
    ]  # fmt: skip
