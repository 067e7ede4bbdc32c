"""Symbols in the formulas of operations; every formula of the table can be typeset."""

import importlib
import pkgutil
import string

import pytest

import engine.ops
from engine.operation import Operation, operations
from gui.typesetting.formula import typeset
from gui.typesetting.formula_error import FormulaError
from gui.typesetting.formula_template import filled

for _module in pkgutil.walk_packages(engine.ops.__path__, "engine.ops."):
    importlib.import_module(_module.name)


def test_second_exponent_gets_parentheses() -> None:
    assert filled(r"{out} = {a}^{{\top}} {b}", out="g", a="z^{3}", b="W^{2}") == r"g = (z^{3})^{\top} W^{2}"
    assert filled(r"{a}^{{2}}", a=r"W_{\mathrm{in}}") == r"W_{\mathrm{in}}^{2}"
    assert filled(r"{g}^{{\top}}", g=r"\frac{a}{b}") == r"\left(\frac{a}{b}\right)^{\top}"
    assert filled(r"{a}^{{2}}", a="f'") == "(f')^{2}"


def test_missing_symbol_is_named() -> None:
    with pytest.raises(FormulaError, match="b"):
        filled("{a} + {b}", a="x")


@pytest.mark.parametrize("row", list(operations()), ids=lambda row: row.name)
def test_formulas_of_the_table_can_be_typeset(row: Operation) -> None:
    for formula in (row.formula, *row.gradient_formulas):
        places = {name for _, name, _, _ in string.Formatter().parse(formula) if name}
        symbols = dict.fromkeys(places, "z^{3}") | {"g": r"\frac{\partial L}{\partial z^{3}}"}
        if formula:
            assert typeset(filled(formula, **symbols), 20).width > 5
