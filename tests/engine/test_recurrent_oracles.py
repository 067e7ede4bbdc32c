"""Every cell against stored results of PyTorch and onnxruntime (tests/oracles/recurrent/make_vectors.py makes them)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from engine.settings import Value
from engine.task import Answer
from tests.oracles.recurrent.comparing import errors
from tests.oracles.recurrent.configuration import Configuration
from tests.oracles.recurrent.drawing import CELLS, FAMILIES
from tests.oracles.recurrent.vector_file import FOLDER, Case, file_of, read_cases

AT_LEAST = 20


@pytest.fixture(scope="module")
def cases() -> dict[str, list[Case]]:
    return {family: read_cases(family) for family in FAMILIES}


@pytest.mark.parametrize("family", FAMILIES)
def test_values_and_all_gradients_agree(cases: dict[str, list[Case]], family: str) -> None:
    assert len(cases[family]) >= AT_LEAST
    for case in cases[family]:
        found = errors(case)
        assert len(found) > 8
        for name, error in found.items():
            assert error <= 1, (case.configuration, name, error)


def test_the_files_are_small() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(FAMILIES)
    assert sum(file_of(family).stat().st_size for family in FAMILIES) < 3 * 2**20


def count(cases: list[Case], holds: Callable[[Configuration], bool]) -> int:
    return sum(holds(case.configuration) for case in cases)


def with_setting(cases: list[Case], name: str, value: Value) -> int:
    return count(cases, lambda one: one.settings[name] == value)


@pytest.mark.parametrize(
    ("family", "setting", "values"),
    [
        ("gru", "gru_update", ("z-keeps-old", "z-takes-new")),
        ("gru", "gru_reset", ("before-product", "after-product")),
        ("peephole_lstm", "peephole", ("full", "diagonal", "hadamard")),
        ("peephole_lstm", "peephole_candidate", (True, False)),
    ],
)
def test_every_convention_has_its_cases(
    cases: dict[str, list[Case]], family: str, setting: str, values: tuple[str | bool, ...]
) -> None:
    for value in values:
        assert with_setting(cases[family], setting, value) >= AT_LEAST, value


@pytest.mark.parametrize("cell", CELLS)
def test_every_cell_is_tried_deep_both_ways_and_with_padding(cases: dict[str, list[Case]], cell: str) -> None:
    mine = cases[cell]
    for name, values in (("layers", (1, 2, 3)), ("bidirectional", (True, False)), ("bias", (True, False))):
        for value in values:
            assert with_setting(mine, name, value) >= AT_LEAST, (name, value)
    answers = [case.configuration.answer for case in mine]
    for answer in Answer:
        assert answers.count(answer) >= AT_LEAST, answer
    assert count(mine, lambda one: one.lengths is not None) >= AT_LEAST
    assert count(mine, lambda one: one.lengths is None) >= AT_LEAST
    assert count(mine, lambda one: one.lengths is not None and one.settings.switch("bidirectional")) >= AT_LEAST // 2
    assert count(mine, lambda one: one.at_end) >= AT_LEAST
    assert count(mine, lambda one: one.vocabulary) >= AT_LEAST
    assert count(mine, lambda one: one.starts) >= AT_LEAST
    assert count(mine, lambda one: 0 < one.settings.integer("truncation") < one.length) >= AT_LEAST // 2
    if "activation" in mine[0].configuration.values:
        for activation in ("tanh", "relu", "sigmoid", "identity"):
            assert with_setting(mine, "activation", activation) >= AT_LEAST, activation


def test_pytorch_s_own_layers_and_onnxruntime_have_their_say(cases: dict[str, list[Case]]) -> None:
    for family in ("rnn", "lstm", "lstm_merged", "gru"):
        assert sum(case.own_layers for case in cases[family]) >= AT_LEAST, family
    for family in ("rnn", "lstm", "gru", "peephole_lstm"):
        assert sum(bool(case.onnx) for case in cases[family]) >= AT_LEAST, family
    reset_before = [one for one in cases["gru"] if one.configuration.settings.text("gru_reset") == "before-product"]
    assert sum(bool(case.onnx) for case in reset_before) >= AT_LEAST
    padded = [case for family in CELLS for case in cases[family] if case.onnx and case.configuration.lengths]
    assert len(padded) >= AT_LEAST


@pytest.mark.parametrize(
    ("family", "setting", "values"),
    [
        ("gru", "gru_update", ("z-keeps-old", "z-takes-new")),
        ("peephole_lstm", "peephole_candidate", (False, True)),
        ("leaky", "tau", (2.0, 3.0)),
        ("skip_rnn", "skip", (2, 3)),
        ("rnn", "activation", ("tanh", "sigmoid")),
        ("rnn", "truncation", (0, 1)),
    ],
)
def test_a_different_rule_would_be_noticed(
    cases: dict[str, list[Case]], family: str, setting: str, values: tuple[str | int | float | bool, ...]
) -> None:
    case = next(
        one for one in cases[family]
        if one.configuration.length >= 4 and not one.configuration.lengths
        and not one.configuration.settings["truncation"] and one.configuration.settings["activation"] != "identity"
    )  # fmt: skip
    other = values[1] if case.configuration.settings[setting] == values[0] else values[0]
    wrong = replace(case.configuration, values={**case.configuration.values, setting: other})
    assert max(errors(replace(case, configuration=wrong)).values()) > 1e3
