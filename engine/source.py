"""Where in the source a step was made."""

from __future__ import annotations

import linecache
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import CodeType

from engine.tensor import Tensor

_ROOM = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """A line of the source.

    Attributes:
        file: path of the file, relative to the project where it lies in it.
        line: line number, from 1.
        function: name of the function the line is in.
        function_lines: first and last line of that function.
    """

    file: str
    line: int
    function: str
    function_lines: tuple[int, int]

    def text(self) -> str:
        """The line itself, stripped."""
        return linecache.getline(_absolute(self.file), self.line).strip()


def source_place(step: Tensor) -> SourcePlace | None:
    """The line that made the step; None for what was given."""
    return None if step.code is None else _place(step.code, step.instruction)


def source_lines(file: str) -> list[str]:
    """All lines of a source file that a place names."""
    return [line.rstrip("\n") for line in linecache.getlines(_absolute(file))]


def _absolute(file: str) -> str:
    return file if Path(file).is_absolute() else str(_ROOM / file)


@lru_cache(maxsize=8192)
def _place(code: CodeType, instruction: int) -> SourcePlace:
    line = code.co_firstlineno
    for start, end, number in code.co_lines():
        if start <= instruction < end and number is not None:
            line = number
    numbers = [number for _, _, number in code.co_lines() if number is not None]
    path = Path(code.co_filename).resolve()
    file = path.relative_to(_ROOM).as_posix() if path.is_relative_to(_ROOM) else str(path)
    return SourcePlace(file, line, code.co_name, (code.co_firstlineno, max(numbers, default=line)))
