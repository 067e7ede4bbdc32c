"""Links to other entries of the tape: their names, typeset, on buttons that wrap."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from gui.appearance import Appearance
from gui.typesetting.formula import is_prepared, typeset
from gui.typesetting.formula_preparation import FormulaPreparation
from gui.typesetting.inks import Inks
from gui.typesetting.plain_text import plain_text

_SIZE = 14.0
MOST = 10
"""So many links are shown; of a weight's users there may be thousands."""


class EntryLinks(QWidget):
    """A caption and a link for each entry.

    Signals: entry_wanted(index).
    """

    entry_wanted = Signal(int)

    def __init__(
        self, appearance: Appearance, preparation: FormulaPreparation, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance, self._preparation = appearance, preparation
        self._buttons: list[_EntryLink] = []
        self._caption, self._more = "", ""
        self._shown = 0
        self._caption_place, self._more_place = QRectF(), QRectF()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        preparation.prepared.connect(self._update_prepared)
        appearance.changed.connect(self._update_places)

    def show_entries(self, caption: str, shown: Sequence[tuple[int, str]], more: int = 0) -> None:
        """Show links to (index, LaTeX name) pairs, MOST at most, and how many more there are, if any."""
        self._caption = caption
        self._more = self._appearance.say("and {count} more", count=more) if more > 0 else ""
        while len(self._buttons) < len(shown):
            self._buttons.append(self._new_button())
        for button, (index, latex) in zip(self._buttons, shown, strict=False):
            button.show_entry(index, latex)
        missing = [latex for _, latex in shown if not is_prepared(latex, inline=True)]
        if missing:
            self._preparation.request(missing, inline=True)
        self._shown = len(shown)
        self._update_places()

    def foresee(self, shown: Sequence[tuple[int, str]]) -> None:
        """Prepare the names of links that may be shown next, as far as they are typeset."""
        for _, latex in shown:
            plain_text(latex)
            if is_prepared(latex, inline=True):
                typeset(latex, self._appearance.px(_SIZE), inline=True)

    @property
    def entries(self) -> list[int]:
        """The entries that can be clicked."""
        return [button.index for button in self._buttons[: self._shown]]

    def click(self, place: int) -> None:
        """Press a link."""
        self._buttons[place].click()

    def _new_button(self) -> _EntryLink:
        button = _EntryLink(self._appearance, self)
        button.clicked.connect(lambda: self.entry_wanted.emit(button.index))
        return button

    def _update_prepared(self, latex: str) -> None:
        if any(button.latex == latex for button in self._buttons[: self._shown]):
            self._update_places()

    def _update_places(self) -> None:
        look = self._appearance
        metrics = QFontMetricsF(look.font(12.0))
        gap, height = look.px(6), look.px(26)
        x, y = metrics.horizontalAdvance(self._caption) + gap, 0.0
        self._caption_place = QRectF(0, 0, x, height)
        for at, button in enumerate(self._buttons):
            button.setVisible(at < self._shown)
            if at >= self._shown:
                continue
            width = min(button.wanted_width(), max(40.0, self.width() - 1.0))
            if x + width > self.width() and x > 0:
                x, y = 0.0, y + height + gap
            button.setGeometry(QRect(round(x), round(y), round(width), round(height)))
            button.update()
            x += width + gap
        self._more_place = QRectF(x, y, metrics.horizontalAdvance(self._more) + gap, height)
        if self._more and self._more_place.right() > self.width():
            self._more_place.moveTo(0, y + height)
            y += height
        self.setFixedHeight(round(y + height + 1))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(240), self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._update_places()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setFont(self._appearance.font(12.0))
        painter.setPen(self._appearance.color("ink_quiet"))
        flags = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(self._caption_place, flags, self._caption)
        painter.drawText(self._more_place, flags, self._more)
        painter.end()


class _EntryLink(QAbstractButton):
    """A button with a formula on it."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.index, self.latex = 0, ""
        self._inks = Inks.of(appearance)
        appearance.changed.connect(self._update_appearance)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def show_entry(self, index: int, latex: str) -> None:
        """Become the link to another entry."""
        self.index = index
        if latex != self.latex:
            self.latex = latex
            self.setAccessibleName(plain_text(latex))
            self.setToolTip(plain_text(latex))

    def _update_appearance(self) -> None:
        self._inks = Inks.of(self._appearance)
        self.update()

    def wanted_width(self) -> float:
        """The width for the whole name, px."""
        look = self._appearance
        if is_prepared(self.latex, inline=True):
            width = typeset(self.latex, look.px(_SIZE), inline=True).width
        else:
            width = QFontMetricsF(look.font(12.0)).horizontalAdvance(plain_text(self.latex))
        return width + look.px(18)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._appearance
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(look.color("focus" if self.hasFocus() else "line"), 2 if self.hasFocus() else 1))
        painter.setBrush(look.color("button_hover" if self.underMouse() else "button"))
        painter.drawRoundedRect(frame, look.px(5), look.px(5))
        painter.setClipRect(frame)
        ink = look.color("accent")
        if is_prepared(self.latex, inline=True):
            formula = typeset(self.latex, look.px(_SIZE), inline=True)
            baseline = frame.center().y() + look.px(_SIZE) * 0.26
            tall = formula.ascent + formula.descent
            if baseline - formula.ascent < frame.top() or baseline + formula.descent > frame.bottom():
                shrink = min(1.0, (frame.height() - look.px(2)) / tall)
                formula = typeset(self.latex, look.px(_SIZE) * shrink, inline=True)
                baseline = frame.center().y() + (formula.ascent - formula.descent) / 2
            left = max(look.px(5), (self.width() - formula.width) / 2)
            formula.paint(painter, left, baseline, ink, self._inks.colors)
        else:
            painter.setFont(look.font(12.0))
            painter.setPen(ink)
            painter.drawText(frame, int(Qt.AlignmentFlag.AlignCenter), plain_text(self.latex))
        painter.end()
