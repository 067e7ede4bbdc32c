"""The LSTM in its separate and merged form, and with peepholes."""

import math

import numpy as np
import pytest

from engine.analysis.series import series
from engine.tape import Tape
from engine.tensor import Array, Role
from engine.training.initializers import initial_parameters
from engine.training.iteration import Snapshot, first_memory, record_iteration
from tests.engine.cells.networks import entry, network, tape_of

GATES = {"f": "forget", "g": "candidate", "i": "input", "o": "output"}


def gradient(tape: Tape, parameter: str) -> Array:
    """The gradient by a parameter."""
    found = tape.gradient(entry(tape, parameter, "").index)
    assert found is not None
    return found


def test_one_step_by_hand() -> None:
    tape = tape_of(cell="lstm", hidden=1, batch=1, bits=2)
    value = {step.symbol: float(step.value.sum()) for step in tape.steps[: tape.backward_start] if step.is_given}
    x = entry(tape, "x", "t=1").value[0]

    def u(letter: str) -> float:
        W_x = entry(tape, f"W_x_{letter}", "").value[:, 0]
        return float(x @ W_x) + value[f"b_{letter}"]

    def sigmoid(a: float) -> float:
        return 1 / (1 + math.exp(-a))

    c = sigmoid(u("i")) * math.tanh(u("g"))
    assert entry(tape, "c", "t=1/lstm").value == pytest.approx(c)
    assert entry(tape, "h", "t=1/lstm").value == pytest.approx(sigmoid(u("o")) * math.tanh(c))
    f = entry(tape, "f", "t=2/lstm/forget").value
    i, g = entry(tape, "i", "t=2/lstm/input").value, entry(tape, "g", "t=2/lstm/candidate").value
    assert entry(tape, "c", "t=2/lstm").value == pytest.approx(f * c + i * g)


@pytest.mark.parametrize("cell", ["lstm", "lstm_merged", "peephole_lstm"])
def test_gates_are_scopes_in_the_lecture_s_order(cell: str) -> None:
    tape = tape_of(cell=cell)
    for time in (1, 2, 3):
        found = [entry(tape, letter, f"t={time}/{cell}/{gate}") for letter, gate in GATES.items()]
        assert [step.role for step in found] == [Role.GATE] * 4
        assert [step.index for step in found] == sorted(step.index for step in found)
        assert entry(tape, "c", f"t={time}/{cell}").role is Role.STATE


@pytest.mark.parametrize("cell", ["lstm", "lstm_merged", "peephole_lstm"])
def test_without_a_forget_gate_nothing_is_forgotten(cell: str) -> None:
    tape = tape_of(cell=cell, forget_gate=False, input_bias=-1.0)
    assert not [step for step in tape if step.symbol in {"f", "u_f", "W_x_f", "b_f"}]
    c = series(tape, Role.STATE)["c"]
    gates = series(tape, Role.GATE)
    assert c[1] == pytest.approx(c[0] + gates["i"][1] * gates["g"][1])


def test_biases_start_where_the_settings_say() -> None:
    for cell, name in (("lstm", "b_{}"), ("peephole_lstm", "b_{}"), ("lstm_merged", "")):
        lesson, settings = network(cell=cell, forget_bias=2.0, input_bias=-1.0)
        made = initial_parameters(lesson.model.parameters(settings, lesson.task.sizes(settings)), settings)
        parts = dict(zip("fgio", np.split(made["b"], 4, axis=1), strict=True)) if not name else {}
        found = {letter: (parts.get(letter) if parts else made[name.format(letter)]) for letter in "fgio"}
        wanted = {"f": 2.0, "g": 0.0, "i": -1.0, "o": 0.0}
        for letter, bias in found.items():
            np.testing.assert_array_equal(bias, np.full((1, 3), wanted[letter]))


# --- merged ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("values", [{}, {"layers": 2}, {"bidirectional": True, "bias": False}, {"forget_gate": False}])
@pytest.mark.parametrize("init", ["xavier", "identity", "np-rnn"])
def test_the_same_seed_draws_the_same_weights_merged_and_separate(values: dict[str, object], init: str) -> None:
    made = []
    for cell in ("lstm", "lstm_merged"):
        lesson, settings = network(cell=cell, init=init, seed=5, **values)
        made.append(initial_parameters(lesson.model.parameters(settings, lesson.task.sizes(settings)), settings))
    separate, merged = made
    gates = [letter for letter in "fgio" if any(name.endswith(f"_{letter}") for name in separate)]
    for name, value in merged.items():
        if "W_y" in name or "b_y" in name:
            continue
        np.testing.assert_array_equal(value, np.concatenate([separate[f"{name}_{gate}"] for gate in gates], axis=1))


def exact_products(seed: int) -> dict[str, np.ndarray]:
    """Separate weights whose products with anything are exact, so that no rounding depends on how BLAS adds them up.

    Each column has one entry alone, a power of two; what comes in are bits, and biases are powers of two.
    """
    random = np.random.default_rng(seed)
    made = {}
    for letter in "fgio":
        for name, rows in (("W_x", 2), ("W_h", 5)):
            weight = np.zeros((rows, 5))
            weight[random.integers(rows, size=5), np.arange(5)] = random.choice([-2, -1, -0.5, 0.5, 1, 2], 5)
            made[f"{name}_{letter}"] = weight
        made[f"b_{letter}"] = random.choice([-1, -0.5, 0.25, 1], (1, 5))
    return {**made, "W_y": random.standard_normal((5, 1)), "b_y": np.zeros((1, 1))}


def recorded(cell: str, weights: dict[str, np.ndarray]) -> Tape:
    lesson, settings = network(cell=cell, hidden=5, bits=8, batch=3)
    if cell == "lstm_merged":
        read_out = {"W_y": weights["W_y"], "b_y": weights["b_y"]}
        parts = {name: [weights[f"{name}_{letter}"] for letter in "fgio"] for name in ("W_x", "W_h", "b")}
        weights = {**{name: np.concatenate(part, axis=1) for name, part in parts.items()}, **read_out}
    return record_iteration(lesson, settings, Snapshot(weights, first_memory(weights, settings)), 0)[0]


@pytest.mark.parametrize("seed", range(5))
def test_merged_and_separate_have_the_same_bits(seed: int) -> None:
    weights = exact_products(seed)
    separate, merged = recorded("lstm", weights), recorded("lstm_merged", weights)
    for role in (Role.STATE, Role.GATE, Role.OUTPUT, Role.LOSS):
        theirs = series(merged, role)
        for name, value in series(separate, role).items():
            assert value.tobytes() == theirs[name].tobytes(), name
    assert separate[separate.loss].value == merged[merged.loss].value


def test_merged_and_separate_agree_on_any_weights() -> None:
    separate, merged = (tape_of(cell=cell, hidden=7, bits=12, batch=4) for cell in ("lstm", "lstm_merged"))
    for role in (Role.STATE, Role.GATE, Role.OUTPUT):
        theirs = series(merged, role)
        for name, value in series(separate, role).items():
            np.testing.assert_allclose(theirs[name], value, rtol=1e-13, atol=1e-15)
    for name in ("W_x", "W_h", "b"):
        parts = np.concatenate([gradient(separate, f"{name}_{letter}") for letter in "fgio"], axis=1)
        np.testing.assert_allclose(gradient(merged, name), parts, atol=1e-14)


# --- peepholes ---------------------------------------------------------------------------------------------------


def peepholes(kind: str, candidate: bool = False) -> Tape:
    return tape_of(cell="peephole_lstm", peephole=kind, peephole_candidate=candidate)


def test_a_diagonal_matrix_and_the_hadamard_product_give_the_same() -> None:
    diagonal, hadamard = peepholes("diagonal"), peepholes("hadamard")
    assert any(step.operation is not None and step.operation.name == "diagonal_matrix" for step in diagonal)
    assert not any(step.operation is not None and step.operation.name == "diagonal_matrix" for step in hadamard)
    theirs = series(hadamard, Role.STATE)
    for name, value in series(diagonal, Role.STATE).items():
        np.testing.assert_allclose(value, theirs[name], atol=1e-15)
    for name in ("W_c_f", "W_c_i", "W_c_o"):
        assert gradient(diagonal, name).shape == (1, 3)
        np.testing.assert_allclose(gradient(diagonal, name), gradient(hadamard, name), atol=1e-15)


@pytest.mark.parametrize("kind", ["full", "diagonal", "hadamard"])
@pytest.mark.parametrize("candidate", [False, True])
def test_the_output_gate_sees_the_new_cell_state_and_the_others_the_old(kind: str, candidate: bool) -> None:
    tape = peepholes(kind, candidate)
    old, new = entry(tape, "c", "t=1/peephole_lstm"), entry(tape, "c", "t=2/peephole_lstm")
    shape = (3, 3) if kind == "full" else (1, 3)
    for letter, gate in GATES.items():
        seen = {
            source.index
            for step in tape.steps[: tape.backward_start] if step.scope.path == f"t=2/peephole_lstm/{gate}"
            for source in step.inputs if source.symbol == "c"
        }  # fmt: skip
        expected = {"o": {new.index}, "g": {old.index} if candidate else set()}.get(letter, {old.index})
        assert seen == expected, letter
        weights = [step.shape for step in tape if step.symbol == f"W_c_{letter}" and step.role is Role.PARAMETER]
        assert weights == ([shape] if expected else [])
