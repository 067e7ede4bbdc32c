"""Every row of the operation table against differences. A new operation takes one line in operation_cases.py."""

import numpy as np
import pytest

import engine.ops  # noqa: F401 — fills the table
from engine.analysis.rule_check import check_rule
from engine.operation import EACH, operation, operations
from tests.engine.analysis.operation_cases import CASES, values

WRONG_ON_PURPOSE = {"sigmoid_course"}

NAMES = [row.name for row in operations()]


@pytest.mark.parametrize("name", [name for name in NAMES if name not in WRONG_ON_PURPOSE])
def test_every_rule_is_the_derivative(name: str) -> None:
    assert name in CASES, f"give {name} a line in CASES"
    row = operation(name)
    for seed, (shapes, attributes) in enumerate(CASES[name]):
        for argument in range(len(shapes)):
            found = check_rule(row, values(name, shapes, seed), argument, attributes, seed)
            if found is None:
                continue
            assert found.agrees, (name, shapes, argument, found)
            assert found.error < 1e-7, (name, shapes, argument, found)
            assert found.kinks == 0
            assert found.compared == found.entries > 0


@pytest.mark.parametrize("name", NAMES)
def test_every_row_is_complete(name: str) -> None:
    row = operation(name)
    assert len(row.gradient_formulas) == len(row.gradients) == (1 if row.arity == EACH else row.arity)
    assert row.symbol
    assert row.formula


def test_only_the_course_has_a_wrong_rule() -> None:
    found = check_rule(operation("sigmoid_course"), [np.array([[2.0, -1.0]])], 0)
    assert found is not None
    assert not found.agrees


def test_only_what_shall_block_blocks() -> None:
    blocked = {
        (name, argument) for name, cases in CASES.items()
        for shapes, attributes in cases
        for argument in range(len(shapes))
        if check_rule(operation(name), values(name, shapes, 0), argument, attributes) is None
    }  # fmt: skip
    given = {
        (name, argument) for name, cases in CASES.items()
        for shapes, _ in cases
        for argument in range(len(shapes))
        if isinstance(shapes[argument], np.ndarray)
    }  # fmt: skip
    assert blocked == {("stop_gradient", 0), ("argmax", 0)} | given


def test_no_case_is_left_over() -> None:
    assert set(CASES) <= set(NAMES)
