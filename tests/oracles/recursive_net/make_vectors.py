"""Makes the stored oracle vectors of the recursive net: python tests/oracles/recursive_net/make_vectors.py"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import numpy as np  # noqa: E402
import torch  # noqa: E402

from tests.oracles.recursive_net.configuration import Limits, random_configuration  # noqa: E402
from tests.oracles.recursive_net.torch_results import torch_results  # noqa: E402
from tests.oracles.recursive_net.vector_file import VECTORS, write_cases  # noqa: E402

_COUNT = 60
_SEED = 20_261_121
_LIMITS = Limits(hidden=4, words=5, vocabulary=5)


def main() -> None:
    torch.set_num_threads(1)
    random = np.random.default_rng(_SEED)
    configurations = [random_configuration(random, _LIMITS) for _ in range(_COUNT)]
    write_cases(VECTORS, [(configuration, torch_results(configuration)) for configuration in configurations])
    print(f"{VECTORS.name}: {_COUNT} configurations, {VECTORS.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
