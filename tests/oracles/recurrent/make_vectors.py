"""Makes the stored oracle vectors of the recurrent cells: python tests/oracles/recurrent/make_vectors.py

They are kept with the tests, so that `make test` holds the engine against PyTorch and onnxruntime without either.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import numpy as np
import torch

from tests.oracles.recurrent.drawing import FAMILIES, Limits, random_configuration
from tests.oracles.recurrent.oracles import case_of
from tests.oracles.recurrent.vector_file import file_of, write_cases

_COUNT = 120
_SEED = 20_261_121
_LIMITS = Limits(hidden=3, length=6, batch=2, width=2)
_LIMITS_WITH_GATES = Limits(hidden=3, length=4, batch=2, width=2)
"""Cells with gates have many more numbers to a case."""
_WITH_GATES = ("lstm", "lstm_merged", "gru", "peephole_lstm", "vector_to_sequence")


def main() -> None:
    torch.set_num_threads(1)
    for place, family in enumerate(FAMILIES):
        random = np.random.default_rng(_SEED + place)
        limits = _LIMITS_WITH_GATES if family in _WITH_GATES else _LIMITS
        write_cases(family, [case_of(random_configuration(random, family, limits)) for _ in range(_COUNT)])
        print(f"{family}: {_COUNT} configurations, {file_of(family).stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
