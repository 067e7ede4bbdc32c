"""The row that adds a breakpoint: address, condition, threshold."""

import math

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from engine.address import find
from engine.debugger.breakpoints import Breakpoint, Condition
from engine.debugger.watches import full_address
from engine.errors import AddressError, BackstepError, SettingError
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.views.address_field import AddressField
from gui.views.breakpoint_model import CONDITIONS, WITH_THRESHOLD
from gui.views.icon_button import IconButton
from gui.views.sentence import mark_wrong

_THRESHOLD_WIDTH = 64.0


class BreakpointEntry(QWidget):
    """Judges what was written before it is handed on.

    Signals:
        wanted(address, condition, threshold): a breakpoint that can be.
        refused(error): why it cannot be; None when the user goes on writing.
    """

    wanted = Signal(str, object, float)
    refused = Signal(object)

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._appearance = appearance
        self._field = AddressField(bridge)
        self._condition = QComboBox()
        self._threshold = QLineEdit("1")
        for field in (self._field, self._threshold):
            field.returnPressed.connect(self._offer)
            field.textEdited.connect(self._forgive)
        self._condition.currentIndexChanged.connect(self._update_threshold)
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._field, 1)
        row.addWidget(self._condition)
        row.addWidget(self._threshold)
        row.addWidget(IconButton("plus", translatable("Add the breakpoint"), appearance, self._offer))
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    def _chosen(self) -> Condition:
        return list(CONDITIONS)[max(0, self._condition.currentIndex())]

    def _offer(self) -> None:
        for field, check in ((self._field, self._address), (self._threshold, self._number)):
            try:
                check()
            except BackstepError as error:
                mark_wrong(field, True)
                self.refused.emit(error)
                return
        self.wanted.emit(self._address(), self._chosen(), self._number())
        self._field.clear()

    def _address(self) -> str:
        text = self._field.text().strip()
        address = full_address(text) if text else text
        tape, names = self._bridge.tape, self._bridge.cursor.addresses
        if Breakpoint(address).steps(tape, names):
            return address
        if find(tape, address, names):
            raise AddressError("{address} is given, not computed: nothing can stop there.", address=text)
        raise AddressError("No step has the address {text}.", text=text)

    def _number(self) -> float:
        if self._chosen() not in WITH_THRESHOLD:
            return 0.0
        text = self._threshold.text().strip()
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            raise SettingError("The threshold must be a number such as 0.5, not “{text}”.", text=text)
        return number

    def _forgive(self) -> None:
        mark_wrong(self._field, False)
        mark_wrong(self._threshold, False)
        self.refused.emit(None)

    def _update_threshold(self) -> None:
        self._threshold.setVisible(self._chosen() in WITH_THRESHOLD)
        self._forgive()

    def _update_appearance(self) -> None:
        say = self._appearance.say
        chosen = max(0, self._condition.currentIndex())
        self._condition.blockSignals(True)
        self._condition.clear()
        self._condition.addItems([say(text) for text in CONDITIONS.values()])
        self._condition.setCurrentIndex(chosen)
        self._condition.blockSignals(False)
        self._threshold.setVisible(self._chosen() in WITH_THRESHOLD)
        self._row.setSpacing(self._appearance.whole_px(3.0))
        self._threshold.setFixedWidth(self._appearance.whole_px(_THRESHOLD_WIDTH))
        self._field.setPlaceholderText(say("Stop at, such as {example}", example="backward/t=*/**"))
        self._field.setAccessibleName(say("Address to stop at"))
        self._condition.setAccessibleName(say("When to stop"))
        self._threshold.setAccessibleName(say("Threshold of the norm"))
        self._threshold.setToolTip(say("Threshold of the norm"))
