"""The view of a task with images: the batch beside what was made of it, and an examination of held-out images."""

from __future__ import annotations

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from engine.images.image_task import AnswersWithImages
from engine.tasks.drawn_digits import HELD_OUT
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.examination import Examination
from gui.views.flow_row import FlowRow
from gui.views.reconstruction_plot import ReconstructionPlot
from gui.views.view_header import Reading


class ReconstructionsView(QWidget):
    """See the module. Answers that the cursor has not reached are not shown."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._examination = Examination(bridge, appearance, self._title, self)
        found = self._examination
        self._head = FlowRow(found.button, found.result, found.mean_loss)
        self._reading = Reading(appearance, self)
        self._plot = ReconstructionPlot(bridge, appearance, self)
        top = QHBoxLayout()
        top.addWidget(self._head, 2)
        top.addWidget(self._reading, 3)
        self._column = QVBoxLayout(self)
        self._column.addLayout(top)
        self._column.addWidget(self._plot, 1)
        self._update_appearance()
        self._plot.pointed.connect(self._reading.set_text)
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_cursor)
        appearance.changed.connect(self._update_appearance)

    @property
    def plot(self) -> ReconstructionPlot:
        """The images."""
        return self._plot

    @property
    def reading(self) -> str:
        """What is read of the pixel pointed at."""
        return self._reading.text

    def _title(self) -> str:
        return self._appearance.say("Examine {count} held-out images", count=HELD_OUT)

    def _is_left(self) -> bool:
        """Whether a lesson with another task is open, and this view is about to go."""
        return not isinstance(self._bridge.lesson.task, AnswersWithImages)

    def _update_tape(self) -> None:
        if not self._is_left():
            self._plot.update_tape()

    def _update_cursor(self) -> None:
        if not self._is_left() and self.isVisible():
            self._plot.update_cursor()

    def _update_appearance(self) -> None:
        look = self._appearance
        margin = look.whole_px(6)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(look.whole_px(2))
        self._head.set_space(look.whole_px(12))
        self._examination.update_texts()
        self._plot.setAccessibleName(look.say("Images, what was made of them, and the difference"))
        if not self._is_left():
            self._plot.update_appearance()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._update_cursor()
