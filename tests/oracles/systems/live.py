"""Systems held against PyTorch with fresh random numbers; compare_live.py asks for it."""

from __future__ import annotations

import numpy as np

from tests.oracles.differences import TOLERANCE, differences
from tests.oracles.systems.engine_results import engine_results
from tests.oracles.systems.system import System
from tests.oracles.systems.torch_results import torch_results


def compare(random: np.random.Generator, system: System, family: str) -> tuple[object, dict[str, float]]:
    """Draw a case of a family; returns it and relative errors, in units of what is allowed."""
    case = system.draw(random, family, False)
    found = differences(engine_results(system, case), torch_results(system, case))
    return case, {name: error / TOLERANCE for name, error in found.items()}
