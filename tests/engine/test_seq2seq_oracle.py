"""What the stored results of PyTorch for encoder, decoder and attention cover; test_system_oracles.py compares them."""

import dataclasses

import numpy as np
import pytest

from engine.attention import NONE
from tests.oracles.differences import differences
from tests.oracles.systems.engine_results import engine_results
from tests.oracles.systems.seq2seq import SYSTEMS
from tests.oracles.systems.system import System
from tests.oracles.systems.vector_file import Stored, read_cases, vectors_of

AT_LEAST = 20
_SYSTEM = SYSTEMS[0]
"""Both compare the same values."""


@pytest.fixture(scope="module")
def cases() -> list[Stored]:
    return [stored for system in SYSTEMS for stored in read_cases(vectors_of(system.name))]


def test_the_cases_cover_what_the_settings_offer(cases: list[Stored]) -> None:
    settings = [case.settings for case, _ in cases]
    for name, values in {
        "bidirectional": (True, False), "peeky": (True, False), "bias": (True, False), "layers": (1, 2),
        "teacher_forcing": ("on", "off", "probability"), "thought": ("all", "hidden"),
        "context_into": ("read-out", "cell"),
    }.items():  # fmt: skip
        for value in values:
            assert sum(one[name] == value for one in settings) >= AT_LEAST, (name, value)
    assert len({one["cell"] for one in settings}) >= 8
    masks = [case.mask for case, _ in cases if case.mask is not None and not case.mask.all()]
    assert len(masks) >= AT_LEAST
    assert sum(not mask[0].all() for mask in masks) >= AT_LEAST
    assert sum(not mask[-1].all() for mask in masks) >= AT_LEAST


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system.name)
def test_padding_has_no_weight_and_no_gradient(system: System) -> None:
    seen = 0
    for case, _ in read_cases(vectors_of(system.name)):
        if case.mask is None or case.mask.all() or case.family == NONE:
            continue
        results, padding = engine_results(system, case), case.mask.T == 0
        assert (results["gradient/hs/1"][padding] == 0.0).all()
        for step in range(1, len(case.targets["d"]) + 1):
            a = results[f"value/a/{step}"]
            assert (a[padding] == 0.0).all()
            assert a[~padding].all()
            np.testing.assert_allclose(a.sum(axis=1), 1.0, rtol=1e-12)
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
def test_a_different_net_would_be_noticed(cases: list[Stored], change: dict[str, str], of: dict[str, str]) -> None:
    alike = [stored for stored in cases if all(stored[0].settings[name] == value for name, value in of.items())]
    assert alike
    apart = []
    for case, results in alike:
        other = dataclasses.replace(case, values={**case.values, **change})
        apart.append(max(differences(engine_results(_SYSTEM, other), results).values()))
    assert max(apart) > 1e-3
