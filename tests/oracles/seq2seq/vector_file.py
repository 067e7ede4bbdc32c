"""The file of stored oracle vectors: all numbers in one array, and an index of what lies where."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from tests.oracles.recurrent.seeded_numbers import Numbers
from tests.oracles.seq2seq.configuration import Configuration, from_data

VECTORS = Path(__file__).with_name("seq2seq.npz")

Case = tuple[Configuration, dict[str, Numbers]]


def write_cases(path: Path, cases: list[Case]) -> None:
    """Write configurations with the oracle's results."""
    index = [
        {
            "configuration": configuration.as_data(),
            "results": {name: list(np.shape(value)) for name, value in results.items()},
        }
        for configuration, results in cases
    ]
    numbers = np.concatenate([np.ravel(value) for _, results in cases for value in results.values()])
    np.savez_compressed(path, allow_pickle=False, numbers=numbers, index=np.array(json.dumps(index)))


def read_cases(path: Path) -> list[Case]:
    """Read what ``write_cases`` wrote."""
    with np.load(path, allow_pickle=False) as file:
        numbers, index = file["numbers"], json.loads(str(file["index"]))
    cases, at = [], 0
    for entry in index:
        results = {}
        for name, shape in entry["results"].items():
            size = int(np.prod(shape))
            results[name] = numbers[at : at + size].reshape(shape)
            at += size
        cases.append((from_data(entry["configuration"]), results))
    return cases
