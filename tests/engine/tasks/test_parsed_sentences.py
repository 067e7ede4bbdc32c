"""Parsed sentences: trees in post-order, held-out sentences, scores."""

import numpy as np
import pytest

from engine.randomness import generator
from engine.settings import Settings, declared
from engine.task import TASKS, Batch
from engine.tasks.parsed_sentences import EXAMINED, roots_of, trees
from engine.tensor import Array
from engine.text.phrase import Sentiment, negated, together, word
from engine.text.sentiment_grammar import VOCABULARIES

TASK = TASKS["parsed_sentences"]
SENTENCE = together(word("it"), together(word("is"), negated(word("not"), word("good", Sentiment.POSITIVE))))


def settings(**values: object) -> Settings:
    return Settings(declared(TASK.settings), values)


def text_of(batch: Batch) -> list[str]:
    return [str(found) for found in batch.about["words"][0]]


def perfect(batch: Batch) -> Array:
    classes = batch.targets["d"][:, 0]
    return np.eye(3)[classes[classes >= 0]][:, np.newaxis]


def test_a_tree_in_post_order() -> None:
    batch = trees([SENTENCE], VOCABULARIES["english"])
    assert text_of(batch) == ["it", "is", "not", "good", "", "", ""]
    np.testing.assert_array_equal(batch.inputs["left"][:, 0], [-1, -1, -1, -1, 2, 1, 0])
    np.testing.assert_array_equal(batch.inputs["right"][:, 0], [-1, -1, -1, -1, 3, 4, 5])
    np.testing.assert_array_equal(batch.targets["d"][:, 0], [1, 1, 1, 2, 0, 0, 0])
    assert [VOCABULARIES["english"][number] for number in batch.inputs["x"][:4, 0]] == text_of(batch)[:4]
    assert (batch.inputs["x"][4:] == -1).all()


@pytest.mark.parametrize(("labels", "asked"), [("all", 7), ("phrases", 3), ("root", 1)])
def test_which_nodes_have_a_class(labels: str, asked: int) -> None:
    batch = trees([SENTENCE], VOCABULARIES["english"], labels)
    assert (batch.targets["d"] >= 0).sum() == asked
    assert batch.targets["d"][-1, 0] == 0


def test_several_trees_lie_one_after_the_other() -> None:
    batch = trees([SENTENCE, word("good", Sentiment.POSITIVE), SENTENCE], VOCABULARIES["english"])
    assert roots_of(batch).tolist() == [6, 7, 14]
    assert batch.inputs["left"][14, 0] == 8


@pytest.mark.parametrize("language", VOCABULARIES)
def test_no_examined_sentence_is_ever_trained(language: str) -> None:
    chosen = settings(sentences=language)
    examined = TASK.examination(chosen, generator(0, "examination"))
    roots = roots_of(examined)
    starts = [0, *(roots[:-1] + 1).tolist()]
    words = text_of(examined)

    def key(batch_words: list[str], left: Array, first: int, last: int) -> tuple[object, ...]:
        return tuple(batch_words[first : last + 1]), tuple((left[first : last + 1, 0] - first).clip(-1).tolist())

    held_out = {
        key(words, examined.inputs["left"], first, int(last)) for first, last in zip(starts, roots, strict=True)
    }
    assert len(held_out) == EXAMINED == len(roots)
    for iteration in range(1500):
        batch = TASK.batch(chosen, generator(0, "batch", iteration), iteration)
        assert key(text_of(batch), batch.inputs["left"], 0, batch.length - 1) not in held_out
        assert batch.length <= TASK.sizes(chosen).length


def test_every_iteration_has_a_sentence_of_its_own_and_always_the_same() -> None:
    drawn = [TASK.batch(settings(), generator(3, "batch", iteration), iteration) for iteration in (*range(20), 7)]
    assert text_of(drawn[7]) == text_of(drawn[-1])
    assert len({tuple(text_of(batch)) for batch in drawn}) > 15


def test_a_sentence_is_right_when_its_root_is() -> None:
    batch = TASK.examination(settings(), generator(0, "examination"))
    outputs = perfect(batch)
    score = TASK.score(outputs, batch)
    assert (score.right, score.count, score.mean_loss) == (EXAMINED, EXAMINED, 0.0)
    root = int(roots_of(batch)[5])
    outputs[root, 0] = np.roll(outputs[root, 0], 1) * 0.8 + outputs[root, 0] * 0.2
    score = TASK.score(outputs, batch)
    nodes = root - int(roots_of(batch)[4])
    assert score.right == EXAMINED - 1
    assert score.mean_loss == pytest.approx(-np.log(0.2) / nodes / EXAMINED)
    outputs[0, 0] = np.roll(outputs[0, 0], 1)  # a word
    assert TASK.score(outputs, batch).right == EXAMINED - 1


@pytest.mark.parametrize("labels", ["phrases", "root"])
def test_scores_where_few_nodes_have_a_class(labels: str) -> None:
    batch = TASK.examination(settings(labels=labels), generator(0, "examination"))
    assert TASK.score(perfect(batch), batch).right == EXAMINED
    assert TASK.score(np.full_like(perfect(batch), np.nan), batch).right == 0


def test_the_report_shows_the_tree_with_its_signs() -> None:
    batch = trees([SENTENCE], VOCABULARIES["english"], "phrases")
    outputs = perfect(batch)
    outputs[0, 0] = np.nan
    assert TASK.report(outputs, batch) == ["Pred: (it (is (not good))−)−", "True: (it (is (not good)−)−)−"]
