"""The stations of every symbol over time, as a picture: text, symbol, number, one-hot, embedding; and back."""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPen
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.views.color_scale import ColorScale
from gui.views.column_plot import ColumnPlot
from gui.views.hatching import paint_hatching
from gui.views.number_text import number_text
from gui.views.symbol_name import symbol_name
from gui.views.text_reading import brief
from gui.views.time_plot import Target
from gui.views.token_stations import Numbers, TokenStations


class Station(IntEnum):
    """The rows, from the text that is read to the text that is written."""

    SOURCE = 0
    SYMBOL = 1
    ID = 2
    ONE_HOT = 3
    EMBEDDING = 4
    DISTRIBUTION = 5
    ANSWER_ID = 6
    ANSWER = 7
    ANSWER_TEXT = 8


_TITLES = {
    Station.SOURCE: translatable("text"), Station.SYMBOL: translatable("symbol"), Station.ID: translatable("ID"),
    Station.ONE_HOT: translatable("one-hot"), Station.EMBEDDING: translatable("vector"),
    Station.DISTRIBUTION: translatable("softmax"), Station.ANSWER_ID: translatable("ID"),
    Station.ANSWER: translatable("symbol"), Station.ANSWER_TEXT: translatable("text"),
}  # fmt: skip
_TALL = (Station.ONE_HOT, Station.EMBEDDING, Station.DISTRIBUTION)
_LINE, _LEAST_TALL, _MOST_TALL = 21.0, 30.0, 90.0
_TOKEN, _NUMBER, _TITLE, _LEAST_TITLE, _COLUMN = 14.0, 11.5, 12.0, 9.5, 30.0
_MOST_COLUMN = 110.0
_CHANCE = ColorScale(0.0, 1.0, "sequential_map")


class TokensPlot(ColumnPlot):
    """Symbols go down from the text to their vectors, answers from their distribution on to the text."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        self._stations: TokenStations | None = None
        super().__init__(bridge, appearance, parent)

    @property
    def stations(self) -> TokenStations:
        """What is shown."""
        if self._stations is None or self._stations.series is not self._series:
            self._stations = TokenStations(self._bridge, self._series)
        return self._stations

    @property
    def least_column(self) -> float:  # type: ignore[override]
        """Wide enough for the longest symbol of the sequence, as far as that is reasonable."""
        metrics = QFontMetricsF(self._appearance.font(_TOKEN))
        widest = max((metrics.horizontalAdvance(name) for name in self._symbols_there), default=0.0)
        return min(max(_COLUMN, widest / self._appearance.scale + 8.0), _MOST_COLUMN)

    @property
    def _symbols_there(self) -> list[str]:
        tokens = self.stations.tokens
        every = [*tokens.inputs, *tokens.answers]
        return [brief(name) for name in every] if len(every) < 2000 else []

    # --- geometry -----------------------------------------------------------------------------------------------

    def _rows(self) -> int:
        return len(Station)

    def _content_height(self, room: float) -> float:
        return sum(self._heights(room))

    def _heights(self, room: float) -> list[float]:
        """Of all rows, where there is so much room: what is left over goes to the tall ones."""
        line = self._appearance.px(_LINE)
        left = (room - (len(Station) - len(_TALL)) * line) / len(_TALL)
        tall = min(max(left, self._appearance.px(_LEAST_TALL)), self._appearance.px(_MOST_TALL))
        return [tall if station in _TALL else line for station in Station]

    def _box(self, row: int, t: int) -> QRectF:
        heights = self._heights(self.area.height())
        top = self.area.top() - self.verticalScrollBar().value() + sum(heights[:row])
        return QRectF(self.axis.edge(t), top, self.axis.column, heights[row])

    def _cell_at(self, x: float, y: float) -> tuple[int, int] | None:
        t = self.axis.at(x)
        if not t:
            return None
        row = next((one for one in Station if self._box(one, t).top() <= y < self._box(one, t).bottom()), None)
        return None if row is None else (int(row), t)

    def _entry(self, station: Station, t: int) -> int | None:
        if station is Station.EMBEDDING:
            return self.stations.embedded_entry(t)
        return self.stations.answer_entry(t) if station > Station.EMBEDDING else self.stations.entry(t)

    def _target(self, row: int, t: int) -> Target | None:
        station = Station(row)
        entry = self._entry(station, t)
        if entry is None:
            return None
        say, told = self._appearance.say, self._told(station, t)
        what = say(_TITLES[station])
        if told is None:
            return Target(entry, None, say("t = {t}, {what}: not yet computed", t=t, what=what))
        return Target(entry, None, say("t = {t}, {what}: {symbols}", t=t, what=what, symbols=told))

    def _told(self, station: Station, t: int) -> str | None:
        """A cell in words; None while it is not revealed."""
        stations, say = self.stations, self._appearance.say
        if not self._bridge.cursor.revealed(self._entry(station, t) or 0):
            return None
        if station is Station.EMBEDDING:
            row = stations.embedding(t)
            if row is None:
                return "—"
            return say(
                "row {id} of the table, {width} numbers, norm {norm}",
                id=stations.id(t), width=len(row), norm=number_text(float(np.linalg.norm(row))),
            )  # fmt: skip
        if station > Station.EMBEDDING:
            return self._told_answer(station, t)
        found = stations.id(t)
        if found is None:
            return "—"
        if station is Station.ID:
            return str(found)
        if station is Station.ONE_HOT:
            return say("1 at place {id} of {count}", id=found, count=f"{len(stations.names(t)):,}")
        return brief(symbol_name(stations.names(t), found)) if station is Station.SYMBOL else stations.source_text()

    def _told_answer(self, station: Station, t: int) -> str:
        stations = self.stations
        found, chances = stations.answer(t), stations.distribution(t)
        if found is None or chances is None:
            return "—"
        if station is Station.ANSWER_TEXT:
            return stations.answer_text()
        if station is Station.ANSWER_ID:
            return str(found)
        return f"{brief(symbol_name(stations.tokens.answers, found))} ({number_text(float(chances[found]))})"

    # --- the picture --------------------------------------------------------------------------------------------

    def _state(self, t: int) -> tuple[bool, ...]:
        cursor, stations = self._bridge.cursor, self.stations
        entries = (stations.entry(t), stations.embedded_entry(t), stations.answer_entry(t))
        return tuple(entry is not None and cursor.revealed(entry) for entry in entries)

    def _paint_picture(self, painter: QPainter) -> None:
        self._paint_titles(painter)
        self._paint_columns(painter)

    def _paint_column(self, painter: QPainter, t: int) -> None:
        whole = self._box(Station.SYMBOL, t).united(self._box(Station.ANSWER, t))
        painter.fillRect(whole, self._appearance.color("ground"))
        for station in Station:
            if station not in (Station.SOURCE, Station.ANSWER_TEXT):
                self._paint_station(painter, station, t)

    def _paint_station(self, painter: QPainter, station: Station, t: int) -> None:
        entry, box = self._entry(station, t), self._box(station, t)
        if entry is None:
            return
        if not self._bridge.cursor.revealed(entry):
            paint_hatching(painter, box, self._appearance)
        elif station in _TALL:
            self._paint_vector(painter, station, box.adjusted(1, 1, -1, -1), t)
        else:
            answers = station > Station.EMBEDDING
            found = self.stations.answer(t) if answers else self.stations.id(t)
            if found is not None:
                is_id = station in (Station.ID, Station.ANSWER_ID)
                names = self.stations.tokens.answers if answers else self.stations.names(t)
                self._paint_text(painter, box, str(found) if is_id else brief(symbol_name(names, found)), quiet=is_id)
        painter.setPen(QPen(self._appearance.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box)

    def _paint_vector(self, painter: QPainter, station: Station, box: QRectF, t: int) -> None:
        if station is Station.ONE_HOT:
            self._paint_one_hot(painter, box, t)
            return
        embeds = station is Station.EMBEDDING
        numbers = self.stations.embedding(t) if embeds else self.stations.distribution(t)
        if numbers is None:
            return
        scale = _CHANCE
        if embeds:
            greatest = float(np.max(np.abs(numbers), initial=0.0, where=np.isfinite(numbers))) or 1.0
            scale = ColorScale(-greatest, greatest, "value_map")
        colors = np.ascontiguousarray(scale.colors(_pooled(numbers, round(box.height())), self._appearance))
        image = QImage(colors.data, 1, len(colors), 4, QImage.Format.Format_RGBA8888)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(box, image)

    def _paint_one_hot(self, painter: QPainter, box: QRectF, t: int) -> None:
        """A 1 among zeros; it is never drawn thinner than can be seen."""
        painter.fillRect(box, self._appearance.color("surface_sunken"))
        found, count = self.stations.id(t), len(self.stations.names(t))
        if found is None or not count:
            return
        height = max(box.height() / count, self._appearance.px(2.0))
        top = box.top() + (box.height() - height) * (found / max(1, count - 1))
        painter.fillRect(QRectF(box.left(), top, box.width(), height), self._appearance.color("forward"))

    def _paint_text(self, painter: QPainter, box: QRectF, text: str, *, quiet: bool) -> None:
        font = self._appearance.font(_NUMBER, family="mono") if quiet else self._appearance.font(_TOKEN)
        painter.setFont(font)
        painter.setPen(self._appearance.color("ink_quiet" if quiet else "ink"))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, box.width() - 2)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)

    def _paint_over(self, painter: QPainter) -> None:
        """The whole texts, above what is read of the source and below what is answered."""
        times = range(1, self._series.length + 1)
        read = [t for t in times if self.stations.entry(t) is not None and not self.stations.is_read_by_decoder(t)]
        answered = [t for t in times if self.stations.answer_entry(t) is not None]
        for station, there, text in (
            (Station.SOURCE, read, self.stations.source_text()),
            (Station.ANSWER_TEXT, answered, self.stations.answer_text()),
        ):
            if not there:
                continue
            # Where it has scrolled out of sight there is room all the same, and the text is what the columns are of.
            whole = self._box(station, there[0]).united(self._box(station, there[-1]))
            row = QRectF(self.area.left(), whole.top(), self.area.width(), whole.height())
            painter.fillRect(row, self._appearance.color("ground"))
            seen = whole.intersected(row).adjusted(0, 1, 0, -1)
            box = seen if seen.width() > self._appearance.px(_MOST_COLUMN) else row
            self._paint_text(painter, box, text, quiet=False)

    def _paint_titles(self, painter: QPainter) -> None:
        look = self._appearance
        room = self.area.left() - look.px(10)
        painter.setPen(look.color("ink_quiet"))
        painter.setClipRect(QRectF(0, self.area.top(), self.area.left(), self.area.height()))
        for station in Station:
            box, title = self._box(station, max(1, self.axis.first)), look.say(_TITLES[station])
            wide = QFontMetricsF(look.font(_TITLE)).horizontalAdvance(title)
            font = look.font(max(_LEAST_TITLE, min(_TITLE, _TITLE * room / max(wide, 1.0))))
            metrics = QFontMetricsF(font)
            painter.setFont(font)
            text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, self.area.left() - look.px(6))
            painter.drawText(QPointF(look.px(6), box.center().y() + metrics.ascent() / 2 - 1), text)
        painter.setClipping(False)

    def _paint_marks(self, painter: QPainter) -> None:
        if self._cell is not None and self._cell[1]:
            painter.setClipRect(self.area)
            painter.setPen(QPen(self._appearance.color("ink"), self._appearance.px(1.6)))
            painter.drawRect(self._box(*self._cell))


def _pooled(numbers: Numbers, most: int) -> Numbers:
    """At most so many numbers: of neighbours that would share a pixel the one farthest from 0."""
    if len(numbers) <= max(1, most):
        return numbers
    starts = np.linspace(0, len(numbers), max(1, most), endpoint=False).astype(int)
    high, low = np.maximum.reduceat(numbers, starts), np.minimum.reduceat(numbers, starts)
    return np.where(np.abs(low) > np.abs(high), low, high)
