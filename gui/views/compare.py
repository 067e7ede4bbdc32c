"""The view that compares systems: two or three on the same data and seed, side by side, their cursors tied."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.views.compare_gates import CompareGates
from gui.views.compare_losses import CompareLosses
from gui.views.compare_norms import CompareNorms
from gui.views.compare_table import CompareTable
from gui.views.compared_systems import MOST, ComparedSystems
from gui.views.flow_row import FlowRow
from gui.views.sentence import Sentence

_FORMS = {
    "norms": translatable("Gradient norms"), "losses": translatable("Losses"), "gates": translatable("Gates"),
}  # fmt: skip


class CompareView(QWidget):
    """Which systems, and what of them, can be chosen; parameters and multiply-adds stand in a table."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._systems = ComparedSystems(bridge, self)
        self._build()
        self._update_appearance()
        self._systems.changed.connect(self._update_choices)
        self._systems.moved.connect(self._update_state)
        bridge.lesson_changed.connect(self._update_choices)
        bridge.restarted.connect(self._update_choices)
        appearance.changed.connect(self._update_appearance)

    @property
    def systems(self) -> ComparedSystems:
        """What is compared."""
        return self._systems

    def show_form(self, name: str) -> None:
        """Show "norms", "losses" or "gates"."""
        self._form.setCurrentIndex(list(_FORMS).index(name))

    def _build(self) -> None:
        self._own = QLabel()
        self._others = [QComboBox() for _ in range(MOST - 1)]
        self._form = QComboBox()
        for box in self._others:
            box.activated.connect(self._choose)
        self._waiting = QLabel()
        self._head = FlowRow(self._own, *self._others, self._form, self._waiting)
        self._problem = Sentence(self._appearance)
        self._table = CompareTable(self._systems, self._appearance)
        self._stack = QStackedWidget()
        self._stack.addWidget(CompareNorms(self._systems, self._bridge, self._appearance))
        self._stack.addWidget(CompareLosses(self._systems, self._bridge, self._appearance))
        self._stack.addWidget(CompareGates(self._systems, self._appearance))
        self._form.currentIndexChanged.connect(self._stack.setCurrentIndex)
        self._body = QHBoxLayout()
        self._body.addWidget(self._table)
        self._body.addWidget(self._stack, 1)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._head)
        self._layout.addWidget(self._problem)
        self._layout.addLayout(self._body, 1)

    # --- slots --------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        self._systems.compare_with([str(box.currentData()) for box in self._others if box.currentData()])

    def _update_choices(self, _=None) -> None:
        say, systems = self._appearance.say, self._systems
        self._own.setText(say("{name} with", name=systems.own_name))
        for number, box in enumerate(self._others):
            box.blockSignals(True)
            box.clear()
            box.addItem("—", "")
            for name in systems.choices:
                box.addItem(name, name)
            chosen = systems.chosen[number] if number < len(systems.chosen) else ""
            box.setCurrentIndex(max(0, box.findData(chosen)))
            box.blockSignals(False)
            box.setEnabled(bool(systems.choices))
        self._problem.say(systems.problem)
        self._update_state()

    def _update_state(self) -> None:
        if self._systems.waiting:
            number = f"{self._bridge.iteration:,}"
            text = self._appearance.say("The others are on their way to iteration {n}.", n=number)
        elif not self._systems.choices:
            text = self._appearance.say("This lesson's model has no other form to compare with.")
        else:
            text = ""
        if text != self._waiting.text():
            self._waiting.setText(text)

    def _update_appearance(self) -> None:
        look, say = self._appearance, self._appearance.say
        margin = look.whole_px(4)
        self._layout.setContentsMargins(margin, margin, margin, 0)
        self._layout.setSpacing(margin)
        self._body.setSpacing(look.whole_px(10))
        self._head.set_space(look.whole_px(8))
        chosen = max(0, self._form.currentIndex())
        self._form.blockSignals(True)
        self._form.clear()
        self._form.addItems([say(text) for text in _FORMS.values()])
        self._form.setCurrentIndex(chosen)
        self._form.blockSignals(False)
        self._form.setAccessibleName(say("What is compared."))
        for box in self._others:
            box.setAccessibleName(say("What the open run is compared with."))
            box.setToolTip(say("What the open run is compared with."))
        self._update_choices()

    # --- Qt -----------------------------------------------------------------------------------------------------

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._systems.follow(True)
        self._update_choices()

    def hideEvent(self, event) -> None:
        super().hideEvent(event)
        self._systems.follow(False)
