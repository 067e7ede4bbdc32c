"""The monkey's hands: where it may point, and how it presses, drags and types there."""

from random import Random

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QPlainTextEdit, QWidget
from shiboken6 import Shiboken

from gui.main_window import MainWindow

_MODIFIERS = (
    Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier,
)  # fmt: skip
_BUTTONS = (Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
            Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton)  # fmt: skip


def dialogs() -> list[QDialog]:
    """The dialogs that are open."""
    return [widget for widget in _windows() if isinstance(widget, QDialog)]


def _windows() -> list[QWidget]:
    """The windows on the screen, in an order that does not depend on where they lie in memory, as Qt's does."""
    found = [widget for widget in QApplication.topLevelWidgets() if living(widget) and widget.isVisible()]
    return sorted(found, key=lambda widget: (type(widget).__name__, widget.objectName(), widget.windowTitle()))


def reachable(window: MainWindow, dice: Random) -> QWidget:
    """A window that would get the input: an open menu before all, a modal dialog before its window."""
    first = living(QApplication.activePopupWidget()) or living(QApplication.activeModalWidget())
    if first is not None:
        return first
    others = _windows()
    return dice.choice(others) if others and dice.random() < 0.3 else window


def spot(root: QWidget, dice: Random) -> tuple[QWidget, QPoint]:
    """The widget at some point of a window, and the point in it."""
    point = QPoint(dice.randrange(max(1, root.width())), dice.randrange(max(1, root.height())))
    widget = living(root.childAt(point)) or root
    return widget, widget.mapFrom(root, point)


def living(widget: QWidget | None) -> QWidget | None:
    """The widget, if PySide can still reach it."""
    return widget if widget is not None and Shiboken.isValid(widget) else None


def fields(root: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    """What can be typed into."""
    found: list[QLineEdit | QPlainTextEdit] = [*root.findChildren(QLineEdit), *root.findChildren(QPlainTextEdit)]
    found = [field for field in found if living(field)]
    return [field for field in found if field.isVisible() and field.isEnabled() and not field.isReadOnly()]


def some_modifiers(dice: Random) -> Qt.KeyboardModifier:
    """Mostly none."""
    return dice.choice(_MODIFIERS)


def click(widget: QWidget, point: QPoint, dice: Random) -> None:
    """One click or two, with any button; the right one asks for a menu."""
    button, modifiers, twice = dice.choice(_BUTTONS), some_modifiers(dice), dice.random() < 0.2
    QTest.mouseClick(widget, button, modifiers, point)
    if twice and Shiboken.isValid(widget):
        QTest.mouseDClick(widget, button, modifiers, point)
    if button is Qt.MouseButton.RightButton and Shiboken.isValid(widget):
        where = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, point, widget.mapToGlobal(point))
        QApplication.sendEvent(widget, where)


def drag(widget: QWidget, point: QPoint, dice: Random) -> None:
    """Press, move a few times, let go; tabs of docks are clicked instead.

    Qt 6.11 crashes in QTabBar::tabMoved when such tabs are dragged by events that no screen sent, in a plain
    QMainWindow too; dragged wildly in a real window (X11), it does not.
    """
    if widget.metaObject().className() == "QMainWindowTabBar":
        click(widget, point, dice)
        return
    modifiers, button = some_modifiers(dice), dice.choice(_BUTTONS)
    QTest.mousePress(widget, button, modifiers, point)
    for _ in range(dice.randint(1, 4)):
        point += QPoint(dice.randint(-200, 200), dice.randint(-80, 80))
        if Shiboken.isValid(widget):
            QTest.mouseMove(widget, point)
    if Shiboken.isValid(widget):
        QTest.mouseRelease(widget, button, modifiers, point)


def enter_text(field: QWidget, text: str) -> None:
    """Press the keys of a text; what has no key comes from an input method, as Japanese does."""
    for letter in text:
        if not Shiboken.isValid(field):
            return
        if letter.isascii():
            QTest.keyClicks(field, letter)
        else:
            composed = QInputMethodEvent()
            composed.setCommitString(letter)
            QApplication.sendEvent(field, composed)


def turn_wheel(widget: QWidget, point: QPoint, dice: Random) -> None:
    """Up, down or sideways, by whole notches or as smooth wheels do."""
    by = QPoint(dice.choice((0, 0, 40, -120)), dice.choice((120, -120, 360, -15, 7)))
    event = QWheelEvent(
        QPointF(point), QPointF(widget.mapToGlobal(point)), QPoint(), by, Qt.MouseButton.NoButton,
        some_modifiers(dice), Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)
