"""What a gradient check says in words: its verdict, and what is read of one gradient."""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.analysis.check_sample import CheckSample
from engine.analysis.comparison import Comparison
from engine.analysis.gradient_check import RuleFault
from gui.appearance import Appearance
from gui.checked_gradients import CheckedCell, CheckedGradients
from gui.views.number_text import number_text, power_text

AGREES, DIFFERS, KINK = "✓", "✗", "*"


def verdict(checked: CheckedGradients, appearance: Appearance) -> tuple[str, str]:
    """(kind of sentence: "good" or "error", the sentence)."""
    say = appearance.say
    if checked.refusal is not None:
        return "error", appearance.say_error(checked.refusal)
    if checked.report is None or checked.agrees:
        return "good", say("{sign} All gradients agree: the relative error is at most {error}.",
                           sign=AGREES, error=number_text(checked.largest_error, 2))  # fmt: skip
    faults = checked.report.faults
    if not faults:
        return "error", say("{sign} The gradients differ, although every rule agrees by itself: the fault is in how"
                            " contributions are passed on or added up.", sign=DIFFERS)  # fmt: skip
    return "error", f"{DIFFERS} {joined([blame(fault, appearance) for fault in faults], appearance)}"


def blame(fault: RuleFault, appearance: Appearance) -> str:
    """The sentence that names a wrong rule and what it spoils."""
    say, comparison = appearance.say, fault.comparison
    much = say("relative error {error}", error=number_text(comparison.error, 2))
    if math.isfinite(comparison.ratio):
        much = say("relative error {error}, {ratio} times as long as it should be",
                   error=number_text(comparison.error, 2), ratio=number_text(comparison.ratio, 2))  # fmt: skip
    if fault.of_output:
        return say("δ_out is wrong: the gradient rule of the output activation {operation} is not the derivative of"
                   " what it computes ({much}; {count} times in all).",
                   operation=fault.operation, much=much, count=fault.steps)  # fmt: skip
    return say("The gradient rule of {operation} for argument {argument} is not the derivative of what it computes"
               " ({much}; {count} times in all).",
               operation=fault.operation, argument=fault.argument + 1, much=much, count=fault.steps)  # fmt: skip


def sample_text(sample: CheckSample, appearance: Appearance) -> str:
    """What was looked at, where it was not everything."""
    counts = {"entries": sample.of_parameter, "step_entries": sample.of_step}
    if not sample.leaves_out_times:
        return appearance.say("A sample was checked: at most {entries} entries of a parameter, and {step_entries} of"
                              " what a time step adds to its gradient.", **counts)  # fmt: skip
    return appearance.say("A sample was checked: at most {entries} entries of a parameter, and {step_entries} of what a"
                          " time step adds to its gradient, at {times} of {length} time steps.",
                          **counts, times=len(sample.times), length=sample.length)  # fmt: skip


def joined(sentences: Sequence[str], appearance: Appearance) -> str:
    """Sentences one after the other."""
    return ("" if appearance.language == "ja" else " ").join(sentences)


def error_text(cell: CheckedCell) -> str:
    """The relative error with its marks: ``✓ 3.1×10⁻¹⁰``, ``✗ 7.93``, ``*`` where nothing could be compared."""
    comparison = cell.comparison
    kink = KINK if comparison.kinks else ""
    if not comparison.compared:
        return kink or "–"
    sign = AGREES if comparison.agrees else DIFFERS
    return f"{sign} {_short(comparison.error)}{kink}"


def _short(error: float) -> str:
    """Two digits: a relative error is read for its power of ten."""
    if not 0 < error < 1e-2:
        return number_text(error, 1)
    mantissa, exponent = f"{error:.1e}".split("e")
    return f"{mantissa}×{power_text(int(exponent))}"


def norm_text(cell: CheckedCell) -> str:
    """The length of the analytic gradient."""
    return number_text(cell.norm, 3)


def ratio_text(cell: CheckedCell) -> str:
    """How many times as long as the numeric gradient it is."""
    ratio = cell.comparison.ratio
    return "–" if math.isnan(ratio) else f"× {number_text(ratio, 3)}"


def reading(cell: CheckedCell, name: str, appearance: Appearance) -> str:
    """All there is to say of one gradient."""
    say, comparison = appearance.say, cell.comparison
    lines = [name, say("relative error {error}", error=error_text(cell)), say("norm {norm}", norm=norm_text(cell)),
             say("ratio of the norms {ratio}", ratio=ratio_text(cell)), _extent(comparison, appearance)]  # fmt: skip
    return "\n".join(lines)


def _extent(comparison: Comparison, appearance: Appearance) -> str:
    compared = appearance.say("{compared} of {entries} entries compared", compared=comparison.compared,
                              entries=comparison.entries)  # fmt: skip
    if not comparison.kinks:
        return compared
    left_out = appearance.say("{sign} {count} left out: a kink of the loss", sign=KINK, count=comparison.kinks)
    return f"{compared}\n{left_out}"
