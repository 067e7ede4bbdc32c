"""A number of the lab: a slider to drag, and a field for the exact value."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLabel, QSizePolicy, QSlider, QWidget

from gui.appearance import Appearance

_WIDTH, _HEIGHT, _NAME, _FIELD = 240.0, 24.0, 102.0, 70.0


@dataclass(frozen=True)
class Reach:
    """The values of a slider.

    Attributes:
        least, most: the ends.
        step: of a linear slider; a logarithmic one has ``decades`` instead: its left end stands for 0, the rest for
            ``10**decades[0]`` … ``10**decades[1]``.
        digits: behind the point.
    """

    least: float
    most: float
    step: float = 1.0
    digits: int = 0
    decades: tuple[int, int] | None = None

    @property
    def places(self) -> int:
        """The last place of the slider; the first is 0."""
        if self.decades is not None:
            return 20 * (self.decades[1] - self.decades[0]) + 1
        return round((self.most - self.least) / self.step)

    def value(self, place: int) -> float:
        """What a place stands for."""
        if self.decades is None:
            return self.least + place * self.step
        return 0.0 if place == 0 else round(10.0 ** (self.decades[0] + (place - 1) / 20), self.digits)

    def place(self, value: float) -> int:
        """The place nearest to a value."""
        if self.decades is None:
            return round((value - self.least) / self.step)
        if value <= 0:
            return 0
        return min(max(1, 1 + round(20 * (math.log10(value) - self.decades[0]))), self.places)


class _Field(QDoubleSpinBox):
    """Leaves the wheel to the panel around it, and is as wide as it is told."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class _Slider(QSlider):
    """Leaves the wheel to the panel around it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class LabSlider(QWidget):
    """Name, slider, field.

    Signals: moved(value), by the user.
    """

    moved = Signal(float)

    def __init__(self, reach: Reach, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reach, self._appearance = reach, appearance
        self._words = "", "", ""
        self._name = QLabel(self)
        self.slider = _Slider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, reach.places)
        self.slider.setPageStep(max(1, reach.places // 20))
        self.field = _Field(self)
        self.field.setRange(reach.least, reach.most)
        self.field.setDecimals(reach.digits)
        self.field.setSingleStep(reach.step)
        self.field.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.field.setKeyboardTracking(False)
        self.field.setCorrectionMode(QDoubleSpinBox.CorrectionMode.CorrectToNearestValue)
        row = QHBoxLayout(self)
        for widget in (self._name, self.slider, self.field):
            row.addWidget(widget, 1 if widget is self.slider else 0)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.slider.valueChanged.connect(self._take_place)
        self.field.valueChanged.connect(self._take_value)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    @property
    def value(self) -> float:
        """The value now."""
        return self.field.value()

    def show_value(self, value: float) -> None:
        """Show a value without telling anybody."""
        if value == self.field.value():
            return
        for widget in (self.field, self.slider):
            widget.blockSignals(True)
        self.field.setValue(value)
        self.slider.setValue(self._reach.place(value))
        for widget in (self.field, self.slider):
            widget.blockSignals(False)

    def set_most(self, most: float) -> None:
        """Another upper end."""
        if most != self._reach.most:
            value = self.value
            self._reach = Reach(self._reach.least, most, self._reach.step, self._reach.digits)
            for widget in (self.field, self.slider):
                widget.blockSignals(True)
            self.field.setMaximum(most)
            self.slider.setMaximum(self._reach.places)
            for widget in (self.field, self.slider):
                widget.blockSignals(False)
            self.show_value(min(value, most))

    def set_words(self, name: str, meaning: str, nothing: str = "") -> None:
        """Its name, what it means, and what is written for its least value."""
        if (name, meaning, nothing) == self._words:
            return
        self._words = name, meaning, nothing
        self._name.setText(name)
        for widget in (self.slider, self.field):
            widget.setAccessibleName(name)
            widget.setToolTip(meaning)
        self._name.setToolTip(meaning)
        self.field.setSpecialValueText(nothing)

    def _take_place(self, place: int) -> None:
        value = self._reach.value(place)
        self.field.blockSignals(True)
        self.field.setValue(value)
        self.field.blockSignals(False)
        self.moved.emit(self.field.value())

    def _take_value(self, value: float) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(self._reach.place(value))
        self.slider.blockSignals(False)
        self.moved.emit(value)

    def _update_appearance(self) -> None:
        whole = self._appearance.whole_px
        self._name.setFont(self._appearance.font(12))
        self._name.setFixedWidth(whole(_NAME))
        self.field.setFixedWidth(whole(_FIELD))
        self.setFixedSize(whole(_WIDTH), whole(_HEIGHT))
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(whole(5))
            layout.setContentsMargins(0, 0, whole(6), 0)
