"""Tapes for what is computed beside an iteration, such as the answers of a decoder that runs free."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

from engine.model import Parameters
from engine.tape import Tape
from engine.tensor import Tensor


@contextmanager
def scratch_tape(parameters: Parameters) -> Iterator[tuple[Tape, dict[str, Tensor]]]:
    """A tape that records, and the parameters on it. Its steps are let go of at the end; their values may be kept."""
    tape = Tape()
    try:
        with tape.recording(), np.errstate(all="ignore"):
            yield tape, {name: tape.parameter(name, value) for name, value in parameters.items()}
    finally:
        tape.release()
