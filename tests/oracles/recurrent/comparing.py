"""The engine held against what the oracles said of a configuration."""

from __future__ import annotations

import numpy as np

from tests.oracles.differences import TOLERANCE, differences
from tests.oracles.recurrent.engine_results import engine_results
from tests.oracles.recurrent.seeded_numbers import Numbers
from tests.oracles.recurrent.vector_file import Case

SINGLE_TOLERANCE = 1e-5
"""For onnxruntime, which computes in float32; relative to the norm, or to 1 where that is smaller: states are."""


def errors(case: Case) -> dict[str, float]:
    """Relative error of every result in units of what is allowed: more than 1 is a failure.

    All that PyTorch says is compared, and the engine may say nothing that PyTorch does not; ONNX says less.
    """
    ours = engine_results(case.configuration)
    named = {name: value for name, value in ours.items() if not name.startswith("real/")}
    found = {name: error / TOLERANCE for name, error in differences(named, case.torch).items()}
    return found | {f"onnx/{name}": _apart(ours[name], value) / SINGLE_TOLERANCE for name, value in case.onnx.items()}


def _apart(ours: Numbers, theirs: Numbers) -> float:
    if ours.shape != theirs.shape or not np.isfinite(theirs).all():
        return np.inf
    return float(np.linalg.norm(ours - theirs)) / max(1.0, float(np.linalg.norm(theirs)))
