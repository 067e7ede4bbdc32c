"""Makes the stored vectors of systems: python tests/oracles/systems/make_vectors.py NAME …"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

import numpy as np
import torch

from tests.oracles.systems.registered import SYSTEMS
from tests.oracles.systems.torch_results import torch_results
from tests.oracles.systems.vector_file import vectors_of, write_cases

_COUNT = 24
_SEED = 20_261_121


def main(names: list[str]) -> None:
    torch.set_num_threads(1)
    for name in names:
        system, random = SYSTEMS[name], np.random.default_rng([_SEED, *name.encode()])
        cases = [system.draw(random, family, True) for family in system.families for _ in range(_COUNT)]
        path = vectors_of(name)
        write_cases(path, [(case, torch_results(system, case)) for case in cases])
        print(f"{path.name}: {len(cases)} cases, {path.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main(sys.argv[1:])
