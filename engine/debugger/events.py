"""What a session tells those who look at it: frozen records, no toolkit."""

from __future__ import annotations

from dataclasses import dataclass

from engine.debugger.breakpoints import Breakpoint
from engine.settings import Change


@dataclass(frozen=True, slots=True)
class CursorMoved:
    """The cursor moved on the same tape."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class TapeChanged:
    """Another iteration's tape is open; its number from 0. Its structure may differ from the one before."""

    iteration: int


@dataclass(frozen=True, slots=True)
class Restarted:
    """The run began anew: another lesson, other settings, or a reset.

    Attributes:
        lesson: id of the lesson.
        changes: the settings that differ from before, none for a reset or another lesson.
    """

    lesson: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class GrainChanged:
    """One press now steps over something else."""


@dataclass(frozen=True, slots=True)
class BreakpointsChanged:
    """A breakpoint was added, removed, switched or changed."""


@dataclass(frozen=True, slots=True)
class BreakpointHit:
    """A run stopped at a breakpoint, behind the step ``index``."""

    breakpoint: Breakpoint
    index: int


Event = CursorMoved | TapeChanged | Restarted | GrainChanged | BreakpointsChanged | BreakpointHit
