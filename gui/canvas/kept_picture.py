"""The picture of the graph, kept: from frame to frame only what changed is painted, if it can be before it is seen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPixmap, QRegion

from gui.canvas.changes import changed_rects, looks_alike, panned
from gui.canvas.frame import Array, Frame
from gui.canvas.graph_painter import GraphPainter
from gui.canvas.legend import paint_legend

_NOTHING = np.zeros((0, 4))


@dataclass(frozen=True)
class _Foreseen:
    """A picture that may be wanted next, and where it differs from the one that was kept when it was made."""

    frame: Frame
    picture: QPixmap
    changed: Array | None


class KeptPicture:
    """Paints frames into a pixmap of its own."""

    def __init__(self, painter: GraphPainter) -> None:
        self._painter = painter
        self._picture: QPixmap | None = None
        self._painted: Frame | None = None
        self._foreseen: _Foreseen | None = None
        self._changed: Array | None = None

    def turn_to(self, frame: Frame) -> Array | None:
        """Take over another frame.

        Returns:
            (n, 4) x, y, width, height in px outside of which nothing changed on the screen; None for everywhere.
        """
        foreseen, before = self._foreseen, self._painted
        if before is None or self._picture is None or _size(frame) != (self._picture.width(), self._picture.height()):
            self._changed = None
        elif foreseen is not None and looks_alike(foreseen.frame, frame):
            self._picture, self._painted, self._foreseen, self._changed = foreseen.picture, frame, None, _NOTHING
            return foreseen.changed
        else:
            moved = panned(before, frame)
            if moved is not None and moved[0] != (0, 0):
                self._picture.scroll(*moved[0], self._picture.rect())
                self._paint(frame, moved[1])
                return None
            self._changed = changed_rects(before, frame)
        return self._changed

    def picture(self, frame: Frame) -> QPixmap:
        """The picture of the frame taken over last, with what changed since it was last asked for painted anew."""
        picture = self._picture
        if picture is None or (picture.width(), picture.height()) != _size(frame):
            picture = self._picture = _pixmap(frame)
            self._changed = None
        if self._painted is not frame:
            self._paint(frame, self._changed)
        return picture

    def foresee(self, frame: Frame) -> None:
        """Paint a frame that may be wanted next; nothing is done before the last one was seen."""
        before, picture = self._painted, self._picture
        if before is None or picture is None or (picture.width(), picture.height()) != _size(frame):
            return
        moved = panned(before, frame)
        if moved is not None and moved[0] != (0, 0):
            made = QPixmap(picture)
            made.scroll(*moved[0], made.rect())
            _paint_on(made, self._painter, frame, moved[1])
            self._foreseen = _Foreseen(frame, made, None)
            return
        changed = changed_rects(before, frame)
        made = QPixmap(picture) if changed is not None else _pixmap(frame)
        _paint_on(made, self._painter, frame, changed)
        self._foreseen = _Foreseen(frame, made, changed)

    def _paint(self, frame: Frame, changed: Array | None) -> None:
        """Paint what lies in some rectangles anew; all for None."""
        self._painted, self._changed = frame, _NOTHING
        if self._picture is not None and (changed is None or len(changed)):
            self._foreseen = None
            _paint_on(self._picture, self._painter, frame, changed)


def _size(frame: Frame) -> tuple[int, int]:
    """Width and height in pixels of the device."""
    return round(frame.camera.width * frame.ratio), round(frame.camera.height * frame.ratio)


def _pixmap(frame: Frame) -> QPixmap:
    made = QPixmap(*_size(frame))
    made.setDevicePixelRatio(frame.ratio)
    return made


def _paint_on(picture: QPixmap, graph: GraphPainter, frame: Frame, rects: Array | None) -> None:
    if rects is not None and not len(rects):
        return
    painter = QPainter(picture)
    shown = frame
    if rects is not None:
        painter.setClipRegion(_region(rects))
        shown = frame.part(rects)
    graph.paint(painter, shown)
    paint_legend(painter, shown)
    painter.end()


def _region(rects: Array) -> QRegion:
    region = QRegion()
    for x, y, width, height in rects.astype(int).tolist():
        region |= QRect(x, y, width, height)
    return region
