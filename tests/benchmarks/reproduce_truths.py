"""Trains exercise 3_1 with each initialisation and activation and prints medians beside published measurements.

    python tests/benchmarks/reproduce_truths.py [--seeds 5] [--iterations 10000]

The reference medians were measured with an independent program over 20 seeds of its own; random numbers differ, so
orders of magnitude are compared, failures included.
"""

import argparse
import gc
import os
import statistics
import sys
from pathlib import Path
from typing import NamedTuple

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import numpy as np

from engine.analysis.series import outputs
from engine.lesson import lesson_named
from engine.training.examination import examine
from engine.training.iteration import batch_of
from engine.training.run import Run


class Row(NamedTuple):
    """A combination and what is known of it: medians over 20 seeds, and how many of them failed."""

    name: str
    settings: dict[str, str]
    loss: float
    last_mean: float
    accuracy: float
    solved: int | None
    perfect: str
    nan: str


ROWS = (
    Row("N(0,1) sigmoid", {}, 0.0016, 0.0030, 1, 5090, "20/20", "0/20"),
    Row("N(0,1) sigmoid, exact", {"delta_out": "exact"}, 0.0097, 0.0132, 1, 5175, "20/20", "0/20"),
    Row("Xavier sigmoid", {"init": "xavier"}, 0.0054, 0.0068, 1, 6418, "17/20", "0/20"),
    Row("He sigmoid", {"init": "he"}, 0.0022, 0.0022, 1, 4936, "20/20", "0/20"),
    Row("N(0,1) tanh", {"activation": "tanh"}, 0.60, 0.64, 0.17, None, "0/20", "0/20"),
    Row("Xavier tanh", {"init": "xavier", "activation": "tanh"}, 8.9e-6, 0.0415, 1, 900, "19/20", "0/20"),
    Row("N(0,1) ReLU", {"activation": "relu"}, 1.0, 1.0, 0.00006, None, "0/20", "12/20"),
    Row("Xavier ReLU", {"init": "xavier", "activation": "relu"}, 0.875, 0.869, 0.021, 2268, "3/20", "1/20"),
    Row("He ReLU", {"init": "he", "activation": "relu"}, 0.96, 0.92, 0.010, 2189, "1/20", "3/20"),
)


class Result(NamedTuple):
    loss: float
    last_mean: float
    accuracy: float
    solved: int | None
    first_bad: int | None


def train(settings_of_row: dict[str, str], seed: int, iterations: int) -> Result:
    """One run, watched as the reference was: loss of the iteration 9900, first of 100 right samples in a row."""
    lesson = lesson_named("binary-addition")
    # The reference was measured with the course's gradient unless it says otherwise; ours is exact by default.
    settings = lesson.settings.changed(**{"delta_out": "course", "seed": seed, **settings_of_row})
    run = Run(lesson, settings)
    right_in_a_row, solved = 0, None
    gc.disable()
    for number in range(iterations):
        tape = run.next_iteration()
        score = lesson.task.score(outputs(tape), batch_of(lesson, settings, number))
        right_in_a_row = right_in_a_row + 1 if score.right else 0
        if right_in_a_row == 100 and solved is None:
            solved = number - 99
        tape.release()
    gc.enable()
    losses = run.history.losses
    accuracy = examine(lesson, settings, run.state(run.reached).parameters).accuracy
    return Result(losses[-100], float(np.mean(losses[-1000:])), accuracy, solved, run.history.first_bad)


def finite_median(values: list[float]) -> float:
    """The median of what is finite; NaN if nothing is."""
    finite = [value for value in values if np.isfinite(value)]
    return statistics.median(finite) if finite else float("nan")


def line(row: Row, results: list[Result]) -> str:
    """Ours / reference, column by column."""
    solved = [result.solved for result in results if result.solved is not None]
    ours_solved = f"{statistics.median(solved):.0f} ({len(solved)})" if solved else "-"
    count = len(results)
    perfect = sum(result.accuracy == 1 for result in results)
    bad = sum(result.first_bad is not None for result in results)
    return (
        f"| {row.name:23}"
        f"| {finite_median([r.loss for r in results]):8.2g} / {row.loss:<8.2g}"
        f"| {finite_median([r.last_mean for r in results]):8.2g} / {row.last_mean:<8.2g}"
        f"| {statistics.median([r.accuracy for r in results]):7.3g} / {row.accuracy:<7.3g}"
        f"| {perfect}/{count} / {row.perfect:5}| {ours_solved:9} / {row.solved or '-'!s:5}"
        f"| {bad}/{count} / {row.nan:5}|"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--iterations", type=int, default=10_000)
    arguments = parser.parse_args()
    print(
        "| ours / reference       | loss at 9900       | mean of last 1000  | accuracy         | all right  "
        "| solved at        | not finite |"
    )
    with np.errstate(all="ignore"):
        for row in ROWS:
            results = [train(row.settings, seed, arguments.iterations) for seed in range(arguments.seeds)]
            print(line(row, results), flush=True)


if __name__ == "__main__":
    main()
