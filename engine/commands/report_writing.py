"""How commands write: text and JSON on standard output, progress on standard error."""

from __future__ import annotations

import json
import math
import sys
from typing import Any

from tqdm import tqdm


def write_line(text: str = "") -> None:
    """One line on standard output; a progress bar steps aside for it."""
    encoding = sys.stdout.encoding or "utf-8"
    # A terminal without Greek letters shows their codes; it gets no traceback.
    tqdm.write(text.encode(encoding, "backslashreplace").decode(encoding), file=sys.stdout)


def write_json(data: Any) -> None:
    """Data as JSON on standard output; numbers that are not finite, which JSON cannot write, become null."""
    ascii_only = (sys.stdout.encoding or "utf-8").lower().replace("-", "") != "utf8"
    sys.stdout.write(json.dumps(_finite(data), indent=2, ensure_ascii=ascii_only, allow_nan=False) + "\n")


def progress_bar(total: int, text: str) -> Any:
    """A progress bar on standard error; a context manager with ``update``."""
    # In a log file every redrawing is a line of its own.
    often = 0.1 if sys.stderr.isatty() else 2.0
    return tqdm(total=total, desc=text, file=sys.stderr, mininterval=often, dynamic_ncols=True, leave=False)


def number(value: float) -> str:
    """A number in a table."""
    return f"{value:.6g}"


def _finite(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _finite(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_finite(value) for value in data]
    if isinstance(data, float) and not math.isfinite(data):
        return None
    return data
