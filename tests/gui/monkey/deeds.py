"""All that the monkey can do, each with how often it does it.

Never done: closing the window for good (it would end the run) and leaving a file dialog open (it would wait for a
person); `run.py` answers both.
"""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from shiboken6 import Shiboken

from engine.debugger.breakpoints import Condition
from engine.lesson import lessons
from gui.appearance import SCALES
from gui.main_window import MainWindow
from gui.player import SPEEDS
from tests.gui.monkey.controls import controls, work
from tests.gui.monkey.hands import (
    click,
    dialogs,
    drag,
    enter_text,
    fields,
    living,
    reachable,
    some_modifiers,
    spot,
    turn_wheel,
)
from tests.gui.monkey.junk import BREAKPOINTS, TEXTS, value_for


@dataclass(frozen=True)
class Act:
    """What is about to be done, in words, and how.

    `root` is the window it is done in: PySide's wrapper of a widget that Qt made, such as the list of a combo box,
    dies with the wrapper of its window, so that one must be kept until the deed is done.
    """

    text: str
    do: Callable[[], None]
    root: QWidget | None = None


Deed = Callable[[MainWindow, Random], Act]
_PLAIN_KEYS = (
    Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Backtab,
    Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Delete,
    Qt.Key.Key_Backspace, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_F10,
    Qt.Key.Key_A, Qt.Key.Key_3, Qt.Key.Key_Menu, Qt.Key.Key_Plus, Qt.Key.Key_Minus,
)  # fmt: skip
_ENDINGS = (Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Escape)


def _named(widget: QWidget) -> str:
    name = widget.objectName() or widget.accessibleName()
    return f"{type(widget).__name__} {name[:40]!r}" if name else type(widget).__name__


def take_action(window: MainWindow, dice: Random) -> Act:
    """One of the action table."""
    action = dice.choice(window.actions_table.actions)
    return Act(f"action {action.id}", window.actions_table[action.id].trigger)


def press_action_key(window: MainWindow, dice: Random) -> Act:
    """A key of the action table, on whatever has the focus."""
    actions = window.actions_table
    keys = [key for action in actions.actions for key in actions.keymap.keys(action.id)]
    key = dice.choice(keys)
    root, target = _focused(window, dice)
    return Act(f"key {key} on {_named(target)}", lambda: QTest.keySequence(target, QKeySequence(key)), root)


def press_key(window: MainWindow, dice: Random) -> Act:
    """Any key."""
    key, modifiers, (root, target) = dice.choice(_PLAIN_KEYS), some_modifiers(dice), _focused(window, dice)
    text = f"key {modifiers.name} {key.name} on {_named(target)}"
    return Act(text, lambda: QTest.keyClick(target, key, modifiers), root)


def _focused(window: MainWindow, dice: Random) -> tuple[QWidget, QWidget]:
    root = reachable(window, dice)
    return root, living(root.focusWidget()) or root


def _pointing(how: Callable[[QWidget, QPoint, Random], None], name: str) -> Deed:
    def deed(window: MainWindow, dice: Random) -> Act:
        root = reachable(window, dice)
        if root is window and dice.random() < 0.5:
            root = dice.choice([window.canvas, *_seen_panels(window)])
        widget, point = spot(root, dice)
        return Act(f"{name} {_named(widget)} at {point.x()}, {point.y()}", lambda: how(widget, point, dice), root)

    return deed


def _seen_panels(window: MainWindow) -> list[QWidget]:
    return [dock for dock in window.docks.docks.values() if dock.isVisible()]


def _hover(widget: QWidget, point: QPoint, _dice: Random) -> None:
    QTest.mouseMove(widget, point)


def type_text(window: MainWindow, dice: Random) -> Act:
    """Type anything into a field, and enter it or not."""
    root = reachable(window, dice)
    found = fields(dice.choice([root, *_seen_panels(window)]) if root is window else root)
    text, key = dice.choice(TEXTS), dice.choice(_ENDINGS)
    if not found:
        return Act("nothing to type into", lambda: None)
    field = dice.choice(found)

    def do() -> None:
        field.setFocus()
        if isinstance(field, QLineEdit):
            field.selectAll()
        enter_text(field, text)
        if Shiboken.isValid(field):
            QTest.keyClick(QApplication.activePopupWidget() or field, key)

    return Act(f"type {text[:40]!r} {key.name} into {_named(field)}", do, root)


def use_control(window: MainWindow, dice: Random) -> Act:
    """Press a button, turn a number, choose from a list; of one panel mostly, as most controls are the lesson's."""
    root = reachable(window, dice)
    found = controls(dice.choice([root, *_seen_panels(window)]) if root is window else root)
    if not found:
        return Act("no control to work", lambda: None)
    control = dice.choice(found)
    return Act(f"work {_named(control)}", lambda: work(control, dice), root)


def use_palette(window: MainWindow, dice: Random) -> Act:
    """Search an action and do it."""
    text = dice.choice(TEXTS)

    def do() -> None:
        window.show_palette()
        root = QApplication.activeModalWidget()
        field = root.findChild(QLineEdit) if root is not None else None
        if field is not None:
            enter_text(field, text)
            QTest.keyClick(field, dice.choice((Qt.Key.Key_Return, Qt.Key.Key_Escape)))

    return Act(f"palette {text[:40]!r}", do)


def close_dialog(window: MainWindow, dice: Random) -> Act:
    """Close one of the dialogs, if there is one."""
    found = dialogs()
    if not found:
        return Act("no dialog to close", lambda: None)
    dialog = dice.choice(found)
    return Act(f"close {_named(dialog)}", lambda: _close(dialog))


def _close(widget: QWidget) -> None:
    widget.close()


def change_setting(window: MainWindow, dice: Random) -> Act:
    """Offer a value to a setting."""
    setting = dice.choice(list(window.bridge.settings.declared.values()))
    value = value_for(setting, dice)
    return Act(f"set {setting.name} = {value!r}", lambda: window.bridge.change_settings(**{setting.name: value}))


def go_to_iteration(window: MainWindow, dice: Random) -> Act:
    """Near or far."""
    number = dice.choice((0, 1, 2, 5, 100, 1500, 10**7, -3))
    return Act(f"go to iteration {number}", lambda: window.bridge.go_to_iteration(number))


def open_lesson(window: MainWindow, dice: Random) -> Act:
    """Any of them, or one that there is not."""
    name = dice.choice([*(lesson.id for lesson in lessons()), "no-such-lesson"])
    return Act(f"open lesson {name}", lambda: window.bridge.open_lesson(name))


def show_what_the_lesson_names(window: MainWindow, dice: Random) -> Act:
    """Bring one of the panels to the front that the lesson is about."""
    name = dice.choice(window.bridge.lesson.panels or tuple(window.docks.docks))
    return Act(f"show the lesson's {name}", lambda: window.show_panel(name))


def move_cursor(window: MainWindow, dice: Random) -> Act:
    """Anywhere, and beyond."""
    place = dice.randint(-10, len(window.bridge.tape) + 10)
    return Act(f"move to {place}", lambda: window.bridge.move_to(place))


def look(window: MainWindow, dice: Random) -> Act:
    """Pick a step, a unit, or point at one."""
    step, unit = dice.randint(-2, len(window.bridge.tape) + 2), dice.randint(-1, 20)
    inside = min(max(step, 0), len(window.bridge.tape) - 1)
    name, do = dice.choice((
        (f"select {step}", lambda: window.bridge.select(step)),
        (f"focus unit {unit}", lambda: window.bridge.set_focus_unit(unit)),
        (f"hover {inside} {unit}", lambda: window.bridge.hover_at(inside, max(0, unit))),
    ))  # fmt: skip
    return Act(name, do)


def play(window: MainWindow, dice: Random) -> Act:
    """At any speed, or stop."""
    speed, begin, through = dice.choice(SPEEDS), dice.random() < 0.6, dice.random() < 0.5

    def do() -> None:
        window.bridge.set_speed(speed)
        window.bridge.set_through_iterations(through)
        (window.bridge.play if begin else window.bridge.pause)()

    return Act(f"{'play' if begin else 'pause'} at {speed}, through iterations: {through}", do)


def set_breakpoint(window: MainWindow, dice: Random) -> Act:
    """Add one, or take one away."""
    points, address = window.bridge.session.breakpoints, dice.choice(BREAKPOINTS)
    condition, threshold = dice.choice(list(Condition)), dice.choice((0.0, 1.0, -1.0, 1e-9, float("nan")))
    if points and dice.random() < 0.5:
        point = dice.choice(points)
        return Act(f"remove breakpoint {point.address}", lambda: window.bridge.remove_breakpoint(point))
    return Act(f"breakpoint {address!r} {condition} {threshold}",
               lambda: window.bridge.add_breakpoint(address, condition, threshold))


def change_looks(window: MainWindow, dice: Random) -> Act:
    """Theme, language or scale."""
    looks = window.appearance
    theme, language, scale = (
        dice.choice(looks.themes())[0], dice.choice(looks.languages())[0], dice.choice(SCALES),
    )  # fmt: skip
    name, do = dice.choice((
        (f"theme {theme}", lambda: looks.set_theme(theme)),
        (f"language {language}", lambda: looks.set_language(language)),
        (f"scale {scale}", lambda: looks.set_scale(scale)),
    ))  # fmt: skip
    return Act(name, do)


def resize(window: MainWindow, dice: Random) -> Act:
    """Make the window as small or as large as screens are."""
    width, height = dice.randint(400, 1920), dice.randint(300, 1080)
    return Act(f"resize to {width} x {height}", lambda: window.resize(width, height))


def move_dock(window: MainWindow, dice: Random) -> Act:
    """Hide, show, float or raise a panel."""
    dock, floating = dice.choice(list(window.docks.docks.values())), dice.random() < 0.5
    name, do = dice.choice((
        (f"toggle {dock.view.id}", lambda: window.toggle_panel(dock.view.id)),
        (f"float {dock.view.id}: {floating}", lambda: dock.setFloating(floating)),
        (f"show {dock.view.id}", lambda: window.show_panel(dock.view.id)),
        (f"resize {dock.view.id}", lambda: dock.resize(dice.randint(80, 900), dice.randint(60, 700))),
    ))  # fmt: skip
    return Act(name, do)


DEEDS: tuple[tuple[Deed, int], ...] = (
    (take_action, 14),
    (press_action_key, 14),
    (press_key, 12),
    (_pointing(click, "click"), 14),
    (_pointing(drag, "drag"), 7),
    (_pointing(turn_wheel, "wheel on"), 7),
    (_pointing(_hover, "point at"), 5),
    (type_text, 7),
    (use_control, 8),
    (use_palette, 1),
    (close_dialog, 4),
    (change_setting, 3),
    (go_to_iteration, 3),
    (open_lesson, 3),
    (show_what_the_lesson_names, 4),
    (move_cursor, 4),
    (look, 4),
    (play, 3),
    (set_breakpoint, 3),
    (change_looks, 2),
    (resize, 2),
    (move_dock, 5),
)
