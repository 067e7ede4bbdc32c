r"""The LaTeX that formulas may be written in: checked and rewritten before latex2mathml sees it.

latex2mathml draws what it does not know as literal text and ziamath leaves out what it cannot place, both without a
word; so what this module does not refuse here, ``mathml.py`` refuses in the result.

- ``\textcolor{forward}{z^t}``: colours are named after theme colours (COLOR_KEYS) and travel as reserved marker
  colours, so that a picture is recoloured for another theme without being typeset again.
- ``\mathrel{+}=`` and ``+=`` become one relation sign, as they are read.
- ``\bigl … \Biggr``: ziamath sizes them wrongly; ``\left … \right`` is asked for instead.
"""

from __future__ import annotations

import re

from gui.typesetting.formula_error import FormulaError

COLOR_KEYS = (
    "forward", "backward", "parameter", "cursor", "loss", "ink_quiet", "pale",
    "forget", "input", "candidate", "output", "reset", "update",
)  # fmt: skip
"""The theme colours a term may have."""

ENVIRONMENTS = ("aligned", "align*", "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix", "cases", "array")
REPLACEMENTS = {
    r"\mathop": r"\operatorname", r"\xrightarrow": r"\overset{f}{\to}", r"\hspace": r"\quad", r"\not": r"\ne",
    r"\limits": r"\underset", r"\mathbin": r"\cdot",
    **{rf"\{name}{side}": r"\left … \right" for name in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "r", "m")},
}  # fmt: skip
"""Commands that come out wrong, with what to write instead."""

REFUSED = frozenset((r"\def", r"\newcommand", r"\label", r"\tag", r"\substack", r"\cancel", r"\boxed", r"\smash"))
"""Commands that come out wrong and have no replacement."""

ADD_TO = "\u2a72"
"""Stands for "+=" between here and the MathML (its own meaning, ⩲, is not used)."""

DEEPEST = 9
"""How deep braces may nest: ziamath's time doubles with each level."""

_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")
_ENVIRONMENT = re.compile(r"\\(begin|end)\s*\{([^{}]*)\}")
_COLOR = re.compile(r"(\\(?:text)?color)\s*\{([^{}]*)\}")
_MARKER = "#fe00{:02x}"


def colored(latex: str, key: str) -> str:
    """The source in a theme colour."""
    return rf"\textcolor{{{key}}}{{{latex}}}"


def color_key(fill: str | None) -> str | None:
    """The theme colour a marker stands for; None for the ink."""
    if fill is None or not fill.startswith("#fe00"):
        return None
    return COLOR_KEYS[int(fill[-2:], 16)]


def rewritten(latex: str) -> str:
    """The source as latex2mathml gets it.

    Raises:
        FormulaError: the source is empty, its braces or environments do not pair, or it uses what cannot be drawn.
    """
    if not latex.strip():
        raise FormulaError("A formula is empty.")
    _check_braces(latex)
    _check_environments(latex)
    if "$" in latex.replace(r"\$", ""):
        raise FormulaError("A $ is out of place in “{latex}”.", latex=latex)
    for command in _COMMAND.findall(latex):
        if command in REPLACEMENTS:
            raise FormulaError(
                "{command} cannot be typeset in “{latex}”; write {instead} instead.",
                command=command, instead=REPLACEMENTS[command], latex=latex,
            )  # fmt: skip
        if command in REFUSED:
            raise FormulaError("{command} cannot be typeset in “{latex}”.", command=command, latex=latex)
    latex = _COLOR.sub(lambda match: f"{match[1]}{{{_marker(match[2], latex)}}}", latex)
    latex = re.sub(r"\\mathrel\s*\{\s*\+\s*\}\s*=|(?<![\\{])\+=", f" {ADD_TO} ", latex)
    return re.sub(r"\\mathrel\s*\{([^{}]*)\}", r" \1 ", latex)


def _marker(key: str, latex: str) -> str:
    if key not in COLOR_KEYS:
        raise FormulaError(
            "There is no formula colour “{color}” in “{latex}”; there are {known}.",
            color=key, latex=latex, known=", ".join(COLOR_KEYS),
        )  # fmt: skip
    return _MARKER.format(COLOR_KEYS.index(key))


def _check_braces(latex: str) -> None:
    depth = 0
    for token in re.findall(r"\\.|[{}]", latex, re.DOTALL):
        depth += {"{": 1, "}": -1}.get(token, 0)
        if depth < 0:
            raise FormulaError("A brace }} closes nothing in “{latex}”.", latex=latex)
        if depth > DEEPEST:
            raise FormulaError("Braces are nested more than {most} deep in “{latex}”.", most=DEEPEST, latex=latex)
    if depth:
        raise FormulaError("A brace {{ is not closed in “{latex}”.", latex=latex)


def _check_environments(latex: str) -> None:
    opened: list[str] = []
    for word, name in _ENVIRONMENT.findall(latex):
        if name not in ENVIRONMENTS:
            raise FormulaError(
                "There is no environment “{name}” in formulas, in “{latex}”; there are {known}.",
                name=name, latex=latex, known=", ".join(ENVIRONMENTS),
            )  # fmt: skip
        if word == "begin":
            opened.append(name)
        elif not opened or opened.pop() != name:
            raise FormulaError(r"\end{{{name}}} closes nothing in “{latex}”.", name=name, latex=latex)
    if opened:
        raise FormulaError(r"\begin{{{name}}} has no \end{{{name}}} in “{latex}”.", name=opened[-1], latex=latex)
    outside = re.sub(r"\\begin\s*\{([^{}]*)\}.*\\end\s*\{\1\}", "", latex, flags=re.DOTALL)
    if "&" in outside.replace(r"\&", ""):
        raise FormulaError("An & is out of place in “{latex}”: it parts columns of an environment.", latex=latex)
