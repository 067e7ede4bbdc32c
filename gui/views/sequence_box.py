"""The box that chooses a sequence of the batch: the same one in every view that shows but one."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QSpinBox, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge


class SequenceBox(QSpinBox):
    """Counts from 1; ``valueChanged`` is sent whichever view chose. Where there is no choice it is not seen."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._batch = 0
        self.setMinimum(1)
        self._update_appearance()
        self.valueChanged.connect(self._choose)
        bridge.sequence_changed.connect(self._update_sequence)
        appearance.changed.connect(self._update_appearance)

    @property
    def sequence(self) -> int:
        """The chosen sequence, from 0; the last one there is, if there are fewer."""
        return self.value() - 1

    def set_batch(self, batch: int) -> None:
        """Choose among so many sequences; nothing is sent, as whoever says so knows."""
        with QSignalBlocker(self):
            self.setMaximum(max(1, batch))
            self.setValue(self._wanted)
        if batch != self._batch:
            self._batch = batch
            self.setSuffix(f" / {batch}")
        self.setVisible(batch > 1)

    def _choose(self, number: int) -> None:
        if number != self._wanted:  # else it was chosen elsewhere, and here there may be fewer
            self._bridge.set_sequence(number - 1)

    @property
    def _wanted(self) -> int:
        return min(self._bridge.sequence + 1, self.maximum())

    def _update_sequence(self) -> None:
        self.setValue(self._wanted)

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self.setPrefix(say("sequence") + " ")
        self.setToolTip(say("Which sequence of the batch is shown."))
        self.setAccessibleName(say("Which sequence of the batch is shown."))
