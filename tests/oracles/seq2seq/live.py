"""Encoder and decoder held against PyTorch with fresh random numbers; compare_live.py asks for it."""

from __future__ import annotations

import numpy as np

from tests.oracles.differences import TOLERANCE, differences
from tests.oracles.seq2seq.drawing import Limits, random_configuration
from tests.oracles.seq2seq.engine_results import engine_results
from tests.oracles.seq2seq.torch_network import torch_results

_LIMITS = Limits(hidden=10, length=8, batch=5, symbols=12)


def compare(random: np.random.Generator, family: str) -> tuple[object, dict[str, float]]:
    """Draw a configuration of a family; returns it and relative errors, in units of what is allowed."""
    configuration = random_configuration(random, family, _LIMITS)
    found = differences(engine_results(configuration), torch_results(configuration))
    return configuration, {name: error / TOLERANCE for name, error in found.items()}
