"""Parts of speech."""

import numpy as np

from engine.scoring import one_hot
from engine.task import TASKS, Batch
from engine.tasks.tagging import TAGS, WORDS
from tests.engine.tasks.drawn import drawn, examined

TASK = TASKS["tagging"]


def tags_by_context() -> dict[tuple[str, ...], set[str]]:
    """The tags that a word was seen with after the same words, whatever came next."""
    batch = drawn("tagging", batch=3000)
    seen: dict[tuple[str, ...], set[str]] = {}
    for row, words in enumerate(batch.about["words"]):
        for t, tag in enumerate(batch.targets["d"][:, row]):
            if tag >= 0:
                seen.setdefault(tuple(WORDS[word] for word in words[: t + 1]), set()).add(TAGS[tag])
    return seen


def test_some_words_cannot_be_told_from_what_came_before() -> None:
    seen = tags_by_context()
    assert seen["the", "light"] == {"noun", "adjective"}
    assert seen["the", "dog"] == {"noun"}
    assert any(tags == {"determiner", "pronoun"} for words, tags in seen.items() if words[-1] == "her")


def test_the_whole_sentence_decides_every_tag() -> None:
    batch = examined("tagging")
    tagged: dict[tuple[int, ...], tuple[int, ...]] = {}
    for row, words in enumerate(batch.about["words"].tolist()):
        tags = tuple(tag for tag in batch.targets["d"][:, row].tolist() if tag >= 0)
        assert tagged.setdefault(tuple(words[: len(tags)]), tags) == tags


def test_a_sentence_is_right_if_every_word_is() -> None:
    batch = drawn("tagging", batch=5)
    told = one_hot(np.maximum(batch.targets["d"], 0), len(TAGS), np.dtype(float)) * 0.9 + 0.01
    assert TASK.score(told, batch).right == 5
    told[0, 2] = np.roll(told[0, 2], 1)
    assert TASK.score(told, batch).right == 4
    assert "(not determiner)" in TASK.report(told[:, 2:], drawn_from(batch, 2))[0]


def drawn_from(batch: Batch, first: int) -> Batch:
    """The batch from one row on."""
    about = {name: rows[first:] for name, rows in batch.about.items()}
    return Batch({"x": batch.inputs["x"][:, first:]}, {"d": batch.targets["d"][:, first:]}, about)
