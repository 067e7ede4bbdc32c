"""PySide6 6.12.0 loses a reference to None with every call on Python < 3.12 and aborts: it must never get in there."""

import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

PROJECT = tomllib.loads((Path(__file__).resolve().parents[1] / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# Counts in a process of its own: a broken Qt must fail this test, not abort all of them.
COUNT = """
import sys
from PySide6.QtGui import QColor, QImage, QPainter
image = QImage(8, 8, QImage.Format.Format_ARGB32)
painter = QPainter(image)
pen = QColor("black")
painter.setPen(pen)
before = sys.getrefcount(None)
for _ in range(400):
    painter.setPen(pen)
print("lost", before - sys.getrefcount(None))
painter.end()
"""


def test_the_requirement_lines_are_the_agreed_ones():
    assert [line for line in PROJECT["dependencies"] if "pyside" in line.lower()] == [
        "PySide6-Essentials>=6.8,!=6.12.0; python_version<'3.12'",
        "PySide6-Essentials>=6.8; python_version>='3.12'",
    ]
    assert PROJECT["requires-python"] == ">=3.11"


def test_torch_is_an_extra_of_one_version():
    extras = PROJECT["optional-dependencies"]
    assert [line for line in extras["oracles"] if "torch" in line] == ["torch==2.13.0"]
    assert not [line for line in PROJECT["dependencies"] + extras["test"] if "torch" in line or "onnx" in line]


@pytest.mark.skipif(find_spec("PySide6") is None, reason="no Qt here")
def test_painting_loses_no_references_to_none():
    done = subprocess.run([sys.executable, "-c", COUNT], capture_output=True, text=True, timeout=60, check=True)
    word, lost = done.stdout.split()
    assert word == "lost"
    assert int(lost) < 50


@pytest.mark.parametrize(
    ("purpose", "there", "not_there"),
    [
        ("run", ["numpy", "PySide6-Essentials"], ["pytest", "torch"]),
        ("test", ["numpy", "PySide6-Essentials", "pytest-qt", "mypy"], ["torch"]),
        ("noqt", ["numpy", "networkx", "pytest", "hypothesis"], ["PySide6", "pyqtgraph", "ziamath", "pytest-qt"]),
        ("oracles", ["numpy", "torch==2.13.0", "onnxruntime", "onnx"], []),
    ],
)
def test_set_up_installs_what_the_purpose_needs(purpose, there, not_there):
    script = Path(__file__).resolve().parents[1] / ".ci" / "requirements.py"
    command = [sys.executable, str(script), purpose]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    lines = done.stdout.splitlines()
    assert [name for name in there if not any(line.startswith(name) for line in lines)] == []
    assert [line for line in lines if line.startswith(tuple(not_there))] == []
