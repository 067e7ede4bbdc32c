"""Which rule a step of the backward phase belongs to."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from graphs.tape_arrays import TapeArrays


class RuleStep(NamedTuple):
    """What a backward step does.

    Attributes:
        of: tape index of the forward step that is differentiated.
        argument: by which of its operands.
        source: tape index of that operand.
        place: -1 for a sum; else how far the step is from the rule's result, 0 for the result itself.
    """

    of: int
    argument: int
    source: int
    place: int


def rule_step(arrays: TapeArrays, entry: int) -> RuleStep | None:
    """The rule of a backward step; None for the seed gradient and other given entries."""
    records = arrays.records
    row = int(np.searchsorted(records[:, 2], entry, side="right")) - 1
    if row < 0:
        return None
    of, argument, _, last, _, _, total = records[row].tolist()
    source = int(arrays.inputs[arrays.input_start[of] + argument])
    if entry < last:
        return RuleStep(of, argument, source, last - 1 - entry)
    return RuleStep(of, argument, source, -1) if entry == total else None
