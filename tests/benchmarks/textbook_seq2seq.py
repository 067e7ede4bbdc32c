"""Trains the textbook's sequence-to-sequence networks at full size and prints what they answer, epoch by epoch.

    python tests/benchmarks/textbook_seq2seq.py [NAME …] [--epochs N]

Published and measured elsewhere, right of 5,000 that were held out: additions after 25 epochs 10 %, reversed 43 to
55 %, reversed and peeky 98 %; dates with attention 89 % after two epochs and 99.96 % after four, without 0 %.
"""

import argparse
import os
import sys
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when NumPy is imported
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from engine.lesson import lesson_named
from engine.settings import Value
from engine.training.examination import examine
from engine.training.run import Run

_ITERATIONS = 351
_SIZE: dict[str, Value] = {"batch": 128, "examples": 50_000, "learning_rate": 0.001}
_ADDITION = {**_SIZE, "hidden": 128, "digits": 3, "thought": "hidden", "embedding_std": 0.01}
_DATES: dict[str, Value] = {**_SIZE, "hidden": 256}
NETWORKS: dict[str, tuple[str, int, dict[str, Value]]] = {
    "addition": ("seq2seq-addition", 25, {**_ADDITION, "reversed": False}),
    "addition-reversed": ("seq2seq-addition", 25, {**_ADDITION, "reversed": True}),
    "addition-peeky": ("seq2seq-addition", 25, {**_ADDITION, "reversed": True, "peeky": True}),
    "dates": ("attention-dates", 4, _DATES),
    "dates-without-attention": (
        "attention-dates", 4, {**_DATES, "attention": "none", "thought": "hidden", "embedding_std": 0.01}
    ),
}  # fmt: skip
"""Name → lesson, epochs, and the settings in which it differs from the lesson."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="*", metavar="NAME", help=f"any of {', '.join(NETWORKS)}; all by default")
    parser.add_argument("--epochs", type=int, default=None, help="so many, not the textbook's")
    arguments = parser.parse_args()
    for name in arguments.networks or NETWORKS:
        if name not in NETWORKS:
            parser.error(f"there is no network “{name}”; there are {', '.join(NETWORKS)}")
        _train(name, arguments.epochs)
    return 0


def _train(name: str, epochs: int | None) -> None:
    lesson_id, usual, values = NETWORKS[name]
    lesson = lesson_named(lesson_id)
    settings = lesson.settings.changed(**values)
    run, start = Run(lesson, settings), time.perf_counter()
    for epoch in range(1, (epochs or usual) + 1):
        for _ in run.advance(epoch * _ITERATIONS):
            pass
        score = examine(lesson, settings, run.state(run.reached).parameters)
        print(f"{name}, epoch {epoch}: {score.right} of {score.count} right, {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    sys.exit(main())
