"""SVG as ziamath writes it becomes painter paths; anything else is refused by name."""

from xml.etree.ElementTree import fromstring

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt

from gui.typesetting.formula_error import FormulaError
from gui.typesetting.svg_paths import filled_paths, painter_path


def test_path_commands() -> None:
    path = painter_path("M 0 0 L 10 0 Q 10 10 0 10 Z M 20 -5.5 C 21 0 22 0 23 1e1 Z")
    assert path.boundingRect().right() == 23
    assert path.boundingRect().top() == -5.5
    assert path.contains(QPointF(5, 5))
    assert path.fillRule() == Qt.FillRule.WindingFill


def test_groups_hand_their_fill_down() -> None:
    group = '<g fill="#fe0001"><rect x="1" y="2" width="3" height="4"/></g>'
    root = fromstring(f'<svg>{group}<path d="M 0 0 L 1 1 Z"/></svg>')
    (rect, first), (_, second) = filled_paths(root)
    assert rect.boundingRect() == QRectF(1, 2, 3, 4)
    assert (first, second) == ("#fe0001", None)


@pytest.mark.parametrize(
    ("svg", "named"),
    [("<svg><text>x</text></svg>", "text"), ('<svg><path d="M 0 0" stroke="red"/></svg>', "stroke"),
     ('<svg><path d="M 0 0 A 1 1"/></svg>', "A"), ('<svg><path d="M 0 L 1 1"/></svg>', "M"),
     ('<svg><use href="x"/></svg>', "use"), ('<svg><g transform="x"/></svg>', "transform")],
)  # fmt: skip
def test_the_unknown_is_named(svg: str, named: str) -> None:
    with pytest.raises(FormulaError, match=named):
        list(filled_paths(fromstring(svg)))
