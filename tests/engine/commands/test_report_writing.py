"""What commands write, where letters or numbers are missing."""

import io
import json
import math
import sys
from collections.abc import Callable

import pytest

from engine.commands.report_writing import write_json, write_line


def on_ascii(monkeypatch: pytest.MonkeyPatch, write: Callable[[], None]) -> bytes:
    """What ``write`` puts on a terminal that knows no letters but English ones."""
    raw = io.BytesIO()
    terminal = io.TextIOWrapper(raw, "ascii", newline="\n", write_through=True)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", terminal)
        write()
    terminal.flush()
    return raw.getvalue()


def test_a_terminal_without_greek_gets_codes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert on_ascii(monkeypatch, lambda: write_line("δ_out")) == b"\\u03b4_out\n"


def test_json_stays_json_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert json.loads(on_ascii(monkeypatch, lambda: write_json({"ja": "足し算"}))) == {"ja": "足し算"}


def test_json_has_null_for_what_is_not_finite(capsys: pytest.CaptureFixture[str]) -> None:
    write_json({"loss": math.nan, "norms": [1.0, math.inf]})
    assert json.loads(capsys.readouterr().out) == {"loss": None, "norms": [1.0, None]}
