"""Attention's arg-max against the fields of the source: counted by hand, and on a net that has not learned."""

import numpy as np
import pytest

from engine.analysis.attention_landing import landing, landing_on_dates
from engine.lesson import lesson_named
from engine.training.run import Run


def one_hot(*places: int) -> np.ndarray:
    """(T', 1, 6)."""
    return np.eye(6)[list(places)][:, np.newaxis]


def test_only_what_lies_within_counts() -> None:
    found = landing(one_hot(0, 1, 2, 5), [{"year": (0, 2), "day": (4, 6)}], {"year": (0, 3), "day": (3, 4)})
    assert found.landed == {"year": 2, "day": 1}
    assert found.count == {"year": 3, "day": 1}
    assert found.share == pytest.approx(3 / 4)


def test_a_margin_lets_in_what_lies_beside() -> None:
    found = landing(one_hot(2, 3, 4), [{"year": (0, 2)}], {"year": (0, 3)}, margin=1)
    assert found.landed == {"year": 1}


def test_a_field_that_a_source_lacks_is_not_asked_for() -> None:
    found = landing(one_hot(0), [{}], {"year": (0, 1)})
    assert found.count == {"year": 0}
    assert np.isnan(found.share)


@pytest.mark.parametrize("values", [{}, {"reversed": True}, {"padding": "masked"}])
def test_a_net_that_attends_to_what_it_is_told_to(values: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    lesson = lesson_named("bahdanau-dates")
    settings = lesson.settings.changed(examples=300, hidden=4, **values)
    parameters = Run(lesson, settings).state(0).parameters
    found = landing_on_dates(lesson, settings, parameters, most=20)
    assert found.count == {"year": 80, "month": 40, "day": 40}
    # Untrained, weights are nearly equal; a net that looks nowhere in particular lands by chance.
    assert found.share < 0.6
