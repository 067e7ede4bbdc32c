"""The view of the gradient's way back through time: how it fades, or grows, from step to step."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedWidget, QWidget

from engine.analysis.series import time_name
from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.language import translatable
from gui.typesetting.plain_text import plain_text
from gui.views.activation_comparison import ActivationComparison
from gui.views.empty_notice import EmptyNotice
from gui.views.flow_bound import bounded_way, growth, is_leaky
from gui.views.flow_choice import shown_at_first
from gui.views.flow_curves import FlowCurve
from gui.views.flow_plot import Bound, Flow, FlowPlot
from gui.views.flow_recurrence import Recurrence, recurrences
from gui.views.flush_column import FlushColumn
from gui.views.number_text import number_text
from gui.views.quantity_menu import Key, QuantityMenu
from gui.views.tape_series import Quantity, quantities
from gui.views.view_header import ViewHeader

_MOST_COMPARED = 2
"""Beside more curves the other activations wait to be asked for."""
_COMPARE = translatable("The same data and parameters with every other activation function.")
_FIXED = translatable("The activation functions of this cell are fixed.")
_NOT_PASSED = translatable("No activation function lies on the gradient's way back through time.")
_BOUND = translatable(
    "What comes from the last loss alone is multiplied by at most γ·σmax(W) a step: γ is the activation's "
    "steepest slope (sigmoid 1/4, else 1), σmax(W) the largest singular value of the recurrent weight."
)
_LEAKY_BOUND = translatable(
    "What comes from the last loss alone is multiplied by at most 1 − 1/τ + γ·σmax(W)/τ a step: γ is the activation's "
    "steepest slope (sigmoid 1/4, else 1), σmax(W) the largest singular value of the recurrent weight."
)
_NO_BOUND = translatable(
    "Such a bound holds where one layer is read in one direction, and one weight and one activation function lie "
    "between a state and the next."
)


class GradientFlowView(QWidget):
    """Norms of gradients by t, revealed as the cursor goes back; the other activations' on the same data beside them.

    Which gradients can be chosen: by states at first, and by the pre-activation where there is but one state.
    """

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._comparison = ActivationComparison(bridge, self)
        self._asked: bool | None = None
        self._quantities: dict[Key, Quantity] = {}
        self._usual: tuple[Key, ...] = ()
        self._picked: tuple[Key, ...] = ()
        self._recurrences: list[Recurrence] = []
        self._growth: float | None = None
        self._curves: tuple[FlowCurve, ...] = ()
        self._plot: FlowPlot | None = None
        self._build()
        self._update_tape()
        self._update_appearance()
        bridge.lesson_changed.connect(self._forget_choice)
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.busy_changed.connect(self._update_cursor)
        appearance.notation_changed.connect(self._update_tape)
        appearance.changed.connect(self._update_appearance)
        self._comparison.changed.connect(self._update_flow)

    @property
    def plot(self) -> FlowPlot | None:
        """The plot; None while nothing on the tape gets a gradient at each time step."""
        return self._plot

    @property
    def compares(self) -> bool:
        """Whether the other activations are shown."""
        return self._compare.isChecked() and self._compare.isEnabled()

    @property
    def switches(self) -> tuple[QAction, QAction]:
        """Compare activations; the bound."""
        return self._compare, self._show_bound

    @property
    def choices(self) -> dict[Key, QAction]:
        """What can be shown, by place, symbol and True."""
        return self._menu.actions

    @property
    def reading(self) -> str:
        """What is written at the right of the options."""
        return self._header.reading.text

    def _build(self) -> None:
        self._header = ViewHeader(self._appearance, self)
        self._title = self._header.add_menu()
        self._menu = QuantityMenu(self._title, self._appearance, several=True)
        self._compare = self._header.add_switch(True)
        self._show_bound = self._header.add_switch()
        self._nothing = EmptyNotice(self._appearance, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._nothing)
        column = FlushColumn(self)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)
        self._menu.chosen.connect(self._choose)
        self._compare.triggered.connect(self._choose_comparison)
        for action in (self._compare, self._show_bound):
            action.toggled.connect(self._update_flow)

    # --- what is shown ------------------------------------------------------------------------------------------

    def _choose(self, quantity: Quantity) -> None:
        """Show one more, or one less; without any, what is shown at first."""
        shown = [curve.quantity.key for curve in self._curves]
        kept = [key for key in shown if key != quantity.key]
        self._picked = tuple(kept if quantity.key in shown else [*shown, quantity.key])
        self._take_curves()

    def _choose_comparison(self, on: bool) -> None:
        self._asked = on

    def _forget_choice(self) -> None:
        self._picked = ()

    def _take_curves(self) -> None:
        """The curves of what is chosen."""
        keys = [key for key in self._picked if key in self._quantities] or list(self._usual)
        self._curves = tuple(FlowCurve(self._bridge.tape, self._quantities[key]) for key in keys)
        self._menu.check(keys)
        self._update_title()
        self._update_options()
        if not self._curves:
            self._stack.setCurrentWidget(self._nothing)
            return
        if self._plot is None:
            self._plot = FlowPlot(self._bridge, self._appearance, self._flow(), self)
            self._plot.pointed.connect(self._update_reading)
            self._stack.addWidget(self._plot)
        self._stack.setCurrentWidget(self._plot)
        self._update_flow()

    def _flow(self) -> Flow:
        choices = self._comparison.choices
        others = self._comparison.norms(self._curves[0].quantity.key[:2]) if self.compares else {}
        return Flow(
            curves=self._curves,
            activation=self._comparison.current if self._compare.isEnabled() else "",
            others=others,
            places={name: choices.index(name) for name in others},
            bound=self._bound() if self._show_bound.isChecked() else None,
        )

    def _bound(self) -> Bound | None:
        """Of the first curve that it holds for: the state's, or where the state is f(u), that of u as well."""
        way = bounded_way(self._recurrences)
        if way is None:
            return None
        curve = next((one for one in self._curves if one.quantity.series in (way.state, way.input)), None)
        if self._growth is None:
            self._growth = growth(self._bridge.tape, way, self._bridge.settings)
        return None if curve is None or self._growth is None else Bound(curve, self._growth)

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        tape = self._bridge.tape
        found = quantities(tape, self._appearance.labels(tape))
        self._quantities = {one.key: one for one in found if one.gradient}
        self._recurrences = recurrences(tape, [one.series for one in found if not one.gradient])
        self._usual = shown_at_first(self._quantities, self._recurrences)
        self._growth = None
        self._menu.offer(list(self._quantities.values()))
        self._take_curves()

    def _update_title(self) -> None:
        """The names of what is shown; how many, where there are more than two."""
        names = [plain_text(curve.quantity.latex("")) for curve in self._curves]
        few = len(names) <= _MOST_COMPARED
        text = ", ".join(names) if few else self._appearance.say("{count} gradients", count=len(names))
        self._title.menuAction().setText(text)
        self._title.menuAction().setVisible(bool(self._quantities))

    def _update_options(self) -> None:
        """Comparison and bound can be had where they mean something; else they say why not."""
        say = self._appearance.say
        passed = any(one.activation for one in self._recurrences)
        can_compare = bool(self._comparison.choices) and passed and bool(self._curves)
        self._compare.setEnabled(can_compare)
        reason = _NOT_PASSED if self._comparison.choices else _FIXED
        self._compare.setToolTip(say(_COMPARE if can_compare else reason))
        few = self._comparison.cheap and len(self._curves) <= _MOST_COMPARED
        self._compare.setChecked(can_compare and (few if self._asked is None else self._asked))
        can_bound = bounded_way(self._recurrences) is not None
        bound = _LEAKY_BOUND if is_leaky(self._bridge.settings) else _BOUND
        self._show_bound.setEnabled(can_bound)
        self._show_bound.setToolTip(say(bound if can_bound else _NO_BOUND))

    def _update_flow(self) -> None:
        if self._plot is not None and self._curves:
            self._plot.show_flow(self._flow())
            self._update_cursor()

    def _update_cursor(self) -> None:
        """Ask for the other activations when the first gradient is there to be compared with."""
        if not self._curves or not self.isVisible():
            return
        if self.compares and self._curves[0].arrived(self._bridge.cursor):
            self._comparison.ask(self._curves[0].quantity.key[:2])
        self._update_reading()

    def _update_reading(self, _: str = "") -> None:
        if self._plot is None or not self._curves or not self.isVisible():
            return
        target = self._plot.target
        self._header.reading.set_text(target.text if target is not None else self._summary())

    def _summary(self) -> str:
        """How much is left of the gradients at the first step, once it is there; a tree has no first and last."""
        if time_name(self._bridge.tape) != "t":
            return ""
        states = [one for one in self._curves if one.quantity.series.role is Role.STATE]
        told = states[:2] if len(states) > 1 else self._curves[:1]
        return ", ".join(text for text in map(self._share, told) if text)

    def _share(self, curve: FlowCurve) -> str:
        norms, whole = curve.norms(self._bridge.cursor), curve.whole(self._bridge.cursor)
        if not (whole[0] and whole[-1]) or not norms[-1] > 0 or not np.isfinite(norms).all():
            return ""
        return self._appearance.say("{name} at t = 1 is {share} times as large as at t = {last}",
                                    name=plain_text(curve.quantity.latex("")),
                                    share=number_text(float(norms[0] / norms[-1]), 2), last=len(norms))  # fmt: skip

    def _update_appearance(self) -> None:
        say = self._appearance.say
        self._title.menuAction().setToolTip(say("Whose gradients are shown; several can be chosen."))
        self._compare.setText(say("Compare activations"))
        self._show_bound.setText(say("Bound"))
        self._nothing.show_text(say("Nothing here gets a gradient at each time step."))
        if self._plot is not None:
            self._plot.setAccessibleName(say("Gradient flow: the norm of the gradient at each time step"))
        self._menu.offer(list(self._quantities.values()))
        self._menu.check([curve.quantity.key for curve in self._curves])
        self._update_title()
        self._update_options()
        self._update_reading()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        self._update_cursor()
