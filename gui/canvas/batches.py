"""Many primitives in one call: NumPy arrays handed to Qt without a Python object for each."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QByteArray, QDataStream, QLineF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap
from shiboken6 import Shiboken

Array = NDArray[np.float64]
FRAGMENT_FIELDS = 10
"""Doubles in a QPainter.PixmapFragment: x, y (centre), source left, top, width, height, scale x, y, angle, opacity."""
_TOGETHER = 48
"""Shapes filled as one path: the cost of a path grows faster than its length."""
_ELEMENT = np.dtype([("kind", ">i4"), ("x", ">f8"), ("y", ">f8")])
_WINDING = 1


def _contiguous(rows: Array, columns: int) -> Array:
    made = np.ascontiguousarray(rows, dtype=np.float64)
    if made.ndim != 2 or made.shape[1] != columns:
        raise ValueError(f"expected (n, {columns}), got {made.shape}")
    return made


def _first(rows: Array, kind: type[Any]) -> Any:
    """The first row as a Qt object; the rows must outlive it."""
    return Shiboken.wrapInstance(rows.ctypes.data, kind)


def draw_lines(painter: QPainter, segments: Array) -> None:
    """Draw (n, 4) segments x0, y0, x1, y1 with the painter's pen."""
    if len(segments):
        rows = _contiguous(segments, 4)
        painter.drawLines(_first(rows, QLineF), len(rows))


def draw_rects(painter: QPainter, rects: Array) -> None:
    """Draw (n, 4) rectangles x, y, width, height with the painter's pen and brush."""
    if len(rects):
        rows = _contiguous(rects, 4)
        painter.drawRects(_first(rows, QRectF), len(rows))


def draw_fragments(painter: QPainter, fragments: Array, atlas: QPixmap) -> None:
    """Draw (n, 10) pieces of a pixmap, fields as FRAGMENT_FIELDS says."""
    if len(fragments):
        rows = _contiguous(fragments, FRAGMENT_FIELDS)
        painter.drawPixmapFragments(_first(rows, QPainter.PixmapFragment), len(rows), atlas)


def path_of(points: Array, starts: NDArray[np.integer]) -> QPainterPath:
    """One path of polylines: ``points`` (n, 2), a new one beginning at each index in ``starts``.

    Qt reads a path from its documented stream format: a count, (kind, x, y) each, start and fill rule.
    """
    path = QPainterPath()
    if not len(points):
        return path
    elements = np.empty(len(points), dtype=_ELEMENT)
    elements["kind"] = 1
    elements["kind"][starts] = 0
    elements["x"] = points[:, 0]
    elements["y"] = points[:, 1]
    data = struct.pack(">i", len(points)) + elements.tobytes() + struct.pack(">ii", 0, _WINDING)
    stream = QDataStream(QByteArray(data))
    stream >> path
    return path


def fill_polygons(painter: QPainter, corners: Array, color: QColor) -> None:
    """Fill (n, k, 2) polygons of k corners each."""
    count, each = corners.shape[:2]
    closed = np.concatenate([corners, corners[:, :1]], axis=1)
    for first in range(0, count, _TOGETHER):
        piece = closed[first : first + _TOGETHER]
        starts = np.arange(0, len(piece) * (each + 1), each + 1)
        painter.fillPath(path_of(piece.reshape(-1, 2), starts), color)
