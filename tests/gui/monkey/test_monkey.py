"""A monkey works the window at random: no exception, no Qt warning, no crash, no hang, no growth.

It is the same few monkeys at every run, so that whether `make test` passes depends on what is tested and not on luck;
`pytest tests/gui/monkey --monkey-seed random` lets a fresh one loose, `--monkey-seed 7` that one again, and
`--monkey-actions 50000` takes more actions. Those wait for the run's work to end; `--monkey-hasty` ones do not.
"""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

_ROOT = Path(__file__).parents[3]
_SECONDS_AN_ACTION = 1.0
_SECONDS_BESIDES = 120.0
_LAST_ACTIONS = 20
_MEGABYTES_OF_GROWTH = 400.0
"""Between half way and the end, each time after everything was put back. The caches of formulas, glyphs and pictures
still fill, and views keep the last tape that concerned them, be it one of a lesson with long sequences: a run held
334 MB after 500 actions, 549 after 1,000 and 372 after 1,500. Leaks are found by what is counted."""
_TAPES_OF_GROWTH = 8
"""A run that somebody still holds keeps its tapes; a view may keep the last one that it showed."""
_WIDGETS_OF_GROWTH = 60
_OBJECTS_OF_GROWTH = 150
"""Things made once when first needed, such as a tooltip, the list of a combo box or the coloured text of a source
file, three objects each. A leak of one object at every tape or change of looks makes hundreds."""


@dataclass(frozen=True)
class Outcome:
    """How a monkey's process ended: what it wrote, and its last line."""

    status: int | None
    lines: list[str]
    errors: str
    report: dict[str, Any]

    def describe(self, seed: int, actions: int, *manners: str) -> str:
        """What one needs to find the fault: what went wrong, the last actions, how to do it again."""
        taken = [line for line in self.lines if not line.startswith("{")][-_LAST_ACTIONS:]
        problems = self.report.get("problems", []) or [f"ended with status {self.status}\n{self.errors[-4000:]}"]
        again = [f"--monkey-seed {seed} --monkey-actions {actions}", *(f"--monkey-{name[2:]}" for name in manners)]
        return "\n".join([*problems, "The last actions:", *taken, f"Again: pytest tests/gui/monkey {' '.join(again)}"])


def let_loose(folder: Path, seed: int, actions: int, *more: str) -> Outcome:
    """Run a monkey in a process of its own."""
    written, errors = folder / "monkey.txt", folder / "errors.txt"
    command = [sys.executable, "-W", "error", "-m", "tests.gui.monkey.run", "--seed", str(seed),
               "--actions", str(actions), *more]  # fmt: skip
    surroundings = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8", "PYTHONHASHSEED": "0"}
    with written.open("wb") as out, errors.open("wb") as err:
        try:
            status: int | None = subprocess.run(
                command, cwd=_ROOT, env=surroundings, stdout=out, stderr=err, check=False,
                timeout=_SECONDS_BESIDES + _SECONDS_AN_ACTION * actions,
            ).returncode  # fmt: skip
        except subprocess.TimeoutExpired:
            status = None
    lines = written.read_text(encoding="utf-8", errors="replace").splitlines()
    report = json.loads(lines[-1]) if lines and lines[-1].startswith("{") else {}
    return Outcome(status, lines, errors.read_text(encoding="utf-8", errors="replace"), report)


@pytest.mark.slow
def test_a_monkey_breaks_nothing_and_nothing_grows(
    tmp_path: Path, monkey_actions: int, monkey_seed: int, monkey_manners: tuple[str, ...]
) -> None:
    outcome = let_loose(tmp_path, monkey_seed, monkey_actions, *monkey_manners)
    if outcome.status != 0:
        pytest.fail(outcome.describe(monkey_seed, monkey_actions, *monkey_manners), pytrace=False)
    assert outcome.report["actions"] == monkey_actions
    warm, end = outcome.report["marks"]
    grown = f"seed {monkey_seed}: from {warm} to {end}"
    assert end["megabytes"] - warm["megabytes"] < _MEGABYTES_OF_GROWTH, grown
    assert end["tapes"] <= warm["tapes"] + _TAPES_OF_GROWTH, grown
    assert end["widgets"] - warm["widgets"] < _WIDGETS_OF_GROWTH, grown
    assert end["objects"] - warm["objects"] < _OBJECTS_OF_GROWTH, grown


@pytest.mark.parametrize(
    ("fault", "sign"),
    [("exception", "ZeroDivisionError"), ("warning", "Qt: a warning"), ("crash", "ended with status")],
)
def test_the_monkey_hears_what_goes_wrong(tmp_path: Path, fault: str, sign: str) -> None:
    outcome = let_loose(tmp_path, 1, 12, "--fault", fault)
    assert outcome.status != 0
    said = outcome.describe(1, 12)
    assert sign in said
    assert "--monkey-seed 1 --monkey-actions 12" in said
    assert "\n6 " in said
