"""All settings of the lesson that have an effect, one row each."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from engine.errors import BackstepError
from engine.model import NamesIdleSettings
from engine.training.memory_need import check_memory
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.lesson.setting_row import SettingRow
from gui.paragraph import Paragraph
from gui.views.sentence import Sentence

_RESTORE = translatable("Set all settings back to the values of the lesson.")
_NOTHING_TO_RESTORE = translatable("All settings have the values of the lesson.")


class _WholeList(QScrollArea):
    """Asks for the room to show all its rows, and scrolls if it does not get it."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def sizeHint(self) -> QSize:
        rows: QWidget | None = self.widget()
        return rows.sizeHint() if rows is not None else super().sizeHint()


class SettingsForm(QWidget):
    """Offers changes to the bridge; what is refused stays in its row, marked, with the reason below."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._rows: dict[str, SettingRow] = {}
        self._refused: dict[str, BackstepError] = {}
        self._looked_at = ""
        self._build()
        self._update_lesson()
        bridge.lesson_changed.connect(self._update_lesson)
        bridge.restarted.connect(self._update_values)
        bridge.busy_changed.connect(self._update_busy)
        appearance.changed.connect(self._update_appearance)

    def _build(self) -> None:
        self._heading = QLabel()
        self._heading.setProperty("kind", "heading")
        self._back = QPushButton()
        self._back.setProperty("kind", "compact")
        self._back.clicked.connect(self._go_back)
        top = QHBoxLayout()
        top.addWidget(self._heading, 1)
        top.addWidget(self._back)
        self._list = QWidget()
        self._list_layout = QVBoxLayout(self._list)
        self._list_layout.setContentsMargins(0, 0, 6, 0)
        self._list_layout.setSpacing(2)
        scroll = _WholeList()
        scroll.setWidget(self._list)
        self._explanation = Paragraph()
        self._explanation.setProperty("kind", "caption")
        self._refusal = Sentence(self._appearance)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(top)
        whole.addWidget(scroll, 1)
        whole.addWidget(self._explanation)
        whole.addWidget(self._refusal)

    def _update_lesson(self) -> None:
        """Make the rows anew: another lesson has other settings."""
        for row in self._rows.values():
            # As it loses the focus it would still offer what was typed into it, and to the new lesson.
            row.blockSignals(True)
        for row in self._rows.values():
            row.hide()
            self._list_layout.removeWidget(row)
            row.deleteLater()
        self._rows = {}
        while self._list_layout.count():
            self._list_layout.takeAt(0)
        for name, setting in self._bridge.settings.declared.items():
            row = SettingRow(setting, self._appearance)
            row.offered.connect(self._offer)
            row.withdrawn.connect(self._withdraw)
            row.looked_at.connect(self._look_at)
            self._rows[name] = row
            self._list_layout.addWidget(row)
        self._list_layout.addStretch(1)
        self._look_at("")
        self._update_values()
        self._update_appearance()

    def _update_values(self) -> None:
        own = self._bridge.lesson.settings
        self._refused = {}
        idle = self._idle()
        for name, row in self._rows.items():
            if name in self._bridge.settings:
                row.show_value(self._bridge.settings[name], changed=self._bridge.settings[name] != own[name])
                row.setVisible(self._bridge.settings.matters(name) and name not in idle)
        self._explain()
        self._update_busy()

    def _idle(self) -> tuple[str, ...]:
        """Settings of the model that have no effect on the lesson's task."""
        model = self._bridge.lesson.model
        return model.idle(self._bridge.session.run.sizes) if isinstance(model, NamesIdleSettings) else ()

    def _update_busy(self) -> None:
        idle = self._bridge.busy is None
        self._list.setEnabled(idle)
        self._list.setToolTip("" if idle else self._appearance.say("The run is at work: cancel it first, or wait."))
        changed = self._bridge.settings != self._bridge.lesson.settings
        self._back.setEnabled(idle and changed)
        self._back.setToolTip(self._appearance.say(_RESTORE if changed else _NOTHING_TO_RESTORE))

    def _offer(self, name: str, value: object) -> None:
        """Try a value; say in place why it cannot be."""
        try:
            check_memory(self._bridge.lesson, self._bridge.settings.changed(**{name: value}))
        except BackstepError as error:
            self._refused[name] = error
            self._rows[name].mark_wrong(True)
            self._explain()
            return
        self._withdraw(name)
        self._bridge.change_settings(**{name: value})

    def _go_back(self) -> None:
        self._bridge.change_settings(**dict(self._bridge.lesson.settings))

    def _withdraw(self, name: str) -> None:
        self._refused.pop(name, None)
        self._rows[name].mark_wrong(False)
        self._explain()

    def _look_at(self, name: str) -> None:
        self._looked_at = name
        self._explain()

    def _explain(self) -> None:
        """What the row under the pointer means, and why a value was refused: its own, else the one refused last."""
        last = next(reversed(self._refused.values()), None)
        error = self._refused.get(self._looked_at, last)
        self._refusal.say(error)
        say = self._appearance.say
        meaning = self._bridge.settings.declared[self._looked_at].meaning if self._looked_at else ""
        remark = say(meaning) if meaning else say("A change starts the run anew; Ctrl+Z takes it back.")
        self._explanation.setText(remark)
        self._explanation.setVisible(error is None or self._looked_at not in {"", *self._refused})

    def _update_appearance(self) -> None:
        self._heading.setText(self._appearance.say("Settings"))
        self._back.setText(self._appearance.say("Restore"))
        self._update_busy()
        self._explain()
