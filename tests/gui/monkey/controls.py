"""The controls of a panel, and how the monkey works each kind of them."""

from random import Random

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QScrollBar,
    QWidget,
)
from shiboken6 import Shiboken

_KINDS = (QAbstractButton, QComboBox, QAbstractSpinBox, QAbstractSlider, QAbstractItemView)
_OTHERS = (QScrollBar, QHeaderView)
_KEYS = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home,
    Qt.Key.Key_End,
)  # fmt: skip
_MOST_KEYS = 3
_OF_DOCKS = "qt_dockwidget_"
"""Qt's own names for the buttons that close and float a dock: they would soon have no panel left."""


def controls(root: QWidget) -> list[QWidget]:
    """What can be worked now, in the order of the children."""
    found = [child for child in root.findChildren(QWidget) if Shiboken.isValid(child)]
    found = [child for child in found if isinstance(child, _KINDS) and not isinstance(child, _OTHERS)]
    found = [child for child in found if not child.objectName().startswith(_OF_DOCKS)]
    return [child for child in found if child.isVisible() and child.isEnabled()]


def work(control: QWidget, dice: Random) -> None:
    """Press a button; move another control by keys, as one who has it in focus does."""
    if isinstance(control, QAbstractButton):
        middle = QPoint(control.width() // 2, control.height() // 2)
        QTest.mouseClick(control, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)
        return
    control.setFocus()
    for _ in range(dice.randint(1, _MOST_KEYS)):
        if not Shiboken.isValid(control) or QApplication.activePopupWidget() is not None:
            return
        QTest.keyClick(control, dice.choice(_KEYS))
    if isinstance(control, QAbstractItemView) and Shiboken.isValid(control):
        _pick(control, dice)


def _pick(listed: QAbstractItemView, dice: Random) -> None:
    """Click a cell of a list, or click it twice."""
    model = listed.model()
    if model is None or not model.rowCount() or not model.columnCount():
        return
    index = model.index(dice.randrange(model.rowCount()), dice.randrange(model.columnCount()))
    listed.scrollTo(index)
    point = listed.visualRect(index).center()
    QTest.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
    if dice.random() < 0.5 and Shiboken.isValid(listed):
        QTest.mouseDClick(listed.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, point)
