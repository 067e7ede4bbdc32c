"""Words with their probabilities as horizontal bars, the likeliest first; a line shows what the grammar itself says."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gui.appearance import Appearance
from gui.paragraph import Paragraph
from gui.views.number_text import number_text
from gui.views.text_reading import Chance, shown

_ROW = 19.0
_LEAST_ROWS = 4
_MOST_WORD = 0.45
"""Share of the width that words may take."""


class WordBars(QWidget):
    """Shows as many as there is room for; says a sentence instead while there is nothing."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._chances: Sequence[Chance] = ()
        self._sentence = Paragraph(parent=self)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._sentence.setProperty("kind", "caption")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self.setMouseTracking(True)
        appearance.changed.connect(self._update_appearance)
        self._update_appearance()

    @property
    def room(self) -> int:
        """How many words can be shown."""
        return max(1, int(self.height() // self._row()))

    def show_chances(self, chances: Sequence[Chance], sentence: str = "") -> None:
        """Show words, or a sentence where there are none."""
        self._chances = chances
        self._sentence.setText(sentence)
        self._sentence.setVisible(not chances)
        lines = [f"{one.word} {shown(one.probability)}" for one in chances]
        self.setAccessibleDescription("; ".join(lines) or sentence)
        self.update()

    def _update_appearance(self) -> None:
        self.setMinimumHeight(round(_LEAST_ROWS * self._row()))
        self.setMinimumWidth(self._appearance.whole_px(150))
        self.update()

    def _row(self) -> float:
        return self._appearance.px(_ROW)

    def _visible(self) -> list[Chance]:
        """The first ones; the word that comes keeps its place at the end if it was added there."""
        room, chances = self.room, list(self._chances)
        if len(chances) <= room:
            return chances
        last = next((one for one in chances[room:] if one.comes), None)
        return chances[:room] if last is None else [*chances[: room - 1], last]

    def _columns(self, chances: list[Chance]) -> tuple[float, float]:
        """Width of the words and of the numbers."""
        metrics = QFontMetricsF(self._appearance.font(12.5, bold=True))
        widest = max((metrics.horizontalAdvance(one.word) for one in chances), default=0.0) + self._appearance.px(8)
        number = QFontMetricsF(self._appearance.font(12, family="mono")).horizontalAdvance("<0.01")
        return min(widest, _MOST_WORD * self.width()), number + self._appearance.px(8)

    def _paint_row(self, painter: QPainter, one: Chance, top: float, columns: tuple[float, float]) -> None:
        look, height = self._appearance, self._row()
        left, right = columns
        font = look.font(12.5, bold=one.comes)
        painter.setFont(font)
        painter.setPen(look.color("ink"))
        word = QFontMetricsF(font).elidedText(one.word, Qt.TextElideMode.ElideRight, left - look.px(8))
        painter.drawText(QRectF(0, top, left - look.px(6), height), Qt.AlignmentFlag.AlignRight | _MIDDLE, word)
        track = QRectF(left, top + height * 0.2, max(1.0, self.width() - left - right), height * 0.6)
        painter.fillRect(track, look.color("surface_sunken"))
        painter.fillRect(QRectF(track.topLeft(), track.bottomLeft()).adjusted(
            0, 0, track.width() * _share(one.probability), 0), look.color("forward"))  # fmt: skip
        if one.true is not None:
            self._paint_true(painter, track, one.true)
        painter.setFont(look.font(12, family="mono"))
        painter.setPen(look.color("ink" if one.comes else "ink_quiet"))
        number = QRectF(self.width() - right, top, right, height)
        painter.drawText(number, Qt.AlignmentFlag.AlignRight | _MIDDLE, shown(one.probability))

    def _paint_true(self, painter: QPainter, track: QRectF, true: float) -> None:
        x = track.left() + track.width() * _share(true)
        reach = track.height() * 0.15
        painter.setPen(QPen(self._appearance.color("good"), self._appearance.px(2)))
        painter.drawLine(QPointF(x, track.top() - reach), QPointF(x, track.bottom() + reach))

    def _meaning(self, one: Chance) -> str:
        say = self._appearance.say
        lines = [one.word, say("network {chance}", chance=number_text(one.probability))]
        if one.true is not None:
            lines.append(say("grammar {chance}", chance=number_text(one.true)))
        return "\n".join(lines)

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(240), round(8 * self._row()))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chances = self._visible()
        columns = self._columns(chances)
        for number, one in enumerate(chances):
            self._paint_row(painter, one, number * self._row(), columns)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._sentence.setGeometry(self.rect())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row, chances = int(event.position().y() // self._row()), self._visible()
        inside = 0 <= row < len(chances)  # a pressed mouse goes on to tell where it is, above and below, too
        self.setToolTip(escape(self._meaning(chances[row])).replace("\n", "<br>") if inside else "")


_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def _share(chance: float) -> float:
    return min(max(chance, 0.0), 1.0) if chance == chance else 0.0
