"""Holds the engine against its oracles, with fresh random numbers each time: python tests/oracles/compare_live.py

Exit status 1 if a value or gradient of any configuration differs by more than 1e-10, relative, in float64, from
PyTorch, or a value by more than 1e-5 from onnxruntime, which computes in float32. The seed is printed; `--seed` repeats
a comparison.
"""

import argparse
import secrets
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np
import torch
from tqdm import tqdm

from tests.oracles.differences import TOLERANCE, differences
from tests.oracles.recurrent import comparing, drawing, oracles
from tests.oracles.simple_rnn.configurations import Limits, random_configuration
from tests.oracles.simple_rnn.engine_results import engine_results
from tests.oracles.simple_rnn.torch_model import torch_results
from tests.oracles.systems import live as systems
from tests.oracles.systems.registered import SYSTEMS

Comparison = Callable[[np.random.Generator], tuple[object, dict[str, float]]]
"""Draws a configuration; returns it with its relative errors, in units of what is allowed."""

_SIMPLE_RNN = Limits(hidden=32, length=20, batch=6)
_RECURRENT = drawing.Limits(hidden=16, length=12, batch=5, width=5)


def _first_lesson(random: np.random.Generator) -> tuple[object, dict[str, float]]:
    configuration = random_configuration(random, _SIMPLE_RNN)
    found = differences(engine_results(configuration), torch_results(configuration))
    return configuration.settings, {name: error / TOLERANCE for name, error in found.items()}


def _cell(family: str) -> Comparison:
    def compare(random: np.random.Generator) -> tuple[object, dict[str, float]]:
        case = oracles.case_of(drawing.random_configuration(random, family, _RECURRENT))
        return case.configuration, comparing.errors(case)

    return compare


FAMILIES: dict[str, Comparison] = {
    "simple_rnn": _first_lesson,
    **{name: _cell(name) for name in drawing.FAMILIES},
    **{
        f"{system.name}, {family}": partial(systems.compare, system=system, family=family)
        for system in SYSTEMS.values()
        for family in system.families
    },
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--configurations", type=int, default=150, metavar="N", help="how many a family (default 150)")
    parser.add_argument("--family", choices=FAMILIES, default=None, help="one family alone")
    parser.add_argument("--seed", type=int, default=None, help="repeat the comparison with that seed")
    arguments = parser.parse_args()
    seed = secrets.randbits(32) if arguments.seed is None else arguments.seed
    torch.set_num_threads(1)
    failed = 0
    for name in FAMILIES if arguments.family is None else [arguments.family]:
        failed += _compare(name, arguments.configurations, seed)
    print(
        f"oracles: {failed or 'none'} of the configurations failed; allowed is a relative error of {TOLERANCE:g} "
        f"(onnxruntime: {comparing.SINGLE_TOLERANCE:g}); seed {seed}"
    )
    return 1 if failed or arguments.configurations < 1 else 0


def _compare(name: str, count: int, seed: int) -> int:
    """Compare one family and report; returns how many configurations failed."""
    random = np.random.default_rng([seed, *name.encode()])
    largest, failed, by_onnx = 0.0, 0, 0
    for number in tqdm(range(count), desc=name, leave=False):
        configuration, errors = FAMILIES[name](random)
        by_onnx += any(result.startswith("onnx/") for result in errors)
        worst = max(errors, key=lambda result: errors[result])
        largest = max([largest] + [error for result, error in errors.items() if not result.startswith("onnx/")])
        if not errors[worst] <= 1:
            failed += 1
            print(f"{name}, configuration {number}: {configuration}: {worst} is {errors[worst]:.2e} times too far off")
    also = f", {by_onnx} of them with onnxruntime" if by_onnx else ""
    print(
        f"{name:20} {count - failed} of {count} configurations agree with PyTorch in all values and gradients{also}; "
        f"largest relative error {largest * TOLERANCE:.1e}"
    )
    return failed


if __name__ == "__main__":
    sys.exit(main())
