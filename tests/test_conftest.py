"""What conftest.py promises to catch, it catches: each of these tests would pass without it."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CAUGHT = {
    "a thread left running": (
        "import threading\n"
        "def test_it():\n"
        "    threading.Thread(target=threading.Event().wait, name='forgotten', daemon=True).start()\n",
        "threads still running: ['forgotten']",
    ),
    "a warning logged": (
        "import logging\ndef test_it():\n    logging.getLogger('engine').warning('odd')\n",
        "logged without being expected: ['engine: odd']",
    ),
    "a Python warning": ("import warnings\ndef test_it():\n    warnings.warn('old')\n", "UserWarning: old"),
}


def run_pytest(folder: Path, source: str) -> subprocess.CompletedProcess[str]:
    shutil.copy(Path(__file__).with_name("conftest.py"), folder)
    (folder / "pytest.ini").write_text("[pytest]\nfilterwarnings = error\nmarkers = allow_warnings\n", encoding="utf-8")
    (folder / "test_it.py").write_text(source, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(folder)], cwd=folder, capture_output=True, text=True, timeout=60
    )


@pytest.mark.parametrize("name", CAUGHT)
def test_it_is_caught(name, tmp_path):
    source, message = CAUGHT[name]
    done = run_pytest(tmp_path, source)
    assert done.returncode == 1
    assert message in done.stdout


def test_what_is_expected_passes(tmp_path):
    source = (
        "import logging, os, threading, pytest\n"
        "from pathlib import Path\n"
        "@pytest.mark.allow_warnings\n"
        "def test_it():\n"
        "    logging.getLogger('engine').warning('odd')\n"
        "    threading.Timer(0.05, int).start()\n"
        "    assert os.listdir(os.environ['BACKSTEP_HOME']) == []\n"
    )
    done = run_pytest(tmp_path, source)
    assert done.returncode == 0, done.stdout
