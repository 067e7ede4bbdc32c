"""A monkey whose last deed opened the menu of a button, which has an event loop of its own."""

from typing import cast

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QMenu, QToolButton
from pytestqt.qtbot import QtBot

from gui.main_window import MainWindow
from tests.gui.monkey.alarm import Alarm
from tests.gui.monkey.monkey import Monkey

MOST_MILLISECONDS = 10_000


def test_the_end_is_told_although_a_menu_is_open(qtbot: QtBot) -> None:
    button = QToolButton()
    told: list[str] = []
    late: list[bool] = []
    qtbot.addWidget(button)
    menu = QMenu(button)
    menu.addAction("mean")
    button.setMenu(menu)
    button.show()
    monkey = Monkey(cast(MainWindow, None), 1, Alarm(), told.append)
    loop = QEventLoop()
    monkey.finished.connect(loop.quit)

    def open_menu() -> None:
        monkey.go_until(0)
        button.showMenu()

    def give_up() -> None:
        late.append(True)
        menu.close()

    QTimer.singleShot(0, open_menu)
    QTimer.singleShot(MOST_MILLISECONDS, menu, give_up)
    loop.exec()
    assert not late
    assert not menu.isVisible()
    monkey.deleteLater()
