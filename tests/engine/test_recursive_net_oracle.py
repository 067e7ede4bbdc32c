"""The recursive net against stored results of PyTorch (tests/oracles/recursive_net/make_vectors.py makes them)."""

import dataclasses

import numpy as np
import pytest

from tests.oracles.differences import TOLERANCE, differences
from tests.oracles.recursive_net.configuration import NOTHING
from tests.oracles.recursive_net.engine_results import engine_results
from tests.oracles.recursive_net.vector_file import VECTORS, Case, read_cases


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return read_cases(VECTORS)


def test_values_and_all_gradients_agree(cases: list[Case]) -> None:
    for configuration, results in cases:
        for name, error in differences(engine_results(configuration), results).items():
            assert error <= TOLERANCE, (configuration.settings, name, error)


def test_the_cases_cover_what_the_settings_offer(cases: list[Case]) -> None:
    configurations = [configuration for configuration, _ in cases]
    assert len(cases) >= 20
    assert {one.activation for one in configurations} == {"tanh", "sigmoid", "relu", "identity"}
    assert {one.bias for one in configurations} == {True, False}
    assert sum((one.nodes[3] == NOTHING).any() for one in configurations) > 20
    assert sum((one.nodes[1] != NOTHING).sum() > 2 for one in configurations) > 20
    assert VECTORS.stat().st_size < 2**18


@pytest.mark.parametrize("change", ["left and right", "activation", "class"])
def test_a_different_net_would_be_noticed(cases: list[Case], change: str) -> None:
    configuration, results = next(
        case for case in cases if case[0].activation == "tanh" and (case[0].nodes[1] != NOTHING).sum() > 2
    )
    words, left, right, classes = configuration.nodes
    other = {
        "left and right": dataclasses.replace(configuration, nodes=np.array([words, right, left, classes])),
        "activation": dataclasses.replace(configuration, activation="sigmoid"),
        "class": dataclasses.replace(
            configuration, nodes=np.array([words, left, right, np.where(classes == NOTHING, classes, 2 - classes)])
        ),
    }[change]
    assert max(differences(engine_results(other), results).values()) > 1e-3
