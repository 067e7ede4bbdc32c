"""Rows that are laid out once: ziamath lays out each twice, so that its time doubles with every row within a row.

Its first round finds how high the signs that grow with their row (fences between \\left and \\right) have to be. Here
there is such a round only in rows with such a sign; the drawings are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element

_ROWS = frozenset(("math", "mrow", "mtd"))
"""Rows that measure for themselves."""


def lay_out_rows_once() -> None:
    """Have ziamath make rows of this kind from now on: it takes the class that was last defined for a tag."""
    from ziamath.nodes import Mrow

    class RowLaidOutOnce(Mrow, tag="mrow"):  # type: ignore[misc, call-arg, unused-ignore]
        """A row of atoms."""

        def _get_height_nostretch(self, line: list[Element], **kwargs: Any) -> tuple[float, float]:
            if _has_growing_sign(line):
                return super()._get_height_nostretch(line, **kwargs)  # type: ignore[no-any-return, unused-ignore]
            return 0.0, 0.0


def _has_growing_sign(elements: Iterable[Element]) -> bool:
    return any(
        _grows(element) or (element.tag not in _ROWS and _has_growing_sign(element)) for element in elements
    )


def _grows(element: Element) -> bool:
    own = element.get("stretchy")
    return own != "false" if own is not None else (element.text or "").strip() in _growing_signs()


@cache
def _growing_signs() -> frozenset[str]:
    """Signs that grow, in whatever form, where nothing else is written."""
    from ziamath import operators

    return frozenset(
        sign for (sign, _), params in operators.operators.items() if params.get("stretchy", "false") != "false"
    )
