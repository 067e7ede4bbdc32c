"""Dialogues: only the first utterance says what the last one has to be; what is held out; batches and scores."""

from collections import Counter, defaultdict

import numpy as np
import pytest

from engine.lesson import lesson_named
from engine.ops.lookups import NOTHING
from engine.scoring import one_hot
from engine.settings import Settings, Value
from engine.task import TASKS, Batch
from engine.tasks.dialogues import DialogueTask
from engine.text.dialogue_grammar import LANGUAGES, START, dialogues, vocabulary_of
from engine.text.tokens import END
from engine.text.vocabulary import Vocabulary

TASK = TASKS["dialogues"]


def settings(**values: Value) -> Settings:
    return lesson_named("hred-dialogues").settings.changed(**{"examples": 400, "batch": 8, **values})


def told(language: str, count: int = 2000) -> list[list[str]]:
    """Dialogues as utterances."""
    words = vocabulary_of(language)
    drawn = dialogues(language, count, 0).words.tolist()
    return [[_told(words, utterance) for utterance in dialogue if utterance[0] != NOTHING] for dialogue in drawn]


def _told(words: Vocabulary, utterance: list[int]) -> str:
    return " ".join(words.read(one for one in utterance if one != NOTHING))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_said_before_says_what_is_right_and_the_last_utterance_does_not(language: str) -> None:
    all_of_it: defaultdict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    last_alone: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for dialogue in told(language):
        all_of_it[tuple(dialogue[:-1])][dialogue[-1]] += 1
        last_alone[dialogue[-2]][dialogue[-1]] += 1
    assert all(len(answers) == 1 for answers in all_of_it.values())
    guessed = sum(answers.most_common(1)[0][1] for answers in last_alone.values())
    assert guessed < 0.3 * len(told(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_dialogues_are_short_and_differ(language: str) -> None:
    drawn = told(language)
    assert len({tuple(dialogue) for dialogue in drawn}) == len(drawn) == 2000
    assert {len(dialogue) for dialogue in drawn} == {3, 4}
    assert all(utterance.endswith(END) for dialogue in drawn for utterance in dialogue)
    words = vocabulary_of(language).words
    assert words[0] == END
    assert words[-1] == START


def test_what_is_held_out_begins_as_nothing_that_is_learned() -> None:
    drawn = dialogues("english", 2000, 0)
    firsts = [tuple(one) for one in drawn.words[:, 0].tolist()]
    assert 100 < drawn.held_out < 300
    assert not set(firsts[: drawn.learned]) & set(firsts[drawn.learned :])
    assert dialogues("english", 300, 0).words.shape != drawn.words.shape
    assert not np.array_equal(dialogues("english", 300, 1).words, dialogues("english", 300, 0).words)


def test_a_batch_has_all_utterances_and_asks_for_all_but_the_first() -> None:
    batch = TASK.batch(settings(), np.random.default_rng(0), 0)
    x, d, judged = batch.inputs["x"], batch.targets["d"], batch.about["judged"]
    assert x.shape == (20, 8)
    assert d.shape == (15, 8)
    assert np.array_equal(x[5:], d)
    assert batch.mask is not None
    assert np.array_equal(batch.mask > 0, x != NOTHING)
    for row in range(8):
        # What is judged is the last utterance, to its end.
        at = np.flatnonzero(judged[row])
        assert np.array_equal(at, np.arange(at[0], at[-1] + 1))
        assert at[0] % 5 == 0
        assert (d[at[-1] + 1 :, row] == NOTHING).all()


def test_an_epoch_has_every_learned_dialogue_once() -> None:
    chosen = settings(batch=10)
    assert isinstance(TASK, DialogueTask)
    learned = TASK.drawn(chosen).learned
    random = np.random.default_rng(0)
    met = Counter(
        tuple(column) for at in range(learned // 10) for column in TASK.batch(chosen, random, at).inputs["x"].T.tolist()
    )
    assert set(met.values()) == {1}
    assert len(met) == learned // 10 * 10


def examined() -> tuple[Batch, np.ndarray]:
    chosen = settings()
    batch = TASK.examination(chosen, np.random.default_rng(0))
    return batch, one_hot(batch.targets["d"], TASK.sizes(chosen).outputs, np.dtype("float64"))


def test_only_the_last_utterance_is_judged() -> None:
    batch, y = examined()
    assert TASK.score(y, batch).right == batch.size
    judged = batch.about["judged"].T
    other = np.roll(y, 1, axis=2)
    assert TASK.score(np.where(judged[..., np.newaxis], y, other), batch).right == batch.size
    assert TASK.score(np.where(judged[..., np.newaxis], other, y), batch).right == 0


def test_the_report_tells_what_was_heard_and_what_is_said() -> None:
    batch, y = examined()
    line = TASK.report(y, batch)[0]
    heard, answer = line.split(" -> ")
    assert heard.count(" / ") in (1, 2)
    assert "not" not in answer.split()
    assert "(not " + answer + ")" in TASK.report(np.roll(y, 1, axis=2), batch)[0]
