"""Figures of the value and of the gradient, side by side."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from engine.tensor import Array
from gui.appearance import Appearance
from gui.equations.piece_text import number_text
from gui.inspector.fact_table import FactTable, Row
from gui.inspector.section import Section
from gui.inspector.statistics import Statistics, statistics
from gui.matrix.number_texts import raised_power


class StatisticsSection(Section):
    """A table: least, greatest, mean, standard deviation, norm, shares of zeros and of saturated, not finite."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._table = FactTable(appearance, self)
        self.body.addWidget(self._table)

    @property
    def rows(self) -> tuple[Row, ...]:
        """The figures as shown."""
        return self._table.rows

    def show_arrays(self, value: Array | None, gradient: Array | None, operation: str) -> None:
        """Show the figures of what there is.

        Args:
            operation: what made the value; tells whether it can saturate.
        """
        say = self._appearance.say
        columns = [(say("value"), value, operation), (say("gradient"), gradient, "")]
        made = [(head, statistics(array, name)) for head, array, name in columns if array is not None]
        remark = ""
        if any(figures.counted < figures.size for _, figures in made):
            remark = say("of the first {count} numbers", count=max(figures.counted for _, figures in made))
        self.set_title(say("Statistics"), remark)
        self._table.setAccessibleName(say("Statistics"))
        self._table.show_rows(self._rows(made))

    def _rows(self, made: list[tuple[str, Statistics]]) -> list[Row]:
        say = self._appearance.say
        figures = [one for _, one in made]
        rows: list[Row] = [
            ("", *(head for head, _ in made)),
            (say("minimum"), *(_number(one.least) for one in figures)),
            (say("maximum"), *(_number(one.greatest) for one in figures)),
            (say("mean"), *(_number(one.mean) for one in figures)),
            (say("standard deviation"), *(_number(one.deviation) for one in figures)),
            (say("L2 norm"), *(_number(one.norm) for one in figures)),
            (say("zeros"), *(_share(one.zeros) for one in figures)),
        ]
        if any(one.saturated is not None for one in figures):
            shares = ("–" if one.saturated is None else _share(one.saturated) for one in figures)
            rows.append((say("saturated"), *shares))
        if any(one.not_finite for one in figures):
            rows.append((say("NaN or ∞"), *(str(one.not_finite) for one in figures)))
        return rows if made else []


def _number(value: float) -> str:
    return raised_power(number_text(value))


def _share(share: float) -> str:
    return f"{share:.0%}" if share in (0.0, 1.0) or share >= 0.1 else f"{share:.1%}"
