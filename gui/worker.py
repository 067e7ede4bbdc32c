"""One worker thread for what takes long, watched from the window's thread."""

import gc
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

GRACE_SECONDS = 0.02
"""So long the window waits for work that may be short, before it shows that it is busy."""
_HASTE_SECONDS = 0.25
_WAY_SECONDS = 0.004
_POLL_MILLISECONDS = 40
_POLLS_BETWEEN_COLLECTIONS = 50


@dataclass(frozen=True)
class Busy:
    """What is being done, for the progress bar; `total` is 0 where nobody knows how much there is to do."""

    text: str
    done: int = 0
    total: int = 0


@dataclass
class Job:
    """One piece of work: the thread writes `done` and reads `cancelled`, the window the other way round.

    Attributes:
        text: what is being done, for the user.
        work: done in the thread; gets the job.
        finish: called in the window's thread with what `work` returned.
        fail: called there with what `work` raised.
        total: what `done` counts up to; 0 where nobody knows.
    """

    text: str
    work: Callable[["Job"], Any]
    finish: Callable[[Any], None]
    fail: Callable[[BaseException], None]
    total: int = 0
    done: int = 0
    cancelled: bool = False
    gives_way_until: float = 0.0

    def pace(self) -> None:
        """Called by the work between its pieces: it gives way to the window while the user steps."""
        if time.monotonic() < self.gives_way_until:
            time.sleep(_WAY_SECONDS)


class _Collector:
    """Python's collector of cycles: it sleeps while any worker works, there may be more than one."""

    def __init__(self) -> None:
        self._working = 0

    def sleep(self) -> None:
        self._working += 1
        gc.disable()

    def wake(self) -> None:
        self._working -= 1
        if not self._working:
            gc.enable()


_collector = _Collector()


class Worker(QObject):
    """Runs one job at a time in a thread of its own.

    No signal crosses the threads: a timer looks at the job. Python's collector of cycles sleeps meanwhile, since it
    could destroy widgets from the wrong thread; the window's thread calls it itself now and then.

    Signals: changed, when the work began, went on or ended.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._future: Future | None = None
        self._polls = 0
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MILLISECONDS)
        self._timer.timeout.connect(self._poll)

    @property
    def busy(self) -> Busy | None:
        """What is being done; None while idle."""
        job = self._job
        return None if job is None else Busy(job.text, job.done, job.total)

    def start(self, job: Job) -> None:
        """Begin; short work is finished on return. Only while idle."""
        if self._job is not None:
            raise RuntimeError("one job at a time")
        self._job = job
        self._polls = 0
        _collector.sleep()
        executor = ThreadPoolExecutor(1, "Backstep worker")
        self._future = executor.submit(job.work, job)
        executor.shutdown(wait=False)
        if wait([self._future], GRACE_SECONDS).not_done:
            self._timer.start()
            self.changed.emit()
        else:
            self._end()

    def give_way(self) -> None:
        """The user is doing something: the work goes on more slowly for a moment."""
        if self._job is not None:
            self._job.gives_way_until = time.monotonic() + _HASTE_SECONDS

    def cancel(self) -> None:
        """Ask the work to stop soon; `finish` is called all the same."""
        if self._job is not None:
            self._job.cancelled = True

    def close(self) -> None:
        """Cancel and wait for the end, without telling anybody of the result."""
        self._timer.stop()
        if self._future is not None:
            self.cancel()
            wait([self._future])
            self._job = self._future = None
            _collector.wake()

    def _poll(self) -> None:
        if self._future is not None and self._future.done():
            self._end()
            return
        self._polls += 1
        if self._polls % _POLLS_BETWEEN_COLLECTIONS == 0:
            gc.collect(1)
        self.changed.emit()

    def _end(self) -> None:
        job, future, was_shown = self._job, self._future, self._timer.isActive()
        self._timer.stop()
        self._job = self._future = None
        _collector.wake()
        if was_shown:
            self.changed.emit()
        if job is None or future is None:
            return
        error = future.exception()
        if error is None:
            job.finish(future.result())
        else:
            job.fail(error)
