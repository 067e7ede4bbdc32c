"""The items of a gradient, by loss and time step, as ``engine.analysis.itemized`` computes them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray


class Reach(IntEnum):
    """Whether the loss at one time step reaches a state or a weight at another; a matter of structure, not of size."""

    NONE = 0
    """The loss does not depend on it."""
    CUT = 1
    """It does, but every path is cut, as by truncation: the item is exactly zero."""
    OPEN = 2


@dataclass(frozen=True, eq=False)
class Items:
    """The items of one state or of one parameter. Rows are losses, columns are time steps.

    Attributes:
        name: as in ``engine.analysis.series``.
        is_state: whether the items are ∂E_j/∂h^k, not parts of a parameter's gradient.
        losses: (J,) time step of each row's loss; 0 for what belongs to no time step.
        times: (K,) time step of each column; 0 for a use outside time.
        reach: (J, K) a ``Reach``.
        shows: (J, K) tape index of the gradient, or of the contribution, which holds the item; -1 where not OPEN.
        arrival: (J, K) tape index of the sum in which all of the item is; -1 where not OPEN.
        norms: (J, K) Frobenius norm, over the batch, too; exactly 0 where not OPEN.
        shares: (J, K) ⟨item, g⟩ / ⟨g, g⟩, where g is the gradient of the state at k or the parameter: those of a
            state's column, and all of a parameter, add up to 1. NaN where g is 0.
        sums: (K,) norm of the sum over the losses.
        known: (K,) whether the numbers of a column have been computed.
        places: (K,) tape index of the state, or of the step that uses the parameter (the first of several).
    """

    name: str
    is_state: bool
    losses: tuple[int, ...]
    times: tuple[int, ...]
    reach: NDArray[np.int8]
    shows: NDArray[np.int64]
    arrival: NDArray[np.int64]
    norms: NDArray[np.float64]
    shares: NDArray[np.float64]
    sums: NDArray[np.float64]
    known: NDArray[np.bool_]
    places: NDArray[np.int64]
