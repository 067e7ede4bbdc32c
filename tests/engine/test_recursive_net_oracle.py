"""What the stored results of PyTorch for the recursive net cover; test_system_oracles.py compares them."""

import dataclasses

import numpy as np
import pytest

from engine.ops.activations import ACTIVATIONS
from engine.ops.lookups import NOTHING
from tests.oracles.differences import differences
from tests.oracles.systems.case import Case
from tests.oracles.systems.engine_results import engine_results
from tests.oracles.systems.recursive_net import CLASSES, SYSTEM
from tests.oracles.systems.vector_file import Stored, read_cases, vectors_of

AT_LEAST = 20


@pytest.fixture(scope="module")
def cases() -> list[Stored]:
    return read_cases(vectors_of(SYSTEM.name))


def _joined(case: Case) -> int:
    return int((case.inputs["left"] != NOTHING).sum())


def test_the_cases_cover_what_the_settings_offer(cases: list[Stored]) -> None:
    drawn = [case for case, _ in cases]
    assert {case.settings["activation"] for case in drawn} == {*ACTIVATIONS}
    for bias in (True, False):
        assert sum(case.settings["bias"] == bias for case in drawn) > AT_LEAST
    assert sum((case.targets["d"] == NOTHING).any() for case in drawn) > AT_LEAST
    assert sum(_joined(case) > 2 for case in drawn) > AT_LEAST
    words = [int((case.inputs["x"] != NOTHING).sum()) for case in drawn]
    assert sum(count == _joined(case) + 2 for count, case in zip(words, drawn, strict=True)) > AT_LEAST, "two trees"


@pytest.mark.parametrize("change", ["left and right", "activation", "class"])
def test_a_different_net_would_be_noticed(cases: list[Stored], change: str) -> None:
    case, results = next(one for one in cases if one[0].settings["activation"] == "tanh" and _joined(one[0]) > 2)
    left, right, d = case.inputs["left"], case.inputs["right"], case.targets["d"]
    other = {
        "left and right": dataclasses.replace(case, inputs={**case.inputs, "left": right, "right": left}),
        "activation": dataclasses.replace(case, values={**case.values, "activation": "sigmoid"}),
        "class": dataclasses.replace(case, targets={"d": np.where(d == NOTHING, d, (d + 1) % CLASSES)}),
    }[change]
    assert max(differences(engine_results(SYSTEM, other), results).values()) > 1e-3
