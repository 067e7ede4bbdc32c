"""What the inspector looks at: one entry of the tape, as far as the cursor has revealed it."""

from __future__ import annotations

from dataclasses import dataclass

from engine.debugger.cursor import Cursor
from engine.tape import Phase, Tape
from engine.tensor import Array, Tensor
from gui.equations.axes import place_in
from gui.equations.focus import Focus
from gui.equations.naming import Names
from gui.equations.weight_shaped import is_weight_shaped


@dataclass(frozen=True, slots=True)
class Subject:
    """An entry and what may be known of it now.

    Attributes:
        index: its place on the tape.
        names: of the tape.
        focus: the number that is looked at.
        weights: whether it is shaped like a parameter, so that its rows are units too.
        picked: whether the user selected it; else it is where the cursor is.
    """

    cursor: Cursor
    names: Names
    index: int
    focus: Focus
    weights: bool
    picked: bool

    @property
    def tape(self) -> Tape:
        return self.cursor.tape

    @property
    def step(self) -> Tensor:
        return self.tape.steps[self.index]

    @property
    def phase(self) -> Phase:
        return self.tape.phase(self.index)

    @property
    def revealed(self) -> bool:
        """Whether its value may be shown."""
        return self.cursor.revealed(self.index)

    @property
    def value(self) -> Array | None:
        """The value; None while it is not revealed."""
        return self.cursor.value(self.index)

    @property
    def place(self) -> tuple[int, ...]:
        """Where in the value the focus lies."""
        return place_in(self.step, self.focus, weights=self.weights)

    @property
    def contributions(self) -> tuple[int, int]:
        """How many contributions to its gradient have arrived, and how many there are."""
        totals = self.tape.gradient_totals.get(self.index, [])
        if self.cursor.position <= self.tape.backward_start:
            return 0, len(totals)
        return sum(1 for total in totals if total < self.cursor.position), len(totals)


def subject_of(cursor: Cursor, names: Names, index: int, focus: Focus, *, picked: bool) -> Subject:
    """The subject for an entry of the cursor's tape."""
    return Subject(cursor, names, index, focus, is_weight_shaped(cursor.tape, names, index), picked)
