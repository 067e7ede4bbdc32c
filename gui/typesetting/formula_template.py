"""Formulas of operation rows, ``{out} = {a}^{{\\top}}``, with the symbols of a step put into their places."""

from __future__ import annotations

import re

from gui.typesetting.formula_error import FormulaError


def filled(template: str, **symbols: str) -> str:
    """LaTeX of a row's formula for one step.

    A symbol that has an exponent itself (z^{t}) or is a fraction gets parentheses where the formula gives it an
    exponent: (z^{t})^⊤.

    Args:
        symbols: LaTeX for each place; more than the template has are allowed.

    Raises:
        FormulaError: the template has a place for which there is no symbol.
    """
    raised = {name for name in symbols if f"{{{name}}}^" in template}
    placed = {name: _in_parentheses(latex) if name in raised else latex for name, latex in symbols.items()}
    try:
        return template.format_map(placed)
    except (KeyError, IndexError) as error:
        raise FormulaError(
            "The formula “{formula}” has a place {place} for which there is no symbol.",
            formula=template, place=str(error).strip("'"),
        ) from error  # fmt: skip


def _in_parentheses(latex: str) -> str:
    if r"\frac" in latex:
        return rf"\left({latex}\right)"
    return f"({latex})" if _has_exponent(latex) else latex


def _has_exponent(latex: str) -> bool:
    """Whether a ^ or a prime stands outside all braces."""
    depth = 0
    for token in re.findall(r"\\.|[{}^']", latex):
        depth += {"{": 1, "}": -1}.get(token, 0)
        if token in ("^", "'") and not depth:
            return True
    return False
