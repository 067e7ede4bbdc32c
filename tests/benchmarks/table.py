"""The benchmarks as a table of ratios; ``python main.py bench``."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator

from tests.benchmarks.engine_speed import engine_rows
from tests.benchmarks.graph_speed import graph_rows
from tests.benchmarks.row import Missing, Row
from tests.benchmarks.screen_speed import opening_rows, screen_rows
from tests.benchmarks.start_up import start_up_rows

GROUPS: dict[str, Callable[[], Iterator[Row | Missing]]] = {
    "engine": engine_rows,
    "screen": screen_rows,
    "opening": opening_rows,
    "graph": graph_rows,
    "start": start_up_rows,
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of ``bench``."""
    parser.add_argument("--json", action="store_true", help="print the rows as JSON")
    parser.add_argument("--only", choices=list(GROUPS), help="measure one group")


def run(arguments: argparse.Namespace) -> int:
    """Measure and print; exit status 0 whatever the figures: a benchmark is no test."""
    rows: list[Row | Missing] = []
    for name, measure in GROUPS.items():
        if arguments.only in (None, name):
            for row in measure():
                rows.append(row)
                if not arguments.json:
                    sys.stdout.write(_line(row) + "\n")
                    sys.stdout.flush()
    if arguments.json:
        json.dump([_json(row) for row in rows], sys.stdout, indent=2)
        sys.stdout.write("\n")
    return 0


def _json(row: Row | Missing) -> dict[str, object]:
    return row.as_json() if isinstance(row, Row) else {"what": row.what, "not_measured": row.reason}


def _line(row: Row | Missing) -> str:
    if isinstance(row, Missing):
        return f"{row.what}\n    not measured: {row.reason}"
    verdict = "met" if row.met else "NOT MET"
    return (
        f"{row.what}\n    {row.ours:.3f} ms  against {row.peer:.3f} ms ({row.peer_name}):"
        f"  ratio {row.ratio:.2f}, bar {row.bar:g}: {verdict}"
    )
