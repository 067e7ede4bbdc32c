"""The open lesson: its notes, and all its settings. Which one is open is chosen in the tool bar."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSplitter, QVBoxLayout, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.lesson.lesson_notes import LessonNotes
from gui.lesson.settings_form import SettingsForm
from gui.paragraph import Paragraph

_LEAST_NOTES = 110.0


class LessonPanel(QWidget):
    """Title above, notes and settings below with a movable border between them."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._title = QLabel()
        self._title.setWordWrap(True)
        self._title.setProperty("kind", "heading")
        self._summary = Paragraph()
        self._summary.setProperty("kind", "caption")
        self._notes = LessonNotes(appearance)
        self._build()
        self._update_lesson()
        self._update_scale()
        bridge.lesson_changed.connect(self._update_lesson)
        appearance.language_changed.connect(self._update_lesson)
        appearance.scale_changed.connect(self._update_scale)

    def _build(self) -> None:
        self._room = notes = QScrollArea()
        notes.setWidgetResizable(True)
        notes.setFrameShape(QFrame.Shape.NoFrame)
        notes.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        notes.setWidget(self._notes)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.addWidget(notes)
        split.addWidget(SettingsForm(self._bridge, self._appearance))
        # The settings take the room they need, so that none is overlooked; the notes take the rest.
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 0)
        whole = QVBoxLayout(self)
        whole.addWidget(self._title)
        whole.addWidget(self._summary)
        whole.addWidget(split, 1)

    def _update_scale(self) -> None:
        self._room.setMinimumHeight(self._appearance.whole_px(_LEAST_NOTES))

    def _update_lesson(self) -> None:
        lesson, language = self._bridge.lesson, self._appearance.language
        self._room.setAccessibleName(self._appearance.say("Notes"))
        self._title.setText(lesson.in_language(lesson.title, language))
        self._summary.setText(lesson.in_language(lesson.summary, language))
        self._notes.show_notes(lesson.in_language(lesson.notes, language))
