"""An addition written as on paper: highest bit at the left, so time runs from right to left."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.typesetting.number_format import fixed
from gui.views.addition import Addition, Column, answer, rounded
from gui.views.pointed_sheet import PointedSheet
from gui.views.right_or_wrong import WRONG, sign, sign_color

_NOT_YET = "·"
_LEAST_ROW, _MOST_ROW = 15.0, 30.0
_LEAST_COLUMN, _MOST_COLUMN = 13.0, 62.0
_NUMBERS_FROM, _DIGITS_FROM = 34.0, 20.0


@dataclass(frozen=True)
class Row:
    """A line of the sheet: its label, its number at the right, the entry its cells stand for, its cells."""

    label: str
    number: str
    entry: Callable[[Column], int | None]
    cell: Callable[[int], tuple[str, str]]
    bold: bool = False
    small: bool = False
    ruled: bool = False
    number_color: str = "ink"


class AdditionSheet(PointedSheet[int]):
    """Paints an addition; cells answer the mouse with tape indices."""

    def __init__(
        self, appearance: Appearance, pick: Callable[[int], None], hover: Callable[[int | None], None],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(appearance, pick, hover, parent)
        self._addition: Addition | None = None
        self._outputs: list[float | None] = []
        self._time: int | None = None
        self._marked: set[int] = set()
        self._rows: list[Row] = []
        self._measured: tuple[float, float] | None = None

    def show_addition(self, addition: Addition, outputs: list[float | None], time: int | None) -> None:
        """Show an addition, its revealed outputs, and the column of a time step marked."""
        state = (addition, outputs, time)
        if state != (self._addition, self._outputs, self._time):
            self._addition, self._outputs, self._time = state
            self._rows = self._make_rows(addition)
            self._measured = None
            self.update()

    def mark(self, entries: set[int]) -> None:
        """Frame the cells of tape entries."""
        if entries != self._marked:
            self._marked = entries
            self.update()

    def take_appearance(self) -> None:
        """Texts, colours and sizes changed."""
        if self._addition is not None:
            self._rows = self._make_rows(self._addition)
        self._measured = None
        self.updateGeometry()
        self.update()

    def middle_of(self, time: int) -> float:
        """x of the column of a time step."""
        return self._columns_left() + (self._count() - time + 0.5) * self._column()

    # --- what is written --------------------------------------------------------------------------------------------

    def _make_rows(self, addition: Addition) -> list[Row]:
        say, columns, outputs = self._appearance.say, addition.columns, self._outputs

        def output(place: int) -> tuple[str, str]:
            value = outputs[place]
            return (_NOT_YET, "ink_pale") if value is None else (fixed(value, 2), "ink_quiet")

        def bit(place: int) -> tuple[str, str]:
            value = outputs[place]
            if value is None:
                return _NOT_YET, "ink_pale"
            found = rounded(value)
            return ("?" if found is None else str(found)), self._verdict(place)[1]

        number, color = self._answer(addition)
        return [
            Row(say("← time t"), "", lambda column: None, self._time_label, small=True),
            Row(say("carry"), "", lambda column: None,
                lambda place: (str(columns[place].carry) if columns[place].carry else "", "ink_quiet"), small=True),
            Row("a", str(addition.a), lambda column: column.x, lambda place: (str(columns[place].a), "ink")),
            Row("+  b", str(addition.b), lambda column: column.x, lambda place: (str(columns[place].b), "ink")),
            Row(say("target d"), str(addition.target), lambda column: column.d,
                lambda place: (str(columns[place].target), "ink"), ruled=True),
            Row(say("output y"), "", lambda column: column.y, output, small=True, ruled=True),
            Row(say("rounded"), number, lambda column: column.y, bit, bold=True, number_color=color),
            Row("", "", lambda column: column.y, self._verdict, small=True),
        ]  # fmt: skip

    def _time_label(self, place: int) -> tuple[str, str]:
        """The time step; where columns are narrower than two digits, every fifth."""
        time = place + 1
        narrow = self._count() >= 10 and self._column() < self._appearance.px(_DIGITS_FROM)
        near = self._time is not None and abs(time - self._time) == 1
        said = not narrow or time == self._time or (not near and (time % 5 == 0 or time == 1))
        return str(time) if said else "", "cursor" if time == self._time else "ink_quiet"

    def _verdict(self, place: int) -> tuple[str, str]:
        value, addition = self._outputs[place], self._addition
        if value is None or addition is None:
            return "", "ink"
        right = rounded(value) == addition.columns[place].target
        return sign(right), sign_color(right)

    def _answer(self, addition: Addition) -> tuple[str, str]:
        if None in self._outputs:
            return "", "ink"
        found = answer(self._outputs)
        right = found == addition.target
        return f"{'?' if found is None else found} {sign(right)}", sign_color(right)

    # --- where --------------------------------------------------------------------------------------------------------

    def _count(self) -> int:
        return len(self._addition.columns) if self._addition else 1

    def _label_font(self) -> QFont:
        return self._appearance.font(12)

    def _measure(self) -> tuple[float, float]:
        """Width of the labels and of the numbers; texts are measured once."""
        if self._measured is None:
            space, digits = self._appearance.px(16), QFontMetricsF(self._font(bold=True))
            metrics = QFontMetricsF(self._label_font())
            widest = max((metrics.horizontalAdvance(row.label) for row in self._rows), default=0.0)
            largest = str(self._addition.target) if self._addition else "0"
            self._measured = widest + space, digits.horizontalAdvance(f"= {largest} {WRONG}") + space
        return self._measured

    def _columns_left(self) -> float:
        return self._measure()[0]

    def _numbers_width(self) -> float:
        return self._measure()[1]

    def _column(self) -> float:
        room = (self.width() - self._columns_left() - self._numbers_width()) / self._count()
        return min(max(room, self._appearance.px(_LEAST_COLUMN)), self._appearance.px(_MOST_COLUMN))

    def _row_height(self) -> float:
        room = (self.height() - self._appearance.px(8)) / max(1, len(self._rows))
        return min(max(room, self._appearance.px(_LEAST_ROW)), self._appearance.px(_MOST_ROW))

    def _font(self, *, bold: bool = False, small: bool = False) -> QFont:
        size = self._row_height() / self._appearance.scale * 0.66
        return self._appearance.font(min(size, 12.5 if small else 17.0), bold=bold, family="mono")

    def _cells(self) -> Iterator[tuple[int, Column, QRectF]]:
        """(row number, column, rectangle) of every cell."""
        left, width, height = self._columns_left(), self._column(), self._row_height()
        top = self._appearance.px(4)
        columns = self._addition.columns if self._addition else ()
        for place, column in enumerate(columns):
            x = left + (len(columns) - 1 - place) * width
            for number in range(len(self._rows)):
                yield number, column, QRectF(x, top + number * height, width, height)

    def _part_at(self, point: QPointF) -> int | None:
        for number, column, box in self._cells():
            if box.contains(point):
                return self._rows[number].entry(column)
        return None

    # --- painting -----------------------------------------------------------------------------------------------------

    def _paint(self, painter: QPainter) -> None:
        self._paint_columns(painter)
        width = self._count() * self._column()
        for number, row in enumerate(self._rows):
            self._paint_row(painter, number, row, width)
        self._paint_cells(painter)

    def _paint_columns(self, painter: QPainter) -> None:
        if self._time is None:
            return
        width, radius = self._column(), self._appearance.px(4)
        box = QRectF(self.middle_of(self._time) - width / 2, 0, width,
                     len(self._rows) * self._row_height() + self._appearance.px(8))  # fmt: skip
        painter.setPen(QPen(self._appearance.color("cursor"), self._appearance.px(1.25)))
        painter.setBrush(self._appearance.color("column_current"))
        inset = self._appearance.px(0.75)
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)

    def _paint_row(self, painter: QPainter, number: int, row: Row, width: float) -> None:
        height, left = self._row_height(), self._columns_left()
        top = self._appearance.px(4) + number * height
        if row.ruled:
            painter.setPen(QPen(self._appearance.color("line_strong"), self._appearance.px(1)))
            painter.drawLine(QPointF(self._appearance.px(6), top), QPointF(left + width, top))
        painter.setFont(self._label_font())
        painter.setPen(self._appearance.color("ink_quiet"))
        label = QRectF(0, top, left - self._appearance.px(8), height)
        painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, row.label)
        if row.number:
            painter.setFont(self._font(bold=row.bold))
            painter.setPen(self._appearance.color(row.number_color))
            box = QRectF(left + width + self._appearance.px(8), top, self._numbers_width(), height)
            painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, f"= {row.number}")

    def _paint_cells(self, painter: QPainter) -> None:
        fonts = [self._font(bold=row.bold, small=row.small) for row in self._rows]
        narrow = self._column() < self._appearance.px(_NUMBERS_FROM)
        colors: dict[str, QColor] = {}
        for number, column, box in self._cells():
            row = self._rows[number]
            if row.entry(column) in self._marked:
                self._paint_frame(painter, box)
            text, name = row.cell(column.time - 1)
            if not text:
                continue
            if narrow and len(text) > 2:
                self._paint_bar(painter, box, self._outputs[column.time - 1])
                continue
            painter.setFont(fonts[number])
            painter.setPen(colors.setdefault(name, self._appearance.color(name)))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_frame(self, painter: QPainter, box: QRectF) -> None:
        painter.setPen(QPen(self._appearance.color("focus"), self._appearance.px(1.25)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inset, radius = self._appearance.px(1.5), self._appearance.px(3)
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)

    def _paint_bar(self, painter: QPainter, box: QRectF, output: float | None) -> None:
        """Where a column is too narrow for a number: as high as the output is large, 0 … 1."""
        if output is None or not 0 <= output <= 1:
            return
        inset = self._appearance.px(2)
        frame = box.adjusted(inset, inset, -inset, -inset)
        painter.fillRect(frame, self._appearance.color("line"))
        frame.setTop(frame.bottom() - frame.height() * output)
        painter.fillRect(frame, self._appearance.color("ink_quiet"))

    # --- Qt -----------------------------------------------------------------------------------------------------------

    def minimumSizeHint(self) -> QSize:
        width = self._columns_left() + self._count() * self._appearance.px(_LEAST_COLUMN) + self._numbers_width()
        return QSize(round(width), round(8 * self._appearance.px(_LEAST_ROW) + self._appearance.px(8)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measured = None
