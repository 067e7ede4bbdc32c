"""What looks otherwise on a line of its own than within a text; all else is drawn once for both."""

from __future__ import annotations

from functools import cache, lru_cache
from xml.etree.ElementTree import fromstring

from gui.typesetting.ziamath_loading import load_ziamath

_ALIKE = frozenset(("mi", "mn", "mo", "mtext", "mspace", "mrow", "msub", "msup", "msubsup"))
"""Elements that ziamath draws alike in both styles, if no sign in them is large or has limits."""


@lru_cache(maxsize=4096)
def depends_on_style(source: str) -> bool:
    """Whether an atom's MathML may be drawn otherwise in display style."""
    return any(
        element.tag not in _ALIKE
        or "displaystyle" in element.attrib
        or "largeop" in element.attrib
        or "movablelimits" in element.attrib
        or (element.text or "").strip() in _large_signs()
        for element in fromstring(source).iter()
    )


@cache
def _large_signs() -> frozenset[str]:
    """Signs that are large or have their limits above and below in display style, in whatever form."""
    load_ziamath()
    from ziamath import operators

    return frozenset(
        sign
        for (sign, _), params in operators.operators.items()
        if "true" in (params.get("largeop"), params.get("movablelimits"))
    )
