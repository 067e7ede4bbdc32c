"""The rules of the house, and that the rules catch what breaks them."""

from collections.abc import Callable
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.house_rules import catch_alls, dangerous_calls, imports_of, long_functions, relative_imports

TOP = Path(__file__).resolve().parents[1]
ROOMS = ("engine", "graphs", "gui")
SCREEN = frozenset({"PySide6", "shiboken6", "pyqtgraph", "ziamath", "ziafont", "pytestqt"})
ROOT = {
    "main.py", *ROOMS, "resources", "tests", "README.md", "LICENSE", "pyproject.toml", "Makefile", ".ci", ".gitignore",
    ".gitattributes", ".editorconfig", ".git",
}  # fmt: skip
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "managers", "shared", "tools"}
MOST_LINES = 500
MOST_LINES_OF_A_FUNCTION = 60


def sources(*folders: str) -> list[Path]:
    return [path for folder in folders for path in sorted((TOP / folder).rglob("*.py"))]


def findings(check: Callable[[str], list[str]], *folders: str) -> list[str]:
    """What a check finds in the files of the folders, as "engine/tape.py line 3: …"."""
    return [
        f"{path.relative_to(TOP).as_posix()} {found}"
        for path in sources(*folders)
        for found in check(path.read_text(encoding="utf-8"))
    ]


ARROWS = {
    "The engine computes: it knows no screen, no graphs and nothing above it": (
        ("engine", "tests/engine"),
        SCREEN | {"networkx", "graphs", "gui", "main"},
    ),
    "The graphs know the engine and networkx: no screen": (("graphs", "tests/graphs"), SCREEN | {"gui", "main"}),
    "The screen is the roof: only main.py stands above it": (("gui",), frozenset({"main"})),
    "The rooms know nothing of their tests": (ROOMS, frozenset({"tests", "pytest", "hypothesis", "torch"})),
}


@pytest.mark.parametrize("rule", ARROWS)
def test_arrows_point_down(rule):
    folders, forbidden = ARROWS[rule]
    broken = findings(lambda source: imports_of(source, forbidden), *folders)
    assert not broken, rule


def test_imports_are_absolute():
    assert not findings(relative_imports, *ROOMS, "tests")


def test_functions_are_short():
    assert not findings(lambda source: long_functions(source, MOST_LINES_OF_A_FUNCTION), *ROOMS)


def test_files_are_short():
    lengths = {path: path.read_text(encoding="utf-8").count("\n") for path in sources(*ROOMS)}
    assert {str(path.relative_to(TOP)): lines for path, lines in lengths.items() if lines > MOST_LINES} == {}


def test_files_from_others_are_data():
    assert not findings(dangerous_calls, *ROOMS)


def test_no_error_is_swallowed():
    assert not findings(catch_alls, *ROOMS)


def test_every_room_has_a_subject():
    names = {part for path in sources(*ROOMS) for part in path.relative_to(TOP).with_suffix("").parts}
    assert not names & VAGUE


def test_the_top_level_is_the_agreed_one():
    ignored = [line.strip("/") for line in (TOP / ".gitignore").read_text(encoding="utf-8").splitlines()]
    found = {path.name for path in TOP.iterdir()}
    assert {name for name in found - ROOT if not any(fnmatch(name, pattern) for pattern in ignored)} == set()


def test_resources_hold_no_code():
    assert sources("resources") == []


BAD_SOURCE = '''
import numpy as np
from networkx import DiGraph
from .tape import Tape

def late(x):
    import PySide6.QtCore
    from gui import app
    importlib.import_module("pyqtgraph.exporters")
    try:
        return eval(x)
    except Exception:
        import pickle
    try:
        return np.load(x, allow_pickle=True)
    except (ValueError, BaseException):
        pass
    try:
        exec(x)
    except:
        pass
'''


def test_the_arrow_rule_catches_early_and_late_imports():
    engine = ARROWS["The engine computes: it knows no screen, no graphs and nothing above it"][1]
    assert imports_of(BAD_SOURCE, engine) == [
        "line 3: networkx",
        "line 7: PySide6.QtCore",
        "line 8: gui",
        "line 9: pyqtgraph.exporters",
    ]
    assert imports_of("import numpy\nfrom engine.tape import Tape\nimport guitar", engine) == []


def test_the_other_rules_catch_what_breaks_them():
    assert relative_imports(BAD_SOURCE) == ["line 4: .tape"]
    assert long_functions(BAD_SOURCE, 14) == ["late: 16 lines"]
    assert long_functions(BAD_SOURCE, 16) == []
    assert dangerous_calls(BAD_SOURCE) == ["line 13: pickle", "line 11: eval", "line 15: allow_pickle", "line 19: exec"]
    assert dangerous_calls("np.load(x, allow_pickle=False)\nmodel.eval()") == []
    assert catch_alls(BAD_SOURCE) == ["line 12", "line 16", "line 20"]
    assert catch_alls("try:\n    f()\nexcept (OSError, ValueError):\n    raise") == []
