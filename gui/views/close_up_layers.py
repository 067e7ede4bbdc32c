"""The parts of a cell's picture that stay while the cursor moves, kept as pictures."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPixmap

from gui.views.close_up_frame import Frame
from gui.views.close_up_nodes import paint_frames, paint_nodes, paint_title
from gui.views.close_up_wires import paint_wires


class Layers:
    """The ground (all of it, pale), and over it what is revealed: the second changes only in the forward pass."""

    def __init__(self) -> None:
        self._ground: tuple[tuple[object, ...], QPixmap] | None = None
        self._inked: tuple[tuple[object, ...], QPixmap] | None = None

    def forget(self) -> None:
        """Paint all of it anew."""
        self._ground = self._inked = None

    def inked(self, frame: Frame, size: QSize, gate_names: dict[str, str], title: str) -> QPixmap:
        """The picture without gradients and marks."""
        ground = self._ground_of(frame, size, gate_names, title)
        step = frame.content.diagram.step
        shown = sum(frame.revealed(entry) for entry in (*step.entries, *step.sources))
        key = (*self._key(frame, size, title), shown, frame.unit_j)
        if self._inked is None or self._inked[0] != key:
            made = QPixmap(ground)
            painter = _painter(made)
            paint_wires(painter, frame, inked=True)
            paint_nodes(painter, frame, inked=True)
            painter.end()
            self._inked = key, made
        return self._inked[1]

    def _ground_of(self, frame: Frame, size: QSize, gate_names: dict[str, str], title: str) -> QPixmap:
        key = self._key(frame, size, title)
        if self._ground is None or self._ground[0] != key:
            made = QPixmap(size * frame.ratio)
            made.setDevicePixelRatio(frame.ratio)
            made.fill(frame.look.palette.ground)
            painter = _painter(made)
            paint_frames(painter, frame, gate_names)
            paint_wires(painter, frame, inked=False)
            paint_nodes(painter, frame, inked=False)
            paint_title(painter, frame, title, QRectF(0, 0, size.width(), size.height()))
            painter.end()
            self._ground = key, made
        return self._ground[1]

    def _key(self, frame: Frame, size: QSize, title: str) -> tuple[object, ...]:
        return frame.content.cursor.tape, frame.geometry, frame.look, size.toTuple(), frame.ratio, title


def _painter(pixmap: QPixmap) -> QPainter:
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter
