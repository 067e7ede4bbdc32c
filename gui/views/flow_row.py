"""Widgets side by side, in further rows where the width is used up, like words in a paragraph."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FlowRow(QWidget):
    """From left to right, each row centred vertically; hidden widgets take no room."""

    def __init__(self, *widgets: QWidget) -> None:
        super().__init__()
        self._widgets = widgets
        self._space = 6
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for widget in widgets:
            widget.setParent(self)

    def set_space(self, space: int) -> None:
        """Pixels between the widgets."""
        self._space = space
        self._update_places()

    def _update_places(self) -> None:
        self._arrange(self.width(), place=True)
        self.updateGeometry()

    def _arrange(self, width: int, *, place: bool) -> int:
        """Place the widgets; the height that they take."""
        y = 0
        for row in self._rows(width):
            height = max(size.height() for _, size in row)
            x = 0
            for widget, size in row:
                if place:
                    widget.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self._space
            y += height + self._space
        return max(0, y - self._space)

    def _rows(self, width: int) -> list[list[tuple[QWidget, QSize]]]:
        rows: list[list[tuple[QWidget, QSize]]] = []
        left = 0
        for widget in self._widgets:
            if widget.isHidden():
                continue
            size = _natural_size(widget)
            size.setWidth(min(size.width(), max(1, width)))
            if not rows or size.width() > left:
                rows.append([])
                left = width
            rows[-1].append((widget, size))
            left -= size.width() + self._space
        return rows

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(width, place=False)

    def sizeHint(self) -> QSize:
        sizes = [_natural_size(widget) for widget in self._widgets if not widget.isHidden()]
        width = sum(size.width() + self._space for size in sizes) - self._space
        return QSize(max(1, width), max((size.height() for size in sizes), default=0))

    def minimumSizeHint(self) -> QSize:
        return QSize(1, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange(self.width(), place=True)

    def event(self, event: QEvent) -> bool:
        # Qt's word to a parent without a layout that a child was shown, hidden or wants another size.
        if event.type() is QEvent.Type.LayoutRequest:
            self._update_places()
        return super().event(event)


def _natural_size(widget: QWidget) -> QSize:
    return widget.sizeHint().expandedTo(widget.minimumSize()).boundedTo(widget.maximumSize())
