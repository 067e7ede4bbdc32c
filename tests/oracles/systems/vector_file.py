"""The file of stored vectors of a system: all numbers in one array, and an index of what lies where."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from tests.oracles.recurrent.seeded_numbers import Numbers
from tests.oracles.systems.case import Case, from_data

Stored = tuple[Case, dict[str, Numbers]]


def vectors_of(system: str) -> Path:
    """Where a system's vectors are."""
    return Path(__file__).with_name("vectors") / f"{system}.npz"


def write_cases(path: Path, stored: list[Stored]) -> None:
    """Write cases with the oracle's results."""
    index = [
        {"case": case.as_data(), "results": {name: list(np.shape(value)) for name, value in results.items()}}
        for case, results in stored
    ]
    numbers = np.concatenate([np.ravel(value) for _, results in stored for value in results.values()])
    text = np.frombuffer(json.dumps(index).encode(), dtype=np.uint8)
    path.parent.mkdir(exist_ok=True)
    np.savez_compressed(path, allow_pickle=False, numbers=numbers, index=text)


def read_cases(path: Path) -> list[Stored]:
    """Read what ``write_cases`` wrote."""
    with np.load(path, allow_pickle=False) as file:
        numbers, index = file["numbers"], json.loads(file["index"].tobytes())
    stored, at = [], 0
    for entry in index:
        results = {}
        for name, shape in entry["results"].items():
            size = int(np.prod(shape))
            results[name] = numbers[at : at + size].reshape(shape)
            at += size
        stored.append((from_data(entry["case"]), results))
    return stored
