"""The view of the source, where Qt's own editor is in danger."""

import subprocess
import sys
from pathlib import Path

_CODE = """
from engine.source import SourcePlace
from gui.app import application
from gui.appearance import Appearance
from gui.inspector import source_view
from gui.stylesheet import ApplicationStyle

source_view.source_lines = lambda file: ["            z"] * int(file)
qt = application()
appearance = Appearance()
style = ApplicationStyle(qt, appearance)
view = source_view.SourceView(appearance)
view.show()
view.show_place(SourcePlace("84", 46, "step", (1, 84)))
appearance.set_scale(2.0)
view.show_place(SourcePlace("7", 6, "step", (1, 7)))
print(view.blockCount(), len(view.extraSelections()))
"""


def test_a_short_file_after_a_long_one_that_was_scrolled_and_scaled() -> None:
    """Its indented lines were scrolled sideways, too. Qt set the scroll bar from within its own change, for ever."""
    done = subprocess.run(
        [sys.executable, "-c", _CODE], cwd=Path(__file__).parents[3], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.split() == ["7", "1"], done.stderr
