"""Edits: numbers that a user forces upon a step of the forward pass; everything after it is computed with them.

The iteration is recorded again. Right behind the step that an edit names, a step of its own is recorded, ``forced``,
and whatever the model does with the result from there on, it does with the forced one: it takes the textbook's name and
role, while the step before keeps what was computed. So loss and gradients are those of the forced pass; where a number
was forced no gradient flows to what would have been computed. All other steps keep their addresses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from engine.errors import BackstepError
from engine.ops.masks import forced
from engine.tape import Phase, Tape
from engine.tensor import Array, Tensor

Position = tuple[int, ...]
_RECORDED = 4
"""Entries for each edit: what is computed, the mask, the numbers, and the forced step."""


class EditError(BackstepError):
    """An edit that cannot be made."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Numbers forced upon one step.

    Attributes:
        address: of the step that computes them, as on the tape without edits.
        numbers: position in its value → number, in the order of positions; no position twice.
        symbol: the textbook's name of the value, for what is put on the tape.
    """

    address: str
    numbers: tuple[tuple[Position, float], ...]
    symbol: str = ""


class EditedTape(Tape):
    """A tape on which edits are carried out while it is recorded.

    Attributes:
        edits: those.
    """

    def __init__(self, edits: tuple[Edit, ...]) -> None:
        super().__init__()
        self.edits = edits
        self._steps = _Steps(self, edits)
        self.steps = self._steps

    def check_all_met(self) -> None:
        """At the end of the forward pass.

        Raises:
            EditError: there was no step for an edit.
        """
        for address in self._steps.waiting:
            raise EditError("No step of this pass has the address {address}.", address=address)


class _Steps(list[Tensor]):
    """The entries of an edited tape.

    Attributes:
        waiting: the edits whose steps have not come yet, by address.
    """

    def __init__(self, tape: Tape, edits: Iterable[Edit]) -> None:
        super().__init__()
        self._tape = tape
        self._counts: dict[str, int] = {}
        self.waiting = {edit.address: edit for edit in edits}

    def append(self, made: Tensor) -> None:
        """Take a fresh step; if an edit names it, it becomes the forced one, and what it was stands before it."""
        super().append(made)
        if not self.waiting or made.operation is None or self._tape.phase(made.index) is not Phase.FORWARD:
            return
        scope = f"{made.scope.path}/" if made.scope.path else ""
        name = f"{Phase.FORWARD.value}/{scope}{made.operation.name}"
        self._counts[name] = self._counts.get(name, 0) + 1
        edit = self.waiting.pop(f"{name}#{self._counts[name]}", None)
        if edit is not None:
            self._force(made, edit)

    def _force(self, made: Tensor, edit: Edit) -> None:
        before = Tensor(
            made.tape, made.value, made.operation, made.inputs, made.attributes, made.scope, made.code,
            made.instruction, made.index, made.needs_gradient,
        )  # fmt: skip
        self[made.index] = before
        mask, numbers = arrays(edit, before)
        symbol = edit.symbol or "x"
        given = self._tape.constant("m_forced", mask), self._tape.constant(f"{symbol}_forced", numbers)
        result = forced(before, *given)
        # The model holds ``made`` already; it goes on with it, and names it.
        made.value, made.operation, made.inputs, made.attributes = result.value, result.operation, result.inputs, None
        made.index = result.index
        self[made.index] = made


def arrays(edit: Edit, step: Tensor) -> tuple[Array, Array]:
    """Where a step is forced (1) and to which numbers (0 elsewhere), both shaped like it.

    Raises:
        EditError: a position is outside, or a number is not finite.
    """
    mask, numbers = np.zeros(step.shape, dtype=np.int64), np.zeros_like(np.asarray(step.value))
    for position, number in edit.numbers:
        if len(position) != mask.ndim or any(not 0 <= at < n for at, n in zip(position, mask.shape, strict=True)):
            raise EditError(
                "There is no position {position} in a value of shape {shape}.", position=position, shape=step.shape
            )
        if not np.isfinite(number):
            raise EditError("A forced value must be a finite number, not {number}.", number=number)
        mask[position], numbers[position] = 1, number
    return mask, numbers


def edits_of(tape: Tape) -> tuple[Edit, ...]:
    """The edits with which a tape was recorded."""
    return tape.edits if isinstance(tape, EditedTape) else ()


def computed(step: Tensor) -> Tensor:
    """What a forced step stands in the place of; any other step itself."""
    return step.inputs[0] if is_forced(step) else step


def is_forced(step: Tensor) -> bool:
    """Whether an edit made the step."""
    return step.operation is not None and step.operation.name == forced.__name__


def named_step(tape: Tape, index: int) -> int:
    """The tape index of the step that the model goes on with: behind a step that an edit names, the forced one."""
    later = tape.steps[index + 1 : index + _RECORDED]
    return next((step.index for step in later if is_forced(step) and step.inputs[0].index == index), index)


def with_numbers(
    edits: tuple[Edit, ...], address: str, symbol: str, numbers: Mapping[Position, float]
) -> tuple[Edit, ...]:
    """Edits that also force numbers upon the step of an address; what was forced at the same positions is replaced."""
    kept = {position: number for edit in edits if edit.address == address for position, number in edit.numbers}
    return _replaced(edits, Edit(address, tuple(sorted({**kept, **numbers}.items())), symbol))


def without_numbers(edits: tuple[Edit, ...], address: str, positions: Iterable[Position]) -> tuple[Edit, ...]:
    """Edits that no longer force numbers at positions of a step."""
    gone = set(positions)
    for edit in edits:
        if edit.address == address:
            rest = tuple(pair for pair in edit.numbers if pair[0] not in gone)
            return _replaced(edits, Edit(address, rest, edit.symbol))
    return edits


def _replaced(edits: tuple[Edit, ...], new: Edit) -> tuple[Edit, ...]:
    """The edit of an address in the place of the one before; an empty one is none."""
    others = [edit for edit in edits if edit.address != new.address]
    return tuple(sorted([*others, *([new] if new.numbers else [])], key=lambda edit: edit.address))
