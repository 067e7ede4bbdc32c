"""The plane of codes: what the decoder makes of every place in it, and where the images of the batch lie."""

from __future__ import annotations

import math
import time
from collections.abc import Hashable

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.appearance import Appearance
from gui.views.grey_image import grey_image
from gui.views.latent_axes import LatentAxes, Span, paint_axes, plane_area
from gui.views.latent_codes import LatentCodes, ShownNetwork
from gui.views.latent_points import KIND_COLORS, paint_dots, paint_example, paint_kinds, paint_spread
from gui.views.own_keys import is_own_key

_CELL, _ROWS = 24.0, 13
"""A decoded image of the grid is at least so wide, px before scaling; where there is room, there are so many rows."""
_MOST_ACROSS, _MOST_UP = 45, 25
_PALE = 0.5
"""Strength of the ink where points lie over the images."""
_NEAR = 10.0
_STEP = 0.02
_KEYS = {
    Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1),
}  # fmt: skip
_SHIFT, _KEYPAD = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.KeypadModifier


class LatentPlane(QWidget):
    """Paints a picture that is kept while the weights stay, and over it the batch, as far as it is computed.

    Pointing at a place decodes it; a click or Shift with an arrow key keeps it, Escape lets it go. A click on a point
    of the batch picks that example.

    Signals: pointed, another place is pointed at or kept; picked(example).
    """

    pointed = Signal()
    picked = Signal(int)

    def __init__(self, codes: LatentCodes, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes, self._appearance = codes, appearance
        self._pair, self._example = (0, min(1, codes.units - 1)), 0
        self._has_images, self._has_held_out = True, True
        self._names = ("", "")
        self._hover: tuple[float, float] | None = None
        self._kept: tuple[float, float] | None = None
        self._picture: QPixmap | None = None
        self._picture_key: Hashable = None
        self._painting_seconds = 0.0
        self._spans: tuple[Span, Span] = (Span(-1, 1), Span(-1, 1))
        self._network: ShownNetwork | None = None
        self._held_out_codes = self._held_out = np.zeros((0, codes.units))
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.update_weights()

    # --- what is shown -------------------------------------------------------------------------------------------

    @property
    def place(self) -> tuple[float, float] | None:
        """The place pointed at, else the one that is kept: across, up."""
        return self._kept if self._hover is None else self._hover

    @property
    def painting_seconds(self) -> float:
        """How long the picture took that was painted last."""
        return self._painting_seconds

    @property
    def axes(self) -> LatentAxes:
        """Where which code is."""
        return LatentAxes(plane_area(self.width(), self.height(), self._appearance), *self._spans)

    def show_codes(self, codes: LatentCodes) -> None:
        """Show another tape's codes."""
        if codes.units != self._codes.units:
            self._kept = self._hover = None
            self._pair = min(self._pair[0], codes.units - 1), min(self._pair[1], codes.units - 1)
        self._codes = codes
        self.update_weights()

    def show_pair(self, pair: tuple[int, int], names: tuple[str, str]) -> None:
        """Let other units lie along the sides, with their names in LaTeX."""
        if (pair, names) != (self._pair, self._names):
            self._pair, self._names = pair, names
            self._place_held_out()
            self.update()

    def take_appearance(self) -> None:
        """Colours or sizes changed."""
        self._picture = None
        self.update()

    def show_layers(self, images: bool, held_out: bool) -> None:
        """Show decoded images, and codes of held-out images, or not."""
        self._has_images, self._has_held_out = images, held_out
        self._picture = None
        self.update()

    def show_example(self, example: int) -> None:
        """Mark another example of the batch."""
        self._example = example
        self.update()

    def keep(self, place: tuple[float, float] | None) -> None:
        """Keep a place, or let it go."""
        self._kept = place
        self.pointed.emit()
        self.update()

    def update_weights(self) -> None:
        """The weights may have changed; where they have not, the picture stays."""
        network = self._codes.network
        if not network.is_same_as(self._network):
            self._network = network
            self._held_out_codes = self._codes.held_out_codes()
            self._place_held_out()
        self.update()

    def _place_held_out(self) -> None:
        self._held_out = self._placed(self._held_out_codes, self._codes.held_out_kinds)
        self._spans = Span.of(self._held_out[:, 0]), Span.of(self._held_out[:, 1])
        self._picture = None

    def _placed(self, z: np.ndarray, kinds: np.ndarray) -> np.ndarray:
        """Codes (N, Z) in the plane, (N, 2); of a single unit every kind has a height of its own."""
        if self._codes.units > 1:
            return z[:, list(self._pair)]
        most = max(1, len(self._codes.kind_names) - 1)
        return np.stack([z[:, 0], 2.6 * (1.0 - 2.0 * kinds / most)], axis=1)

    # --- painting ------------------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._current_picture())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        axes, look = self.axes, self._appearance
        painter.setClipRect(axes.area)
        self._paint_batch(painter, axes)
        if self.place is not None:
            self._paint_place(painter, axes.at(*self.place))
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(look.color("focus"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _current_picture(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        key = self.width(), self.height(), ratio
        if self._picture is None or key != self._picture_key:
            begun, self._picture_key = time.monotonic(), key
            self._picture = QPixmap(max(1, round(self.width() * ratio)), max(1, round(self.height() * ratio)))
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(self._appearance.color("ground"))
            painter = QPainter(self._picture)
            self._paint_picture(painter)
            painter.end()
            self._painting_seconds = time.monotonic() - begun
        return self._picture

    def _paint_picture(self, painter: QPainter) -> None:
        axes = self.axes
        if self._has_images:
            self._paint_images(painter, axes)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._appearance.color("line"), 1))
        painter.drawLine(axes.at(0, axes.up.least), axes.at(0, axes.up.greatest))
        painter.drawLine(axes.at(axes.across.least, 0), axes.at(axes.across.greatest, 0))
        if self._has_held_out:
            painter.setClipRect(axes.area)
            paint_dots(painter, axes, self._held_out, self._codes.held_out_kinds, self._appearance)
            painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paint_axes(painter, axes, self._names, self._appearance)

    def grid(self) -> tuple[int, int]:
        """How many images there are across and up."""
        area = self.axes.area
        cell = max(self._appearance.px(_CELL), area.height() / _ROWS)
        up = 1 if self._codes.units == 1 else min(max(3, round(area.height() / cell)), _MOST_UP)
        side = area.height() / up if up > 1 else min(area.height(), 2 * cell)
        return min(max(3, round(area.width() / side)), _MOST_ACROSS), up

    def _paint_images(self, painter: QPainter, axes: LatentAxes) -> None:
        (across, up), (height, width) = self.grid(), self._codes.image
        z = np.stack([
            self._codes.point(right, high, self._pair)
            for high in axes.up.centres(up)[::-1] for right in axes.across.centres(across)
        ])  # fmt: skip
        images = self._codes.decoded(z)
        whole = grey_image(images.reshape(-1, width), self._appearance, _PALE if self._has_held_out else 1.0)
        box, ratio = axes.area, painter.device().devicePixelRatio()
        wide, high = box.width() / across, box.height() / up
        size = min(wide / width, high / height)
        if size * ratio >= 1:  # every pixel as large as the others
            size = math.floor(size * ratio) / ratio
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, size * ratio < 1)
        for number in range(len(images)):
            right, down = number % across, number // across
            x = box.left() + (right + 0.5) * wide - size * width / 2
            y = box.top() + (down + 0.5) * high - size * height / 2
            target = QRectF(round(x * ratio) / ratio, round(y * ratio) / ratio, size * width, size * height)
            painter.drawImage(target, whole, QRectF(0, number * height, width, height))

    def batch_places(self) -> np.ndarray | None:
        """Where the batch lies, (N, 2); None while it is not computed."""
        z = self._codes.revealed(self._codes.place_entry)
        return None if z is None or self._codes.live is not None else self._placed(z, self._codes.kinds)

    def _paint_batch(self, painter: QPainter, axes: LatentAxes) -> None:
        places, codes = self.batch_places(), self._codes
        if places is None:
            return
        one = min(self._example, len(places) - 1)
        spread, drawn = codes.revealed(codes.entries.spread), codes.revealed(codes.entries.code)
        pair = list(self._pair) if codes.units > 1 else [0, 0]
        color = self._appearance.color(KIND_COLORS[int(codes.kinds[one]) % len(KIND_COLORS)])
        if spread is not None:
            paint_spread(painter, axes, places[one], spread[one, pair], color, self._appearance)
        order = [*(other for other in range(len(places)) if other != one), one]  # the one looked at on top
        paint_kinds(painter, axes, places[order], codes.kinds[order], codes.kind_names, self._appearance)
        target = None
        if drawn is not None and codes.entries.mean is not None:
            target = self._placed(drawn, codes.kinds)[one]
        paint_example(painter, axes, places[one], target, self._appearance)

    def _paint_place(self, painter: QPainter, point: QPointF) -> None:
        size, look = self._appearance.px(7), self._appearance
        for color, width in (("ground", 4.0), ("cursor", 2.0)):
            painter.setPen(QPen(look.color(color), look.px(width)))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(point, size, size)
            painter.drawLine(point - QPointF(2 * size, 0), point - QPointF(size, 0))
            painter.drawLine(point + QPointF(size, 0), point + QPointF(2 * size, 0))
            painter.drawLine(point - QPointF(0, 2 * size), point - QPointF(0, size))
            painter.drawLine(point + QPointF(0, size), point + QPointF(0, 2 * size))

    # --- pointing ------------------------------------------------------------------------------------------------

    def example_at(self, point: QPointF) -> int | None:
        """The example of the batch at a point of the screen; the nearest, if it is near."""
        places, axes = self.batch_places(), self.axes
        if places is None or not len(places):
            return None
        at = [axes.at(*(float(one) for one in place)) - point for place in np.nan_to_num(places)]
        distances = [one.x() ** 2 + one.y() ** 2 for one in at]
        nearest = int(np.argmin(distances))
        return nearest if distances[nearest] <= self._appearance.px(_NEAR) ** 2 else None

    def _point_at(self, place: tuple[float, float] | None) -> None:
        if place != self._hover:
            self._hover = place
            self.pointed.emit()
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        axes, point = self.axes, event.position()
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._hover = None
            self.keep(axes.code_at(point))
        else:
            self._point_at(axes.code_at(point) if axes.area.contains(point) else None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        axes, point = self.axes, event.position()
        if event.button() is not Qt.MouseButton.LeftButton or not axes.area.contains(point):
            return
        example = self.example_at(point)
        if example is not None:
            self.picked.emit(example)
        else:
            self._hover = None
            self.keep(axes.code_at(point))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Leave:
            self._point_at(None)
        return is_own_key(event, self._wants) or super().event(event)

    def _wants(self, event: QKeyEvent) -> bool:
        shifted = event.modifiers() & ~_KEYPAD == _SHIFT
        return (shifted and event.key() in _KEYS) or (event.key() == Qt.Key.Key_Escape and self._kept is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._wants(event):
            event.ignore()
        elif event.key() == Qt.Key.Key_Escape:
            self.keep(None)
        else:
            axes, (right, high) = self.axes, _KEYS[Qt.Key(event.key())]
            at = axes.at(*(self._kept or (0.0, 0.0)))
            self.keep(axes.code_at(at + QPointF(right * _STEP * axes.area.width(), -high * _STEP * axes.area.height())))

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(360), self._appearance.whole_px(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(120), self._appearance.whole_px(80))
