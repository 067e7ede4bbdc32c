"""From the command to the first lesson on the screen, against showing an empty plot."""

import importlib.util
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmarks.row import Missing, Row, paired

_ROOT = Path(__file__).resolve().parents[2]

# Both end at the first idle moment after the window was painted, ours with the contents of all visible panels.
_OURS = """
from PySide6.QtCore import QTimer
import gui.app as app
from gui.settings_store import Preferences
made = app.build(None, Preferences())
made.window.show()
made.qt.processEvents()
while any(dock.wanting for dock in made.window.docks.docks.values()):
    made.qt.processEvents()
QTimer.singleShot(0, made.qt.quit)
made.qt.exec()
import os
os._exit(0)
"""

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
    what = "from the command to the first lesson on the screen"
    if importlib.util.find_spec("pyqtgraph") is None:
        yield Missing(what, "pyqtgraph is not installed here (make test installs it)")
        return
    with TemporaryDirectory() as home:
        environment = {**os.environ, "BACKSTEP_HOME": home, "OPENBLAS_NUM_THREADS": "1"}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        # As on a user's machine from the second start on: all modules compiled, ours and the packages' alike.
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = str(Path(home) / "compiled")

        def start(program: str) -> None:
            subprocess.run([sys.executable, "-c", program], cwd=_ROOT, env=environment, check=True)

        start(_OURS)
        start(_PEER)
        yield Row(what,
                  *paired(lambda: start(_OURS), lambda: start(_PEER), 7, 1),
                  "PySide6 and pyqtgraph imported, an empty plot shown", 1.5)  # fmt: skip
