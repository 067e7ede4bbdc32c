"""``trace``: one iteration with everything in it, written to a file of plain arrays."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.analysis.health import first_bad_step
from engine.commands import interruption
from engine.commands.report_writing import progress_bar, write_line
from engine.commands.settings_arguments import (
    add_iteration_argument,
    add_lesson_argument,
    chosen_iteration,
    chosen_lesson,
)
from engine.files.trace_file import check_place, trace_arrays, write_trace
from engine.training.memory_need import readable_size
from engine.training.run import Run


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """LESSON, --out, --iteration, --set."""
    add_lesson_argument(parser)
    parser.add_argument("--out", metavar="FILE.npz", required=True, type=Path, help="the file to write")
    add_iteration_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file; returns the exit status: 0, or 130 if Ctrl+C ended it early, without a file."""
    lesson, settings = chosen_lesson(arguments)
    iteration, path = chosen_iteration(arguments), arguments.out
    training = Run(lesson, settings)
    check_place(path)
    if not run_to(training, iteration):
        return interruption.EXIT_STATUS
    tape = training.next_iteration()
    arrays = trace_arrays(lesson, settings, iteration, tape)
    write_trace(path, arrays)
    size = readable_size(path.stat().st_size)
    write_line(f"{path}: iteration {iteration}, {len(tape)} steps in {len(arrays)} arrays, {size}")
    bad = first_bad_step(tape)
    if bad is not None:
        write_line(f"Some numbers are not finite, from step {bad} on.")
    return 0


def run_to(training: Run, iteration: int) -> bool:
    """Run up to an iteration, with a progress bar; False if Ctrl+C ended it early."""
    if not iteration:
        return True
    with interruption.interruption() as asked, progress_bar(iteration, training.lesson.id) as bar:
        for _ in training.advance(iteration):
            bar.update(1)
            if asked.requested:
                return False
    return True
