"""The recursive net held against PyTorch with fresh random numbers; compare_live.py asks for it."""

from __future__ import annotations

import numpy as np

from tests.oracles.differences import TOLERANCE, differences
from tests.oracles.recursive_net.configuration import Limits, random_configuration
from tests.oracles.recursive_net.engine_results import engine_results
from tests.oracles.recursive_net.torch_results import torch_results

_LIMITS = Limits(hidden=24, words=16, vocabulary=30)


def compare(random: np.random.Generator) -> tuple[object, dict[str, float]]:
    """Draw a configuration; returns its settings and relative errors, in units of what is allowed."""
    configuration = random_configuration(random, _LIMITS)
    found = differences(engine_results(configuration), torch_results(configuration))
    return configuration.settings, {name: error / TOLERANCE for name, error in found.items()}
