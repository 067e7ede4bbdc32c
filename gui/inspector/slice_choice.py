"""Which slice of an array of more than two axes is shown: a box for each axis before the rows and columns."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QSizePolicy, QSpinBox, QWidget

from gui.appearance import Appearance
from gui.equations.axes import CHANNEL, FILTER, HEAD, ROW, SEQUENCE
from gui.language import translatable

_WORDS = {
    SEQUENCE: (
        translatable("sequence n"),
        translatable("Which sequence of the batch is shown, counted from 0; other views show the same one."),
    ),
    HEAD: (
        translatable("head h"),
        translatable("Which head is shown, counted from 0; it stays chosen at other steps."),
    ),
    CHANNEL: (
        translatable("channel c"),
        translatable("Which channel is shown, counted from 0; it stays chosen at other steps."),
    ),
    FILTER: (
        translatable("filter f"),
        translatable("Which filter is shown, counted from 0; it stays chosen at other steps."),
    ),
    ROW: (translatable("position t"), translatable("Which position of the sequence is shown, counted from 0.")),
}
_NUMBERED = (
    translatable("axis {number}"), translatable("Which slice along axis {number} is shown, counted from 0.")
)  # fmt: skip
_AT_FIRST = 2
"""So many axes of a batch of heads or channels stand before the rows."""


class _Box(QWidget):
    """A label and a number, from 0. Signals: chosen(axis, number)."""

    chosen = Signal(str, int)

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._axis = ""
        self._label, self.spin = QLabel(self), QSpinBox(self)
        self._label.setBuddy(self.spin)
        self.spin.setKeyboardTracking(False)
        self.spin.valueChanged.connect(lambda number: self.chosen.emit(self._axis, number))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label)
        row.addWidget(self.spin)
        row.addStretch(1)
        self.hide()
        self.update_appearance()

    def show_axis(self, axis: str, length: int, at: int) -> None:
        """Offer the numbers of an axis."""
        if axis != self._axis:
            self._axis = axis
            self._update_words()
        if (self.spin.maximum(), self.spin.value()) != (length - 1, at):
            with QSignalBlocker(self.spin):
                self.spin.setRange(0, length - 1)
                self.spin.setValue(at)

    def update_appearance(self) -> None:
        """In the theme, scale and language of now."""
        font = self._appearance.font(12.0)
        for widget in (self._label, self.spin):
            widget.setFont(font)
        self._update_words()

    def _update_words(self) -> None:
        name, tip = _WORDS.get(self._axis, _NUMBERED)
        self._label.setText(self._appearance.say(name, number=self._axis))
        said = self._appearance.say(tip, number=self._axis)
        self.setToolTip(said)
        self.spin.setAccessibleName(said)


class SliceChoice(QWidget):
    """Side by side, below each other where they do not fit; not seen where there is nothing to choose.

    Signals: chosen(axis, number): another slice along an axis of ``gui.equations.axes`` is to be looked at.
    """

    chosen = Signal(str, int)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._boxes: list[_Box] = []
        self._shown: tuple[tuple[str, int, int], ...] = ()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._make(_AT_FIRST)
        self.hide()
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    def show_axes(self, axes: tuple[str, ...], lengths: tuple[int, ...], place: tuple[int, ...]) -> None:
        """Offer the axes before the rows and columns; those of length 1 give no choice.

        Args:
            axes: names of the axes, as ``gui.equations.axes.axes_of``.
            lengths: of the axes, and of others behind them.
            place: where along each of them.
        """
        # Of the axes of an array, the last two are its rows and columns.
        offered = tuple(one for one in zip(axes[:-1], lengths, place, strict=False) if one[1] > 1)
        if offered == self._shown:
            return
        self._shown = offered
        self._make(len(offered))
        for box, one in zip(self._boxes, offered, strict=False):
            box.show_axis(*one)
        for number, box in enumerate(self._boxes):
            box.setVisible(number < len(offered))
        self.setVisible(bool(offered))
        self._arrange()

    @property
    def boxes(self) -> list[QSpinBox]:
        """The boxes that are offered, in the order of the axes."""
        return [box.spin for box in self._boxes[: len(self._shown)]]

    def _make(self, count: int) -> None:
        while len(self._boxes) < count:
            box = _Box(self._appearance, self)
            box.chosen.connect(self.chosen)
            if self._boxes:
                QWidget.setTabOrder(self._boxes[-1].spin, box.spin)
            self._row.insertWidget(len(self._boxes), box)
            self._boxes.append(box)

    def _arrange(self) -> None:
        """Below each other where they are too wide to stand side by side."""
        widths = [box.sizeHint().width() for box in self._boxes[: len(self._shown)]]
        needed = sum(widths) + self._row.spacing() * len(widths)
        across = needed <= self.width()
        wanted = QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
        if wanted is not self._row.direction():
            self._row.setDirection(wanted)
            self.updateGeometry()

    def _update_appearance(self) -> None:
        self._row.setSpacing(self._appearance.whole_px(8))
        for box in self._boxes:
            box.update_appearance()
        self._arrange()

    # --- Qt ---------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        widest = max((box.minimumSizeHint().width() for box in self._boxes if not box.isHidden()), default=0)
        return QSize(widest, self._row.minimumSize().height())
