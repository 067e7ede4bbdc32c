"""Makes the stored oracle vectors of encoder and decoder: python tests/oracles/seq2seq/make_vectors.py"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import numpy as np  # noqa: E402
import torch  # noqa: E402

from tests.oracles.seq2seq.drawing import FAMILIES, Limits, random_configuration  # noqa: E402
from tests.oracles.seq2seq.torch_network import torch_results  # noqa: E402
from tests.oracles.seq2seq.vector_file import VECTORS, write_cases  # noqa: E402

_COUNT = 20
_SEED = 20_261_121
_LIMITS = Limits(hidden=4, length=4, batch=3, symbols=5)


def main() -> None:
    torch.set_num_threads(1)
    random = np.random.default_rng(_SEED)
    drawn = [random_configuration(random, family, _LIMITS) for family in FAMILIES for _ in range(_COUNT)]
    write_cases(VECTORS, [(configuration, torch_results(configuration)) for configuration in drawn])
    print(f"{VECTORS.name}: {len(drawn)} configurations, {VECTORS.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
