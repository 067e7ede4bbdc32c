"""One of each of Qt's controls, to see the style sheet at work."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QSlider,
    QSpinBox,
    QTabWidget,
    QToolButton,
    QWidget,
)

from gui.appearance import Appearance
from gui.icons import icon

TEXTS = {"en": ("Learning rate", "Restart the run"), "ja": ("学習率", "はじめから実行")}


class ControlPanel(QWidget):
    """A form; `controls` are those that show a text which must fit."""

    def __init__(self, appearance: Appearance, language: str) -> None:
        super().__init__()
        name, text = TEXTS[language]
        number, count, choice = QDoubleSpinBox(), QSpinBox(), QComboBox()
        number.setValue(12.34)
        count.setValue(99)
        choice.addItems([text, name])
        tool = QToolButton()
        tool.setIcon(icon("step", appearance))
        self.controls = [
            number, count, choice, QLineEdit(text), QPushButton(text), QCheckBox(text), QRadioButton(text),
            QLabel(text), tool,
        ]
        rows = [*self.controls, QSlider(Qt.Orientation.Horizontal), QProgressBar(), QListWidget(), self._tabs(name)]
        form = QFormLayout()
        for control in rows:
            form.addRow(name, control)
        self.count = count
        self.row = QHBoxLayout(self)
        self.row.addLayout(form)

    @staticmethod
    def _tabs(name: str) -> QTabWidget:
        tabs = QTabWidget()
        for number in range(2):
            tabs.addTab(QLabel(name), f"{name} {number}")
        return tabs
