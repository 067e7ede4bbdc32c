"""LaTeX to MathML that ziamath draws as a textbook prints it.

latex2mathml's output is checked (what it did not understand stays in it as text) and mended: accents of one letter
are narrow, fences stretch only between \\left and \\right or around a matrix, and the space between atoms is written
out (math_spacing.py), because ziamath's own is uneven.
"""

from __future__ import annotations

from functools import cache
from xml.etree.ElementTree import Element, ParseError, SubElement, fromstring

from gui.language import translatable
from gui.typesetting import math_spacing
from gui.typesetting.formula_error import FormulaError
from gui.typesetting.latex_source import ADD_TO, rewritten
from gui.typesetting.math_spacing import CLOSE, INNER, OP, OPEN, ORD
from gui.typesetting.ziamath_loading import load_ziamath

ACCIDENTS: tuple[type[Exception], ...] = (
    AssertionError, AttributeError, IndexError, KeyError, ParseError, StopIteration, TypeError, ValueError,
)  # fmt: skip
"""How latex2mathml and ziamath meet wrong sources that they do not look for."""


@cache
def _found() -> tuple[type[Exception], ...]:
    """latex2mathml's own errors, which have no common base class; imported as late as ziamath."""
    from latex2mathml import exceptions

    return tuple(kind for kind in vars(exceptions).values() if isinstance(kind, type) and issubclass(kind, Exception))


_WHAT_IS_WRONG: dict[str, str] = {
    "ExtraLeftOrMissingRightError": translatable(r"\left and \right do not pair in “{latex}”."),
    "MissingSuperScriptOrSubscriptError": translatable("A ^ or _ has nothing to its right in “{latex}”."),
    "DoubleSuperscriptsError": translatable("Two exponents stand at the same place in “{latex}”."),
    "DoubleSubscriptsError": translatable("Two indices stand at the same place in “{latex}”."),
    "NoAvailableTokensError": translatable("The last command of “{latex}” lacks what it applies to."),
}

_SOMETHING_IS_MISSING = translatable("“{latex}” cannot be typeset; check it for missing parts.")

_EM = 1.333
"""ziamath takes a length in em as points and makes pixels of it, so that its em is 4/3 of the font size."""

_FRACTION_ROOM = 0.17
"""At both sides of a fraction, in em; more than TeX gives, as slanted letters beside it keep their overhang."""

_ZIAMATH_FRACTION_ROOM = 3 / 18 * _EM
"""What ziamath itself adds to the right of a fraction, and to the left of one that is not first in its row."""

_ROWS = ("math", "mrow", "mtd", "msqrt", "mstyle", "mpadded", "mphantom")
_SCRIPTED = ("msub", "msup", "msubsup", "munder", "mover", "munderover")
_FENCES = frozenset("()[]{}⟨⟩⌊⌋⌈⌉|‖")
_BARS = frozenset("|‖")
_NARROW_ACCENTS = {"^": "\u0302", "\u0302": "\u0302", "ˆ": "\u0302", "~": "\u0303", "\u0303": "\u0303", "→": "\u20d7"}


def mathml_row(latex: str, inline: bool = False) -> Element:
    """The formula as one row whose children are its atoms and the spaces (mspace) between them.

    Raises:
        FormulaError: the source is wrong; the sentence says what is.
    """
    source = rewritten(latex)
    try:
        root = fromstring(load_ziamath().tex.tex2mml(source, inline=inline))
    except (*_found(), *ACCIDENTS) as error:
        raise wrong_source(error, latex) from error
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    _check(root, latex)
    row = root[0] if len(root) == 1 and root[0].tag == "mrow" else root
    _space_row(row, script=False, display=not inline)
    return row


def wrong_source(error: Exception, latex: str) -> FormulaError:
    """What to tell about a source that latex2mathml or ziamath stumbled over."""
    template = _WHAT_IS_WRONG.get(type(error).__name__, _SOMETHING_IS_MISSING)
    return FormulaError(template, latex=latex)


def em(element: Element) -> float:
    """The width of an mspace of a mended row, in font sizes."""
    return float(element.get("width", "0em")[:-2]) * _EM


def _check(root: Element, latex: str) -> None:
    for element in root.iter():
        text = (element.text or "").strip()
        if element.tag in ("mi", "mo") and text.startswith("\\"):
            raise FormulaError("The command {command} is not known in “{latex}”.", command=text, latex=latex)
        if element.tag in ("mi", "mo") and text in ("&", "}", "{}", "#"):
            raise FormulaError("A “{sign}” is out of place in “{latex}”.", sign=text, latex=latex)


def _space_row(row: Element, *, script: bool, display: bool) -> None:
    """Mend a row and everything in it: its atoms, their classes, the spaces between."""
    _fence_matrices(row)
    atoms, widths, classes = [], [], []  # type: list[Element], list[float], list[int]
    bars_open, pending = 0, 0.0
    for child in list(row):
        if child.tag == "mspace":
            pending += _tex_em(child.get("width", "0em"))
            continue
        is_fraction = child.tag == "mfrac"
        kind = _class_of(child)
        if kind == ORD and _sign(child) in _BARS:
            kind, bars_open = (CLOSE, bars_open - 1) if bars_open else (OPEN, bars_open + 1)
        _mend(child, script=script, display=display)
        atoms.append(_in_own_row(child) if is_fraction else child)
        classes.append(kind)
        widths.append(pending + (_FRACTION_ROOM if is_fraction else 0.0))
        pending = _FRACTION_ROOM - _ZIAMATH_FRACTION_ROOM if is_fraction else 0.0
    row[:] = []
    for atom, written, between in zip(atoms, widths, math_spacing.spaces(classes, script), strict=True):
        _append_space(row, written + between)
        if not (atom.tag == "mi" and not atom.text):
            row.append(atom)
    _append_space(row, pending)


def _in_own_row(element: Element) -> Element:
    row = Element("mrow")
    row.append(element)
    return row


def _append_space(row: Element, width: float) -> None:
    if width:
        row.append(Element("mspace", {"width": f"{width / _EM:.4f}em"}))


def _tex_em(width: str) -> float:
    if width == "negativethinmathspace":
        return -3 / 18
    return float(width.removesuffix("em"))


def _mend(element: Element, *, script: bool, display: bool) -> None:
    if element.tag in ("mi", "mo"):
        _mend_sign(element)
    elif element.tag in _ROWS:
        shown = {"true": True, "false": False}.get(element.get("displaystyle", ""), display)
        _space_row(element, script=script, display=shown)
    elif element.tag in _SCRIPTED:
        _mend_accent(element)
        _mend(element[0], script=script, display=display)
        for child in element[1:]:
            if child.tag != "mo":
                _mend(child, script=True, display=False)
    elif element.tag == "mfrac":
        for child in element:
            _mend(child, script=script or not display, display=False)
    elif element.tag == "mtable":
        _mend_table(element, script=script)
    else:
        for child in element:
            _mend(child, script=script, display=False)


def _mend_sign(element: Element) -> None:
    element.set("lspace", "0")
    element.set("rspace", "0")
    text = (element.text or "").strip()
    if text == ADD_TO:
        _spell_out(element, "+=")
    elif math_spacing.class_of(text) == OP:
        # Alone in its row, ziamath would not know ∑ for a large operator; an mi of several letters it would pad.
        element.tag = "mo"
        element.set("form", "prefix")
    if text in _FENCES and element.get("stretchy") != "true":
        element.set("stretchy", "false")


def _spell_out(element: Element, signs: str) -> None:
    element.tag, element.text, element.attrib = "mrow", None, {}
    for sign in signs:
        SubElement(element, "mo", {"lspace": "0", "rspace": "0"}).text = sign


def _mend_accent(element: Element) -> None:
    """A mark over one letter is the font's combining one, in a row of its own where it does not stretch."""
    if element.tag != "mover" or len("".join(element[0].itertext()).strip()) != 1:
        return
    mark = _NARROW_ACCENTS.get((element[1].text or "").strip())
    if element[1].tag == "mo" and mark:
        element.set("accent", "true")
        _spell_out(element[1], mark)


def _mend_table(table: Element, *, script: bool) -> None:
    aligned = table.get("columnspacing") is not None
    cells = [cell for line in table for cell in line]
    has_sides = any(cell.get("columnalign") == "left" for cell in cells)
    table.set("rowspacing", f"{(0.45 if aligned else 0.3) / _EM:.4f}em")
    if not aligned:
        table.set("columnspacing", f"{(1.0 if has_sides else 0.8) / _EM:.4f}em")
    else:
        table.set("columnspacing", f"0em {2 / _EM:.4f}em")
    for cell in cells:
        _space_row(cell, script=script, display=aligned)
        # A strut, so that rows stand at equal distances whether or not their letters have ascenders.
        cell.append(Element("mspace", {"width": "0em", "height": f"{0.7 / _EM:.4f}em", "depth": f"{0.25 / _EM:.4f}em"}))


def _fence_matrices(row: Element) -> None:
    """[ matrix ] as three siblings become one fenced group, as \\left[ … \\right] gives."""
    children = list(row)
    for at, table in enumerate(children):
        if table.tag == "mtable" and 0 < at < len(children) - 1 and _sign(children[at - 1]) in _FENCES:
            group = Element("mrow")
            fences = children[at - 1], children[at + 1]
            for fence, form in zip(fences, ("prefix", "postfix"), strict=True):
                if fence.tag != "mo" or fence.get("stretchy"):
                    return None
                fence.attrib.update(stretchy="true", fence="true", form=form)
            group.extend(children[at - 1 : at + 2])
            children[at - 1 : at + 2] = [group]
            row[:] = children
            return _fence_matrices(row)
    return None


def _sign(element: Element) -> str:
    """The text of an operator or of the base of a scripted one."""
    while element.tag in _SCRIPTED and len(element):
        element = element[0]
    return (element.text or "").strip() if element.tag in ("mo", "mi") else ""


def _class_of(element: Element) -> int:
    while element.tag in _SCRIPTED and len(element):
        if element.tag in ("mover", "munder") and element[0].tag == "mrow":
            element = element[0][0] if len(element[0]) == 1 else Element("mn")
        else:
            element = element[0]
    if element.tag in ("mo", "mi"):
        return math_spacing.class_of((element.text or "").strip())
    if element.tag == "mstyle":
        inner = element[0] if len(element) == 1 else element
        inner = inner[0] if inner.tag == "mrow" and len(inner) == 1 else inner
        return ORD if inner is element or inner.tag == "mrow" else _class_of(inner)
    if element.tag == "mrow" and len(element) > 1 and element[0].get("stretchy") == "true":
        return INNER
    return ORD
