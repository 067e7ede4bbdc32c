"""Heatmaps of gates side by side, as many in a row as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QScrollArea, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.gate_heatmap import GateHeatmap
from gui.views.tape_series import Quantity

_LEAST_WIDTH = 210.0
_LEAST_HEIGHT = 120.0


class GateGrid(QScrollArea):
    """One heatmap for each quantity; what is pointed at in one is marked in all.

    Signals: pointed, when another cell is.
    """

    pointed = Signal()

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._heatmaps: list[GateHeatmap] = []
        self._columns = 0
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self._inside = QWidget()
        self._layout = QGridLayout(self._inside)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.setWidget(self._inside)
        appearance.changed.connect(self._update_appearance)
        self._update_appearance()

    @property
    def heatmaps(self) -> tuple[GateHeatmap, ...]:
        """Those that are shown, from left to right and top to bottom."""
        return tuple(one for one in self._heatmaps if not one.isHidden())

    @property
    def reading(self) -> str:
        """What is to be read of the cell pointed at."""
        return next((one.target.text for one in self.heatmaps if one.target is not None), "")

    def show_gates(self, quantities: tuple[Quantity, ...], sequence: int, order: tuple[int, ...] | None) -> None:
        """Show other quantities, another sequence, or the units in another order."""
        for number, quantity in enumerate(quantities):
            if number == len(self._heatmaps):
                self._add(quantity)
            fits = order is not None and len(order) == quantity.series.width
            self._heatmaps[number].show_quantity(quantity, sequence, order if fits else None)
        for number, heatmap in enumerate(self._heatmaps):
            heatmap.setVisible(number < len(quantities))
        self._arrange()

    def _add(self, quantity: Quantity) -> None:
        heatmap = GateHeatmap(self._bridge, self._appearance, quantity, self._inside)
        heatmap.pointed.connect(self._update_pointed)
        self._heatmaps.append(heatmap)

    def _update_pointed(self) -> None:
        pointed = next((one.pointed_cell for one in self.heatmaps if one.pointed_cell is not None), None)
        for heatmap in self._heatmaps:
            heatmap.echo(pointed)
        self.pointed.emit()

    def _arrange(self) -> None:
        """As many in a row as fit, rows of equal length where that is possible."""
        shown = self.heatmaps
        if not shown:
            return
        room = max(1, int(self.viewport().width() // self._appearance.px(_LEAST_WIDTH)))
        rows = -(-len(shown) // room)
        columns = -(-len(shown) // rows)
        for heatmap in self._heatmaps:
            self._layout.removeWidget(heatmap)
        for number, heatmap in enumerate(shown):
            heatmap.setMinimumHeight(self._appearance.whole_px(_LEAST_HEIGHT))
            self._layout.addWidget(heatmap, number // columns, number % columns)
        for column in range(max(columns, self._columns)):
            self._layout.setColumnStretch(column, int(column < columns))
        self._columns = max(columns, self._columns)

    def _update_appearance(self) -> None:
        self._layout.setSpacing(self._appearance.whole_px(4))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(160), self._appearance.whole_px(90))
