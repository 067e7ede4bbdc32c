"""A row of controls that trains up to an iteration, shows how far it is and stops it."""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSpinBox, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge

_FIRST_GOAL = 5000
_LARGEST_GOAL = 100_000_000


class RunAhead(QWidget):
    """“Run ahead to [5000] [Run]”; while the run is at work a progress bar and “Cancel”."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._label = QLabel()
        self._goal = QSpinBox()
        self._goal.setRange(0, _LARGEST_GOAL)
        self._goal.setValue(_FIRST_GOAL)
        self._goal.setGroupSeparatorShown(True)
        self._goal.setSingleStep(1000)
        self._label.setBuddy(self._goal)
        self._run = QPushButton()
        self._progress = QProgressBar()
        self._cancel = QPushButton()
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self._label, self._goal, self._run, self._progress, self._cancel):
            layout.addWidget(widget)
        self._run.clicked.connect(self._go)
        self._goal.lineEdit().returnPressed.connect(self._go)
        self._cancel.clicked.connect(bridge.cancel)
        bridge.busy_changed.connect(self._update_busy)
        appearance.changed.connect(self._update_appearance)
        self._update_appearance()
        self._update_busy()

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._label.setText(say("Run ahead to"))
        self._goal.setAccessibleName(say("Run ahead to iteration"))
        self._run.setText(say("Run"))
        self._cancel.setText(say("Cancel"))
        self._progress.setAccessibleName(say("Progress"))
        self._progress.setMinimumWidth(self._appearance.whole_px(120))
        self._goal.setMaximumWidth(self._appearance.whole_px(120))
        self._layout.setSpacing(self._appearance.whole_px(6))

    def _update_busy(self) -> None:
        busy = self._bridge.busy
        idle: tuple[QWidget, ...] = (self._label, self._goal, self._run)
        at_work: tuple[QWidget, ...] = (self._progress, self._cancel)
        for widget in (*idle, *at_work):
            widget.setVisible((widget in idle) == (busy is None))
        if busy is not None:
            self._progress.setRange(0, busy.total)
            self._progress.setValue(min(busy.done, busy.total))
            self._progress.setFormat(f"{busy.done:,} / {busy.total:,}" if busy.total else "")
            self._progress.setToolTip(busy.text)

    def _go(self) -> None:
        if self._bridge.busy is None:
            self._bridge.go_to_iteration(self._goal.value())
