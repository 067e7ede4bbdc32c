"""Whole systems against stored results of PyTorch (tests/oracles/systems/make_vectors.py makes them)."""

import pytest

from tests.oracles.differences import TOLERANCE, differences
from tests.oracles.systems.engine_results import engine_results
from tests.oracles.systems.registered import SYSTEMS
from tests.oracles.systems.vector_file import read_cases, vectors_of

AT_LEAST = 20


@pytest.mark.parametrize("name", SYSTEMS)
def test_values_and_all_gradients_agree(name: str) -> None:
    system, stored = SYSTEMS[name], read_cases(vectors_of(name))
    for family in system.families:
        assert sum(case.family == family for case, _ in stored) >= AT_LEAST, family
    for case, results in stored:
        found = differences(engine_results(system, case), results)
        assert {f"value/{one}/1" for one in system.compared} & set(found)
        for result, error in found.items():
            assert error <= TOLERANCE, (case, result, error)
    assert vectors_of(name).stat().st_size < 2**19


@pytest.mark.parametrize("name", SYSTEMS)
def test_all_that_is_compared_is_met(name: str) -> None:
    met = {result.split("/")[1] for _, results in read_cases(vectors_of(name)) for result in results if "/" in result}
    assert set(SYSTEMS[name].compared) <= met
