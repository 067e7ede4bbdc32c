"""One setting as a row: its name, and the widget that fits its kind."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from engine.settings import Setting, SettingKind, Value
from gui.appearance import Appearance
from gui.lesson.file_field import FileField
from gui.lesson.number_field import NumberField
from gui.lesson.text_field import TextField


class _Choice(QComboBox):
    """A combo box that leaves the wheel to the panel around it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class SettingRow(QWidget):
    """Name on the left, editor on the right; the name is bold where the value is not the lesson's own.

    Signals:
        offered(name, value): the user wants this value; text for numbers.
        withdrawn(name): the value is again the one in force.
        looked_at(name): the pointer or the keyboard came to this row.
    """

    offered = Signal(str, object)
    withdrawn = Signal(str)
    looked_at = Signal(str)

    def __init__(self, setting: Setting, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._setting = setting
        self._appearance = appearance
        self._changed = False
        self._name = QLabel(setting.name)
        self.editor = self._build_editor()
        self.editor.setProperty("kind", "compact")
        self._name.setBuddy(self.editor)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._name, 1)
        row.addWidget(self.editor, 1)
        # The two halves of all rows shall line up, whatever a choice is called.
        self.editor.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.editor.installEventFilter(self)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    def _build_editor(self) -> QWidget:
        name = self._setting.name
        if self._setting.kind is SettingKind.SWITCH:
            box = QCheckBox()
            box.clicked.connect(lambda on: self.offered.emit(name, on))
            return box
        if self._setting.kind is SettingKind.CHOICE:
            choice = _Choice()
            choice.addItems(list(self._setting.choices))
            choice.textActivated.connect(lambda text: self.offered.emit(name, text))
            return choice
        field: FileField | TextField | NumberField
        if self._setting.kind is SettingKind.FILE:
            field = FileField(self._appearance)
        elif self._setting.kind is SettingKind.TEXT:
            field = TextField()
        else:
            field = NumberField(self._setting)
        field.offered.connect(lambda text: self.offered.emit(name, text))
        field.withdrawn.connect(lambda: self.withdrawn.emit(name))
        return field

    def show_value(self, value: Value, *, changed: bool) -> None:
        """Show the value in force; ``changed``: it is not the lesson's own."""
        if isinstance(self.editor, QCheckBox):
            self.editor.setChecked(bool(value))
        elif isinstance(self.editor, QComboBox):
            self.editor.setCurrentText(str(value))
        elif isinstance(self.editor, NumberField):
            self.editor.show_value(value)
        elif isinstance(self.editor, FileField | TextField):
            self.editor.show_value(str(value))
        self._changed = changed
        self.mark_wrong(False)
        self._update_appearance()

    def mark_wrong(self, wrong: bool) -> None:
        """Show that the text in the editor was refused, or no longer."""
        if bool(self.editor.property("wrong")) != wrong:
            self.editor.setProperty("wrong", wrong)
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    def _update_appearance(self) -> None:
        self._name.setFont(self._appearance.font(12.5, bold=self._changed, family="mono"))
        meaning = self._appearance.say(self._setting.meaning)
        self.setToolTip(meaning)
        self.editor.setAccessibleName(self._setting.name)
        self.editor.setAccessibleDescription(meaning)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.Enter):
            self.looked_at.emit(self._setting.name)
        return super().eventFilter(watched, event)
