"""The examination over all pairs."""

import numpy as np
import pytest

from engine.training import examination
from engine.training.examination import examine
from engine.training.run import Run
from tests.engine.small_lesson import small


def test_all_pairs_are_asked() -> None:
    lesson, settings = small(bits=8)
    score = examine(lesson, settings, Run(lesson, settings).state(0).parameters)
    assert score.count == 16_384
    assert 0 <= score.right < 16_384
    assert score.mean_loss > 0.5


def test_pieces_add_up_to_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    lesson, settings = small(bits=5)
    parameters = Run(lesson, settings).state(0).parameters
    whole = examine(lesson, settings, parameters)
    monkeypatch.setattr(examination, "_VALUES_AT_ONCE", 5 * 4 * 7)
    pieces = examine(lesson, settings, parameters)
    assert (pieces.right, pieces.count) == (whole.right, whole.count) == (whole.right, 256)
    assert pieces.mean_loss == pytest.approx(whole.mean_loss)


def test_a_network_that_is_not_finite_gets_nothing_right() -> None:
    lesson, settings = small()
    parameters = {name: value * np.nan for name, value in Run(lesson, settings).state(0).parameters.items()}
    score = examine(lesson, settings, parameters)
    assert score.right == 0
    assert np.isnan(score.mean_loss)
