"""The files of stored oracle vectors, one a family: numbers in two arrays, and an index of what lies where."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from tests.oracles.recurrent.configuration import Configuration, from_data
from tests.oracles.recurrent.seeded_numbers import Numbers

FOLDER = Path(__file__).with_name("vectors")


@dataclass(frozen=True)
class Case:
    """A configuration and what the oracles say of it.

    Attributes:
        torch: from PyTorch: of its own layers where it has them, else of cells written out.
        own_layers: whether loss, outputs, final states and gradients of parameters are those of PyTorch's own layers.
        onnx: from onnxruntime, in float32; empty where ONNX has no such network.
    """

    configuration: Configuration
    torch: dict[str, Numbers]
    own_layers: bool
    onnx: dict[str, Numbers] = field(default_factory=dict)


def file_of(family: str) -> Path:
    """The file of a family."""
    return FOLDER / f"{family}.npz"


def write_cases(family: str, cases: list[Case]) -> None:
    """Write a family's file."""
    index, doubles, singles = [], list[Numbers](), list[Numbers]()
    for case in cases:
        entry = {"configuration": case.configuration.as_data(), "own_layers": case.own_layers}
        for key, results, into in (("torch", case.torch, doubles), ("onnx", case.onnx, singles)):
            entry[key] = {name: list(np.shape(value)) for name, value in results.items()}
            into += [np.ravel(value) for value in results.values()]
        index.append(entry)
    FOLDER.mkdir(exist_ok=True)
    np.savez_compressed(
        file_of(family),
        allow_pickle=False,
        index=np.array(json.dumps(index)),
        doubles=np.concatenate([*doubles, []]),
        singles=np.concatenate([*singles, []]).astype(np.float32),
    )


def read_cases(family: str) -> list[Case]:
    """Read what ``write_cases`` wrote."""
    with np.load(file_of(family), allow_pickle=False) as file:
        index, doubles, singles = json.loads(str(file["index"])), file["doubles"], file["singles"]
    cases, at = [], {"torch": 0, "onnx": 0}
    for entry in index:
        found: dict[str, dict[str, Numbers]] = {"torch": {}, "onnx": {}}
        for key, source in (("torch", doubles), ("onnx", singles)):
            for name, shape in entry[key].items():
                size = int(np.prod(shape))
                found[key][name] = source[at[key] : at[key] + size].reshape(shape).astype(np.float64)
                at[key] += size
        cases.append(Case(from_data(entry["configuration"]), found["torch"], entry["own_layers"], found["onnx"]))
    return cases
