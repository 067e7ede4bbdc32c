"""Atoms that look alike on a line of their own and within a text are drawn once for both."""

import pytest

from gui.typesetting import atom_pictures
from gui.typesetting.atom_pictures import Picture
from gui.typesetting.formula_picture import PictureCache
from tests.gui.typesetting.equations import EQUATIONS

NAMES = (r"W_{K}^{[2],\mathrm{decoder.source}}", r"z^{t-1}", r"\delta_{12}", r"x + y", r"f'(u)", r"\lVert y \rVert^{2}")


def outlines(picture: Picture) -> list[tuple[float, float]]:
    """All points of all paths."""
    paths = [path for path, _ in picture.runs]
    return [(at.x, at.y) for path in paths for at in (path.elementAt(k) for k in range(path.elementCount()))]


@pytest.mark.parametrize("inline", [False, True])
@pytest.mark.parametrize("latex", [*EQUATIONS, *NAMES, r"\sum_{k} x_{k}", r"\max_{k} x", r"\sqrt{x}", r"\frac{a}{b}"])
def test_same_as_drawn_for_each_style(latex: str, inline: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = PictureCache()
    cache.formula(latex, not inline)
    shared = cache.formula(latex, inline)
    monkeypatch.setattr(atom_pictures, "depends_on_style", lambda _: True)
    own = PictureCache().formula(latex, inline)
    assert outlines(shared) == outlines(own)
    assert (shared.width, shared.ascent, shared.descent) == (own.width, own.ascent, own.descent)


@pytest.mark.parametrize("latex", NAMES)
def test_names_are_drawn_once(latex: str) -> None:
    cache = PictureCache()
    cache.formula(latex)
    calls = cache.ziamath_calls
    cache.formula(latex, inline=True)
    assert cache.ziamath_calls == calls
