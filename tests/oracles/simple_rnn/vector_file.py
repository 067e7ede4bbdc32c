"""The file of stored oracle vectors: all numbers in one array, and an index of what lies where."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from tests.oracles.simple_rnn.configurations import Configuration, Numbers

VECTORS = Path(__file__).with_name("simple_rnn.npz")

Case = tuple[Configuration, dict[str, Numbers]]


def write_vectors(path: Path, cases: list[Case]) -> None:
    """Write configurations with the oracle's results; one array, since a file entry for each would double the size."""
    numbers: list[Numbers] = []
    index, offset = [], 0
    for configuration, results in cases:
        arrays = {f"param/{name}": value for name, value in configuration.parameters.items()}
        arrays |= {"x": configuration.x, "d": configuration.d}
        arrays |= {f"result/{name}": value for name, value in results.items()}
        places = {}
        for name, value in arrays.items():
            places[name] = [offset, list(value.shape)]
            numbers.append(value.ravel())
            offset += value.size
        index.append({"settings": configuration.settings, "arrays": places})
    np.savez_compressed(path, allow_pickle=False, numbers=np.concatenate(numbers), index=np.array(json.dumps(index)))


def read_vectors(path: Path) -> list[Case]:
    """Read what ``write_vectors`` wrote."""
    with np.load(path, allow_pickle=False) as file:
        numbers, index = file["numbers"], json.loads(str(file["index"]))
    cases = []
    for entry in index:
        arrays = {
            name: numbers[offset : offset + int(np.prod(shape))].reshape(shape)
            for name, (offset, shape) in entry["arrays"].items()
        }
        parameters = _under("param/", arrays)
        configuration = Configuration(entry["settings"], parameters, arrays["x"], arrays["d"])
        cases.append((configuration, _under("result/", arrays)))
    return cases


def _under(prefix: str, arrays: dict[str, Numbers]) -> dict[str, Numbers]:
    return {name.removeprefix(prefix): value for name, value in arrays.items() if name.startswith(prefix)}
