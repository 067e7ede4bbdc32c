"""The formulas of the steps that come next, then of all others, typeset while nothing else is to be done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import chain

from PySide6.QtCore import QObject, QTimer

from engine.debugger.cursor import Cursor
from engine.debugger.grain import Grain
from gui.equations.focus import Focus
from gui.equations.line_pieces import latex_in, line_pieces
from gui.equations.naming import Names
from gui.equations.step_numbers import step_numbers
from gui.equations.symbolic_lines import symbolic_lines
from gui.equations.unit_equation import unit_equation
from gui.inspector.entry_links import MOST
from gui.inspector.kinds_of_steps import KindsOfSteps
from gui.inspector.subject import Subject, subject_of
from gui.typesetting.formula import is_prepared, typeset
from gui.typesetting.formula_error import FormulaError
from gui.typesetting.formula_preparation import FormulaPreparation
from gui.typesetting.number_line import Piece

_STEPS = 3
"""So many steps ahead; then one step of each kind."""
_FIRST_WAIT = 500
"""Before the first step is taken: ms in which a window that opens gets ready."""


class Anticipation(QObject):
    """One formula per turn of the event loop; the next move of the cursor begins anew.

    Args:
        preparation: what is on screen waits for; that comes first.
    """

    def __init__(self, preparation: FormulaPreparation, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preparation = preparation
        self._missing: Iterator[tuple[str, bool] | None] = iter(())
        self._kinds = KindsOfSteps()
        self._painted = False
        self._idle = QTimer(self)
        self._idle.setInterval(0)
        self._idle.timeout.connect(self._prepare_next)

    def look_ahead(self, cursor: Cursor, names: Names, focus: Focus, grain: Grain) -> None:
        """Prepare what the next steps of a grain will show."""
        self._missing = _missing(chain(_coming(cursor, names, focus, grain), self._others(cursor, names, focus)))
        self._painted = False
        self._preparation.put_off()
        self._idle.start(0 if cursor.position else _FIRST_WAIT)

    def stop(self) -> None:
        """Look no further."""
        self._idle.stop()
        self._missing = iter(())

    @property
    def is_done(self) -> bool:
        """Whether there is nothing left to prepare."""
        return not self._idle.isActive()

    def begin_anew(self) -> None:
        """Look no further, and at everything again when the cursor moves, as after a change of names."""
        self.stop()
        self._kinds.forget()

    def _others(self, cursor: Cursor, names: Names, focus: Focus) -> Iterator[Subject | None]:
        for index in self._kinds.new_ones(cursor.tape, cursor.position):
            yield None if index is None else subject_of(cursor, names, index, focus, picked=False)

    def _prepare_next(self) -> None:
        self._idle.setInterval(0)
        # The first turn is left to the painting of the step itself.
        if not self._painted or self._preparation.waiting:
            self._painted = True
            return
        try:
            found = next(self._missing)
        except StopIteration:
            self._idle.stop()
            return
        if found is None:
            return
        # What is wrong with a formula is said when its step is shown.
        with suppress(FormulaError):
            typeset(found[0], 1.0, inline=found[1])


def _missing(subjects: Iterator[Subject | None]) -> Iterator[tuple[str, bool] | None]:
    """(LaTeX, whether inline) of all that is not typeset yet; None after each subject, to go on later."""
    for subject in subjects:
        if subject is not None:
            for inline, formulas in ((False, _shown_in_lines(subject)), (True, _shown_in_links(subject))):
                yield from ((latex, inline) for latex in formulas if not is_prepared(latex, inline=inline))
        yield None


def _coming(cursor: Cursor, names: Names, focus: Focus, grain: Grain) -> Iterator[Subject]:
    stops = cursor.stops(grain)
    first = int(stops.searchsorted(cursor.position, side="right"))
    for stop in stops[first : first + _STEPS].tolist():
        yield subject_of(cursor, names, stop - 1, focus, picked=False)


def _shown_in_lines(subject: Subject) -> list[str]:
    tape, names, step = subject.tape, subject.names, subject.step
    lines: list[Piece] = [names.latex(subject.index)]
    for line in symbolic_lines(tape, names, subject.index):
        lines += line_pieces(line.latex)
    if step.operation is None:
        return list(latex_in(lines))
    lines += step_numbers(names, step, subject.focus, weights=subject.weights)
    lines += unit_equation(names, step, subject.focus, weights=subject.weights)
    return list(latex_in(lines))


def _shown_in_links(subject: Subject) -> list[str]:
    names = subject.names
    entries = list(dict.fromkeys(tensor.index for tensor in subject.step.inputs))[:MOST]
    entries += names.users.get(subject.index, [])[:MOST]
    span = names.places.span_of.get(subject.index) or names.places.added_by.get(subject.index)
    return [names.latex(entry) for entry in (*entries, *([] if span is None else [span.of]))]
