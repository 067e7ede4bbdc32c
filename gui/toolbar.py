"""The tool bar: lesson, stepping, grain, speed, iteration, search."""

import math

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QSpinBox, QToolBar, QToolButton, QWidget

from engine.debugger.grain import Grain
from engine.lesson_titles import lesson_titles
from gui.actions.action_set import ActionSet
from gui.actions.words import GRAINS
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.icons import icon
from gui.player import SPEEDS

_STEPPING = ("run.back", "run.step_back", "run.play", "run.step", "run.on")
_LAST_ITERATION = 99_999_999


class MainToolBar(QToolBar):
    """What one needs while stepping; it folds what finds no room into a menu at its right end."""

    def __init__(self, bridge: Bridge, appearance: Appearance, actions: ActionSet, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("main tool bar")
        self.setMovable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._bridge = bridge
        self._appearance = appearance
        self._actions = actions
        self._build()
        self._update_appearance()
        self._update_grain()
        self._update_iteration()
        self._update_busy()
        self._connect()

    def _build(self) -> None:
        self._lesson = self._combo()
        self.addWidget(self._lesson)
        self.addAction(self._actions["run.reset"])
        self.addSeparator()
        for name in _STEPPING:
            self.addAction(self._actions[name])
        self.addSeparator()
        self._grain = self._combo()
        self._grain_label = self._labelled(self._grain)
        self._speed = self._combo()
        self._speed_label = self._labelled(self._speed)
        self.addSeparator()
        self._iteration = QSpinBox(self)
        self._iteration.setRange(0, _LAST_ITERATION)
        self._iteration.setKeyboardTracking(False)
        self._iteration.setGroupSeparatorShown(True)
        self._iteration_label = self._labelled(self._iteration)
        filler = QWidget(self)
        filler.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(filler)
        self._search = QToolButton(self)
        self._search.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._search.clicked.connect(self._actions["help.palette"].trigger)
        self.addWidget(self._search)

    def _combo(self) -> QComboBox:
        combo = QComboBox(self)
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        return combo

    def _labelled(self, widget: QWidget) -> QLabel:
        """A label before a widget; where there is no room, both go into the menu together."""
        pair = QWidget(self)
        label = QLabel(pair)
        label.setProperty("kind", "caption")
        label.setBuddy(widget)
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(label)
        row.addWidget(widget)
        self.addWidget(pair)
        return label

    def _connect(self) -> None:
        self._lesson.activated.connect(self._open_lesson)
        self._grain.activated.connect(lambda place: self._bridge.set_grain(list(Grain)[place]))
        self._speed.activated.connect(lambda place: self._bridge.set_speed(SPEEDS[place]))
        self._iteration.valueChanged.connect(self._go)
        self._bridge.lesson_changed.connect(self._update_lesson)
        self._bridge.grain_changed.connect(self._update_grain)
        self._bridge.tape_changed.connect(self._update_iteration)
        self._bridge.playing_changed.connect(self._update_playing)
        self._bridge.busy_changed.connect(self._update_busy)
        self._bridge.message.connect(self._update_iteration)
        self._appearance.changed.connect(self._update_appearance)
        self._actions.keys_changed.connect(self._update_tips)

    def _open_lesson(self, place: int) -> None:
        chosen = lesson_titles()[place].id
        if chosen != self._bridge.lesson.id:
            self._bridge.open_lesson(chosen)
        self._update_lesson()

    def _go(self, iteration: int) -> None:
        if iteration != self._bridge.iteration:
            self._bridge.go_to_iteration(iteration)
        self.window().setFocus()

    def _update_lesson(self) -> None:
        self._lesson.setCurrentIndex([title.id for title in lesson_titles()].index(self._bridge.lesson.id))

    def _update_grain(self) -> None:
        self._grain.setCurrentIndex(list(Grain).index(self._bridge.session.grain))

    def _update_playing(self) -> None:
        name = "pause" if self._bridge.playing else "play"
        self._actions["run.play"].setIcon(icon(name, self._appearance))
        places = [place for place, speed in enumerate(SPEEDS) if speed == self._bridge.speed]
        self._speed.setCurrentIndex(places[0] if places else -1)

    def _update_iteration(self) -> None:
        """Also after a message: what was typed may have been refused."""
        if self._bridge.busy is None:
            self._iteration.blockSignals(True)
            self._iteration.setValue(self._bridge.iteration)
            self._iteration.blockSignals(False)

    def _update_busy(self) -> None:
        idle = self._bridge.busy is None
        for widget in (self._lesson, self._iteration):
            if widget.isEnabled() != idle:
                widget.setEnabled(idle)
                self._update_tips()
        if idle:
            self._update_iteration()

    def _update_appearance(self) -> None:
        say, looks = self._appearance.say, self._appearance
        self.setWindowTitle(say("Tool bar"))
        size = looks.whole_px(20)
        self.setIconSize(QSize(size, size))
        self._fill(self._lesson, [title.in_language(looks.language) for title in lesson_titles()])
        self._fill(self._grain, [say(GRAINS[grain]) for grain in Grain])
        self._fill(self._speed, [self._speed_text(speed) for speed in SPEEDS])
        for widget, name in ((self._lesson, "Lesson"), (self._grain, "Grain"), (self._speed, "Speed"),
                             (self._iteration, "Iteration")):  # fmt: skip
            widget.setAccessibleName(say(name))
        self._grain_label.setText(say("Grain"))
        self._speed_label.setText(say("Speed"))
        self._iteration_label.setText(say("Iteration"))
        self._iteration.setFixedWidth(looks.whole_px(96))
        self._lesson.setMaximumWidth(looks.whole_px(300))
        self._update_overflow_button()
        self._search.setText(say("Search"))
        self._search.setIcon(icon("search", looks))
        self._update_tips()
        self._update_lesson()
        self._update_grain()
        self._update_playing()

    def _update_overflow_button(self) -> None:
        """The button for what finds no room: Qt's own picture is not of the theme."""
        for button in self.findChildren(QToolButton, "qt_toolbar_ext_button"):
            button.setIcon(icon("chevron-right", self._appearance))

    def _fill(self, combo: QComboBox, texts: list[str]) -> None:
        combo.clear()
        combo.addItems(texts)

    def _speed_text(self, speed: float) -> str:
        if math.isinf(speed):
            return self._appearance.say("fastest")
        return self._appearance.say("{number} steps/s", number=f"{speed:g}")

    def _update_tips(self) -> None:
        say = self._appearance.say
        self._search.setToolTip(self._actions["help.palette"].toolTip())
        self._lesson.setToolTip(say("The lesson that is open"))
        self._grain.setToolTip(say("What one step passes over"))
        self._speed.setToolTip(say("How fast to play"))
        self._iteration.setToolTip(say("Go to an iteration: what was not trained yet is trained first"))
        for widget in (self._lesson, self._iteration):
            if not widget.isEnabled():
                widget.setToolTip(say("The run is at work: cancel it first, or wait."))
