"""The frame of a task's view over time: which sequence, what is read, and the plot."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from engine.task import RemarksOnData
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.paragraph import Paragraph
from gui.views.curve_plot import CurvePlot
from gui.views.flush_column import FlushColumn
from gui.views.sequence_box import SequenceBox
from gui.views.task_plot import TaskPlot
from gui.views.token_plot import TokenPlot
from gui.views.view_header import ViewHeader

_LOW = 170.0
"""Up to this height the plot needs what room there is, px before scaling."""


class TaskOverTime(QWidget):
    """A plot of one sequence of the batch.

    Signals: sequence_changed, when another one is shown.
    """

    sequence_changed = Signal()

    def __init__(self, plot: TaskPlot, bridge: Bridge, appearance: Appearance) -> None:
        super().__init__()
        self._bridge, self._appearance = bridge, appearance
        self._plot = plot
        self._header = ViewHeader(appearance, self)
        self._sequence = SequenceBox(bridge, appearance, self)
        self._header.add_widget(self._sequence)
        self._remarks = Paragraph()
        self._remarks.setProperty("kind", "caption")
        column = FlushColumn(self)
        column.addWidget(self._header)
        column.addWidget(self._remarks)
        column.addWidget(plot, 1)
        self._update_tape()
        self._update_appearance()
        self._sequence.valueChanged.connect(self._update_sequence)
        plot.pointed.connect(self._update_reading)
        bridge.tape_changed.connect(self._update_tape)
        appearance.changed.connect(self._update_appearance)

    @property
    def plot(self) -> TaskPlot:
        """The picture."""
        return self._plot

    def add_option(self, widget: QWidget) -> None:
        """Another option, in front of the others."""
        self._header.add_widget(widget)

    def _update_tape(self) -> None:
        batch = self._plot.series.batch
        self._sequence.set_batch(batch)
        if self._plot.series.sequence != self._sequence.sequence:
            self._update_sequence()
        self._update_remarks()

    def _update_remarks(self) -> None:
        task, say = self._bridge.lesson.task, self._appearance.say
        remarks = task.remarks(self._bridge.settings) if isinstance(task, RemarksOnData) else ()
        self._remarks.setText(" ".join(say(remark.template, **remark.values) for remark in remarks))
        self._update_room()

    def _update_room(self) -> None:
        """Where the plot needs all the height there is, the remarks stand in the header, as far as they fit."""
        is_low = self.height() < self._appearance.px(_LOW)
        self._remarks.setVisible(bool(self._remarks.text()) and not is_low)
        self._update_reading("")

    def _update_reading(self, pointed: str) -> None:
        self._header.reading.set_text(pointed or ("" if self._remarks.isVisibleTo(self) else self._remarks.text()))

    def _update_sequence(self) -> None:
        self._plot.show_sequence(self._sequence.sequence)
        self.sequence_changed.emit()

    def _update_appearance(self) -> None:
        say, margin = self._appearance.say, self._appearance.whole_px(6)
        self._remarks.setContentsMargins(margin, 0, margin, 0)
        self._update_remarks()
        self._plot.setAccessibleName(say("The task over time"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update_room()


def curves(bridge: Bridge, appearance: Appearance) -> TaskOverTime:
    """Numbers as curves: what comes in, what should come out, what does."""
    return TaskOverTime(CurvePlot(bridge, appearance), bridge, appearance)


def tokens(bridge: Bridge, appearance: Appearance) -> TaskOverTime:
    """Symbols in rows: what comes in, what should come out, what does."""
    return TaskOverTime(TokenPlot(bridge, appearance), bridge, appearance)
