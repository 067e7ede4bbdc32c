"""What the systems compared cost, and how far they have come."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from engine.analysis.cost import cost
from gui.appearance import Appearance
from gui.language import translatable
from gui.views.compare_norms import STYLES
from gui.views.compared_systems import MOST, ComparedSystems, System
from gui.views.number_text import number_text

_COLUMNS = (
    translatable("parameters"), translatable("multiply-adds per step"), translatable("loss"),
)  # fmt: skip


class CompareTable(QWidget):
    """One row for each system."""

    def __init__(self, systems: ComparedSystems, appearance: Appearance) -> None:
        super().__init__()
        self._systems, self._appearance = systems, appearance
        self._known: object = None
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self._grid = QGridLayout(self)
        self._heads = [QLabel() for _ in _COLUMNS]
        self._cells = [[QLabel() for _ in range(len(_COLUMNS) + 2)] for _ in range(MOST)]
        for column, head in enumerate(self._heads, start=2):
            head.setWordWrap(True)
            head.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
            self._grid.addWidget(head, 0, column)
        for row, cells in enumerate(self._cells, start=1):
            for column, cell in enumerate(cells):
                if column > 1:
                    cell.setAlignment(Qt.AlignmentFlag.AlignRight)
                self._grid.addWidget(cell, row, column)
        self._grid.setRowStretch(MOST + 1, 1)
        self._update_appearance()
        systems.changed.connect(self._update_rows)
        systems.moved.connect(self._update_rows)
        appearance.changed.connect(self._update_appearance)

    def rows(self) -> list[tuple[str, ...]]:
        """What is written."""
        return [tuple(cell.text() for cell in cells[1:]) for cells in self._cells if not cells[1].isHidden()]

    def _update_rows(self) -> None:
        systems = self._systems.systems
        state = tuple((one.name, id(one.bridge.tape), _loss(one)) for one in systems)
        if state == self._known:
            return
        self._known = state
        for number, cells in enumerate(self._cells):
            for cell in cells:
                cell.setVisible(number < len(systems))
            if number < len(systems):
                counted = cost(systems[number].bridge.tape)
                loss = _loss(systems[number])
                texts = (
                    systems[number].name, f"{counted.parameters:,}", f"{counted.multiply_adds:,.0f}",
                    "…" if loss is None else number_text(loss),
                )  # fmt: skip
                for cell, text in zip(cells[1:], texts, strict=True):
                    cell.setText(text)

    def _update_appearance(self) -> None:
        look = self._appearance
        self._grid.setContentsMargins(look.whole_px(4), look.whole_px(4), 0, 0)
        self._grid.setHorizontalSpacing(look.whole_px(12))
        for head, text in zip(self._heads, _COLUMNS, strict=True):
            head.setText(look.say(text))
            head.setFont(look.font(11))
            head.setMaximumWidth(look.whole_px(120))
        for cells, style in zip(self._cells, STYLES, strict=True):
            picture = QPixmap(look.whole_px(26), look.whole_px(14))
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(style.pen(look))
            middle = picture.height() / 2
            painter.drawLine(QPointF(0, middle), QPointF(picture.width(), middle))
            style.paint_marker(painter, QPointF(picture.width() / 2, middle), look)
            painter.end()
            cells[0].setPixmap(picture)
            for cell in cells[1:]:
                cell.setFont(look.font(12.5, family="mono"))
        self._known = None
        self._update_rows()


def _loss(system: System) -> float | None:
    """The loss of the open iteration, once the cursor has passed it."""
    tape, cursor = system.bridge.tape, system.bridge.cursor
    value = cursor.value(tape.loss) if tape.loss >= 0 else None
    return None if value is None else float(value) if math.isfinite(float(value)) else math.nan
