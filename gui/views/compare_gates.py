"""The gates and states of the systems compared, one column each."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from gui.appearance import Appearance
from gui.views.compared_systems import ComparedSystems
from gui.views.gates import GatesView


class CompareGates(QScrollArea):
    """One view of gates for each system."""

    def __init__(self, systems: ComparedSystems, appearance: Appearance) -> None:
        super().__init__()
        self._systems, self._appearance = systems, appearance
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self._update_systems()
        systems.changed.connect(self._update_systems)

    @property
    def views(self) -> list[GatesView]:
        """One for each system, in their order."""
        return self._views

    def _update_systems(self) -> None:
        """Make the columns anew; those before look at runs that have ended."""
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(self._appearance.whole_px(6))
        self._views = []
        for one in self._systems.systems:
            column = QVBoxLayout()
            title = QLabel(one.name)
            title.setFont(self._appearance.font(13, bold=True))
            view = GatesView(one.bridge, self._appearance)
            view.setMinimumWidth(self._appearance.whole_px(220))
            column.addWidget(title)
            column.addWidget(view, 1)
            row.addLayout(column, 1)
            self._views.append(view)
        self.setWidget(inside)
