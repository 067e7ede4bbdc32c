"""Where the timeline's marks lie along x, and what lies at an x; zoom and offset included."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gui.views.timeline_marks import Segment

SEPARATE = 3.0
"""From this width in pixels on marks are drawn one by one; below they merge into bars."""

_LEAST = 1e-3
"""No mark is narrower, so that a window of no width can be reckoned with too."""


class TimelineScale:
    """Marks of equal width, segments with gaps between them.

    Attributes:
        mark: width of one mark with the space behind it, in pixels.
        offset: how far the content is scrolled to the left.
        zoom: 1 shows everything.
    """

    def __init__(self, segments: Sequence[Segment], width: float, margin: float, gap: float, widest: float) -> None:
        """Show everything in ``width`` pixels; no mark grows beyond ``widest`` by itself."""
        self._firsts = np.array([segment.first for segment in segments] or [0], dtype=np.intp)
        self._count = max(segments[-1].last, 1) if segments else 1
        self._width = width
        self._margin = margin
        self._gap = gap
        self._gaps = gap * (len(self._firsts) - 1)
        self._widest = widest
        self._fit = min(widest, max(_LEAST, (width - 2 * margin - self._gaps) / self._count))
        self.mark = self._fit
        self.offset = 0.0

    @property
    def zoom(self) -> float:
        return self.mark / self._fit

    @property
    def zoomed(self) -> bool:
        """Whether only a part is visible."""
        return self.length > self._width + 0.5

    @property
    def separate(self) -> bool:
        """Whether marks are wide enough to be drawn one by one."""
        return self.mark >= SEPARATE

    @property
    def length(self) -> float:
        """Width of the whole content in pixels."""
        return 2 * self._margin + self._gaps + self.mark * self._count

    @property
    def shown(self) -> tuple[float, float]:
        """The visible part of the content, as shares 0 … 1 of its length."""
        return self.offset / self.length, min(1.0, (self.offset + self._width) / self.length)

    def left(self, ranks: ArrayLike) -> NDArray[np.float64]:
        """Left edges of marks."""
        ranks = np.asarray(ranks)
        segment = np.searchsorted(self._firsts, ranks, side="right") - 1
        result: NDArray[np.float64] = self._margin + segment * self._gap + ranks * self.mark - self.offset
        return result

    def boundary(self, rank: int) -> float:
        """Where the cursor stands that has passed ``rank`` marks: behind the last of them."""
        return float(self.left(0)) if rank <= 0 else float(self.left(rank - 1)) + self.mark

    def rank_at(self, x: float) -> int:
        """The mark at ``x``, or the last one before it; -1 before the first."""
        starts = self.left(self._firsts)
        segment = int(np.searchsorted(starts, x, side="right")) - 1
        if segment < 0:
            return -1
        last = self._firsts[segment + 1] if segment + 1 < len(self._firsts) else self._count
        rank = int(self._firsts[segment]) + int((x - starts[segment]) / self.mark)
        return min(rank, int(last) - 1)

    def visible(self) -> tuple[int, int]:
        """The marks ``first … last-1`` that are at least partly visible."""
        return max(0, self.rank_at(0.0)), self.rank_at(self._width) + 1

    def zoom_by(self, factor: float, x: float) -> None:
        """Zoom, keeping in place what lies at ``x``."""
        rank = max(0, self.rank_at(x))
        share = (x - float(self.left(rank))) / self.mark
        self.mark = min(max(self.mark * factor, self._fit), max(self._widest, self._fit))
        self.scroll_to(self.offset + float(self.left(rank)) + share * self.mark - x)

    def scroll_to(self, offset: float) -> None:
        """Scroll, not beyond the ends."""
        self.offset = min(max(offset, 0.0), max(0.0, self.length - self._width))

    def keep_view_of(self, other: "TimelineScale") -> None:
        """Take over the zoom and the visible part of the scale before this one."""
        if other.zoomed:
            self.mark = min(max(self._fit * other.zoom, self._fit), max(self._widest, self._fit))
            self.scroll_to(other.offset / other.length * self.length)

    def reveal(self, x: float, room: float) -> bool:
        """Scroll so that ``x`` is visible; whether it had to.

        What leaves the picture on one side comes back at ``room`` from the other, so that stepping on scrolls rarely.
        """
        before = self.offset
        if x < 0:
            self.scroll_to(self.offset + x - self._width + room)
        elif x > self._width:
            self.scroll_to(self.offset + x - room)
        return self.offset != before
