"""An expression recorded on a tape of its own and differentiated."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from engine.backward import backward
from engine.ops.arithmetic import multiply, sum_all
from engine.tape import Tape
from engine.tensor import Tensor


@dataclass(frozen=True)
class Recorded:
    """What came out, and the gradient of its weighted sum by each argument (None for ids and masks)."""

    value: np.ndarray
    gradients: list[Any]
    tape: Tape


def record(
    expression: Callable[..., Tensor], *arguments: np.ndarray, weights: np.ndarray | float = 1.0
) -> Recorded:
    """Apply an expression to parameters; integers and booleans are inputs, to which no gradient flows."""
    tape = Tape()
    with tape.recording(), np.errstate(all="ignore"):
        tensors = [
            tape.input("i", one) if one.dtype.kind in "biu" else tape.parameter("p", one) for one in arguments
        ]
        out = expression(*tensors)
        wanted = np.asarray(weights, dtype=np.asarray(out.value).dtype)
        backward(tape, sum_all(multiply(out, tape.constant("w", wanted))))
    return Recorded(np.asarray(out.value), [tape.gradient(tensor.index) for tensor in tensors], tape)
