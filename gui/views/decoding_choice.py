"""How a decoder that runs free chooses: greedily, by drawing, or by a beam, each with its own number."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QSpinBox, QWidget

from engine.training.free_running import BEAM, GREEDY, SAMPLED, WAYS, Choice
from gui.appearance import Appearance
from gui.language import translatable

_NAMES = {
    GREEDY: translatable("greedy"), SAMPLED: translatable("sampled"), BEAM: translatable("beam search"),
}  # fmt: skip
_WIDEST, _HOTTEST, _LAST_SEED = 20, 10.0, 999_999


class DecodingChoice(QWidget):
    """A choice with the numbers that belong to it.

    Signals: changed.
    """

    changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._way, self._temperature, self._seed, self._width = QComboBox(), QDoubleSpinBox(), QSpinBox(), QSpinBox()
        start = Choice()
        for name in WAYS:
            self._way.addItem(name, name)
        self._temperature.setRange(0.05, _HOTTEST)
        self._temperature.setSingleStep(0.1)
        self._temperature.setValue(start.temperature)
        self._seed.setRange(0, _LAST_SEED)
        self._width.setRange(1, _WIDEST)
        self._width.setValue(start.width)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for widget in (self._way, self._temperature, self._seed, self._width):
            widget.setProperty("kind", "compact")
            self._row.addWidget(widget)
        self._update_way()
        self._update_appearance()
        self._way.currentIndexChanged.connect(self._update_way)
        for number in (self._temperature, self._seed, self._width):
            number.valueChanged.connect(lambda _: self.changed.emit())
        appearance.changed.connect(self._update_appearance)

    @property
    def choice(self) -> Choice:
        """What is chosen."""
        return Choice(
            str(self._way.currentData()), self._temperature.value(), self._seed.value(), self._width.value()
        )

    def choose(self, choice: Choice) -> None:
        """Choose something else."""
        with QSignalBlocker(self):
            self._way.setCurrentIndex(WAYS.index(choice.way))
            self._temperature.setValue(choice.temperature)
            self._seed.setValue(choice.seed)
            self._width.setValue(choice.width)
        self.changed.emit()

    def _update_way(self) -> None:
        way = self._way.currentData()
        for widget in (self._temperature, self._seed):
            widget.setVisible(way == SAMPLED)
        self._width.setVisible(way == BEAM)
        self.changed.emit()

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._row.setSpacing(self._appearance.whole_px(4))
        for place, name in enumerate(WAYS):
            self._way.setItemText(place, say("free: {way}", way=say(_NAMES[name])))
        meanings = (
            (self._way, say("How a decoder that runs free chooses what it says.")),
            (self._temperature, say("Temperature: below 1 the likely becomes likelier, above 1 all more alike.")),
            (self._seed, say("Seed of the drawing.")),
            (self._width, say("Width of the beam: so many hypotheses are kept at every step.")),
        )
        for widget, meaning in meanings:
            widget.setToolTip(meaning)
            widget.setAccessibleName(meaning)
        self._temperature.setPrefix(say("temperature") + " ")
        self._seed.setPrefix(say("seed") + " ")
        self._width.setPrefix(say("width") + " ")
