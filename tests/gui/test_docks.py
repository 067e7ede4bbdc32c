"""The docks' own part of the layout: how large a panel is in its dock."""

import subprocess
import sys
from pathlib import Path

_CODE = """
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QMainWindow, QSizePolicy, QVBoxLayout, QWidget

from engine.debugger.session import Session
from engine.lesson import lessons
from gui.app import application
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.docks import PanelDock
from gui.views import View


class Row(QWidget):
    def __init__(self):
        super().__init__()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self):
        return True

    def heightForWidth(self, width):
        return 320 if width > 292 else 120

    def sizeHint(self):
        return QSize(200, 120)

    def minimumSizeHint(self):
        return QSize(1, 120)


def panel(bridge, appearance):
    made = QWidget()
    QVBoxLayout(made).addWidget(Row())
    return made


application()
appearance, window = Appearance(), QMainWindow()
bridge = Bridge(Session(lessons()[0]), appearance)
dock = PanelDock(View("row", "Lesson", panel, "left"), bridge, appearance, window)
window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
dock.setFloating(True)
window.show()
dock.show()
dock.make_content()
for width in [*range(240, 380), *range(380, 240, -1)]:
    for height in (100, 220, 300, 400):
        dock.resize(width, height)
        QApplication.processEvents()
print("laid out")
bridge.close()
"""


def test_what_is_less_high_where_it_is_narrower_finds_a_size() -> None:
    """Rows of buttons are so. Without its bar the panel did not fit, beside it it did, and Qt tried both in turn
    within one call until the stack was full."""
    done = subprocess.run(
        [sys.executable, "-c", _CODE], cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split("\n")[0] == "laid out", done.stderr
