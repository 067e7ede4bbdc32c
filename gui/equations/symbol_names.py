"""Symbols of the tape as LaTeX, as they stand there: ``W_in`` becomes ``W_{\\mathrm{in}}``."""

from __future__ import annotations

from gui.equations.term import Symbol

_WORDS = {"‖g‖": r"\lVert g \rVert", "threshold": r"\theta", "rate": "r"}
"""Symbols that are not letters with an index."""
_GREEK = {
    "mu": r"\mu", "sigma": r"\sigma", "log_var": r"{\log \sigma^{2}}", "eps": r"\varepsilon", "beta": r"\beta",
    "gamma": r"\gamma", "phi": r"\phi",
}  # fmt: skip
"""Words for what is written in Greek, alone or as an index."""


def letter(symbol: str) -> Symbol:
    """A symbol without its time: what follows an underscore stands below, words are upright."""
    if symbol in _WORDS:
        return Symbol(_WORDS[symbol])
    if symbol in _GREEK:
        return Symbol(_GREEK[symbol])
    base, _, lower = symbol.partition("_")
    return Symbol(_upright(base), _upright(lower))


def _upright(text: str) -> str:
    if text in _GREEK:
        return _GREEK[text]
    if len(text) <= 1 or text.isdigit() or text.startswith("\\"):
        return text
    return rf"\mathrm{{{text}}}" if text.isalnum() else rf"\text{{{text}}}"
