r"""A quick reading of everyday formulas as plain letters, without the libraries that typeset them.

It knows what the equations of a recording are made of. Anything else, a misspelt command among it, it leaves to the
reading through MathML (plain_text.py), which costs the import of ziamath at the first call.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\[A-Za-z]+|\\,|[{}^_']|\s+|[0-9.]+|[A-Za-z]|[^\\\s]")
_LETTERS = {
    r"\sigma": "σ", r"\delta": "δ", r"\eta": "η", r"\partial": "∂", r"\top": "⊤", r"\dots": "…", r"\sum": "∑",
    r"\tanh": "tanh",
}  # fmt: skip
_BETWEEN = {
    "=": "=", "+": "+", "-": "−", r"\odot": "⊙", r"\times": "×", r"\ast": "*", r"\leftarrow": "←", r"\le": "≤",
    r"\ge": "≥",
}  # fmt: skip
_OVER = {r"\tilde": "\u0303", r"\overrightarrow": "→", r"\overleftarrow": "←"}
_UPRIGHT = frozenset({r"\mathrm"})
_FRACTIONS = frozenset({r"\frac", r"\tfrac"})
_AFTER_SUM = re.compile(r"∑(?:[_^](?:\([^()]*\)|\w))*$")
_BRACKETS = r"(?:\([^()\[\]]*\)|\[[^()\[\]]*\])+(?:,\w+)?"
_UPPER = re.compile(rf"\^(?:\([^()]*\)|{_BRACKETS}|\w+)$")
"""A superscript: a subscript behind it would be read before it."""
_IN_BRACKETS = re.compile(_BRACKETS)
_PLAIN = frozenset("()[]/,|0123456789.")


class _Unknown(Exception):
    """Something that this reading does not know."""


def in_letters(latex: str) -> str | None:
    """The formula in letters and signs; None if there is something in it that is not known here."""
    tokens = _TOKEN.findall(latex)
    if "".join(tokens) != latex:
        return None
    reader = _Reader(tokens)
    try:
        text = reader.row(script=False)
    except _Unknown:
        return None
    return " ".join(text.split()) if reader.at == len(tokens) else None


class _Reader:
    """Reads tokens one after the other; ``at`` is the place of the next."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.at = 0

    def row(self, *, script: bool) -> str:
        """Up to the end or a closing brace, which is left."""
        text = ""
        while self.at < len(self.tokens) and self.tokens[self.at] != "}":
            text += self._piece(text, script)
        return text

    def _next(self) -> str:
        if self.at >= len(self.tokens):
            raise _Unknown
        self.at += 1
        return self.tokens[self.at - 1]

    def _group(self, *, script: bool) -> str:
        """What stands in braces."""
        if self._next() != "{":
            raise _Unknown
        text = self.row(script=script)
        if self._next() != "}":
            raise _Unknown
        return text

    def _piece(self, before: str, script: bool) -> str:
        token = self._next()
        if token.isspace():
            return ""
        if token in _BETWEEN:
            follows_something = before.rstrip()[-1:] not in ("", "(", ",", *_BETWEEN.values())
            return f" {_BETWEEN[token]} " if follows_something and not script else _BETWEEN[token]
        if token == "_" and _UPPER.search(before):
            raise _Unknown
        if token in ("^", "_", "'"):
            return "^′" if token == "'" else token + raised(self._group(script=True))
        if token in _FRACTIONS:
            above, below = self._group(script=script), self._group(script=script)
            return f"{' ' if before[-1:].isalnum() else ''}{grouped(above)}/{grouped(below)}"
        text = self._simple(token, script)
        return f" {text}" if text[:1].isalpha() and _AFTER_SUM.search(before) else text

    def _simple(self, token: str, script: bool) -> str:
        if token == r"\,":
            return " "
        if token == r"\textcolor":
            self._group(script=script)
            return self._group(script=script)
        if token in _UPRIGHT or token in _OVER:
            return self._group(script=script) + _OVER.get(token, "")
        if token == r"\mathrel" and self._group(script=script) == "+" and self._next() == "=":
            return " += "
        if token == "," and not script:
            return ", "
        if token in _LETTERS:
            return _LETTERS[token]
        if token[0] in _PLAIN or (len(token) == 1 and token.isascii() and token.isalpha()):
            return token
        raise _Unknown


def raised(text: str) -> str:
    """A script as it is written behind ``^`` or ``_``; what stands in brackets, ``(f)`` or ``[1]``, needs no others."""
    text = text.strip()
    return text if _IN_BRACKETS.fullmatch(text) else grouped(text)


def grouped(text: str) -> str:
    """A part of a fraction as it is written beside ``/``."""
    text = text.strip()
    return text if len(text) <= 1 or text.isalnum() else f"({text})"
