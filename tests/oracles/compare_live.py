"""Holds the engine against PyTorch, with fresh random numbers each time: python tests/oracles/compare_live.py

Exit status 1 if a value or gradient of any configuration differs by more than 1e-10, relative, in float64. The seed
is printed; `--seed` repeats a comparison.
"""

import argparse
import secrets
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np  # noqa: E402
import torch  # noqa: E402
from tqdm import tqdm  # noqa: E402

from tests.oracles.configurations import Limits, random_configuration  # noqa: E402
from tests.oracles.engine_results import TOLERANCE, differences, engine_results  # noqa: E402
from tests.oracles.torch_model import torch_results  # noqa: E402

_LIMITS = Limits(hidden=32, length=20, batch=6)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--configurations", type=int, default=300, metavar="N", help="how many (default 300)")
    parser.add_argument("--seed", type=int, default=None, help="repeat the comparison with that seed")
    arguments = parser.parse_args()
    seed = secrets.randbits(32) if arguments.seed is None else arguments.seed
    torch.set_num_threads(1)
    random = np.random.default_rng(seed)
    largest, failed = 0.0, 0
    for number in tqdm(range(arguments.configurations), desc="oracles", leave=False):
        configuration = random_configuration(random, _LIMITS)
        errors = differences(engine_results(configuration), torch_results(configuration))
        worst = max(errors, key=lambda name: errors[name])
        largest = max(largest, errors[worst])
        if not errors[worst] <= TOLERANCE:
            failed += 1
            print(f"configuration {number} {configuration.settings}: {worst} differs by {errors[worst]:.2e}")
    print(
        f"oracles: {arguments.configurations - failed} of {arguments.configurations} random configurations agree with "
        f"PyTorch in all values and gradients; largest relative error {largest:.2e}, allowed {TOLERANCE:g}; seed {seed}"
    )
    return 1 if failed or not arguments.configurations else 0


if __name__ == "__main__":
    sys.exit(main())
