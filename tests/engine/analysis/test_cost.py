"""Parameters and multiply-adds, against counts by hand."""

from dataclasses import replace

import pytest

from engine.analysis.cost import Cost, cost
from engine.lesson import lesson_named
from engine.training.run import Run


def counted(lesson: str, **settings: object) -> Cost:
    chosen = lesson_named(lesson)
    chosen = replace(chosen, settings=chosen.settings.changed(**settings))
    return cost(Run(chosen, chosen.settings).next_iteration())


@pytest.mark.parametrize("batch", [1, 3])
@pytest.mark.parametrize("bits", [4, 8])
def test_the_simple_rnn_of_the_exercise(batch: int, bits: int) -> None:
    d, h, k = 2, 16, 1
    assert counted("binary-addition", batch=batch, bits=bits) == Cost(d * h + h * h + h * k, d * h + h * h + h * k)


@pytest.mark.parametrize(("cell", "gates", "products"), [("rnn", 1, 0), ("gru", 3, 3), ("lstm", 4, 3)])
def test_a_gated_cell_has_a_pair_of_products_for_every_gate(cell: str, gates: int, products: int) -> None:
    d, h = 2, 5
    found = counted("adding-problem", cell=cell, hidden=h, length=6, batch=2)
    assert found.parameters == gates * (d * h + h * h + h) + h + 1
    at_end = h / 6  # the read-out is used once in six time steps
    assert found.multiply_adds == pytest.approx(gates * (d * h + h * h) + products * h + at_end)


def test_merged_weights_cost_the_same() -> None:
    assert counted("lstm", cell="lstm") == counted("lstm", cell="lstm_merged")
