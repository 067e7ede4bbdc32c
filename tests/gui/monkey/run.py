"""One monkey in a process of its own: `python -m tests.gui.monkey.run --actions 2000 --seed 1`.

So a crash or a hang is a failed test like any other, and the memory measured is the program's alone. Writes what it
does, line by line; the last line is a JSON object.
"""

import argparse
import faulthandler
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from random import Random
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer, qWarning
from PySide6.QtWidgets import QFileDialog

from gui.app import Application, build
from gui.settings_store import Preferences, SettingsStore
from tests.gui.monkey.alarm import Alarm
from tests.gui.monkey.footprint import footprint
from tests.gui.monkey.monkey import Monkey

FAULTS: dict[str, Callable[[], object]] = {
    "exception": lambda: 1 // 0,
    "warning": lambda: qWarning("a warning"),
    "crash": os.abort,
}


def tell(text: str) -> None:
    """One line, at once: it is to be there even after a crash."""
    sys.stdout.write(text.replace("\n", " ") + "\n")
    sys.stdout.flush()


def main() -> int:
    """Take the actions; 1 if anything went wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--actions", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--hasty", action="store_true", help="never wait for work that is under way")
    parser.add_argument("--fault", choices=FAULTS, help="do this half way, to see that it is heard")
    wanted = parser.parse_args()
    faulthandler.enable()
    alarm = Alarm()
    alarm.install()
    made = build(None, Preferences())
    keep_open(made, Random(wanted.seed))
    made.window.show()
    report = _let_loose(made, wanted, alarm)
    made.window.close()
    made.bridge.close()
    tell(json.dumps({**report, "problems": alarm.problems}, ensure_ascii=True))
    return 1 if alarm.problems else 0


def keep_open(made: Application, dice: Random) -> None:
    """Answer what would end the run or wait for a person: closing the window, and file dialogs."""
    made.qt.setQuitOnLastWindowClosed(False)
    made.window.leave = lambda: None  # type: ignore[method-assign]
    folder = SettingsStore().path.parent

    def answer(dialog: QFileDialog) -> None:
        name = dice.choice(("", "picture.png", "picture.svg", "picture.pdf", "picture.odd", "nowhere/picture.png"))
        if name:
            dialog.fileSelected.emit(str(folder / name))
        dialog.reject()

    QFileDialog.open = answer  # type: ignore[assignment, method-assign]


def _let_loose(made: Application, wanted: argparse.Namespace, alarm: Alarm) -> dict[str, Any]:
    began = time.monotonic()
    monkey = Monkey(made.window, wanted.seed, alarm, tell, hasty=wanted.hasty)
    loop = QEventLoop()
    monkey.finished.connect(loop.quit)
    marks = []
    for until in (wanted.actions // 2, wanted.actions):
        monkey.go_until(until)
        loop.exec()
        if alarm.problems:
            break
        tell("settle")
        marks.append(asdict(footprint(made)))
        if wanted.fault:
            QTimer.singleShot(0, FAULTS[wanted.fault])
    return {"marks": marks, "seconds": round(time.monotonic() - began, 1), "actions": monkey.number}


if __name__ == "__main__":
    sys.exit(main())
