"""The engine held against what the oracles said of a configuration."""

from __future__ import annotations

from tests.oracles.engine_results import TOLERANCE, differences
from tests.oracles.recurrent.engine_results import engine_results
from tests.oracles.recurrent.vector_file import Case

SINGLE_TOLERANCE = 1e-5
"""For onnxruntime, which computes in float32."""


def errors(case: Case) -> dict[str, float]:
    """Relative error of every result in units of what is allowed: more than 1 is a failure.

    All that PyTorch says is compared, and the engine may say nothing that PyTorch does not; ONNX says less.
    """
    ours = engine_results(case.configuration)
    named = {name: value for name, value in ours.items() if not name.startswith("real/")}
    found = {name: error / TOLERANCE for name, error in differences(named, case.torch).items()}
    onnx = differences({name: ours[name] for name in case.onnx}, case.onnx)
    return found | {f"onnx/{name}": error / SINGLE_TOLERANCE for name, error in onnx.items()}
