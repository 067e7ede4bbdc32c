"""Encoder, decoder, attention against stored results of PyTorch (tests/oracles/seq2seq/make_vectors.py makes them)."""

import dataclasses

import numpy as np
import pytest

from tests.oracles.differences import TOLERANCE, differences
from tests.oracles.seq2seq.drawing import FAMILIES
from tests.oracles.seq2seq.engine_results import engine_results
from tests.oracles.seq2seq.vector_file import VECTORS, Case, read_cases

AT_LEAST = 20


@pytest.fixture(scope="module")
def cases() -> list[Case]:
    return read_cases(VECTORS)


@pytest.mark.parametrize("family", FAMILIES)
def test_values_and_all_gradients_agree(cases: list[Case], family: str) -> None:
    of_family = [case for case in cases if case[0].family == family]
    assert len(of_family) >= AT_LEAST
    for configuration, results in of_family:
        found = differences(engine_results(configuration), results)
        assert len(found) > 12
        for name, error in found.items():
            assert error <= TOLERANCE, (configuration, name, error)


def test_the_cases_cover_what_the_settings_offer(cases: list[Case]) -> None:
    settings = [configuration.settings for configuration, _ in cases]
    for name, values in {
        "bidirectional": (True, False), "peeky": (True, False), "bias": (True, False), "layers": (1, 2),
        "teacher_forcing": ("on", "off", "probability"), "thought": ("all", "hidden"),
        "context_into": ("read-out", "cell"),
    }.items():  # fmt: skip
        for value in values:
            assert sum(one[name] == value for one in settings) >= AT_LEAST, (name, value)
    assert len({one["cell"] for one in settings}) >= 8
    assert sum(configuration.mask is not None for configuration, _ in cases) >= AT_LEAST
    assert VECTORS.stat().st_size < 2**19


def test_padding_has_no_weight_and_no_gradient(cases: list[Case]) -> None:
    seen = 0
    for configuration, _ in cases:
        if configuration.mask is None or configuration.mask.all() or configuration.family == "none":
            continue
        results, padding = engine_results(configuration), configuration.mask.T == 0
        assert (results["value/a"][:, padding] == 0.0).all()
        assert results["value/a"][:, ~padding].all()
        np.testing.assert_allclose(results["value/a"].sum(axis=2), 1.0, rtol=1e-12)
        seen += 1
    assert seen >= AT_LEAST


@pytest.mark.parametrize(
    ("change", "of"),
    [
        ({"attention": "scaled dot"}, {"attention": "dot"}),
        ({"teacher_forcing": "off"}, {"teacher_forcing": "on"}),
        ({"thought": "hidden"}, {"thought": "all", "cell": "lstm"}),
        ({"gru_update": "z-takes-new"}, {"cell": "gru", "gru_update": "z-keeps-old"}),
    ],
)
def test_a_different_net_would_be_noticed(cases: list[Case], change: dict[str, str], of: dict[str, str]) -> None:
    alike = [case for case in cases if all(case[0].settings[name] == value for name, value in of.items())]
    assert alike
    apart = []
    for configuration, results in alike:
        other = dataclasses.replace(configuration, values={**configuration.values, **change})
        apart.append(max(differences(engine_results(other), results).values()))
    assert max(apart) > 1e-3
