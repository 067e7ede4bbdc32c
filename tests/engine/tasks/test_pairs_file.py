"""Pairs of the user's own as a task, and the numbers in words that stand in for them."""

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.errors import BackstepError
from engine.randomness import generator
from engine.settings import Setting, SettingKind, Settings, declared
from engine.tasks.pairs_file import PairsFile
from engine.text.number_words import LARGEST, in_english, in_kanji
from engine.text.typed_text import TypedTextError

_RUN = (
    Setting("dtype", SettingKind.CHOICE, "float64", "Precision.", choices=("float64", "float32")),
    Setting("seed", SettingKind.INTEGER, 0, "Seed."),
)
TASK = PairsFile()


def settings_of(**values: Any) -> Settings:
    return Settings(declared(TASK.settings, _RUN), {"batch": 4, **values})


def file(folder: Path, *rows: str) -> str:
    path = folder / "own.tsv"
    path.write_text("".join(row + "\n" for row in rows), encoding="utf-8")
    return str(path)


def greetings(folder: Path, count: int = 20) -> str:
    return file(folder, *(f"good day number {number}\tこんにちは {number}" for number in range(count)))


@pytest.mark.parametrize(
    ("number", "english", "kanji"),
    [
        (0, "zero", "〇"), (10, "ten", "十"), (15, "fifteen", "十五"), (42, "forty two", "四十二"),
        (205, "two hundred and five", "二百五"), (1000, "one thousand", "千"),
        (1100, "one thousand one hundred", "千百"), (3011, "three thousand and eleven", "三千十一"),
        (9999, "nine thousand nine hundred and ninety nine", "九千九百九十九"),
    ],
)  # fmt: skip
def test_numbers_in_words(number: int, english: str, kanji: str) -> None:
    assert in_english(number) == english
    assert in_kanji(number) == kanji


def test_no_two_numbers_are_called_alike() -> None:
    for written in (in_english, in_kanji):
        assert len({written(number) for number in range(LARGEST + 1)}) == LARGEST + 1


@pytest.mark.parametrize("tokens", ["word", "space", "character"])
@pytest.mark.parametrize("reverse", [True, False])
@pytest.mark.parametrize("padding", ["read", "masked"])
def test_ids_can_be_read_back(tmp_path: Path, tokens: str, reverse: bool, padding: str) -> None:
    settings = settings_of(
        pairs_file=greetings(tmp_path), tokens=tokens, reversed=reverse, padding=padding, batch=18
    )
    batch = TASK.batch(settings, generator(0, "batch"), 0)
    held_out = TASK.examination(settings, generator(0, "examination"))
    met = set()
    for one in (batch, held_out):
        for source, answer in zip(one.inputs["x"].T, one.targets["d"].T, strict=True):
            text = TASK.source_text(source, settings), TASK.answer_text(answer, settings)
            if "<unk>" in "".join(text):
                continue  # a word of its own that is held out
            number = text[0].rsplit(" ", 1)[1]
            assert text[0] == f"good day number {number}"
            assert text[1].replace(" ", "") == f"こんにちは{number}"
            met.add(text)
    assert len(met) >= 18


def test_sizes_are_those_of_the_vocabulary() -> None:
    settings = settings_of()
    sizes, names, answers = TASK.sizes(settings), TASK.input_names(settings), TASK.answer_names(settings)
    assert (sizes.inputs, sizes.outputs) == (len(names), len(answers))
    assert (names[0], answers[sizes.end or 0], answers[sizes.start]) == ("<end>", "<end>", "<start>")
    assert sum(count.sum() for count in TASK.symbol_counts(settings)) == 9000 * (7 + 7)


def test_a_tenth_is_held_out_and_drawn_from_the_seed() -> None:
    settings = settings_of(pairs=100)
    pairs = TASK.pairs(settings)
    assert (len(pairs.sources), pairs.held_out) == (100, 10)
    assert not np.array_equal(pairs.sources, TASK.pairs(settings.changed(seed=1)).sources)


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    rows = [f"one two {number}\tx" for number in range(20)] + ["one one one one one\tx", "one\t", "one two 3\ty"]
    path = file(tmp_path, "source\ttarget", *rows)
    settings = settings_of(pairs_file=path, longest_source=4, vocabulary=6, pairs=15)
    said = " ".join(map(str, TASK.remarks(settings)))
    assert "15 pairs, 1 of them held out; 7 symbols in sources, 3 in answers." in said
    assert "read as names: source, target." in said
    assert "1 rows lack" in said
    assert "1 rows repeat" in said
    assert "more than asked for" in said
    assert "of 60 symbols became <unk>." in said
    assert "too long" in " ".join(map(str, TASK.remarks(settings.changed(pairs=0))))


def test_the_vocabulary_has_no_more_than_was_asked_for(tmp_path: Path) -> None:
    settings = settings_of(pairs_file=greetings(tmp_path), vocabulary=5)
    assert TASK.input_names(settings)[0] == "<end>"
    assert set(TASK.input_names(settings)) >= {"good", "day", "number", "<unk>"}
    assert len(TASK.input_names(settings)) == 6


def test_a_typed_text_is_cut_as_the_file_is(tmp_path: Path) -> None:
    settings = settings_of(pairs_file=greetings(tmp_path), vocabulary=5, reversed=False)
    typed = TASK.typed(" good  evening number 1 ", settings)
    assert typed.unknown == ("evening",) or set(typed.unknown) == {"evening", "1"}
    assert TASK.source_text(typed.batch.inputs["x"][:, 0], settings).startswith("good <unk> number")
    with pytest.raises(TypedTextError, match="Too long: 5 symbols, and at most 4"):
        TASK.typed("good day number 1 1", settings)
    with pytest.raises(TypedTextError, match="Not known here: evening"):
        TASK.typed("evening", settings_of())


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    settings = settings_of(pairs_file=greetings(tmp_path))
    before = len(TASK.pairs(settings).sources)
    path = Path(greetings(tmp_path, 30))
    stamp = path.stat().st_mtime_ns + 10_000_000
    os.utime(path, ns=(stamp, stamp))
    assert (before, len(TASK.pairs(settings).sources)) == (20, 30)


def test_nothing_left_is_said(tmp_path: Path) -> None:
    settings = settings_of(pairs_file=greetings(tmp_path), longest_source=2)
    with pytest.raises(BackstepError, match="Of 20 pairs 0 are left: sources may have 2 symbols"):
        TASK.sizes(settings)


def test_report_tells_right_from_wrong() -> None:
    settings = settings_of()
    batch = TASK.batch(settings, generator(0, "batch"), 0)
    told = np.eye(TASK.sizes(settings).outputs)[batch.targets["d"]]
    assert all("(not" not in line for line in TASK.report(told, batch))
    told[0, 0] = np.roll(told[0, 0], 1)
    first, *_ = TASK.report(told, batch)
    source, answer = batch.about["texts"][0]
    assert first.startswith(f"{source} -> ")
    assert first.endswith(f"(not {answer})")
