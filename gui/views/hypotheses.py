"""Answers with their log-probabilities, one below the other: the hypotheses of a beam."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.appearance import Appearance
from gui.views.number_text import number_text

_ROW, _LEAST_ROWS = 19.0, 3
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True)
class Hypothesis:
    """An answer.

    Attributes:
        text: as people write it.
        log_probability: natural logarithm.
        is_right: whether it is the truth; None where that is not known.
    """

    text: str
    log_probability: float
    is_right: bool | None = None


class Hypotheses(QWidget):
    """Shows as many as there is room for, the likeliest first; the truth is in bold."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._shown: Sequence[Hypothesis] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        appearance.changed.connect(self._update_appearance)
        self._update_appearance()

    @property
    def hypotheses(self) -> Sequence[Hypothesis]:
        """What is shown."""
        return self._shown

    def show_hypotheses(self, hypotheses: Sequence[Hypothesis]) -> None:
        """Show others."""
        self._shown = hypotheses
        lines = [f"{one.text} {number_text(one.log_probability)}" for one in hypotheses]
        self.setAccessibleDescription("; ".join(lines))
        self.setToolTip("\n".join(lines))
        self.update()

    def _update_appearance(self) -> None:
        self.setMinimumHeight(round(_LEAST_ROWS * self._row))
        self.update()

    @property
    def _row(self) -> float:
        return self._appearance.px(_ROW)

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(200), round(_LEAST_ROWS * self._row))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._appearance
        painter = QPainter(self)
        numbers = look.font(12, family="mono")
        width = QFontMetricsF(numbers).horizontalAdvance("−00.000") + look.px(4)
        for place, one in enumerate(self._shown[: max(1, int(self.height() // self._row))]):
            top = place * self._row
            font = look.font(12.5, bold=bool(one.is_right))
            painter.setFont(font)
            painter.setPen(look.color("ink" if place == 0 or one.is_right else "ink_quiet"))
            room = self.width() - width - look.px(6)
            text = QFontMetricsF(font).elidedText(one.text or "—", Qt.TextElideMode.ElideRight, room)
            painter.drawText(QRectF(0, top, room, self._row), Qt.AlignmentFlag.AlignLeft | _MIDDLE, text)
            painter.setFont(numbers)
            box = QRectF(self.width() - width, top, width, self._row)
            painter.drawText(box, Qt.AlignmentFlag.AlignRight | _MIDDLE, number_text(one.log_probability, 3))
        painter.end()
