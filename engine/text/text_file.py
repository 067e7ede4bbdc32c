"""Text files that the user opens."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import Path

from engine.errors import FileError
from engine.text.encodings import decode
from engine.training.memory_need import readable_size

LARGEST = 64 * 2**20
"""Bytes of the largest file that is read."""


@dataclass(frozen=True, slots=True)
class TextFile:
    """What was read.

    Attributes:
        text: with line ends as ``\\n``.
        encoding: what the file turned out to be in, as Python calls it.
    """

    text: str
    encoding: str


def read_text_file(path: Path) -> TextFile:
    """Read a text in any of the encodings of engine/text/encodings.py.

    Raises:
        FileError: it cannot be read, is too large, empty, or no text.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise FileError("{file} is not a file with text.", file=str(path))
        if status.st_size > LARGEST:
            raise FileError(
                "{file} is too large: {size}, and at most {most} can be read; take a part of it.",
                file=str(path), size=readable_size(status.st_size), most=readable_size(LARGEST),
            )  # fmt: skip
        with path.open("rb") as file:
            data = file.read(LARGEST)
    except OSError as error:
        raise FileError(
            "{file} cannot be read: {problem}.", file=str(path), problem=error.strerror or str(error)
        ) from error
    return _as_text(path, data)


def _as_text(path: Path, data: bytes) -> TextFile:
    if not data.strip():
        raise FileError("{file} is empty.", file=str(path))
    found = decode(data)
    if found is None:
        if b"\0" in data:
            raise FileError("{file} holds binary data, not text.", file=str(path))
        raise FileError("{file} is in none of the known encodings: UTF-8, UTF-16, Shift-JIS, EUC-JP.", file=str(path))
    text = found.text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\x1a")
    if not text.strip():
        raise FileError("{file} is empty.", file=str(path))
    return TextFile(text, found.encoding)
