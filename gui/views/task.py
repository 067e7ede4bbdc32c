"""The place of the task's own view: whichever the open lesson has."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.empty_notice import EmptyNotice
from gui.views.task_views import TASK_VIEWS


class TaskView(QWidget):
    """Holds the view of the lesson's task; says so where it has none."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._name = ""
        self._view: QWidget | None = None
        self._none = EmptyNotice(self._appearance)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addWidget(self._none)
        self._update_appearance()
        self._update_lesson()
        bridge.lesson_changed.connect(self._update_lesson)
        appearance.changed.connect(self._update_appearance)

    def _update_lesson(self) -> None:
        name = self._bridge.lesson.task_view
        if name == self._name:
            return
        self._name = name
        if self._view is not None:
            self._view.hide()
            self._view.deleteLater()
            self._view = None
        if name in TASK_VIEWS:
            self._view = TASK_VIEWS[name](self._bridge, self._appearance)
            self._layout.addWidget(self._view)
        self._none.setVisible(self._view is None)

    def _update_appearance(self) -> None:
        self._none.show_text(self._appearance.say("This lesson's task has no view of its own."))
