"""The inspector: everything about the selected entry of the tape, or about the step at the cursor."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from engine.debugger.cursor import Cursor
from engine.tape import Phase
from engine.tensor import Array
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.equations.axes import ROW, SEQUENCE, axes_of, place_in
from gui.equations.focus import Focus, rows_are_sequences
from gui.equations.naming import Names
from gui.foresight import Foresight
from gui.inspector.anticipation import Anticipation
from gui.inspector.array_section import ArraySection
from gui.inspector.equation_section import EquationSection
from gui.inspector.heading import Heading
from gui.inspector.provenance_section import ProvenanceSection
from gui.inspector.slice_choice import SliceChoice
from gui.inspector.source_section import SourceSection
from gui.inspector.statistics_section import StatisticsSection
from gui.inspector.subject import Subject, subject_of
from gui.paragraph import Paragraph
from gui.typesetting.formula_preparation import FormulaPreparation

_NESTED = 3
"""So many layouts stand in one another."""


class Inspector(QWidget):
    """Follows ``bridge.selected``; before the first step it shows the one that comes next, without its numbers."""

    def __init__(self, bridge: Bridge, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge, self._appearance = bridge, appearance
        self._preparation = FormulaPreparation(self)
        self._anticipation = Anticipation(self._preparation, self)
        self._foresight = Foresight(bridge, self)
        self._names = Names(bridge.tape, appearance.labels(bridge.tape))
        self._row = 0
        self._chosen: dict[str, int] = {}
        self._subject: Subject | None = None
        self._stale = True
        self._build()
        self._update_appearance()
        self._connect()

    @property
    def subject(self) -> Subject | None:
        """What is shown now."""
        return self._subject

    def _build(self) -> None:
        look = self._appearance
        self._content = QWidget()
        self._start = Paragraph(parent=self._content)
        self.heading = Heading(look, self._preparation, self._content)
        self.equation = EquationSection(look, self._preparation, self._content)
        self.value = ArraySection(look, "value", self._content)
        self.slices = SliceChoice(look, self.value)
        self.value.body.insertWidget(0, self.slices)
        self.gradient = ArraySection(look, "gradient", self._content)
        self.statistics = StatisticsSection(look, self._content)
        self.provenance = ProvenanceSection(look, self._preparation, self._content)
        self.source = SourceSection(look, self._content)
        self._column = QVBoxLayout(self._content)
        self._parts = (self._start, self.heading, self.equation, self.value, self.gradient, self.statistics,
                       self.provenance, self.source)  # fmt: skip
        for part in self._parts:
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._scroll = QScrollArea(self)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: a bar that comes and goes with the length of an equation would lay out everything anew.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setWidget(self._content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._scroll)

    def _connect(self) -> None:
        bridge = self._bridge
        bridge.tape_changed.connect(self._update_tape)
        bridge.cursor_moved.connect(self._update_subject)
        bridge.selection_changed.connect(self._update_subject)
        bridge.focus_unit_changed.connect(self._update_subject)
        bridge.sequence_changed.connect(self._update_subject)
        bridge.hover_changed.connect(self._update_hover)
        self._foresight.step_foreseen.connect(self._foresee)
        self.heading.follow_wanted.connect(lambda: bridge.select(None))
        self.provenance.entry_wanted.connect(bridge.select)
        self.equation.unit_wanted.connect(bridge.set_focus_unit)
        self.equation.row_wanted.connect(self._look_at_row)
        self.slices.chosen.connect(self._choose_slice)
        for section in (self.value, self.gradient):
            section.cell_clicked.connect(self._look_at_cell)
            section.cell_hovered.connect(self._point_at_cell)
        self._appearance.notation_changed.connect(self._update_notation)  # the subject is shown anew after it
        self._appearance.changed.connect(self._update_appearance)

    # --- keeping up -------------------------------------------------------------------------------------------

    @property
    def _focus(self) -> Focus:
        bridge = self._bridge
        return Focus(bridge.focus_unit, self._row, bridge.sequence, tuple(self._chosen.items()))

    def _update_tape(self) -> None:
        self._anticipation.stop()
        self._names = Names(self._bridge.tape, self._appearance.labels(self._bridge.tape))

    def _update_notation(self) -> None:
        self._anticipation.begin_anew()
        self._update_tape()

    def _update_subject(self) -> None:
        """Show the entry of now; nothing is done for a panel nobody sees."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        bridge = self._bridge
        index = bridge.selected if bridge.selected is not None else bridge.cursor.next
        focus = self._focus
        picked = bridge.selection is not None
        subject = None if index is None else subject_of(bridge.cursor, self._names, index, focus, picked=picked)
        self._subject = subject
        if not picked:
            self._anticipation.look_ahead(bridge.cursor, self._names, focus, bridge.session.grain)
            self._foresight.begin()
        self._start.setVisible(bridge.selected is None)
        self.heading.show_subject(subject)
        self.equation.show_subject(subject)
        self._show_arrays(subject)
        self.provenance.show_subject(subject)
        self.source.show_subject(subject)
        self._lay_out()

    def _foresee(self, cursor: Cursor) -> None:
        """Prepare what the next step shows, unless something else was picked to be shown."""
        bridge, index = self._bridge, cursor.current
        if index is None or bridge.selection is not None:
            return
        subject = subject_of(cursor, self._names, index, self._focus, picked=False)
        self.heading.foresee(subject)
        self.equation.foresee(subject)
        self.provenance.foresee(subject)
        self.source.foresee(subject)

    def _lay_out(self) -> None:
        """Parts find their places before they are painted; else they were painted twice."""
        for part in self._parts:
            layout = part.layout()
            if layout is not None:
                layout.activate()
        needed = self._column.totalMinimumSize().height()
        self._content.resize(self._content.width(), max(self._scroll.viewport().height(), needed))
        # Each time, what was laid out asks what it stands in to be laid out: parts, column, scroll area.
        for _ in range(_NESTED):
            QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)

    def _show_arrays(self, subject: Subject | None) -> None:
        for section in (self.value, self.gradient, self.statistics):
            section.setVisible(subject is not None)
        if subject is None:
            return
        say = self._appearance.say
        value, place = subject.value, subject.place
        table = "gradient" if subject.phase is Phase.BACKWARD else "value"
        self.value.show_array(say("Value"), value, say("not computed yet"), place=place, table=table)
        several = value is not None and value.ndim > 2
        axes = axes_of(subject.step, weights=subject.weights) if several else ()
        self.slices.show_axes(axes, subject.step.shape, place)
        gradient = self._show_gradient(subject)
        name = subject.step.operation.name if subject.step.operation is not None else ""
        self.statistics.show_arrays(value, gradient, name)
        self.statistics.setVisible(value is not None)

    def _show_gradient(self, subject: Subject) -> Array | None:
        """The gradient as far as it is summed, for what has one."""
        arrived, all_of_them = subject.contributions
        self.gradient.setVisible(bool(all_of_them))
        if not all_of_them:
            return None
        say = self._appearance.say
        gradient = subject.cursor.gradient(subject.index)
        remark = ""
        if all_of_them > 1 and arrived:
            remark = say("{arrived} of {all} contributions so far", arrived=arrived, all=all_of_them)
            if arrived == all_of_them:
                remark = say("sum of {all} contributions", all=all_of_them)
        self.gradient.show_array(say("Gradient"), gradient, say("not arrived yet"), remark, place=subject.place)
        return gradient

    def _update_hover(self) -> None:
        """Light the number that another view points at."""
        hover, subject = self._bridge.hover, self._subject
        place = None
        if hover is not None and hover[1] is not None and subject is not None and hover[0] == subject.index:
            place = place_in(subject.step, replace(subject.focus, unit=hover[1]), weights=subject.weights)
        for section in (self.value, self.gradient):
            section.set_hover_place(place)

    def _look_at_row(self, row: int) -> None:
        subject = self._subject
        axis = ROW
        if subject is not None and rows_are_sequences(subject.step.shape, weights=subject.weights):
            axis = SEQUENCE
        elif subject is not None and len(subject.step.shape) > 2:
            axis = axes_of(subject.step, weights=subject.weights)[-1]
        self._look_at_slice(axis, row)

    def _choose_slice(self, axis: str, number: int) -> None:
        """The boxes stay under the mouse, however long the equation above them becomes."""
        before, bar = self.value.y(), self._scroll.verticalScrollBar()
        self._look_at_slice(axis, number)
        bar.setValue(bar.value() + self.value.y() - before)

    def _look_at_slice(self, axis: str, number: int) -> None:
        """Look at another number along an axis of ``gui.equations.axes``, here and wherever there is such an axis."""
        if axis == SEQUENCE:
            self._bridge.set_sequence(number)
        elif axis == ROW and number != self._row:
            self._row = number
            self._update_subject()
        elif axis != ROW and number != self._chosen.get(axis, 0):
            self._chosen[axis] = number
            self._update_subject()

    def _look_at_cell(self, row: int, column: int) -> None:
        """A click on a number makes it the one that is written out."""
        subject = self._subject
        if subject is None:
            return
        unit = row if self._is_column_of_weights(subject) else column
        self._look_at_row(0 if self._is_column_of_weights(subject) else row)
        self._bridge.set_focus_unit(unit)

    def _point_at_cell(self, place: tuple[int, int] | None) -> None:
        subject = self._subject
        if subject is None or place is None:
            self._bridge.hover_at(None)
        else:
            self._bridge.hover_at(subject.index, place[0] if self._is_column_of_weights(subject) else place[1])

    @staticmethod
    def _is_column_of_weights(subject: Subject) -> bool:
        shape = subject.step.shape
        return subject.weights and len(shape) == 2 and shape[1] == 1

    def _update_appearance(self) -> None:
        look = self._appearance
        margin = look.whole_px(10)
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(look.whole_px(12))
        self._start.setFont(look.font(12.5))
        self._start.setText(look.say("Nothing is computed yet. This is the first step; press → to take it."))
        self.setAccessibleName(look.say("Inspector"))
        palette = self._content.palette()
        palette.setColor(palette.ColorRole.Window, look.color("ground"))
        palette.setColor(palette.ColorRole.WindowText, look.color("ink"))
        self._content.setPalette(palette)
        self._content.setAutoFillBackground(True)
        self._update_subject()

    # --- Qt ---------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._update_subject()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._anticipation.stop()
        self._preparation.stop()
        self._foresight.stop()
        self._stale = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Not the viewport's width: before it is first shown, that is an old one.
        self._content.setMaximumWidth(self.width() - self._scroll.verticalScrollBar().sizeHint().width())

    def sizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(360), self._appearance.whole_px(640))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._appearance.whole_px(220), self._appearance.whole_px(160))
