"""Which values are shaped like a parameter, so that their rows are units and not sequences of the batch."""

from __future__ import annotations

from engine.tape import Phase, Tape
from engine.tensor import Role
from gui.equations.naming import Names


def is_weight_shaped(tape: Tape, names: Names, index: int) -> bool:
    """Whether an entry is a parameter, the gradient of one or a part of it, or belongs to the update."""
    phase = tape.phase(index)
    if phase is Phase.FORWARD or not tape.steps[index].operation:
        return tape.steps[index].role in (Role.PARAMETER, Role.CONSTANT)
    if phase is Phase.UPDATE:
        return True
    owners = [of for of, _ in names.places.owners(index)]
    owners += [tape.steps[s.of].inputs[s.argument].index for s in names.places.contribution_of.get(index, [])]
    return any(tape.steps[owner].role is Role.PARAMETER for owner in owners)
