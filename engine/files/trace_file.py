"""Trace files: one iteration with everything in it, as plain NumPy arrays.

| array | shape | |
|---|---|---|
| ``param/<name>`` | as the parameter | before the update |
| ``grad/<name>`` | as the parameter | gradient of the loss, before clipping |
| ``input/<name>``, ``target/<name>``, ``output/<name>`` | (T, N, width) | without T where there are no time steps |
| ``state/<name>`` | (T, N, H) | after each time step 1 … T; the state before the first is not among them |
| ``gate/<name>``, ``attention/<name>`` | (T, N, width) | of a Transformer ([T,] N, heads, T', S), by place |
| ``loss`` | scalar | |
| ``meta`` | scalar text | JSON: lesson, iteration, settings, steps |

Each step of ``meta`` has address, operation (null for what was given), inputs (tape indices), shape, symbol and role.
"""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np

from engine.address import addresses
from engine.analysis.series import parameters, series, timeless
from engine.errors import FileError
from engine.lesson import Lesson
from engine.settings import Settings
from engine.tape import Tape
from engine.tensor import Array, Role

_SERIES = (Role.INPUT, Role.TARGET, Role.OUTPUT, Role.STATE, Role.GATE, Role.ATTENTION)


def trace_arrays(lesson: Lesson, settings: Settings, iteration: int, tape: Tape) -> dict[str, Array]:
    """The arrays of a trace file by name (see the module)."""
    arrays: dict[str, Array] = {}
    for name, index in parameters(tape).items():
        value, gradient = np.asarray(tape.steps[index].value), tape.gradient(index)
        arrays[f"param/{name}"] = value
        arrays[f"grad/{name}"] = np.zeros_like(value) if gradient is None else gradient
    for role in _SERIES:
        found = series(tape, role)
        if role is not Role.STATE:
            found |= timeless(tape, role, found)
        arrays.update({f"{role.value}/{name}": values for name, values in found.items()})
    arrays["loss"] = np.asarray(tape.steps[tape.loss].value)
    arrays["meta"] = np.array(json.dumps(_meta(lesson, settings, iteration, tape), ensure_ascii=False))
    return arrays


def write_trace(path: Path, arrays: dict[str, Array]) -> None:
    """Write a trace file; it appears under its name when it is complete, and an older one stays until then.

    Raises:
        FileError: it cannot be written.
    """
    check_place(path)
    beside = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
            beside = Path(file.name)
            np.savez_compressed(file, allow_pickle=False, **arrays)
        _let_others_read(beside)
        os.replace(beside, path)
    except OSError as error:
        raise FileError(
            "{file} cannot be written: {problem}.", file=str(path), problem=error.strerror or str(error)
        ) from error
    finally:
        if beside is not None:
            beside.unlink(missing_ok=True)


def check_place(path: Path) -> None:
    """Refuse a place where no file can be written, before anything long is computed for it.

    Raises:
        FileError: the folder is missing or may not be written to, or the place is a folder.
    """
    if path.is_dir():
        raise FileError("{file} is a folder: name a file in it.", file=str(path))
    if not path.parent.is_dir():
        raise FileError("{file} cannot be written: there is no folder {folder}.", file=str(path), folder=path.parent)
    if not os.access(path.parent, os.W_OK):
        raise FileError("{file} cannot be written: {problem}.", file=str(path), problem=os.strerror(13))


def _let_others_read(path: Path) -> None:
    """Temporary files are private; the finished one has the rights that any new file would have."""
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def _meta(lesson: Lesson, settings: Settings, iteration: int, tape: Tape) -> dict[str, Any]:
    names = addresses(tape)
    return {
        "lesson": lesson.id,
        "iteration": iteration,
        "settings": dict(settings),
        "steps": [
            {
                "address": names[step.index],
                "operation": step.operation.name if step.operation is not None else None,
                "inputs": [tensor.index for tensor in step.inputs],
                "shape": list(step.shape),
                "symbol": step.symbol,
                "role": step.role.value,
            }
            for step in tape.steps
        ],
    }
