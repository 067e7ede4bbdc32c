"""The view of contributions: what each time step adds to the gradient of each parameter."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.contribution_rows import ContributionRows
from gui.views.number_text import number_text
from gui.views.view_header import Reading


class ContributionsView(QWidget):
    """One row for each parameter, time on x; contributions appear when they have been added to the gradient."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._reading = Reading(appearance, self)
        self._rows = ContributionRows(bridge, appearance, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._reading)
        column.addWidget(self._rows, 1)
        self._update_appearance()
        self._rows.pointed.connect(self._update_reading)
        bridge.cursor_moved.connect(self._update_reading)
        appearance.changed.connect(self._update_appearance)

    @property
    def rows(self) -> ContributionRows:
        """The plot."""
        return self._rows

    @property
    def reading(self) -> str:
        """The line above the plot."""
        return self._reading.text

    def _update_reading(self, _: str = "") -> None:
        if not self.isVisible():
            return
        target = self._rows.target
        self._reading.set_text(target.text if target is not None else self._summary())

    def _summary(self) -> str:
        rows = self._rows.parameters
        if not rows:
            return self._appearance.say("No parameter gets a gradient here.")
        counts = [self._rows.count(row) for row in range(len(rows))]
        if any(count < len(one.spans) for count, one in zip(counts, rows, strict=True)):
            return self._appearance.say("{count} of {all} contributions added", count=sum(counts),
                                        all=sum(len(one.spans) for one in rows))  # fmt: skip
        largest = max(one.difference for one in rows)
        return self._appearance.say("Every sum Σ is the gradient; largest difference {value}",
                                    value=number_text(largest, 2))  # fmt: skip

    def _update_appearance(self) -> None:
        self._rows.setAccessibleName(
            self._appearance.say("Contributions: what each time step adds to the gradient of each parameter")
        )
        self._reading.updateGeometry()
        self._reading.update()
        self._update_reading()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._update_reading()
