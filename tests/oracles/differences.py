"""How far results are from an oracle's."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

TOLERANCE = 1e-10
"""What is allowed against an oracle that computes in float64."""


def differences(ours: dict[str, Numbers], theirs: dict[str, Numbers]) -> dict[str, float]:
    """Relative difference of every array, in the norm; infinite where a shape or a name differs."""
    return {
        name: _difference(ours[name], theirs[name]) if name in ours and name in theirs else np.inf
        for name in {*ours, *theirs}
    }


def _difference(ours: Numbers, theirs: Numbers) -> float:
    if ours.shape != theirs.shape or not (np.isfinite(ours).all() and np.isfinite(theirs).all()):
        return np.inf
    apart, size = float(np.linalg.norm(ours - theirs)), float(np.linalg.norm(theirs))
    return apart / size if size else (np.inf if apart else 0.0)
