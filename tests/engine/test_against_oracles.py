"""The engine against stored results of PyTorch (tests/oracles/simple_rnn/make_vectors.py makes them)."""

import dataclasses

import pytest

from tests.oracles.differences import TOLERANCE, differences
from tests.oracles.simple_rnn.engine_results import engine_results
from tests.oracles.simple_rnn.vector_file import VECTORS, Case, read_vectors


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return read_vectors(VECTORS)


def test_values_and_all_gradients_agree(cases: list[Case]) -> None:
    for configuration, results in cases:
        for name, error in differences(engine_results(configuration), results).items():
            assert error <= TOLERANCE, (configuration.settings, name, error)


def test_the_cases_cover_what_the_settings_offer(cases: list[Case]) -> None:
    settings = [configuration.settings for configuration, _ in cases]
    assert len(cases) >= 200
    offered: dict[str, set[bool | int | float | str]] = {
        "activation": {"sigmoid", "tanh", "relu", "identity"},
        "bias": {True, False},
        "delta_out": {"exact", "course"},
        "init": {"normal", "xavier", "he"},
        "truncation": {0, 1, 2, 3},
    }
    for name, values in offered.items():
        assert values <= {one[name] for one in settings}, name
    assert sum(bool(one["truncation"]) and int(one["truncation"]) < int(one["bits"]) for one in settings) > 50
    assert VECTORS.stat().st_size < 3 * 2**20


@pytest.mark.parametrize(
    "other",
    [{"activation": "sigmoid"}, {"truncation": 1}, {"delta_out": "course"}],
    ids=["activation", "truncation", "delta_out"],
)
def test_a_different_rule_would_be_noticed(cases: list[Case], other: dict[str, str | int]) -> None:
    configuration, results = next(
        case for case in cases
        if case[0].settings["activation"] == "tanh" and case[0].settings["truncation"] == 0
        and case[0].settings["delta_out"] == "exact" and int(case[0].settings["bits"]) > 4
    )  # fmt: skip
    changed = dataclasses.replace(configuration, settings={**configuration.settings, **other})
    assert max(differences(engine_results(changed), results).values()) > 1e-3
