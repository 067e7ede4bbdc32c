"""What is remembered of an iteration."""

import math

import numpy as np
import pytest

from engine.model import Parameters
from engine.training.history import History
from engine.training.iteration import Snapshot, first_memory, record_iteration
from engine.training.run import Run
from tests.engine.small_lesson import small


def history_with(scale: float) -> History:
    """One iteration of the identity network without inputs that matter: gradients grow with W_out."""
    lesson, settings = small(activation="identity", delta_out="course")
    parameters: Parameters = {name: value.copy() for name, value in Run(lesson, settings).state(0).parameters.items()}
    parameters["W_out"] *= scale
    history = History()
    tape, _ = record_iteration(lesson, settings, Snapshot(parameters, first_memory(parameters, settings)), 1)
    history.add(tape)
    return history


def test_a_norm_whose_square_overflows_is_still_a_number() -> None:
    history = history_with(1e200)
    assert math.isfinite(history.gradient_norms[0])
    assert history.gradient_norms[0] > 1e180
    assert history.first_bad is None


def test_the_norm_is_that_of_all_parameters_together() -> None:
    history = history_with(1.0)
    assert history.gradient_norms[0] == pytest.approx(
        np.linalg.norm([norms[0] for norms in history.parameter_norms.values()])
    )
