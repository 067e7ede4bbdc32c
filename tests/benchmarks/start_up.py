"""From the command to the first lesson on the screen, against showing an empty plot."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.row import Missing, Row, paired

_ROOT = Path(__file__).resolve().parents[2]

# All end at the first idle moment after what is waited for was painted. The window paints tool bar, graph and timeline
# first, ready to be stepped, then fills its panels one by one.
_OURS = """
from PySide6.QtCore import QTimer
import gui.app as app
from gui.settings_store import Preferences
made = app.build(None, Preferences())
made.window.show()
made.qt.processEvents()
{wait}
QTimer.singleShot(0, made.qt.quit)
made.qt.exec()
import os
os._exit(0)
"""
_READY = _OURS.format(wait="")
_FILLED = _OURS.format(
    wait="while any(dock.wanting for dock in made.window.docks.docks.values()): made.qt.processEvents()"
)

_PEER = """
from PySide6.QtCore import QTimer
import pyqtgraph
qt = pyqtgraph.mkQApp()
plot = pyqtgraph.plot([])
plot.show()
qt.processEvents()
QTimer.singleShot(0, qt.quit)
qt.exec()
import os
os._exit(0)
"""


def start_up_rows() -> Iterator[Row | Missing]:
    """Whole processes, started in turn."""
    if importlib.util.find_spec("pyqtgraph") is None:
        yield Missing("start-up", "pyqtgraph is not installed here (make test installs it)")
        return
    with TemporaryDirectory() as home:
        environment = {**os.environ, "BACKSTEP_HOME": home, "OPENBLAS_NUM_THREADS": "1"}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        # As on a user's machine from the second start on: all modules compiled, ours and the packages' alike.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = str(Path(home) / "compiled")

        def start(program: str) -> None:
            subprocess.run([sys.executable, "-c", program], cwd=_ROOT, env=environment, check=True)

        for program in (_READY, _FILLED, _PEER):
            start(program)
        for what, program in (
            ("from the command to the first lesson on the screen, ready for →", _READY),
            ("the same, until every visible panel is filled", _FILLED),
        ):
            figures = paired(partial(start, program), partial(start, _PEER), 7, 1)
            yield Row(what, *figures, "PySide6 and pyqtgraph imported, an empty plot shown", 1.5)
