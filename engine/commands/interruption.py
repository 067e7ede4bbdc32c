"""Ctrl+C as a request to stop at the next good place, so that what was reached is kept."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

EXIT_STATUS = 130
"""What a command returns that was stopped: 128 + SIGINT, as shells have it."""


@dataclass(slots=True)
class Interruption:
    """Whether the user has asked to stop."""

    requested: bool = False


@contextmanager
def interruption() -> Iterator[Interruption]:
    """Within it the first Ctrl+C sets ``requested``; a second one stops at once, as usual."""
    asked = Interruption()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return
    usual = signal.getsignal(signal.SIGINT)

    def ask(number: int, frame: FrameType | None) -> None:
        asked.requested = True
        signal.signal(signal.SIGINT, usual)

    signal.signal(signal.SIGINT, ask)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, usual)
