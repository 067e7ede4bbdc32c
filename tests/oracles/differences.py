"""How far results are from an oracle's."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

TOLERANCE = 1e-10
"""What is allowed against an oracle that computes in float64."""


_ROUNDING = float(np.finfo(np.float64).eps)


def differences(ours: dict[str, Numbers], theirs: dict[str, Numbers]) -> dict[str, float]:
    """Relative difference of every array, in the norm; infinite where a shape or a name differs.

    One unit in the last place of the largest array of its kind (``gradient/…``) is no difference: where large terms
    cancel in what is handed back, all that is computed from the rest has that rounding error, however small it is.
    """
    largest: dict[str, float] = {}
    for name, value in theirs.items():
        size = float(np.linalg.norm(value))
        if np.isfinite(size):
            largest[_kind(name)] = max(size, largest.get(_kind(name), 0.0))
    return {
        name: _difference(ours[name], theirs[name], _ROUNDING * largest.get(_kind(name), 0.0))
        if name in ours and name in theirs
        else np.inf
        for name in {*ours, *theirs}
    }


def _kind(name: str) -> str:
    return name.partition("/")[0]


def _difference(ours: Numbers, theirs: Numbers, rounding: float) -> float:
    if ours.shape != theirs.shape or not (np.isfinite(ours).all() and np.isfinite(theirs).all()):
        return np.inf
    apart, size = float(np.linalg.norm(ours - theirs)), float(np.linalg.norm(theirs))
    if apart <= rounding:
        return 0.0
    return apart / size if size else np.inf
