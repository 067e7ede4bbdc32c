"""What the heatmap and the curves of units over time have in common."""

from __future__ import annotations

from collections.abc import Hashable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.typesetting.formula import Formula, typeset
from gui.typesetting.inks import Inks
from gui.typesetting.plain_text import plain_text
from gui.views.color_scale import ColorScale
from gui.views.number_text import number_text
from gui.views.tape_series import Quantity
from gui.views.time_plot import Target, TimePlot
from gui.views.unit_values import UnitValues

_STRIP = 22.0
_NAME = 15.0


class UnitPlot(TimePlot):
    """A view of one quantity, unit by time step."""

    least_column = 5.0

    def __init__(
        self, bridge: Bridge, appearance: Appearance, quantity: Quantity, parent: QWidget | None = None
    ) -> None:
        super().__init__(bridge, appearance, parent)
        self._values = UnitValues(bridge, quantity)
        self._update_extent()

    @property
    def values(self) -> UnitValues:
        """What is shown."""
        return self._values

    def show_quantity(self, quantity: Quantity, sequence: int, order: tuple[int, ...] | None = None) -> None:
        """Show another quantity, another sequence of the batch, or the units in another order."""
        self._values = UnitValues(self._bridge, quantity, sequence, order)
        self._update_tape()

    def _steps(self) -> tuple[int, int]:
        # From the initial state on, also where there is none: so the columns of all views lie over each other.
        return 0, self._values.quantity.series.last

    def _rows(self) -> int:
        return self._values.units

    def _head(self) -> float:
        return self._appearance.px(8 if self.wide else _STRIP)

    def _key(self) -> Hashable:
        return self._values.quantity.key, self._values.sequence, self._values.order, self._scale()

    def _scale(self) -> ColorScale:
        return self._values.scale(self.visible_times())

    def _target(self, row: int, t: int) -> Target | None:
        entry = self._values.target(t)
        if entry is None or not 0 <= row < self._values.units:
            return None
        unit = self._values.unit_at(row)
        return Target(entry, unit, self.reading(unit, t))

    def reading(self, unit: int, t: int) -> str:
        """What is to be read of a unit at a time step."""
        say, value = self._appearance.say, self._values.value(t, unit)
        place = {"name": plain_text(self._values.quantity.latex("")), "t": t, "unit": unit}
        if value is None:
            return say("{name}, t = {t}, unit {unit}: not yet computed", **place)
        number = number_text(value)
        if not self._values.is_whole(t):
            return say("{name}, t = {t}, unit {unit}: {value} so far", **place, value=number)
        return say("{name}, t = {t}, unit {unit}: {value}", **place, value=number)

    def _pick(self, target: Target) -> None:
        super()._pick(target)
        if target.unit is not None and self._values.units > 1:
            self._bridge.set_focus_unit(target.unit)

    def _formula(self, size: float = _NAME) -> Formula:
        return typeset(self._values.quantity.latex(), self._appearance.px(size))

    def _paint_name(self, painter: QPainter) -> None:
        """The quantity's name, at the left of the columns or in the strip above."""
        inks = Inks.of(self._appearance)
        ink = self._appearance.color("backward_ink") if self._values.quantity.gradient else inks.ink
        formula = self._formula()
        area = self.area
        room = area.left() - self._appearance.px(26)
        if self.wide and formula.width <= room:
            y = area.center().y() + (formula.ascent - formula.descent) / 2
            formula.paint(painter, self._appearance.px(6), y, ink, inks.colors)
            return
        if self.wide:
            formula = self._formula(_NAME * max(0.6, room / formula.width))
            y = area.center().y() + (formula.ascent - formula.descent) / 2
            formula.paint(painter, self._appearance.px(3), y, ink, inks.colors)
            return
        y = (self._head() + formula.ascent - formula.descent) / 2
        formula.paint(painter, self._appearance.px(6), y, ink, inks.colors)

    def _paint_legend(self, painter: QPainter, scale: ColorScale) -> None:
        area, px = self.area, self._appearance.px
        if self.wide:
            place = QRectF(area.right() + px(14), area.top(), px(100), area.height())
            scale.paint_upright(painter, place, self._appearance)
        else:
            scale.paint_flat(painter, QRectF(area.left(), 0, area.width(), self._head()), self._appearance)

    def _frame(self, painter: QPainter, box: QRectF, color: str, width: float) -> None:
        painter.setPen(QPen(self._appearance.color(color), self._appearance.px(width)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    def time_of_entry(self, entry: int | None) -> int | None:
        """The time step at which the plot shows a tape entry, or would; None if it is not of this quantity."""
        if entry is None:
            return None
        first, last = self._steps()
        quantity = self._values.quantity
        for t in range(first, last + 1):
            if entry in (quantity.target(self._bridge.tape, t), self._values.shown(t)):
                return t
        return None

    def _write(self, painter: QPainter, right: float, middle: float, text: str, ascent: float, width: float) -> None:
        painter.drawText(QPointF(right - width, middle + ascent / 2 - 1), text)
