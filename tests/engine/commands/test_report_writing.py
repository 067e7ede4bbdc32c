"""What commands write, where letters or numbers are missing."""

import io
import json
import math
import sys

import pytest

from engine.commands.report_writing import write_json, write_line


@pytest.fixture
def ascii_terminal(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, "ascii", write_through=True))
    return raw


def test_a_terminal_without_greek_gets_codes(ascii_terminal: io.BytesIO) -> None:
    write_line("δ_out")
    assert ascii_terminal.getvalue() == b"\\u03b4_out\n"


def test_json_stays_json_there(ascii_terminal: io.BytesIO) -> None:
    write_json({"ja": "足し算"})
    assert json.loads(ascii_terminal.getvalue()) == {"ja": "足し算"}


def test_json_has_null_for_what_is_not_finite(capsys: pytest.CaptureFixture[str]) -> None:
    write_json({"loss": math.nan, "norms": [1.0, math.inf]})
    assert json.loads(capsys.readouterr().out) == {"loss": None, "norms": [1.0, None]}
