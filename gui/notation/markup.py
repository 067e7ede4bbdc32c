"""Names as the markup of the canvas's labels: letters with ``_{subscript}`` and ``^{superscript}``."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape

from gui.equations.term import Symbol
from gui.typesetting.plain_text import plain_text

_MARKED = {
    r"\hat": "\u0302", r"\tilde": "\u0303", r"\bar": "\u0304", r"\overrightarrow": "\u20d7",
    r"\overleftarrow": "\u20d6",
}  # fmt: skip
"""Accents → the combining characters that the fonts for mathematics set over a letter."""
_GROUP = re.compile(r"(\\[A-Za-z]+)\{([^{}\\]*)\}")


@lru_cache(maxsize=2048)
def markup(symbol: Symbol) -> str:
    """``W_{\\mathrm{in}}`` is ``W_{in}``, ``\\tilde{h}^{3}`` is ``h̃^{3}``."""
    return _letters(symbol.base) + _scripts(symbol)


@lru_cache(maxsize=2048)
def slanted_markup(symbol: Symbol) -> str:
    """The same within upright text."""
    return f"/{{{_letters(symbol.base)}}}" + _scripts(symbol)


@lru_cache(maxsize=2048)
def html(symbol: Symbol) -> str:
    """The same as rich text for labels of Qt's."""
    below, above, behind = (escape(_letters(script)) for script in symbol.scripts)
    below, above = (f"<sub>{below}</sub>" if below else ""), (f"<sup>{above}</sup>" if above else "")
    return f"<i>{escape(_letters(symbol.base))}</i>{below}{above}{behind}"


def _scripts(symbol: Symbol) -> str:
    below, above, behind = (_letters(script) for script in symbol.scripts)
    return (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "") + behind


def _letters(latex: str) -> str:
    """LaTeX as letters, accents as combining characters, braces gone; only a square can be a script of a script."""
    before, latex = "", latex.replace("^{2}", "²")
    while latex != before:
        before = latex
        latex = _GROUP.sub(_flat, latex)
    return plain_text(latex).replace("{", "").replace("}", "") if "\\" in latex or "_" in latex else latex


def _flat(found: re.Match[str]) -> str:
    command, inner = found[1], found[2]
    if command in _MARKED:
        # An arrow is set over the last letter of what it is over.
        return inner + _MARKED[command]
    return inner if command in (r"\mathrm", r"\text") else plain_text(found[0])
