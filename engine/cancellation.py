"""Stopping a recording in its middle: whoever began it in this thread says when, and the recording looks now and then.

An iteration may take many seconds. It looks whenever it enters a scope and for every step that is differentiated, a
huge network's at every step at all; what is drawn before it looks by ``heed``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Cancelled(Exception):  # nothing went wrong: it is no BackstepError for the user to read
    """The work was asked to stop; nothing of it is kept."""


class _Asked(threading.local):
    """One question a thread: None where nobody will ask to stop."""

    heed: Callable[[], None] | None = None


_asked = _Asked()


@contextmanager
def cancellable(is_cancelled: Callable[[], bool]) -> Iterator[None]:
    """Within it, what looks raises ``Cancelled`` once ``is_cancelled`` says so. It is asked often: it must be quick."""

    def heed() -> None:
        if is_cancelled():
            raise Cancelled

    outer, _asked.heed = _asked.heed, heed
    try:
        yield
    finally:
        _asked.heed = outer


def question() -> Callable[[], None] | None:
    """What raises ``Cancelled`` when this thread's work is to stop, for loops that call it often; None for nothing."""
    return _asked.heed


def heed() -> None:
    """Stop here if this thread's work is to stop.

    Raises:
        Cancelled: it is.
    """
    if _asked.heed is not None:
        _asked.heed()
