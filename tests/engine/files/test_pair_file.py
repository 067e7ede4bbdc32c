"""Tables of pairs: separators, encodings, headers, and what cannot be used."""

from pathlib import Path

import pytest

from engine.errors import FileError
from engine.files.pair_file import NO, YES, read_pairs


def written(folder: Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "pairs.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return path


ROWS = [("good morning, all", "おはよう、みなさん"), ("thank you", "ありがとう"), ("yes", "はい")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp932", "euc_jp", "iso2022_jp"])
def test_every_encoding(tmp_path: Path, encoding: str) -> None:
    text = "\n".join("\t".join(row) for row in ROWS)
    assert read_pairs(written(tmp_path, text, encoding)).pairs == tuple(ROWS)


@pytest.mark.parametrize("separator", ["\t", ",", ";"])
def test_every_separator(tmp_path: Path, separator: str) -> None:
    text = "\r\n".join(f"a{number}{separator}b{number}" for number in range(5))
    table = read_pairs(written(tmp_path, text))
    assert table.pairs == tuple((f"a{number}", f"b{number}") for number in range(5))
    assert table.names is None


def test_commas_of_sentences_and_stray_quotes_between_tabs(tmp_path: Path) -> None:
    text = '"Stop, he said\t止まれ\nNo, I "won\'t", ever\tいや\n'
    assert read_pairs(written(tmp_path, text)).pairs[0] == ('"Stop, he said', "止まれ")


def test_quotes_keep_commas_and_line_ends_of_a_cell_together(tmp_path: Path) -> None:
    text = '"one, two",a\n"three\nfour",b\n'
    assert read_pairs(written(tmp_path, text)).pairs == (("one, two", "a"), ("three four", "b"))


def test_a_first_row_of_names(tmp_path: Path) -> None:
    path = written(tmp_path, "Source,Target\nx1,y1\nx2,y2\n")
    assert read_pairs(path).names == ("Source", "Target")
    assert len(read_pairs(path).pairs) == 2
    assert len(read_pairs(path, NO).pairs) == 3
    other = written(tmp_path, "first,second\nx1,y1\nx2,y2\n")
    assert read_pairs(other).names is None
    assert read_pairs(other, YES).names == ("first", "second")


def test_what_is_left_out_is_counted(tmp_path: Path) -> None:
    text = "a\tb\n\na\tc\nd\t\n\te\nf\tg\th\nlonely\ni\tj\n"
    table = read_pairs(written(tmp_path, text))
    assert table.pairs == (("a", "b"), ("f", "g"), ("i", "j"))
    assert (table.one_sided, table.repeated, table.more_columns) == (3, 1, 1)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \n \n", "is empty"),
        (b"one\ntwo\nthree\n", "has one column; two are needed"),
        (b"one\ttwo\n", "too few pairs of a source and an answer: 1, and 2"),
        (b"source\ttarget\na\tb\n", "too few pairs of a source and an answer: 1"),
        (b"\x00\x01\x02\xff\t\x00", "binary data"),
        (b"a,b\n" + b"x" * 200_000 + b",y\n", "is no table"),
    ],
)
def test_a_bad_file_gives_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(FileError, match=sentence):
        read_pairs(written(tmp_path, content))


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be read"):
        read_pairs(tmp_path / "none.tsv")
    with pytest.raises(FileError, match="is not a file"):
        read_pairs(tmp_path)
