"""Whether a drawing has every forward step and every operand once."""

import numpy as np

from engine.tape import Tape
from graphs.drawing import Drawing, NodeKind


def assert_drawn_once(drawing: Drawing, tape: Tape) -> None:
    """Fail where a forward step or a line to one of its operands is missing, or is there twice."""
    circles = drawing.entry[np.isin(drawing.kind, (NodeKind.OPERATION, NodeKind.LOSS))]
    forward = [step for step in tape.steps[: tape.backward_start] if step.operation is not None]
    assert sorted(circles) == [step.index for step in forward]
    operands = {(step.index, k, source.index) for step in forward for k, source in enumerate(step.inputs)}
    into = drawing.edge_step >= 0
    drawn = zip(drawing.edge_step[into], drawing.edge_argument[into], drawing.edge_entry[into], strict=True)
    assert sorted(drawn) == sorted(operands)
