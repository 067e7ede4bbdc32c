"""Pairs of texts out of a table with two columns, source and answer, and what of it could not be used."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.errors import FileError
from engine.files.table_file import separator_of, table_rows
from engine.text.text_file import read_text_file

AUTOMATIC, YES, NO = "automatic", "yes", "no"
HEADERS = (AUTOMATIC, YES, NO)
_NAMES = frozenset({
    "source", "src", "input", "question", "q", "from", "text", "x", "english", "en", "japanese", "ja", "source text",
    "target", "tgt", "output", "answer", "a", "to", "translation", "y", "label", "原文", "訳文", "入力", "出力",
    "質問", "回答", "英語", "日本語", "正解", "答え",
})  # fmt: skip
FEWEST = 2
"""Pairs: one to learn, one to be judged on."""


@dataclass(frozen=True, eq=False)
class PairTable:
    """What was read.

    Attributes:
        file: its name.
        pairs: sources with their answers, in the order of the file; no source is there twice.
        names: of the two columns, where the first row has them.
        one_sided: rows with only one of the two.
        repeated: rows whose source was there before.
        more_columns: rows with further columns, which are not read.
    """

    file: str
    pairs: tuple[tuple[str, str], ...]
    names: tuple[str, str] | None
    one_sided: int
    repeated: int
    more_columns: int


def read_pairs(path: Path, header: str = AUTOMATIC) -> PairTable:
    """Read a table with a tab, comma or semicolon between its columns.

    Args:
        header: whether the first row has names; ``automatic``: if both are usual ones, such as source and target.

    Raises:
        FileError: it cannot be read, or has fewer than FEWEST pairs.
    """
    text = read_text_file(path).text
    tabs = _has_tabs(text)
    rows = table_rows(text, "\t" if tabs else separator_of(text), path, quoted=not tabs)
    if max((len(row) for row in rows), default=0) < 2:
        raise FileError(
            "{file} has one column; two are needed, a source and its answer, with a tab or a comma between them.",
            file=str(path),
        )
    names = _names(rows[0], header)
    found: dict[str, str] = {}
    one_sided = repeated = more_columns = 0
    for row in rows[1:] if names else rows:
        source, answer = (" ".join(cell.split()) for cell in (*row, "")[:2])
        more_columns += any(cell.strip() for cell in row[2:])
        if not source or not answer:
            one_sided += 1
        elif source in found:
            repeated += 1
        else:
            found[source] = answer
    if len(found) < FEWEST:
        raise FileError(
            "{file} has too few pairs of a source and an answer: {count}, and {least} are needed at least.",
            file=str(path), count=len(found), least=FEWEST,
        )  # fmt: skip
    return PairTable(path.name, tuple(found.items()), names, one_sided, repeated, more_columns)


def _has_tabs(text: str) -> bool:
    """Whether tabs are what stands between columns: sentences have commas of their own."""
    lines = [line for line in text.splitlines()[:20] if line.strip()]
    return 2 * sum("\t" in line for line in lines) > len(lines)


def _names(row: list[str], header: str) -> tuple[str, str] | None:
    first, second = (cell.strip() for cell in (*row, "")[:2])
    usual = first.lower() in _NAMES and second.lower() in _NAMES and first.lower() != second.lower()
    return (first, second) if header == YES or (header == AUTOMATIC and usual) else None
