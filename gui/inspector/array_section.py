"""An array of the entry: its value or its gradient, as a heatmap with numbers."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from engine.tensor import Array
from gui.appearance import Appearance
from gui.inspector.section import Section
from gui.matrix.matrix_view import MatrixView
from gui.matrix.number_texts import precise_text


class ArraySection(Section):
    """Signals: cell_clicked(row, column), cell_hovered((row, column) or None)."""

    cell_clicked = Signal(int, int)
    cell_hovered = Signal(object)

    def __init__(self, appearance: Appearance, table: str, parent: QWidget | None = None) -> None:
        """
        Args:
            table: colours of the heatmap: "value" or "gradient".
        """
        super().__init__(appearance, parent)
        self._table = table
        self._matrix = MatrixView(appearance, self)
        self._matrix.cell_clicked.connect(self.cell_clicked)
        self._matrix.cell_hovered.connect(self.cell_hovered)
        self._missing = QLabel(self)
        self._missing.setWordWrap(True)
        self._single = QLabel(self)
        self._single.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.body.addWidget(self._missing)
        self.body.addWidget(self._single)
        self.body.addWidget(self._matrix)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    @property
    def matrix(self) -> MatrixView:
        """The heatmap."""
        return self._matrix

    def show_array(
        self, title: str, value: Array | None, missing: str, remark: str = "", *,
        place: tuple[int, ...] = (), table: str = "",
    ) -> None:  # fmt: skip
        """Show an array, or say why it is missing.

        Args:
            remark: a word beside the shape.
            place: the number to be framed; of more than two axes, the slice it is in is shown.
            table: colours other than the section's own.
        """
        shape, taken = (shape_text(value), slice_text(value, place)) if value is not None else ("", "")
        self.set_title(title, "   ".join(part for part in (remark, shape, taken) if part))
        self._matrix.setAccessibleName(title)
        self._matrix.setAccessibleDescription(f"{shape}   {taken}" if taken else shape)
        shown = value[place[:-2]] if value is not None and value.ndim > 2 else value
        # One number is told by itself: a colour would say nothing beside no other.
        single = shown is not None and shown.size == 1
        self._single.setText(precise_text(float(shown.reshape(-1)[0])) if shown is not None and single else "")
        self._single.setVisible(single)
        self._matrix.show_values(None if single else shown, table or self._table)
        self._matrix.setVisible(shown is not None and not single)
        self._missing.setText(missing)
        self._missing.setVisible(value is None)
        self._matrix.set_focus_cell(cell_of(place))

    def set_hover_place(self, place: tuple[int, ...] | None) -> None:
        """Light a number that is pointed at in another view."""
        if not self._matrix.underMouse():
            self._matrix.set_hover_cell(None if place is None else cell_of(place))

    def _update_appearance(self) -> None:
        look = self._appearance
        self._missing.setFont(look.font(12.5))
        self._single.setFont(look.font(17.0, family="math"))
        palette = self._missing.palette()
        palette.setColor(palette.ColorRole.WindowText, look.color("ink_quiet"))
        self._missing.setPalette(palette)


def cell_of(place: tuple[int, ...]) -> tuple[int, int]:
    """Row and column of a place in an array of any number of axes."""
    row, column = (0, 0, *place)[-2:]
    return row, column


def slice_text(value: Array, place: tuple[int, ...]) -> str:
    """Which part of an array of more than two axes is shown: ``[2, 5, :, :]``; empty where it is the whole."""
    if value.ndim <= 2 or not place or value.size == value.shape[-1] * value.shape[-2]:
        return ""
    return f"[{', '.join(str(at) for at in place[:-2])}, :, :]"


def shape_text(value: Array) -> str:
    """``1 × 16``; for a single number nothing but 1."""
    return " × ".join(str(length) for length in np.shape(value)) or "1"
