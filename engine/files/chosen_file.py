"""A file that a setting names, so that what was read of it can be kept until the file changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.settings import Settings


@dataclass(frozen=True, slots=True)
class ChosenFile:
    """A file at a time: equal as long as nobody has written to it.

    Attributes:
        path: where it is.
        stamp: when it was written, in nanoseconds; 0 where that cannot be told, and reading says what is wrong.
    """

    path: Path
    stamp: int


def chosen_file(settings: Settings, name: str) -> ChosenFile | None:
    """The file of a setting; None where it names none."""
    file = settings.text(name)
    if not file:
        return None
    path = Path(file).expanduser()
    try:
        return ChosenFile(path, path.stat().st_mtime_ns)
    except OSError:
        return ChosenFile(path, 0)
