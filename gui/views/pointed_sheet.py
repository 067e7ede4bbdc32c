"""What sheets that paint an example have in common: they say which of its parts the mouse points at or picks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance

PartT = TypeVar("PartT")


class PointedSheet(QWidget, Generic[PartT]):
    """Subclasses say what lies at a point, and paint."""

    def __init__(
        self, appearance: Appearance, pick: Callable[[PartT], None], hover: Callable[[PartT | None], None],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._appearance = appearance
        self._pick, self._hover = pick, hover
        self.setMouseTracking(True)

    # --- for subclasses -----------------------------------------------------------------------------------------

    def _part_at(self, point: QPointF) -> PartT | None:
        """What lies at a point."""
        raise NotImplementedError

    def _paint(self, painter: QPainter) -> None:
        """Paint it on the ground."""
        raise NotImplementedError

    # --- Qt -----------------------------------------------------------------------------------------------------

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), self._appearance.color("ground"))
        self._paint(painter)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        part = self._part_at(event.position())
        if part is not None and event.button() is Qt.MouseButton.LeftButton:
            self._pick(part)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._part_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(None)
