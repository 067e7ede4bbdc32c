"""Windows of a text: a word and the words around it, one to be guessed from the other (systems B7).

The answer is one of all words, or, with negative sampling, which of a few candidates is the right word: the first is,
the others are drawn as often as they occur, to the power of 0.75.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from engine.scoring import score_classes, score_marks
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tasks.text import CORPUS_SETTINGS, corpus_of, likeliest
from engine.tensor import Array
from engine.text.corpus import Corpus
from engine.text.negative_sampling import negatives, noise
from engine.text.tokens import END
from engine.text.windows import one_of, windows

CBOW, SKIP_GRAM = "cbow", "skip-gram"
FULL_SOFTMAX, NEGATIVE_SAMPLING = "full-softmax", "negative-sampling"
_EXAMINED = 2_000
_SHOWN_GUESSES = 3
_GAP = "[?]"


class WordWindows:
    """See the module. ``about`` has the word (N,) in the middle of each window, the words around it (N, 2·window) and
    all words (N, V).
    """

    name = "word_windows"
    sequences = "windows"
    settings = (
        *CORPUS_SETTINGS,
        Setting(
            "direction", SettingKind.CHOICE, CBOW,
            "What is guessed: a word from all words around it (CBOW), or one of those from the word (skip-gram).",
            choices=(CBOW, SKIP_GRAM),
        ),
        Setting("window", SettingKind.INTEGER, 2, "How many words are looked at on each side of a word.", 1, 100),
        Setting(
            "output", SettingKind.CHOICE, FULL_SOFTMAX,
            "Among what the word is guessed: all words, or itself and a few wrong ones (negative sampling).",
            choices=(FULL_SOFTMAX, NEGATIVE_SAMPLING),
        ),
        Setting(
            "negatives", SettingKind.INTEGER, 5, "Number of wrong words that the right one is told from.", 1, 10_000,
            only_with=("output", (NEGATIVE_SAMPLING,)),
        ),
        Setting("batch", SettingKind.INTEGER, 64, "Number of windows in one iteration.", 1, 4096),
    )  # fmt: skip

    def sizes(self, settings: Settings) -> Sizes:
        """Words in; one of them out, or a mark for each candidate."""
        known = len(corpus_of(settings).vocabulary)
        if settings.text("output") == FULL_SOFTMAX:
            return Sizes(known, known, 1, Answer.CLASSES, vocabulary=True)
        return Sizes(known, 1 + settings.integer("negatives"), 1, Answer.MARKS, vocabulary=True)

    def input_names(self, settings: Settings) -> tuple[str, ...]:
        """The words."""
        return corpus_of(settings).vocabulary.words

    def answer_names(self, settings: Settings) -> tuple[str, ...]:
        """The words, or nothing where candidates change from window to window."""
        return self.input_names(settings) if settings.text("output") == FULL_SOFTMAX else ()

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """Windows from anywhere in the text."""
        ids = corpus_of(settings).training
        return _batch(settings, ids, random.integers(len(ids), size=settings.integer("batch")), random)

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """The first windows of the text that was held out."""
        text = corpus_of(settings)
        ids = text.held_out if len(text.held_out) > 1 else text.training[:2]
        return _batch(settings, ids, np.arange(min(len(ids), _EXAMINED)), random)

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is a word that was the likeliest, or a window whose candidates are all told apart."""
        targets = batch.targets["d"]
        return score_classes(outputs, targets) if targets.ndim == 2 else score_marks(outputs, targets)

    def measures(self, score: Score) -> Mapping[str, float]:
        """None but the score itself."""
        return {}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """The first window and the likeliest words, or the candidates, with their probabilities."""
        words, y = batch.about["words"][0], outputs[0, 0]
        middle, around = words[batch.about["middle"][0]], batch.about["around"][0]
        half = len(around) // 2
        before, after = ([words[one] for one in side if one >= 0] for side in (around[:half], around[half:]))
        reads_around = batch.inputs["x"].ndim == 3
        line = " ".join([*before, _GAP if reads_around else f"[{middle}]", *after])
        if "k" in batch.inputs:
            told = [f"{words[one]} {y[at]:.3f}" for at, one in enumerate(batch.inputs["k"][0, 0]) if one >= 0]
            return [f"Window: {line}", f"Right: {told[0]}", f"Wrong: {', '.join(told[1:])}"]
        right = batch.targets["d"][0, 0]
        guesses = [f"{words[one]} {y[one]:.3f}" for one in likeliest(y, _SHOWN_GUESSES)]
        return [f"Window: {line}", f"Guess: {', '.join(guesses)}", f"True: {words[right]} {y[right]:.3f}"]


def _batch(settings: Settings, ids: Array, places: Array, random: np.random.Generator) -> Batch:
    text = corpus_of(settings)
    around = windows(ids, places, settings.integer("window"), text.vocabulary.ids.get(END))
    middle = ids[places]
    by_word = settings.text("direction") == SKIP_GRAM
    x, d = (middle, one_of(around, random)) if by_word else (around, middle)
    about = {"middle": middle, "around": around, "words": np.broadcast_to(text.words, (len(places), len(text.words)))}
    if settings.text("output") == FULL_SOFTMAX:
        return Batch({"x": x[np.newaxis]}, {"d": d[np.newaxis]}, about)
    wrong = negatives(_noise(text), d, settings.integer("negatives"), random)
    k = np.concatenate([d[:, np.newaxis], wrong], axis=1)
    marks = np.zeros((1, *k.shape), dtype=np.dtype(settings.text("dtype")))
    marks[..., 0] = 1
    return Batch({"x": x[np.newaxis], "k": k[np.newaxis]}, {"d": marks}, about)


@lru_cache(maxsize=4)
def _noise(text: Corpus) -> Array:
    """The probabilities with which its words are drawn."""
    return noise(text.training, len(text.vocabulary))


TASKS.add(WordWindows.name, WordWindows())
