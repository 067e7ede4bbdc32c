"""Which tape the code that runs in this thread is recorded on."""

from __future__ import annotations

import threading
from typing import Any


class _Active(threading.local):
    """One tape a thread: the window may look at one run while a worker trains another."""

    tape: Any = None


active = _Active()
