"""The view of tasks with images: what is seen, and beside it the words that are read and answered."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.decoding import DecodingView
from gui.views.image_plot import ImagePlot

_SHARE = 0.46
"""Share of the width that the image and its maps may take."""
_WORDS = 440.0
"""Width that is left to the words over time and the likeliest answers where the image can give way, px."""


class ImagesView(QWidget):
    """The image of the chosen sequence with its feature maps at the left, words over time at the right."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = ImagePlot(bridge, appearance, self)
        self._words = DecodingView(bridge, appearance)
        self._appearance = appearance
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the image gives way, whatever it has now
        row.addWidget(self._image)
        row.addWidget(self._words, 1)
        self._words.over_time.sequence_changed.connect(self._update_sequence)
        bridge.tape_changed.connect(self._update_tape)
        appearance.changed.connect(self._update_width)

    @property
    def image(self) -> ImagePlot:
        """The image and its maps."""
        return self._image

    @property
    def words(self) -> DecodingView:
        """The words over time, and the likeliest answers."""
        return self._words

    def _update_sequence(self) -> None:
        self._image.show_sequence(self._words.tokens.series.sequence)

    def _update_tape(self) -> None:
        self._update_sequence()
        self._update_width()

    def _update_width(self) -> None:
        left = self.width() - max(self._words.minimumSizeHint().width(), self._appearance.whole_px(_WORDS))
        width = min(self._image.wanted_width(self.height()), _SHARE * self.width(), left)
        self._image.setFixedWidth(round(max(self._least_image(), width)))

    def _least_image(self) -> int:
        return self._image.minimumHeight()

    def minimumSizeHint(self) -> QSize:
        least = self._words.minimumSizeHint()
        return QSize(least.width() + self._least_image(), max(least.height(), self._image.minimumHeight()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_width()
