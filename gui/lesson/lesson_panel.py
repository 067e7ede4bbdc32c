"""The lesson: which one, its notes, and all its settings."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QScrollArea, QSplitter, QVBoxLayout, QWidget

from engine.lesson import lessons
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.lesson.settings_form import SettingsForm
from gui.typesetting.formula_label import FormulaLabel


class LessonPanel(QWidget):
    """Lesson choice above, notes and settings below with a movable border between them."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._choice = QComboBox()
        self._choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choice.activated.connect(self._open)
        self._summary = QLabel()
        self._summary.setWordWrap(True)
        self._summary.setProperty("kind", "caption")
        self._notes = FormulaLabel(appearance, size=13.0, prose=True)
        self._build()
        self._update_appearance()
        bridge.lesson_changed.connect(self._update_lesson)
        appearance.changed.connect(self._update_appearance)

    def _build(self) -> None:
        notes = QScrollArea()
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
        notes.setMinimumHeight(110)
        whole = QVBoxLayout(self)
        whole.addWidget(self._choice)
        whole.addWidget(self._summary)
        whole.addWidget(split, 1)

    def _open(self, place: int) -> None:
        chosen = lessons()[place].id
        if chosen != self._bridge.lesson.id:
            self._bridge.open_lesson(chosen)

    def _update_lesson(self) -> None:
        lesson, language = self._bridge.lesson, self._appearance.language
        self._choice.setCurrentIndex([known.id for known in lessons()].index(lesson.id))
        self._summary.setText(lesson.in_language(lesson.summary, language))
        self._notes.set_source(lesson.in_language(lesson.notes, language))

    def _update_appearance(self) -> None:
        language = self._appearance.language
        self._choice.clear()
        self._choice.addItems([lesson.in_language(lesson.title, language) for lesson in lessons()])
        self._choice.setAccessibleName(self._appearance.say("Lesson"))
        self._update_lesson()
