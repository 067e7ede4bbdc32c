"""Rows laid out once are drawn as ziamath draws them, in less time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from xml.etree.ElementTree import Element, fromstring, tostring

import pytest

from gui.typesetting.mathml import mathml_row
from gui.typesetting.ziamath_loading import load_ziamath
from gui.typesetting.ziamath_rows import lay_out_rows_once
from tests.gui.typesetting.equations import EQUATIONS

GROWING = (
    r"\left(\frac{\partial E}{\partial z^{3}}\right)^{2} + x", r"\sqrt{\left(\frac{a}{b}\right)}",
    r"\left[\begin{matrix} a & b \\ c & d \end{matrix}\right]^{\top}", r"\overline{\left(x\right)}",
    r"\frac{\left(\frac{a}{b}\right)}{c}", r"\sum_{\left(\frac{a}{b}\right)} x", r"\langle \frac{a}{b} \rangle | x |",
    r"\underbrace{x+y}_{n}", r"\lfloor \frac{a}{b} \rfloor \to \hat{x}",
)  # fmt: skip


@contextmanager
def rows_of_ziamath() -> Iterator[None]:
    """Its own rows for a while."""
    from ziamath.nodes import Mrow

    subscribe: Any = Mrow.__init_subclass__
    subscribe.__func__(Mrow, tag="mrow")
    try:
        yield
    finally:
        lay_out_rows_once()


def drawing(latex: str) -> tuple[str, tuple[float, ...]]:
    """The SVG of a formula and its bounding box."""
    root = Element("math", {"displaystyle": "true"})
    root.append(fromstring(tostring(mathml_row(latex))))
    made, svg = load_ziamath().Math(root, size=64, margin=0), Element("svg")
    made.node.draw(0, 0, svg)
    return tostring(svg, encoding="unicode"), tuple(made.node.bbox)


@pytest.mark.parametrize("latex", [*EQUATIONS, *GROWING])
def test_drawn_as_by_ziamath(latex: str) -> None:
    ours = drawing(latex)
    with rows_of_ziamath():
        assert drawing(latex) == ours


def test_a_row_within_rows_is_laid_out_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from ziamath.nodes import Midentifier

    made = []
    build = Midentifier.__init__

    def counted(self: Midentifier, *given: Any, **named: Any) -> None:
        made.append(self)
        build(self, *given, **named)

    monkeypatch.setattr(Midentifier, "__init__", counted)
    drawing(r"\sqrt{\sqrt{\sqrt{x^{y^{z}}}}}")
    assert len(made) == 3
