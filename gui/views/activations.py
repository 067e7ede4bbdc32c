"""The view of activations: f and f′ with the pre-activations of the moment on the curves."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QStackedWidget, QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.notation.labels import Labels
from gui.paragraph import Paragraph
from gui.views.activation_plot import ActivationPlot
from gui.views.activation_points import ActivationPoints, points_of, reach_of
from gui.views.activation_steps import ActivationStep, ActivationSteps, Key
from gui.views.empty_notice import EmptyNotice
from gui.views.flush_column import FlushColumn
from gui.views.menu_choice import add_choice
from gui.views.number_text import number_text, significant
from gui.views.sequence_box import SequenceBox
from gui.views.view_header import ViewHeader


class ActivationsView(QWidget):
    """Follows the cursor, or stays with one activation at the cursor's time step."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._steps = ActivationSteps(bridge.tape)
        self._stale = False
        self._kept: Key | None = None
        self._points: ActivationPoints | None = None
        self._shown: tuple[int, bool, bool] | None = None
        self._reaches: dict[Key, float] = {}
        self._build()
        self._update_tape()
        self._update_appearance()
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_cursor)
        bridge.selection_changed.connect(self._update_points)
        bridge.hover_changed.connect(self._update_marks)
        bridge.focus_unit_changed.connect(self._update_marks)
        appearance.changed.connect(self._update_appearance)

    @property
    def plot(self) -> ActivationPlot:
        """The curves."""
        return self._plot

    @property
    def points(self) -> ActivationPoints | None:
        """What is shown; None where the tape has no activation."""
        return self._points

    @property
    def sentence(self) -> str:
        """What is said below the curves."""
        return self._sentence.text()

    @property
    def reading(self) -> str:
        """What is read of the unit pointed at."""
        return self._header.reading.text

    @property
    def choices(self) -> list[str]:
        """The texts of the menu; the first follows the cursor."""
        return [action.text() for action in self._menu.actions()]

    def choose(self, place: int) -> None:
        """Take a choice of the menu."""
        self._menu.actions()[place].trigger()

    def show_sequence(self, number: int) -> None:
        """Show another sequence of the batch, from 0."""
        self._sequence.setValue(number + 1)

    def _build(self) -> None:
        self._header = ViewHeader(self._appearance, self)
        self._menu = self._header.add_menu()
        self._group = QActionGroup(self._menu)
        self._sequence = SequenceBox(self._bridge, self._appearance, self)
        self._header.add_widget(self._sequence)
        self._plot = ActivationPlot(self._appearance, self)
        self._nothing = EmptyNotice(self._appearance, self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._plot)
        self._stack.addWidget(self._nothing)
        self._sentence = Paragraph(parent=self)
        column = FlushColumn(self)
        column.addWidget(self._header)
        column.addWidget(self._stack, 1)
        column.addWidget(self._sentence)
        self._plot.pointed.connect(self._point_at)
        self._plot.picked.connect(self._pick)
        self._plot.run_wanted.connect(self._run)
        self._sequence.valueChanged.connect(self._update_points)

    # --- what is looked at --------------------------------------------------------------------------------------

    def _step(self) -> ActivationStep | None:
        if self._kept is not None:
            found = self._steps.at_time(self._kept, self._bridge.cursor)
            if found is not None:
                return found
        return self._steps.current(self._bridge.cursor, self._bridge.selection)

    def _reach(self, step: ActivationStep) -> float:
        """The same for all time steps: the axis stays while the points move."""
        if step.key not in self._reaches:
            tape = self._bridge.tape
            arrays = [np.asarray(tape.steps[one.source].value, dtype=float) for one in self._steps.same(step.key)]
            self._reaches[step.key] = reach_of(arrays)
        return self._reaches[step.key]

    def _keep(self, key: Key | None) -> None:
        self._kept = key
        self._update_points()

    def _point_at(self, unit: int) -> None:
        if self._points is not None and unit >= 0:
            self._bridge.hover_at(self._points.step.index, unit)
        else:
            self._bridge.hover_at(None)
        self._update_words()

    def _pick(self, unit: int) -> None:
        if self._points is not None:
            self._bridge.select(self._points.step.index)
            if unit >= 0 and len(self._points.u) > 1:
                self._bridge.set_focus_unit(unit)

    def _run(self) -> None:
        if self._points is not None:
            self._bridge.run_to(self._points.step.index)

    # --- slots --------------------------------------------------------------------------------------------------

    def _update_tape(self) -> None:
        """Another tape; a long one is looked through only when that is to be seen."""
        self._stale = not self.isVisible()
        if self._stale:
            return
        self._steps = ActivationSteps(self._bridge.tape)
        self._reaches = {}
        if self._kept not in [step.key for step in self._steps.choices()]:
            self._kept = None
        self._update_choices()
        self._update_points()

    @property
    def _labels(self) -> Labels:
        return self._appearance.labels(self._bridge.tape)

    def _update_choices(self) -> None:
        self._menu.clear()
        self._add_choice(self._appearance.say("Follow the cursor"), None)
        choices = self._steps.choices()
        names = [self._steps.name(step, self._labels) for step in choices]
        for step, name in zip(choices, names, strict=True):
            self._add_choice(f"{name}  ({step.place})" if names.count(name) > 1 else name, step.key)

    def _add_choice(self, text: str, key: Key | None) -> None:
        add_choice(self._menu, self._group, text, key, self._keep).setChecked(key == self._kept)

    def _update_cursor(self) -> None:
        """Most steps neither come to another activation nor reveal more of this one."""
        if self._stale or not self.isVisible():
            return
        step = self._step()
        if step is None or self._seen(step) != self._shown:
            self._update_points()

    def _seen(self, step: ActivationStep) -> tuple[int, bool, bool]:
        """What the picture of an activation depends on as the cursor moves."""
        cursor = self._bridge.cursor
        return step.index, cursor.revealed(step.source), cursor.revealed(step.index)

    def _update_points(self) -> None:
        if self._stale or not self.isVisible():
            return
        step = self._step()
        self._shown = None if step is None else self._seen(step)
        self._stack.setCurrentWidget(self._nothing if step is None else self._plot)
        self._sentence.setVisible(step is not None)
        self._points = None
        if step is not None:
            self._points = points_of(step, self._bridge.cursor, self._sequence.sequence)
            self._sequence.set_batch(self._points.sequences)
            self._plot.show_points(self._points, self._reach(step))
        self._update_marks()
        self._update_words()

    def _update_marks(self) -> None:
        hover, unit = self._bridge.hover, -1
        if hover is not None and self._points is not None and hover[1] is not None:
            step = self._points.step
            unit = hover[1] if hover[0] in (step.index, step.source) else -1
        focus = self._bridge.focus_unit if self._points is not None and len(self._points.u) > 1 else -1
        self._plot.mark(unit, focus)

    def _update_words(self) -> None:
        points = self._points
        if points is None:
            self._header.reading.set_text("")
            return
        title = self._steps.name(points.step, self._labels)
        self._menu.menuAction().setText(title if self._kept is None else f"● {title}")
        unit = self._plot.unit
        known = 0 <= unit < len(points.u)
        self._header.reading.set_text(self._of_unit(points, unit) if known else self._where(points))
        self._plot.setAccessibleDescription(self._header.reading.text)
        text = self._summary(points)
        if text != self._sentence.text():
            self._sentence.setText(text)

    def _where(self, points: ActivationPoints) -> str:
        time = points.step.time
        return "" if time is None else f"t = {time}"

    def _of_unit(self, points: ActivationPoints, unit: int) -> str:
        say, u = self._appearance.say, number_text(float(points.u[unit]))
        if not points.executed:
            return say("unit {unit}: u = {u}, f(u) not yet computed", unit=unit, u=u)
        value, slope = (number_text(float(one[unit])) for one in (points.values, points.slopes))
        return say("unit {unit}: u = {u}, f(u) = {value}, f′(u) = {slope}", unit=unit, u=u, value=value, slope=slope)

    def _summary(self, points: ActivationPoints) -> str:
        say, count, largest = self._appearance.say, len(points.u), significant(points.largest, 4)
        if not points.executed:
            return say("The largest slope is {largest}. Not yet computed at this step.", largest=largest)
        if points.not_finite:
            return say("{odd} of {count} pre-activations are not finite.", odd=points.not_finite, count=count)
        values = {"part": points.saturated, "count": count, "largest": largest,
                  "share": f"{points.saturated / max(1, count):.0%}"}  # fmt: skip
        if points.step.name == "relu":
            return say(
                "{part} of {count} units ({share}) are off: u ≤ 0, no gradient passes. The others pass all of it.",
                **values,
            )
        return say(
            "{part} of {count} units ({share}) are saturated: under a tenth of the largest slope, {largest}, is left.",
            **values,
        )

    def _update_appearance(self) -> None:
        say, whole = self._appearance.say, self._appearance.whole_px
        self._menu.menuAction().setToolTip(say("Which activation is shown."))
        self._nothing.show_text(say("This network has no activation function."))
        self._sentence.setFont(self._appearance.font(12.5))
        self._sentence.setContentsMargins(whole(10), whole(2), whole(10), whole(4))
        self._plot.setMinimumSize(whole(160), whole(90))
        self._plot.setAccessibleName(say("Activation function and its slope, with the pre-activations as points"))
        self._update_choices()
        self._plot.redraw()
        self._update_points()

    def showEvent(self, event) -> None:
        super().showEvent(event)
        if self._stale:
            self._update_tape()
        self._update_points()
