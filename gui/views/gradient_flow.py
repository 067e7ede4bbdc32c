"""The view of the gradient's way back through time: how it fades, or grows, from step to step."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from engine.analysis.series import parameters
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.typesetting.plain_text import plain_text
from gui.views.activation_comparison import ActivationComparison
from gui.views.flow_curves import FlowCurve, Recurrence, recurrence
from gui.views.flow_plot import Flow, FlowPlot
from gui.views.number_text import number_text
from gui.views.tape_series import Quantity
from gui.views.view_header import ViewHeader

_STEEPEST = {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0, "identity": 1.0}
"""The largest derivative of an activation: γ of Pascanu, Mikolov and Bengio (2013)."""


class GradientFlowView(QWidget):
    """‖δ^t‖ by t, revealed as the cursor goes back; the other activations' on the same data beside it."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._comparison = ActivationComparison(bridge, self)
        self._asked: bool | None = None
        self._bound: float | None = None
        self._recurrence: Recurrence | None = None
        self._plot: FlowPlot | None = None
        self._build()
        self._update_tape()
        self._update_appearance()
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.busy_changed.connect(self._update_cursor)
        appearance.notation_changed.connect(self._update_tape)
        appearance.changed.connect(self._update_appearance)
        self._comparison.changed.connect(self._update_flow)

    @property
    def plot(self) -> FlowPlot | None:
        """The plot; None while the tape has no recurrent state."""
        return self._plot

    @property
    def compares(self) -> bool:
        """Whether the other activations are shown."""
        return self._compare.isChecked()

    @property
    def switches(self) -> tuple[QAction, QAction, QAction]:
        """Compare activations; the gradient at the state; the bound."""
        return self._compare, self._state, self._show_bound

    def _build(self) -> None:
        self._header = ViewHeader(self._appearance, self)
        self._compare = self._header.add_switch(self._comparison.cheap)
        self._state = self._header.add_switch(True)
        self._show_bound = self._header.add_switch()
        self._nothing = QLabel(self)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setWordWrap(True)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)
        self._compare.triggered.connect(self._choose_comparison)
        for action in (self._compare, self._state, self._show_bound):
            action.toggled.connect(self._update_flow)

    def _choose_comparison(self, on: bool) -> None:
        self._asked = on

    def _flow(self, found: Recurrence) -> Flow:
        choices = self._comparison.choices
        others = self._comparison.norms() if self.compares else {}
        return Flow(
            own=self._own,
            activation=self._comparison.current,
            state=self._at_state if self._state.isChecked() else None,
            others=others,
            places={name: choices.index(name) for name in others},
            bound=self._growth(found) if self._show_bound.isChecked() else None,
        )

    def _growth(self, found: Recurrence) -> float | None:
        """γ σ_max(W): ‖∂z^t/∂z^(t−1)‖ is never larger (truths of Pascanu et al., 2013)."""
        steepest = _STEEPEST.get(found.activation)
        if self._bound is None and steepest is not None and found.weight is not None:
            weight = np.asarray(self._bridge.tape.steps[parameters(self._bridge.tape)[found.weight]].value)
            finite = bool(np.isfinite(weight).all())
            self._bound = steepest * float(np.linalg.norm(weight, 2)) if finite else None
        return self._bound

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        tape = self._bridge.tape
        labels = self._appearance.labels(tape)
        self._bound = None
        found = self._recurrence = recurrence(tape)
        if self._asked is None:
            self._compare.setChecked(self._comparison.cheap)
        self._compare.setEnabled(bool(self._comparison.choices))
        self._show_bound.setEnabled(found is not None and found.weight is not None and found.activation in _STEEPEST)
        if found is None:
            self._stack.setCurrentWidget(self._nothing)
            return
        self._own = FlowCurve(tape, Quantity(found.input, True, labels))
        self._at_state = FlowCurve(tape, Quantity(found.state, True, labels))
        if self._plot is None:
            self._plot = FlowPlot(self._bridge, self._appearance, self._flow(found), self)
            self._plot.pointed.connect(self._update_reading)
            self._stack.addWidget(self._plot)
        self._stack.setCurrentWidget(self._plot)
        self._update_flow()

    def _update_flow(self) -> None:
        if self._plot is not None and self._recurrence is not None:
            self._plot.show_flow(self._flow(self._recurrence))
            self._update_cursor()

    def _update_cursor(self) -> None:
        """Ask for the other activations when the first gradient is there to be compared with."""
        if self._recurrence is None or not self.isVisible():
            return
        if self.compares and bool(self._own.revealed(self._bridge.cursor).any()):
            self._comparison.ask(self._recurrence.input.symbol)
        self._update_reading()

    def _update_reading(self, _: str = "") -> None:
        if self._plot is None or not self.isVisible():
            return
        target = self._plot.target
        self._header.reading.set_text(target.text if target is not None else self._summary())

    def _summary(self) -> str:
        """How much is left of the gradient at the first step, once it is there."""
        norms = self._own.norms(self._bridge.cursor)
        if norms[0] < 0 or not norms[-1] > 0 or not np.isfinite(norms).all():
            return ""
        share = float(norms[0] / norms[-1])
        return self._appearance.say("{name} at t = 1 is {share} times as large as at t = {last}",
                                    name=plain_text(self._own.quantity.latex("")), share=number_text(share, 2),
                                    last=len(norms))  # fmt: skip

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._compare.setText(say("Compare activations"))
        self._compare.setToolTip(say("The same data and parameters with every other activation function."))
        self._state.setText(say("Gradient at the state"))
        self._state.setToolTip(say("Also show the gradient before it passes the activation function."))
        self._show_bound.setText(say("Bound"))
        self._show_bound.setToolTip(say(
            "What comes from the last loss alone is multiplied by at most γ·σmax(W) a step: γ is the activation's "
            "steepest slope (sigmoid 1/4, else 1), σmax(W) the largest singular value of the recurrent weight."
        ))  # fmt: skip
        self._nothing.setText(say("This network has no recurrent state."))
        self._nothing.setFont(self._appearance.font(13))
        if self._plot is not None:
            self._plot.setAccessibleName(say("Gradient flow: the norm of the gradient at each time step"))
        self._update_reading()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._update_cursor()
