"""Numbers on the canvas are short and rightly rounded."""

import numpy as np
import pytest

from gui.canvas.value_texts import number_text, row_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.831, "0.83"), (0.00999, "1.0·10⁻²"), (9.96e-6, "1.0·10⁻⁵"), (-1.2e-7, "−1.2·10⁻⁷"), (12345.0, "1.2·10⁴"),
        (0.0, "0"), (1.0, "1"), (float("nan"), "NaN"), (float("-inf"), "−∞"),
    ],
)  # fmt: skip
def test_a_number(value: float, text: str) -> None:
    assert number_text(value) == text


def test_a_short_row_is_written_and_a_long_one_is_not() -> None:
    assert row_text(np.array([[1.0, 0.0]])) == "(1, 0)"
    assert row_text(np.array([[0.5]])) == "0.50"
    assert row_text(np.zeros((1, 16))) is None
