"""Gradient arrows: wider for larger norms, on one scale; NaN is told apart."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gui.bridge import Bridge
from gui.canvas.gradient_arrows import DECADES, arrow_width, strength
from gui.canvas.stage import Stage

_norms = st.lists(st.floats(0, 1e12), min_size=2, max_size=30)


@given(_norms)
def test_width_is_monotone_in_the_norm(norms: list[float]) -> None:
    ordered = np.sort(np.array(norms))
    widths = np.asarray(arrow_width(strength(ordered, float(ordered[-1])), 1.0))
    assert (np.diff(widths) >= 0).all()
    assert (widths > 0).all()


def test_the_largest_is_widest_and_the_scale_ends_after_its_decades() -> None:
    shares = strength(np.array([10.0, 10.0 * 10**-DECADES, 0.0]), 10.0)
    np.testing.assert_allclose(shares, [1.0, 0.0, 0.0], atol=1e-12)


def test_what_is_not_finite_counts_as_the_largest() -> None:
    assert strength(np.array([np.nan, np.inf]), 1.0).tolist() == [1.0, 1.0]
    assert strength(np.array([np.nan, 0.0]), 0.0).tolist() == [1.0, 0.0]


def test_vanishing_is_seen(stage: Stage, bridge: Bridge) -> None:
    bridge.move_to(bridge.cursor.end)
    revealed = stage.scene.state.at(bridge.cursor)
    shares = strength(revealed.norms[revealed.gradients >= 0], revealed.largest)
    assert shares.max() == 1.0
    assert shares.min() < 0.6
