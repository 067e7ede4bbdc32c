"""What a formula reads as in a line of plain text, for screen readers and for copying."""

from __future__ import annotations

from functools import lru_cache
from xml.etree.ElementTree import Element

from gui.typesetting.digits import numbered, renumbered
from gui.typesetting.formula_error import FormulaError
from gui.typesetting.letters import grouped, in_letters, raised

_ACCENTS = {"\u0302": " hat", "\u0303": "\u0303", "¯": " bar", "˙": " dot", "\u20d7": "→", "←": "←", "―": " bar"}


@lru_cache(maxsize=1024)
def plain_text(latex: str) -> str:
    """The formula in one line of letters and signs; its source where it cannot be read.

    ``\\delta^{t} = dz^{t} \\odot z^{t}`` gives ``δ^t = dz^t ⊙ z^t``.
    """
    quick = in_letters(latex)
    if quick is not None:
        return quick
    own = numbered(latex)
    if own is not None and own.latex != latex:
        text = renumbered(plain_text(own.latex), own.digits)
        if text is not None:
            return text
    from gui.typesetting.mathml import mathml_row  # late: what in_letters reads shall not cost its import

    try:
        row = mathml_row(latex)
    except FormulaError:
        return latex
    return " ".join(_row(row).split())


def _row(element: Element) -> str:
    return "".join(_read(child) for child in element)


def _read(element: Element) -> str:
    parts = [_read(child) for child in element]
    if element.tag == "mspace":
        return " " if not element.get("width", "").startswith("-") else ""
    if element.tag in ("msup", "mover") and len(parts) == 2:
        mark = _ACCENTS.get(parts[1].strip()) if element.tag == "mover" else None
        return f"{parts[0]}{mark}" if mark else f"{parts[0]}^{raised(parts[1])}"
    if element.tag in ("msub", "munder") and len(parts) == 2:
        return f"{parts[0]}_{raised(parts[1])}"
    if element.tag in ("msubsup", "munderover") and len(parts) == 3:
        return f"{parts[0]}_{raised(parts[1])}^{raised(parts[2])}"
    if element.tag == "mfrac" and len(parts) == 2:
        return f"{grouped(parts[0])}/{grouped(parts[1])}"
    if element.tag == "msqrt":
        return f"√({''.join(parts)})"
    if element.tag == "mtr":
        return " ".join(parts) + "; "
    return (element.text or "").strip() + "".join(parts)
