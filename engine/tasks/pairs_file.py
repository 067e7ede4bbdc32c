"""Pairs of the user's own, out of a file with two columns: the answer to each source is to be learned (systems B1).

Without a file, numbers in words and digits, of our own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from engine.files.chosen_file import ChosenFile, chosen_file
from engine.files.pair_file import AUTOMATIC, HEADERS, PairTable, read_pairs
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Remark
from engine.text.number_words import LARGEST, in_english, in_kanji
from engine.text.symbol_pairs import BATCH, PADDING, REVERSED, Pairs, SymbolPairs
from engine.text.tokens import TOKENS, cut_prefix
from engine.text.worded_pairs import WordedPairs, worded_pairs

Written = Callable[[int], str]
NUMBERS: Mapping[str, tuple[Written, Written]] = {
    "English to kanji": (in_english, in_kanji),
    "kanji to English": (in_kanji, in_english),
}
"""How numbers are written in sources and in answers, where there is no file."""


@dataclass(frozen=True, eq=False)
class _Data:
    table: PairTable
    worded: WordedPairs


class PairsFile(SymbolPairs):
    """See the module."""

    name = "pairs_file"
    sequences = "pairs"
    settings = (
        Setting(
            "pairs_file", SettingKind.FILE, "",
            "File with two columns, source and answer, with a tab or comma between; empty for numbers of our own.",
        ),
        Setting(
            "numbers", SettingKind.CHOICE, "English to kanji", "How numbers are written in sources and in answers.",
            choices=tuple(NUMBERS), only_with=("pairs_file", ("",)),
        ),
        Setting(
            "header", SettingKind.CHOICE, AUTOMATIC,
            "Whether the first row of the file has names; automatic: if they are usual ones (source, target …).",
            choices=HEADERS,
        ),
        TOKENS,
        Setting(
            "vocabulary", SettingKind.INTEGER, 0,
            "Most symbols of sources, and of answers: the most frequent; others become <unk>. 0 for no limit.",
            0, 1_000_000,
        ),
        Setting(
            "longest_source", SettingKind.INTEGER, 40,
            "Symbols of a source at most; pairs with longer ones are left out.",
            1, 1000,
        ),
        Setting(
            "longest_answer", SettingKind.INTEGER, 40,
            "Symbols of an answer at most; pairs with longer ones are left out.",
            1, 1000,
        ),
        Setting(
            "pairs", SettingKind.INTEGER, 10_000, "Number of pairs at most, a tenth of them held out; 0 for all.",
            0, 1_000_000,
        ),
        BATCH, REVERSED, PADDING,
    )  # fmt: skip

    def symbols(self, settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Those of the file."""
        return _data_of(settings).worded.symbols

    def lengths(self, settings: Settings) -> tuple[int, int]:
        """The longest there are."""
        pairs = _data_of(settings).worded.pairs
        return pairs.sources.shape[1], pairs.answers.shape[1]

    def pairs(self, settings: Settings) -> Pairs:
        """All pairs that are used."""
        return _data_of(settings).worded.pairs

    def way(self, settings: Settings) -> str:
        """As the user wants it."""
        return settings.text("tokens")

    def cut(self, text: str, settings: Settings) -> list[str]:
        """Cut as the sources are."""
        return cut_prefix(text, settings.text("tokens"), _data_of(settings).worded.sample)

    def unknown(self, settings: Settings) -> int | None:
        """``<unk>``, if the file has symbols that are not in the vocabulary."""
        return _data_of(settings).worded.unknown_id

    def remarks(self, settings: Settings) -> tuple[Remark, ...]:
        """What was read, and what was left out."""
        data = _data_of(settings)
        table, worded = data.table, data.worded
        made = [
            Remark(
                "{count} pairs, {held_out} of them held out; {sources} symbols in sources, {answers} in answers.",
                count=len(worded.pairs.sources), held_out=worded.pairs.held_out,
                sources=len(worded.symbols[0]), answers=len(worded.symbols[1]),
            )  # fmt: skip
        ]
        if table.names:
            first, second = table.names
            made.append(Remark("The first row is read as names: {first}, {second}.", first=first, second=second))
        if table.one_sided:
            made.append(Remark("{count} rows lack a source or an answer and were left out.", count=table.one_sided))
        if table.repeated:
            made.append(Remark("{count} rows repeat a source and were left out.", count=table.repeated))
        if table.more_columns:
            made.append(Remark("{count} rows have further columns, which are not read.", count=table.more_columns))
        if worded.too_long:
            made.append(Remark("{count} pairs are too long and were left out.", count=worded.too_long))
        if worded.left_over:
            made.append(Remark("{count} pairs are more than asked for and were left out.", count=worded.left_over))
        if worded.unknown[0]:
            unknown, every = worded.unknown
            made.append(Remark("{count} of {every} symbols became <unk>.", count=unknown, every=every))
        return tuple(made)


def _data_of(settings: Settings) -> _Data:
    """The pairs that settings ask for.

    Raises:
        FileError: the file cannot be read. PairsError: nothing is left of it.
    """
    file = chosen_file(settings, "pairs_file")
    table = _own_table(settings.text("numbers")) if file is None else _read(file, settings.text("header"))
    return _data(
        table, settings.text("tokens"), settings.integer("vocabulary"),
        (settings.integer("longest_source"), settings.integer("longest_answer")), settings.integer("pairs"),
        settings.integer("seed"),
    )  # fmt: skip


@lru_cache(maxsize=4)
def _read(file: ChosenFile, header: str) -> PairTable:
    return read_pairs(file.path, header)


@lru_cache(maxsize=4)
def _own_table(numbers: str) -> PairTable:
    source, answer = NUMBERS[numbers]
    pairs = tuple((source(number), answer(number)) for number in range(LARGEST + 1))
    return PairTable(numbers, pairs, None, 0, 0, 0)


@lru_cache(maxsize=4)
def _data(table: PairTable, cut: str, vocabulary: int, longest: tuple[int, int], most: int, seed: int) -> _Data:
    return _Data(table, worded_pairs(table.pairs, cut, vocabulary, longest, most, seed))


TASKS.add(PairsFile.name, PairsFile())
