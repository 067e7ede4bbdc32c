"""Parsed sentences: each iteration is one small syntax tree whose nodes are negative, neutral or positive.

The sentences come from a grammar of ours (engine/text/sentiment_grammar.py). A fifth of them, chosen by their text, is
held out: training never sees those trees, the examination nothing else.

A batch lays its trees one after the other, node after node in post-order: every node comes after its parts.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence

import numpy as np

from engine.ops.lookups import NOTHING
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tensor import Array
from engine.text.phrase import SIGNS, Phrase, Sentiment
from engine.text.sentiment_grammar import LONGEST, VOCABULARIES, sentence

EXAMINED = 400
"""Held-out sentences in an examination, all different."""
_HELD_OUT_OF = 5


class ParsedSentences:
    """See the module."""

    name = "parsed_sentences"
    sequences = "sentences"
    settings = (
        Setting(
            "sentences", SettingKind.CHOICE, "english", "Language of the sentences.", choices=tuple(VOCABULARIES)
        ),
        Setting(
            "labels", SettingKind.CHOICE, "all",
            "Which nodes have a class to learn: all, the phrases (no single words), or the root alone.",
            choices=("all", "phrases", "root"),
        ),
    )  # fmt: skip

    def sizes(self, settings: Settings) -> Sizes:
        """Ids of words in, three classes out, as many steps as the largest tree has nodes."""
        words = len(VOCABULARIES[settings.text("sentences")])
        return Sizes(words, len(Sentiment), 2 * LONGEST - 1, answer=Answer.CLASSES, vocabulary=True)

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """One sentence that is not held out."""
        while True:
            drawn = sentence(settings.text("sentences"), random)
            if not _is_held_out(drawn):
                return trees([drawn], VOCABULARIES[settings.text("sentences")], settings.text("labels"))

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """EXAMINED held-out sentences."""
        chosen: dict[str, Phrase] = {}
        while len(chosen) < EXAMINED:
            drawn = sentence(settings.text("sentences"), random)
            if _is_held_out(drawn):
                chosen[drawn.brackets()] = drawn
        return trees(list(chosen.values()), VOCABULARIES[settings.text("sentences")], settings.text("labels"))

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is a sentence whose root is right; the loss of a sentence is the mean over its nodes with a class."""
        classes = batch.targets["d"][:, 0]
        asked = np.flatnonzero(classes != NOTHING)
        chosen = outputs[:, 0]
        roots = roots_of(batch)
        with np.errstate(all="ignore"):
            losses = -np.log(chosen[np.arange(len(asked)), classes[asked]])
        of_sentence = np.searchsorted(roots, asked)
        means = np.bincount(of_sentence, losses) / np.bincount(of_sentence)
        answers = chosen[np.searchsorted(asked, roots)]
        right = np.isfinite(answers).all(axis=1) & (answers.argmax(axis=1) == classes[roots])
        return Score(int(right.sum()), len(roots), float(means.mean()))

    def measures(self, score: Score) -> Mapping[str, float]:
        """None but the score itself."""
        return {}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """Prediction and truth of the first sentence, in brackets with the sign of each node that has a class."""
        classes = batch.targets["d"][:, 0]
        asked = np.flatnonzero(classes != NOTHING).tolist()
        said = np.full(len(classes), NOTHING)
        for node, values in zip(asked, outputs[:, 0], strict=True):
            said[node] = int(np.argmax(values)) if np.isfinite(values).all() else NOTHING
        return [f"Pred: {_signed(said, batch)}", f"True: {_signed(classes, batch)}"]


def trees(phrases: Sequence[Phrase], vocabulary: Sequence[str], labels: str = "all") -> Batch:
    """A batch of trees.

    Args:
        phrases: the trees.
        vocabulary: their words; a word's place is its id.
        labels: which nodes have a class: ``all``, ``phrases`` or ``root``.

    Returns:
        inputs ``x`` (ids of words, -1 at inner nodes), ``left`` and ``right`` (numbers of a node's parts, -1 at words),
        targets ``d`` (classes, -1 where none is asked), (T, 1) each; about ``words`` and ``sentiments``, (1, T).
    """
    ids = {text: number for number, text in enumerate(vocabulary)}
    rows: list[tuple[int, int, int, int]] = []
    nodes: list[Phrase] = []
    for phrase in phrases:
        open_nodes: list[int] = []
        for node in phrase.post_order():
            left, right = (open_nodes.pop(-2), open_nodes.pop()) if node.parts else (NOTHING, NOTHING)
            asked = labels == "all" or node is phrase or (labels == "phrases" and bool(node.parts))
            word = NOTHING if node.parts else ids[node.word]
            open_nodes.append(len(rows))
            rows.append((word, left, right, int(node.sentiment) if asked else NOTHING))
            nodes.append(node)
    x, left_of, right_of, d = np.array(rows, dtype=np.int64).T[:, :, np.newaxis]
    about = {
        "words": np.array([[node.word for node in nodes]]),
        "sentiments": np.array([[int(node.sentiment) for node in nodes]]),
    }
    return Batch({"x": x, "left": left_of, "right": right_of}, {"d": d}, about)


def roots_of(batch: Batch) -> Array:
    """The numbers of the nodes that are no part of another, ascending."""
    parts = np.concatenate([batch.inputs["left"], batch.inputs["right"]])
    roots: Array = np.setdiff1d(np.arange(batch.length), parts)
    return roots


def _is_held_out(phrase: Phrase) -> bool:
    return zlib.crc32(phrase.brackets().encode()) % _HELD_OUT_OF == 0


def _signed(classes: Array, batch: Batch) -> str:
    """The first tree: ``((the film)0 (is (not good)−)−)−``."""
    words = batch.about["words"][0]
    left, right = batch.inputs["left"][:, 0].tolist(), batch.inputs["right"][:, 0].tolist()
    made: list[str] = []
    for node in range(int(roots_of(batch)[0]) + 1):
        text = str(words[node]) if left[node] == NOTHING else f"({made[left[node]]} {made[right[node]]})"
        sign = "" if classes[node] == NOTHING or left[node] == NOTHING else SIGNS[Sentiment(int(classes[node]))]
        made.append(text + sign)
    return made[-1]


TASKS.add(ParsedSentences.name, ParsedSentences())
