"""The equation of a step: in symbols, with its numbers, and the scalar equation of the unit in focus."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from engine.tensor import Role
from gui.appearance import Appearance
from gui.equations.focus import rows_are_sequences
from gui.equations.line_pieces import line_pieces
from gui.equations.step_numbers import step_numbers
from gui.equations.symbolic_lines import gradient_line, symbolic_lines
from gui.equations.unit_equation import unit_equation
from gui.inspector.formula_lines import FormulaLines
from gui.inspector.formula_sheet import FormulaLine
from gui.inspector.section import Section
from gui.inspector.subject import Subject
from gui.typesetting.formula_preparation import FormulaPreparation
from gui.typesetting.number_line import Words


@dataclass(frozen=True)
class _Written:
    """The equations of a subject, and the one of the number in focus."""

    of: tuple[object, ...]
    lines: list[FormulaLine]
    scalar: list[FormulaLine]


def _identity(subject: Subject) -> tuple[object, ...]:
    """All that the equations of a subject depend on, where the cursor is apart."""
    return subject.names, subject.index, subject.focus, subject.weights, subject.revealed


class EquationSection(Section):
    """Signals: unit_wanted(j), row_wanted(n): another number is to be looked at."""

    unit_wanted = Signal(int)
    row_wanted = Signal(int)

    def __init__(
        self, appearance: Appearance, preparation: FormulaPreparation, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, parent)
        self._foreseen: _Written | None = None
        self._lines = FormulaLines(appearance, preparation, self)
        self._unit_label, self._row_label = QLabel(self), QLabel(self)
        self._unit, self._row = QSpinBox(self), QSpinBox(self)
        self._unit_line = FormulaLines(appearance, preparation, self)
        self._choice = QWidget(self)
        choice = QHBoxLayout(self._choice)
        choice.setContentsMargins(0, 0, 0, 0)
        for label, spin, signal in (
            (self._unit_label, self._unit, self.unit_wanted),
            (self._row_label, self._row, self.row_wanted),
        ):
            label.setBuddy(spin)
            choice.addWidget(label)
            choice.addWidget(spin)
            spin.setKeyboardTracking(False)
            spin.valueChanged.connect(signal)
        choice.addStretch(1)
        for widget in (self._lines, self._choice, self._unit_line):
            self.body.addWidget(widget)
        self._update_appearance()
        appearance.changed.connect(self._update_appearance)

    def show_subject(self, subject: Subject | None) -> None:
        """Show the equations of an entry; None for none."""
        if subject is None:
            self._lines.show_lines([])
            self._unit_line.show_lines([])
            self._choice.hide()
            return
        foreseen = self._foreseen
        written = foreseen if foreseen is not None and foreseen.of == _identity(subject) else self._written(subject)
        self._lines.show_lines(written.lines)
        self._unit_line.show_lines(written.scalar)
        self._unit_line.setVisible(bool(written.scalar))
        self._update_choice(subject)

    def foresee(self, subject: Subject) -> None:
        """Write the equations of an entry that may be shown next."""
        self._foreseen = self._written(subject)
        self._lines.foresee(self._foreseen.lines)
        self._unit_line.foresee(self._foreseen.scalar)

    def text(self) -> str:
        """All equations as plain text."""
        return "\n".join(part for part in (self._lines.text(), self._unit_line.text()) if part)

    @property
    def is_typeset(self) -> bool:
        """Whether nothing waits to be typeset."""
        return self._lines.is_typeset and self._unit_line.is_typeset

    def _written(self, subject: Subject) -> _Written:
        scalar: list[FormulaLine] = []
        if subject.revealed:
            pieces = unit_equation(subject.names, subject.step, subject.focus, weights=subject.weights)
            if pieces:
                scalar = [FormulaLine(pieces, self._appearance.say("One number of it"))]
        return _Written(_identity(subject), self._equations(subject), scalar)

    def _equations(self, subject: Subject) -> list[FormulaLine]:
        say = self._appearance.say
        lines = [
            FormulaLine(line_pieces(line.latex), say(line.caption) if line.caption else "", 16.0)
            for line in symbolic_lines(subject.tape, subject.names, subject.index)
        ]
        if subject.step.role is Role.PARAMETER:
            sums = gradient_line(subject.tape, subject.names, subject.index)
            if sums is not None:
                lines.append(FormulaLine(line_pieces(sums), say("Its gradient is a sum over the time steps"), 16.0))
            return lines
        if subject.step.operation is None:
            return lines
        if not subject.revealed:
            return [*lines, FormulaLine([Words(say("not computed yet"))], say("With its numbers"), 13.0)]
        numbers = step_numbers(subject.names, subject.step, subject.focus, weights=subject.weights)
        return [*lines, FormulaLine(numbers, say("With its numbers"), 13.0)]

    def _update_choice(self, subject: Subject) -> None:
        """The boxes count along the axes that are longer than one."""
        shape, place = np.shape(subject.step.value), subject.place
        axes = [(length, at) for length, at in zip(shape, place, strict=False)] if place else []
        columns, rows = (axes[-1] if axes else (1, 0)), (axes[-2] if len(axes) > 1 else (1, 0))
        if subject.weights and len(shape) == 2 and shape[1] == 1:
            columns, rows = rows, columns
        for label, spin, (length, at) in (
            (self._unit_label, self._unit, columns), (self._row_label, self._row, rows),
        ):  # fmt: skip
            with QSignalBlocker(spin):
                spin.setRange(0, max(0, length - 1))
                spin.setValue(at)
            spin.setVisible(length > 1)
            label.setVisible(length > 1)
        say, is_sequence = self._appearance.say, rows_are_sequences(shape, weights=subject.weights)
        self._row_label.setText(say("sequence n") if is_sequence else say("row"))
        self._choice.setVisible(subject.revealed and (columns[0] > 1 or rows[0] > 1))

    def _update_appearance(self) -> None:
        look = self._appearance
        self._foreseen = None
        self.set_title(look.say("Equation"))
        self._unit_label.setText(look.say("unit j"))
        for widget in (self._unit_label, self._row_label, self._unit, self._row):
            widget.setFont(look.font(12.0))
        self._unit.setAccessibleName(look.say("Unit whose equation is written out"))
        self._row.setAccessibleName(look.say("Row whose equation is written out"))
