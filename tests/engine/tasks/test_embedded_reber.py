"""Strings of the embedded Reber grammar, judged by a regular expression that says the same."""

import re

import numpy as np

from engine.task import TASKS, Batch
from engine.tasks.embedded_reber import SYMBOLS
from tests.engine.tasks.drawn import drawn, examined

TASK = TASKS["embedded_reber"]
# After T: loop S, then X, and from there S ends the string or X leads into the other half; after P the like.
_LOWER = "T*V(PXT*V)*(V|PS)"
_INNER = rf"B(TS*X(S|X{_LOWER})|P{_LOWER})E"
_STRING = re.compile(rf"B(T{_INNER}T|P{_INNER}P)E")


def strings(batch: Batch) -> list[str]:
    return ["".join(SYMBOLS[symbol] for symbol in row if symbol >= 0) for row in batch.about["symbols"]]


def test_every_string_is_one_of_the_grammar_and_not_too_long() -> None:
    texts = strings(drawn("embedded_reber", batch=400, longest=25))
    assert all(_STRING.fullmatch(text) for text in texts), [text for text in texts if not _STRING.fullmatch(text)]
    assert max(map(len, texts)) <= 25
    assert len(set(texts)) > 50


def test_the_marks_are_the_symbols_that_may_follow_what_was_read() -> None:
    batch = drawn("embedded_reber", batch=400, longest=40)
    followers: dict[str, set[str]] = {}
    for text in strings(drawn("embedded_reber", seed=1, batch=4000, longest=40)):
        for end in range(1, len(text)):
            followers.setdefault(text[:end], set()).add(text[end])
    for row, text in enumerate(strings(batch)):
        for t in range(len(text) - 1):
            marked = {SYMBOLS[i] for i in np.flatnonzero(batch.targets["d"][t, row])}
            assert text[t + 1] in marked
            assert followers.get(text[: t + 1], set()) <= marked
            assert len(marked) <= 2
        assert {SYMBOLS[i] for i in np.flatnonzero(batch.targets["d"][len(text) - 3, row])} == {text[1]}


def test_padding_is_neither_read_nor_asked() -> None:
    batch = drawn("embedded_reber", batch=8)
    assert batch.mask is not None
    for row, text in enumerate(strings(batch)):
        assert batch.mask[:, row].sum() == len(text) - 1
        assert not batch.inputs["x"][len(text) - 1 :, row].any()


def test_one_wrong_mark_makes_a_string_wrong() -> None:
    batch = examined("embedded_reber")
    assert batch.mask is not None
    told = np.where(batch.mask[..., np.newaxis] > 0, batch.targets["d"] * 0.8 + 0.1, np.nan)
    assert TASK.score(told, batch).right == batch.size
    told[0, 3] = 1 - told[0, 3]
    assert TASK.score(told, batch).right == batch.size - 1
