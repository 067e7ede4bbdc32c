"""What holds for every cell: gradients checked numerically, traces, the command line, memory."""

import numpy as np
import pytest

from engine.analysis.gradient_check import GradientCheck
from engine.cell import CELLS
from engine.commands import check
from engine.files.trace_file import trace_arrays
from engine.ops.activations import ACTIVATIONS
from engine.settings import Value
from engine.training.initializers import initial_parameters
from engine.training.memory_need import bytes_needed
from engine.training.run import Run
from tests.engine.cells.networks import ALL_CELLS, network, tape_of
from tests.engine.commands.commands import answer

CONVENTIONS: dict[str, list[dict[str, Value]]] = {
    "lstm": [{"forget_gate": False}],
    "lstm_merged": [{"forget_gate": False}],
    "gru": [
        {"gru_update": "z-takes-new"}, {"gru_reset": "after-product"},
        {"gru_reset": "after-product", "gru_update": "z-takes-new", "bias": False},
    ],
    "peephole_lstm": [
        {"peephole": "full", "peephole_candidate": True}, {"peephole": "diagonal"}, {"forget_gate": False},
    ],
    "skip_rnn": [{"skip": 2}],
    "leaky": [{"tau": 1.0}],
}  # fmt: skip
NETS: list[dict[str, Value]] = [
    {}, {"layers": 2, "bias": False, "hidden": 2}, {"bidirectional": True, "layers": 2, "hidden": 2, "bits": 2},
]  # fmt: skip
CASES = [
    (cell, {**net, **convention})
    for cell in ALL_CELLS
    for net, convention in [*((net, {}) for net in NETS), *(({}, one) for one in CONVENTIONS.get(cell, []))]
]
GATES = {
    "lstm": {"f", "i", "g", "o"}, "lstm_merged": {"f", "i", "g", "o"}, "peephole_lstm": {"f", "i", "g", "o"},
    "gru": {"r", "z", "n"}, "leaky": {"n"},
}  # fmt: skip
STATES = {"lstm": {"h", "c"}, "lstm_merged": {"h", "c"}, "peephole_lstm": {"h", "c"}, "cec": {"c"}}


def test_the_cells_of_the_course_are_there() -> None:
    assert {"rnn", "lstm", "lstm_merged", "peephole_lstm", "gru", "leaky", "skip_rnn", "cec"} <= set(CELLS)


@pytest.mark.parametrize(("cell", "values"), CASES)
def test_gradients_agree_with_differences(cell: str, values: dict[str, Value]) -> None:
    checked = GradientCheck(Run(*network(cell=cell, **values)).next_iteration(), seed=3)
    for _ in checked.run():
        pass
    assert checked.report.agrees, [one.name for one in checked.report.parameters if not one.agrees]
    assert checked.report.rules_checked > 10


@pytest.mark.parametrize("cell", [cell for cell in ALL_CELLS if "activation" in CELLS[cell].uses])
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_gradients_agree_with_every_activation(cell: str, activation: str) -> None:
    checked = GradientCheck(Run(*network(cell=cell, activation=activation)).next_iteration(), seed=4)
    for _ in checked.run():
        pass
    assert checked.report.agrees


@pytest.mark.parametrize("cell", ALL_CELLS)
def test_check_passes_on_the_command_line(cell: str, capsys: pytest.CaptureFixture[str]) -> None:
    small = [word for one in ("hidden=2", f"cell={cell}", "bits=3", "batch=1") for word in ("--set", one)]
    made = answer(check, capsys, "lstm", *small)
    assert made.status == 0, made.out
    assert "All gradients agree" in made.out


@pytest.mark.parametrize("cell", ALL_CELLS)
def test_a_trace_has_states_and_gates_time_first(cell: str) -> None:
    lesson, settings = network(cell=cell)
    arrays = trace_arrays(lesson, settings, 0, Run(lesson, settings).tape(0))
    for kind, symbols in (("gate", GATES.get(cell, set())), ("state", STATES.get(cell, {"h"}))):
        found = {name.removeprefix(f"{kind}/"): array for name, array in arrays.items() if name.startswith(f"{kind}/")}
        assert set(found) == symbols
        assert all(array.shape == (3, 2, 3) for array in found.values())
    deep = trace_arrays(lesson, settings, 0, tape_of(cell=cell, layers=2, bidirectional=True))
    first = next(iter(STATES.get(cell, {"h"}) - {"h"} or {"h"}))
    for layer in (1, 2):
        for way in ("forward", "backward"):
            assert deep[f"state/layer={layer}/{way}/{cell}/{first}"].shape == (3, 2, 3)


@pytest.mark.parametrize("cell", ALL_CELLS)
def test_parameters_are_what_the_cell_says(cell: str) -> None:
    lesson, settings = network(cell=cell, layers=2)
    specs = lesson.model.parameters(settings, lesson.task.sizes(settings))
    made = initial_parameters(specs, settings)
    tape = Run(lesson, settings).tape(0)
    for spec in specs:
        assert made[spec.name].shape == spec.shape
        assert np.isfinite(made[spec.name]).all()
    assert [step.symbol for step in tape.steps[: len(specs)]] == [spec.name for spec in specs]
    assert all(step.index in tape.gradient_totals for step in tape.steps[: len(specs)])


@pytest.mark.parametrize("cell", ALL_CELLS)
@pytest.mark.parametrize("values", [{}, {"layers": 3}, {"bidirectional": True, "hidden": 48, "batch": 8, "bits": 20}])
def test_the_memory_told_beforehand_is_enough_and_not_far_too_much(cell: str, values: dict[str, Value]) -> None:
    lesson, settings = network(cell=cell, **values)
    tape = Run(lesson, settings).tape(0)
    steps = sum(np.asarray(step.value).nbytes for step in tape if step.operation is not None)
    needed, told = steps + 700 * len(tape), bytes_needed(lesson, settings)
    assert needed <= told <= 2.5 * needed


@pytest.mark.parametrize("cell", ALL_CELLS)
@pytest.mark.parametrize("values", [{}, {"layers": 2, "bidirectional": True}, {"truncation": 1}])
def test_single_precision_stays_single(cell: str, values: dict[str, Value]) -> None:
    tape = tape_of(cell=cell, dtype="float32", optimizer="adam", **values)
    assert {np.asarray(step.value).dtype for step in tape if step.operation is not None} == {np.dtype(np.float32)}
