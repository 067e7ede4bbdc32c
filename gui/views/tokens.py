"""The view of symbols: how a text becomes numbers and vectors, and an answer a text; and the vocabulary."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.paragraph import Paragraph
from gui.views.task_over_time import TaskOverTime
from gui.views.tokens_plot import TokensPlot
from gui.views.vocabulary_table import VocabularyTable

_TABLE, _LEAST_TABLE, _SHARE = 320.0, 190.0, 0.32
"""Width of the table, px before scaling: so much at most and at least, and of the whole."""


class TokensView(QWidget):
    """Stations over time at the left, the vocabulary at the right; a sentence where there are no symbols."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._plot = TokensPlot(bridge, appearance)
        self._over_time = TaskOverTime(self._plot, bridge, appearance)
        self._vocabulary = VocabularyTable(bridge, appearance)
        self._sentence = Paragraph()
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setProperty("kind", "caption")
        self._is_stale = True
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._over_time, 1)
        row.addWidget(self._vocabulary)
        self._pages = QStackedLayout(self)
        self._pages.addWidget(both)
        self._pages.addWidget(self._sentence)
        self._update_appearance()
        self._over_time.sequence_changed.connect(self._update_cursor)
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.selection_changed.connect(self._update_cursor)
        appearance.changed.connect(self._update_appearance)

    @property
    def over_time(self) -> TaskOverTime:
        """The stations and the choice of the sequence."""
        return self._over_time

    @property
    def plot(self) -> TokensPlot:
        """The stations."""
        return self._plot

    @property
    def vocabulary(self) -> VocabularyTable:
        """The vocabulary."""
        return self._vocabulary

    @property
    def sentence(self) -> str:
        """Why there is nothing to show; empty where there is."""
        return self._sentence.text() if self._pages.currentWidget() is self._sentence else ""

    def _update_tape(self) -> None:
        self._is_stale = True
        if self.isVisible():
            self._take_tape()

    def _take_tape(self) -> None:
        self._is_stale = False
        self._pages.setCurrentIndex(0 if self._plot.stations.named else 1)
        self._vocabulary.take_task()
        self._update_cursor()

    def _update_cursor(self) -> None:
        """The symbol at the cursor is the current row of the vocabulary."""
        t = self._plot.cursor_time
        if not self.isVisible() or self._is_stale or t is None:
            return
        stations = self._plot.stations
        found = stations.id(t)
        if found is not None:
            self._vocabulary.point_at(int(stations.is_read_by_decoder(t)), found)

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._sentence.setText(
            say("This lesson has no symbols over time: nothing of it is cut into tokens that are read one by one.")
        )
        self._update_width()

    def _update_width(self) -> None:
        look = self._appearance
        width = max(look.px(_LEAST_TABLE), min(look.px(_TABLE), _SHARE * self.width()))
        self._vocabulary.setFixedWidth(round(width))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_width()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._take_tape()
