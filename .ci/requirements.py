"""Print the requirement lines of pyproject.toml for one purpose, one a line: run, test, noqt or oracles.

Needs only the standard library: it runs before anything is installed.
"""

import re
import sys
import tomllib
from pathlib import Path

PROJECT = tomllib.loads((Path(__file__).resolve().parents[1] / "pyproject.toml").read_text(encoding="utf-8"))


def requirements(purpose: str) -> list[str]:
    """The requirement lines; "noqt" is "test" without what needs Qt and without the linters."""
    run: list[str] = PROJECT["project"]["dependencies"]
    extras: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
    if purpose == "run":
        return run
    if purpose == "noqt":
        left_out = set(PROJECT["tool"]["backstep"]["needs-qt"]) | set(PROJECT["tool"]["backstep"]["lint-only"])
        return [line for line in run + extras["test"] if _name(line) not in left_out]
    return run + extras[purpose]


def _name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]


if __name__ == "__main__":
    print("\n".join(requirements(sys.argv[1])))
