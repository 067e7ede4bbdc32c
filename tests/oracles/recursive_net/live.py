"""Holds the recursive net against PyTorch with fresh random numbers; compare_live.py asks for it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tests.oracles.engine_results import TOLERANCE, differences
from tests.oracles.recursive_net.configuration import Limits, random_configuration
from tests.oracles.recursive_net.engine_results import engine_results
from tests.oracles.recursive_net.torch_results import torch_results

_LIMITS = Limits(hidden=24, words=16, vocabulary=30)


def recursive_net_errors(random: np.random.Generator, configurations: int) -> Iterator[tuple[str, float]]:
    """The worst result of each of so many random configurations, and its relative error in units of what is allowed."""
    for number in range(configurations):
        configuration = random_configuration(random, _LIMITS)
        errors = differences(engine_results(configuration), torch_results(configuration))
        worst = max(errors, key=lambda name: errors[name])
        yield f"recursive net {number} {configuration.settings}: {worst}", errors[worst] / TOLERANCE
