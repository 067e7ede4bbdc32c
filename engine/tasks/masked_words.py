"""A masked language model: a word of a sentence is hidden, to be guessed from the words on both sides (systems B8)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from engine.scoring import score_classes
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tasks.text import CORPUS_SETTINGS, corpus_of, likeliest, perplexity
from engine.tensor import Array
from engine.text.corpus import Corpus
from engine.text.tokens import END

MASK = "[?]"
"""What is read in place of the hidden word: a symbol of its own, behind those of the vocabulary."""
LONGEST = 20
"""Words of a sentence; a longer line is cut into pieces."""
_EXAMINED = 1_000
_SHOWN_GUESSES = 3


class MaskedWords:
    """See the module. ``about`` has the sentence (N, T) without anything hidden, -1 behind its end, where in it the
    hidden word is (N,), and all words (N, V).
    """

    name = "masked_words"
    sequences = "hidden words"
    settings = (
        *CORPUS_SETTINGS,
        Setting("batch", SettingKind.INTEGER, 16, "Number of sequences in one iteration.", 1, 4096),
    )

    def sizes(self, settings: Settings) -> Sizes:
        """Words and the mask in, words out."""
        known = len(corpus_of(settings).vocabulary)
        return Sizes(known + 1, known, LONGEST, Answer.CLASSES, vocabulary=True)

    def input_names(self, settings: Settings) -> tuple[str, ...]:
        """The words, and the mask."""
        return (*self.answer_names(settings), MASK)

    def answer_names(self, settings: Settings) -> tuple[str, ...]:
        """The words."""
        return corpus_of(settings).vocabulary.words

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """Any sentences of the text, in each any word hidden."""
        sentences = _training(corpus_of(settings))
        picked = random.integers(len(sentences), size=settings.integer("batch"))
        return _hidden([sentences[one] for one in picked], settings, random)

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """The first sentences that were held out."""
        text = corpus_of(settings)
        return _hidden((_sentences(text.held_out, text) or _training(text))[:_EXAMINED], settings, random)

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is a hidden word that was the likeliest."""
        return score_classes(outputs, batch.targets["d"])

    def measures(self, score: Score) -> Mapping[str, float]:
        """The perplexity of the hidden words."""
        return {"perplexity": perplexity(score.mean_loss)}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """The first sentence, the likeliest words for its gap and the true one."""
        words, place = batch.about["words"][0], int(batch.about["place"][0])
        sentence = [words[one] for one in batch.about["sentence"][0] if one >= 0]
        y, true = outputs[place, 0], sentence[place]
        guesses = [f"{words[one]} {y[one]:.3f}" for one in likeliest(y, _SHOWN_GUESSES)]
        line = " ".join([*sentence[:place], MASK, *sentence[place + 1 :]])
        return [f"Text: {line}", f"Guess: {', '.join(guesses)}", f"True: {true} {y[batch.targets['d'][place, 0]]:.3f}"]


def _hidden(sentences: list[Array], settings: Settings, random: np.random.Generator) -> Batch:
    """Sentences side by side, padded to the same length, with a word of each hidden."""
    text, count = corpus_of(settings), len(sentences)
    lengths = np.array([len(one) for one in sentences])
    sentence = np.full((lengths.max(), count), -1, dtype=np.int64)
    for row, one in enumerate(sentences):
        sentence[: len(one), row] = one
    place, rows = random.integers(lengths), np.arange(count)
    d = np.full_like(sentence, -1)
    d[place, rows] = sentence[place, rows]
    x = np.maximum(sentence, 0)
    x[place, rows] = len(text.vocabulary)
    mask = (sentence >= 0).astype(np.dtype(settings.text("dtype")))
    words = np.broadcast_to(text.words, (count, len(text.words)))
    about = {"sentence": sentence.T, "place": place, "words": words}
    return Batch({"x": x}, {"d": d}, about, None if mask.all() else mask)


@lru_cache(maxsize=4)
def _training(text: Corpus) -> list[Array]:
    return _sentences(text.training, text)


def _sentences(ids: Array, text: Corpus) -> list[Array]:
    """The lines of a text without their ends, those with a neighbour to guess from if there are any."""
    end = text.vocabulary.ids.get(END)
    lines = [ids] if end is None else np.split(ids, np.flatnonzero(ids == end) + 1)
    if len(lines) > 1:
        lines.pop()  # the text was cut off in the middle of it, or it is empty
    pieces = [line if end is None else line[line != end] for line in lines]
    cut = [piece[at : at + LONGEST] for piece in pieces for at in range(0, len(piece), LONGEST)]
    return [one for one in cut if len(one) > 1] or [one for one in cut if len(one)] or [ids[:1]]


TASKS.add(MaskedWords.name, MaskedWords())
