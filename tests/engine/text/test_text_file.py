"""Text files are read; what is none is refused in one sentence."""

import os
from pathlib import Path

import pytest

from engine.errors import FileError
from engine.text import text_file
from engine.text.text_file import read_text_file


def written(folder: Path, data: bytes) -> Path:
    path = folder / "mine.txt"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp"])
def test_a_text_is_read_whatever_its_encoding_and_line_ends(tmp_path: Path, encoding: str) -> None:
    read = read_text_file(written(tmp_path, "私は猫です。\r\n名前はまだありません。\r".encode(encoding)))
    assert read.text == "私は猫です。\n名前はまだありません。\n"
    assert read.encoding == encoding.removesuffix("-sig")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty."),
        (b" \n\t\n", "is empty."),
        ("\ufeff \n".encode(), "is empty."),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00", "holds binary data, not text."),
        (b"na\xefve caf\xe9 \xff", "is in none of the known encodings: UTF-8, UTF-16, Shift-JIS, EUC-JP."),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes, sentence: str) -> None:
    with pytest.raises(FileError) as caught:
        read_text_file(written(tmp_path, data))
    assert str(caught.value) == f"{tmp_path / 'mine.txt'} {sentence}"


def test_a_large_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = written(tmp_path, b"")
    os.truncate(path, text_file.LARGEST + 1)
    with pytest.raises(FileError, match=r"is too large: 64.0 MiB, and at most 64.0 MiB can be read"):
        read_text_file(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="is not a file with text"):
        read_text_file(tmp_path)
    with pytest.raises(FileError, match=r"absent.txt cannot be read: No such file or directory\."):
        read_text_file(tmp_path / "absent.txt")
    with pytest.raises(FileError, match="cannot be read"):
        read_text_file(tmp_path / ("long" * 100))
