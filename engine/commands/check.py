"""``check``: analytic against numeric gradients, per parameter and per time step, and the rule that is to blame."""

from __future__ import annotations

import argparse
import math
from typing import Any

from engine.analysis.comparison import TOLERANCE, Comparison
from engine.analysis.gradient_check import GradientCheck, GradientReport, RuleFault
from engine.commands import interruption
from engine.commands.report_writing import number, progress_bar, write_json, write_line
from engine.commands.settings_arguments import (
    add_iteration_argument,
    add_lesson_argument,
    chosen_iteration,
    chosen_lesson,
)
from engine.commands.trace import run_to
from engine.training.run import Run

OUTPUT_GRADIENT = "δ_out"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """LESSON, --set, --iteration, --json."""
    add_lesson_argument(parser)
    add_iteration_argument(parser)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of a table")


def run(arguments: argparse.Namespace) -> int:
    """Check; returns the exit status: 0 if all agree, 1 if not, 130 if Ctrl+C ended it early."""
    # Differences need all the digits there are.
    lesson, settings = chosen_lesson(arguments, dtype="float64")
    iteration = chosen_iteration(arguments)
    training = Run(lesson, settings)
    if not run_to(training, iteration):
        return interruption.EXIT_STATUS
    check = GradientCheck(training.next_iteration(), seed=settings.integer("seed"))
    with interruption.interruption() as asked, progress_bar(check.total, "check") as bar:
        for done in check.run():
            bar.update(done - bar.n)
            if asked.requested:
                return interruption.EXIT_STATUS
    report = check.report
    if arguments.json:
        write_json({"lesson": lesson.id, "settings": dict(settings), "iteration": iteration, **_as_data(report)})
    else:
        write_line(f"{lesson.id}: gradients of iteration {iteration} against central differences, in float64")
        _write(report)
    return 0 if report.agrees else 1


def blame(fault: RuleFault) -> str:
    """One sentence that names a wrong rule, what it spoils and where it is first applied."""
    comparison = fault.comparison
    what = (
        f"{OUTPUT_GRADIENT} is wrong: the gradient rule of the output activation {fault.operation}"
        if fault.of_output
        else f"The gradient rule of {fault.operation} for argument {fault.argument + 1}"
    )
    much = "" if math.isnan(comparison.ratio) else f", {comparison.ratio:.3g} times as long as it should be"
    times = "once" if fault.steps == 1 else f"{fault.steps} times"
    return (
        f"{what} is not the derivative of what it computes (relative error {comparison.error:.2g}{much}); "
        f"applied {times}, first at {fault.address}."
    )


def _write(report: GradientReport) -> None:
    write_line(f"{'parameter':10} {'time':>5} {'entries':>11} {'relative error':>15} {'length ratio':>13}")
    for check in report.parameters:
        _write_row(check.name, "all", check.whole)
        for step in check.steps:
            _write_row("", "-" if step.time is None else str(step.time), step.comparison)
    if report.kinks:
        write_line(f"* {report.kinks} entries left out: the loss has a kink there (as ReLU at 0), so no derivative.")
    if report.is_sampled:
        write_line(_sample(report))
    write_line(f"{report.rules_checked} applications of gradient rules were checked one by one.")
    for fault in report.faults:
        write_line(blame(fault))
    if report.agrees:
        write_line(f"All gradients agree (relative error at most {TOLERANCE:g}, or within what differences can tell).")
    elif not report.faults:
        write_line("Every rule agrees by itself: the fault is in how contributions are passed on or added up.")


def _sample(report: GradientReport) -> str:
    """One sentence on what was looked at where it was not everything."""
    sample = report.sample
    times = f", at {len(sample.times)} of {sample.length} time steps" if sample.leaves_out_times else ""
    return (
        f"A sample was checked: at most {sample.of_parameter} entries of a parameter, and {sample.of_step} of what a "
        f"time step adds to its gradient{times}."
    )


def _write_row(name: str, time: str, comparison: Comparison) -> None:
    entries = f"{comparison.compared}/{comparison.entries}" + ("*" if comparison.kinks else "")
    verdict = "" if comparison.agrees else "  differs"
    ratio = "-" if math.isnan(comparison.ratio) else number(comparison.ratio)
    write_line(f"{name:10} {time:>5} {entries:>11} {comparison.error:>15.2e} {ratio:>13}{verdict}")


def _as_data(report: GradientReport) -> dict[str, Any]:
    return {
        "agrees": report.agrees,
        "tolerance": TOLERANCE,
        "sampled": report.is_sampled,
        "time_steps_checked": sorted(report.sample.times),
        "parameters": [
            {
                "name": check.name,
                "agrees": check.agrees,
                **_comparison(check.whole),
                "steps": [
                    {"time": step.time, "agrees": step.comparison.agrees, **_comparison(step.comparison)}
                    for step in check.steps
                ],
            }
            for check in report.parameters
        ],
        "rules_checked": report.rules_checked,
        "culprits": [_culprit(fault) for fault in report.faults],
    }


def _culprit(fault: RuleFault) -> dict[str, Any]:
    return {
        "name": OUTPUT_GRADIENT if fault.of_output else fault.operation,
        "operation": fault.operation,
        "argument": fault.argument + 1,
        "address": fault.address,
        "index": fault.index,
        "applications": fault.steps,
        "sentence": blame(fault),
    }


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {
        "relative_error": comparison.error,
        "length_ratio": comparison.ratio,
        "entries": comparison.entries,
        "compared": comparison.compared,
        "kinks": comparison.kinks,
    }
