"""Makes the stored oracle vectors, simple_rnn.npz, with PyTorch: python tests/oracles/simple_rnn/make_vectors.py

They are kept with the tests, so that `make test` holds the engine against PyTorch without installing it.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import numpy as np

from tests.oracles.simple_rnn.configurations import Limits, random_configuration
from tests.oracles.simple_rnn.torch_model import torch_results
from tests.oracles.simple_rnn.vector_file import VECTORS, write_vectors

_COUNT = 240
_SEED = 20_260_731
_LIMITS = Limits(hidden=7, length=9, batch=3)


def main() -> None:
    random = np.random.default_rng(_SEED)
    configurations = [random_configuration(random, _LIMITS) for _ in range(_COUNT)]
    write_vectors(VECTORS, [(configuration, torch_results(configuration)) for configuration in configurations])
    print(f"{VECTORS.name}: {_COUNT} configurations, {VECTORS.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
