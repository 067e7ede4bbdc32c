"""Additions and dates in characters."""

import datetime
import re
from typing import Any

import numpy as np
import pytest

from engine.randomness import generator
from engine.scoring import one_hot
from engine.settings import Setting, SettingKind, Settings, declared
from engine.task import TASKS, Batch, NamesSymbols, Task
from engine.tasks import date_formats
from engine.tasks.date_formats import FIRST, KINDS, LAST, kinds_of

_RUN = (
    Setting("dtype", SettingKind.CHOICE, "float64", "Precision.", choices=("float64", "float32")),
    Setting("seed", SettingKind.INTEGER, 0, "Seed."),
)
NAMES = ("integer_addition", "date_formats")


def settings_of(task: Task, **values: object) -> Settings:
    return Settings(declared(task.settings, _RUN), {"examples": 400, "batch": 20, **values})


def drawn(name: str, iteration: int = 0, /, **values: object) -> Batch:
    task = TASKS[name]
    return task.batch(settings_of(task, **values), generator(0, "batch", iteration), iteration)


def examined(name: str, **values: object) -> Batch:
    task = TASKS[name]
    return task.examination(settings_of(task, **values), generator(0, "examination"))


def texts(name: str, given: Batch, **values: object) -> list[tuple[str, str]]:
    """Sources and answers, as they are read on the screen."""
    task = TASKS[name]
    assert isinstance(task, NamesSymbols)
    settings = settings_of(task, **values)
    sources = given.inputs["x"][::-1] if settings.switch("reversed") else given.inputs["x"]
    pairs = []
    for source, answer in zip(sources.T, given.targets["d"].T, strict=True):
        words = [
            "".join(names[one] for one in ids if one >= 0).replace("␣", " ").rstrip()
            for names, ids in ((task.input_names(settings), source), (task.answer_names(settings), answer))
        ]
        pairs.append((words[0], words[1]))
    return pairs


@pytest.mark.parametrize("values", [{}, {"reversed": False}, {"padding": "masked"}, {"digits": 1}, {"digits": 9}])
def test_sums_are_right(values: dict[str, Any]) -> None:
    for question, answer in texts("integer_addition", drawn("integer_addition", **values), **values):
        one, other = question.split("+")
        assert int(one) + int(other) == int(answer)


def test_lengths_are_those_of_the_course() -> None:
    batch = drawn("integer_addition")
    assert batch.inputs["x"].shape == (7, 20)
    assert batch.targets["d"].shape == (4, 20)  # "_1998" without what the decoder reads first
    dates = drawn("date_formats")
    assert dates.inputs["x"].shape == (29, 20)
    assert dates.targets["d"].shape == (10, 20)


def test_sizes_say_what_the_decoder_reads_first() -> None:
    for name in NAMES:
        task = TASKS[name]
        settings = settings_of(task)
        assert isinstance(task, NamesSymbols)
        assert task.answer_names(settings)[task.sizes(settings).start] == "_"
        assert len(task.input_names(settings)) == task.sizes(settings).inputs
        assert len(task.answer_names(settings)) == task.sizes(settings).outputs


def test_the_ways_to_write_a_date() -> None:
    day = datetime.date(1994, 9, 27)
    written = {kind(day) for kind in kinds_of("all")}
    assert {
        "September 27, 1994", "september 27, 1994", "TUESDAY, SEPTEMBER 27, 1994", "Sep 27, 1994", "SEP 27, 1994",
        "9/27/94", "1994年9月27日", "1994年9月27日(火)", "平成6年9月27日",
    } <= written  # fmt: skip
    assert len(written) >= 10


@pytest.mark.parametrize(
    ("day", "era"),
    [
        ((1989, 1, 7), "昭和64年1月7日"), ((1989, 1, 8), "平成元年1月8日"), ((2019, 4, 30), "平成31年4月30日"),
        ((2019, 5, 1), "令和元年5月1日"), ((2020, 2, 29), "令和2年2月29日"), ((1970, 1, 1), "昭和45年1月1日"),
    ],
)  # fmt: skip
def test_eras(day: tuple[int, int, int], era: str) -> None:
    assert KINDS["japanese"][-1](datetime.date(*day)) == era


def test_dates_mean_what_is_asked() -> None:
    months = [datetime.date(2000, month, 1).strftime("%B") for month in range(1, 13)]
    for written, answer in texts("date_formats", drawn("date_formats", batch=200)):
        day = datetime.date.fromisoformat(answer)
        assert FIRST <= day <= LAST
        assert written in {kind(day) for kind in kinds_of("all")}
        english = re.match(r"([A-Za-z]+) (\d+), (\d+)$", written)
        if english:
            assert months[day.month - 1].lower().startswith(english[1].lower())
            assert (day.day, day.year) == (int(english[2]), int(english[3]))


@pytest.mark.parametrize("formats", ["all", *KINDS])
def test_every_character_and_length_has_its_place(formats: str) -> None:
    alphabet, length = date_formats.alphabet_of(formats)
    for number in range((LAST - FIRST).days + 1):
        for kind in kinds_of(formats):
            text = kind(FIRST + datetime.timedelta(days=number))
            assert set(text) <= set(alphabet)
            assert len(text) <= length


@pytest.mark.parametrize("name", NAMES)
def test_an_epoch_is_every_example_once_and_none_that_is_held_out(name: str) -> None:
    first, second = ([texts(name, drawn(name, epoch * 18 + k)) for k in range(18)] for epoch in range(2))
    held_out = texts(name, examined(name))
    assert len(held_out) == 40
    learned = [pair for batch in first for pair in batch]
    assert len(set(learned)) == 360
    assert not set(learned) & set(held_out)
    assert {pair for batch in second for pair in batch} == set(learned)
    assert second != first


@pytest.mark.parametrize("name", NAMES)
def test_an_iteration_can_be_drawn_again(name: str) -> None:
    one, other = drawn(name, 7), drawn(name, 7)
    assert np.array_equal(one.inputs["x"], other.inputs["x"])
    assert np.array_equal(one.about["chance"], other.about["chance"])
    assert texts(name, drawn(name, seed=5), seed=5) != texts(name, drawn(name))


@pytest.mark.parametrize("reverse", [True, False])
def test_padding_is_masked_and_blanks_between_words_are_not(reverse: bool) -> None:
    values: dict[str, Any] = {"padding": "masked", "reversed": reverse, "formats": "english", "batch": 100}
    batch = drawn("date_formats", **values)
    assert batch.mask is not None
    assert ((batch.inputs["x"] < 0) == (batch.mask == 0)).all()
    real = batch.mask[::-1] if reverse else batch.mask
    assert (np.diff(real, axis=0) <= 0).all()
    blanks = (batch.inputs["x"] == 0).sum(axis=0)
    written = texts("date_formats", batch, **values)
    assert [text.count(" ") for text, _ in written] == blanks.tolist()


def test_after_the_blank_that_ends_an_answer_nothing_is_asked() -> None:
    batch = drawn("integer_addition", padding="masked", batch=100)
    for ids, (_, answer) in zip(batch.targets["d"].T, texts("integer_addition", batch, padding="masked"), strict=True):
        end = len(answer)
        assert (ids[:end] > 0).all()
        assert (ids[end : end + 1] == 0).all()
        assert (ids[end + 1 :] == -1).all()


def test_more_examples_are_asked_for_than_there_are() -> None:
    batch = examined("integer_addition", digits=1, examples=5000)
    assert batch.size == 10


@pytest.mark.parametrize("name", NAMES)
def test_an_answer_is_right_if_every_character_is(name: str) -> None:
    task, batch = TASKS[name], drawn(name)
    told = one_hot(batch.targets["d"], task.sizes(settings_of(task)).outputs, np.dtype(float)) * 0.9 + 0.005
    assert task.score(told, batch).right == 20
    assert task.score(told, batch).mean_loss < 0.2
    told[1, 0] = np.roll(told[1, 0], 1)
    assert task.score(told, batch).right == 19
    first, second, third = task.report(told, batch)
    source, answer = texts(name, batch)[0]
    assert first.startswith(f"{source} -> ")
    assert first.endswith(f"(not {answer})")
    assert "(not" not in second + third
