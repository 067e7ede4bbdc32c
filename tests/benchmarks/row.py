"""A row of the benchmark table: a ratio against a named peer, measured in the same run."""

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

import numpy as np


@dataclass(frozen=True)
class Row:
    """One measured claim.

    Attributes:
        what: what was measured.
        ours, peer: milliseconds; the peer's may be a bar in milliseconds where the bar is one.
        peer_name: what ours is compared with.
        bar: what ours / peer must not exceed.
    """

    what: str
    ours: float
    peer: float
    peer_name: str
    bar: float

    @property
    def ratio(self) -> float:
        return self.ours / self.peer

    @property
    def met(self) -> bool:
        return self.ratio <= self.bar

    def as_json(self) -> dict[str, object]:
        """The row with its ratio and whether the bar is met."""
        return {**asdict(self), "ratio": self.ratio, "met": self.met}


@dataclass(frozen=True)
class Missing:
    """A row that could not be measured here, and why."""

    what: str
    reason: str


def paired(ours: Callable[[], object], peer: Callable[[], object], rounds: int, calls: int) -> tuple[float, float]:
    """Median milliseconds a call of both, taken in turn so that a drifting machine hits both alike."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for measured, kept in zip((ours, peer), times, strict=True):
            start = time.perf_counter()
            for _ in range(calls):
                measured()
            kept.append((time.perf_counter() - start) / calls * 1e3)
    return float(np.median(times[0])), float(np.median(times[1]))
