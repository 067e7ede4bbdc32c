"""``train``: run a lesson, reporting ten times on the way as the course's exercise does, and examine the outcome."""

from __future__ import annotations

import argparse
import time
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from engine.analysis.series import outputs
from engine.codes import Autoencodes
from engine.commands import interruption
from engine.commands.report_writing import number, progress_bar, write_json, write_line
from engine.commands.settings_arguments import add_lesson_argument, chosen_lesson
from engine.debugger.bad_step import BadStep, first_bad_step
from engine.decoding import Decodes
from engine.task import RemarksOnData, Score
from engine.training.examination import answers, examine
from engine.training.iteration import batch_of, record_forward
from engine.training.run import Run

_REPORTS = 10
_RECENT = 1000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """LESSON, --iterations, --set, --json."""
    add_lesson_argument(parser)
    parser.add_argument("--iterations", metavar="N", help="number of iterations (default: the lesson's setting)")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of text")


@dataclass(frozen=True, slots=True)
class Report:
    """What is told of one iteration on the way: its loss before the update, and its first sequence in words."""

    iteration: int
    loss: float
    lines: list[str]


@dataclass(slots=True)
class Outcome:
    """What a training came to.

    Attributes:
        reports: ten of them, evenly spread.
        stopped: whether Ctrl+C ended it early.
        seconds: how long it took.
        score: of the examination; None if no iteration was run.
        bad: the first step with a number that is not finite.
    """

    reports: list[Report] = field(default_factory=list)
    stopped: bool = False
    seconds: float = 0.0
    score: Score | None = None
    bad: BadStep | None = None


def run(arguments: argparse.Namespace) -> int:
    """Train; returns the exit status: 0, or 130 if Ctrl+C ended it early."""
    lesson, settings = chosen_lesson(arguments, iterations=arguments.iterations)
    training = Run(lesson, settings)
    if isinstance(lesson.task, RemarksOnData) and not arguments.json:
        for remark in lesson.task.remarks(settings):
            write_line(str(remark))
    outcome = train(training, settings.integer("iterations"), aloud=not arguments.json)
    if arguments.json:
        write_json(_as_data(training, outcome))
    else:
        _write(training, outcome)
    return interruption.EXIT_STATUS if outcome.stopped else 0


def train(training: Run, iterations: int, aloud: bool) -> Outcome:
    """Run all iterations, or as many as there are before Ctrl+C, and examine the network."""
    outcome = Outcome()
    every = max(1, iterations // _REPORTS)
    start = time.perf_counter()

    def report(iteration: int) -> None:
        outcome.reports.append(_report(training, iteration))
        if aloud:
            _write_report(outcome.reports[-1])

    with interruption.interruption() as asked, progress_bar(iterations, training.lesson.id) as bar:
        report(0)
        for reached in training.advance(iterations):
            bar.update(1)
            if asked.requested:
                outcome.stopped = reached < iterations
                break
            if reached % every == 0 and reached < iterations:
                report(reached)
    outcome.seconds = time.perf_counter() - start
    outcome.bad = first_bad_step(training)
    outcome.score = examine(training.lesson, training.settings, training.state(training.reached).parameters)
    return outcome


def _report(training: Run, iteration: int) -> Report:
    """Tell of the iteration that comes next."""
    lesson, settings = training.lesson, training.settings
    start = training.state(iteration)
    batch = replace(batch_of(lesson, settings, iteration), states=start.states)
    tape = record_forward(lesson, settings, start.parameters, batch)
    free = isinstance(lesson.model, (Autoencodes, Decodes))
    told = answers(lesson, settings, start.parameters, batch) if free else outputs(tape)
    loss, lines = float(tape.steps[tape.loss].value), lesson.task.report(told, batch)
    tape.release()
    return Report(iteration, loss, lines)


def _write_report(report: Report) -> None:
    write_line(f"iters: {report.iteration}")
    write_line(f"Loss: {number(report.loss)}")
    for line in report.lines:
        write_line(line)
    write_line("------------")


def _recent_mean(training: Run) -> float:
    losses = training.history.losses[-_RECENT:]
    with np.errstate(all="ignore"):
        return float(np.mean(losses))


def _write(training: Run, outcome: Outcome) -> None:
    reached = training.reached
    ended = "stopped by Ctrl+C after" if outcome.stopped else "trained for"
    write_line(f"{training.lesson.id}: {ended} {reached} iterations ({outcome.seconds:.1f} s)")
    write_line(f"loss of the last iteration: {number(training.history.losses[-1])}")
    write_line(f"mean loss of the last {min(_RECENT, reached)}: {number(_recent_mean(training))}")
    if outcome.score is not None:
        score, what = outcome.score, training.lesson.task.sequences
        write_line(f"{score.right} of {score.count} {what} right, mean loss {number(score.mean_loss)}")
        for name, value in training.lesson.task.measures(score).items():
            write_line(f"{name}: {number(value)}")
    if outcome.bad is not None:
        bad = outcome.bad
        write_line(f"first iteration with a number that is not finite: {bad.iteration}")
        write_line(f"first bad step: {bad.address} ({bad.kind})")


def _as_data(training: Run, outcome: Outcome) -> dict[str, Any]:
    score, bad, task = outcome.score, outcome.bad, training.lesson.task
    return {
        "lesson": training.lesson.id,
        "settings": dict(training.settings),
        "iterations": training.reached,
        "stopped": outcome.stopped,
        "seconds": outcome.seconds,
        "loss": training.history.losses[-1],
        "mean_loss_of_last_1000": _recent_mean(training),
        "examination": None
        if score is None
        else {
            "right": score.right, "count": score.count, "accuracy": score.accuracy, "mean_loss": score.mean_loss,
            **task.measures(score),
        },
        "first_bad_iteration": None if bad is None else bad.iteration,
        "first_bad_step": None
        if bad is None
        else {"index": bad.index, "address": bad.address, "kind": bad.kind},
        "reports": [
            {"iteration": report.iteration, "loss": report.loss, "lines": report.lines} for report in outcome.reports
        ],
    }
