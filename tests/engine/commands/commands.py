"""Runs a command as the command line does, without starting a process."""

import argparse
import json
from types import ModuleType
from typing import Any, NamedTuple

import pytest


class Answer(NamedTuple):
    """What a command returned and wrote."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output read as JSON, strictly: NaN and Infinity are not JSON."""
        return json.loads(self.out, parse_constant=_refuse)


def answer(command: ModuleType, capsys: pytest.CaptureFixture[str], *words: str) -> Answer:
    """Run ``command`` with these words."""
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    status = command.run(parser.parse_args(words))
    captured = capsys.readouterr()
    return Answer(status, captured.out, captured.err)


def _refuse(constant: str) -> None:
    raise AssertionError(f"{constant} in JSON")
