"""Language modelling: at every time step the next token of a text is to be foretold (systems A18).

Batches follow one another through the text, as truncated BPTT wants it: row i starts at i·⌊n / N⌋ and each iteration
goes on where the one before stopped, with its states carried over. Perplexity is exp(mean loss): among how many equally
likely tokens the network is undecided.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np

from engine.errors import SettingError
from engine.scoring import chosen
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tensor import Array
from engine.text.corpus import FILE, GRAMMARS, Corpus, corpus
from engine.text.tokens import END, TOKENS, joined

_MOST_OUTPUTS = 500_000
"""Numbers in the outputs of one held-out row."""
_SHORTEST_ROW, _LONGEST_ROW = 35, 500
_SHOWN_WORDS, _SHOWN_GUESSES = 12, 3
_MADE_UP_AT_MOST = 1_000_000
"""Tokens of a built-in text: a second or two of making them up."""

CORPUS_SETTINGS = (
    Setting(
        "corpus", SettingKind.CHOICE, "english",
        "The text to learn: sentences of a grammar, whose entropy is known.", choices=tuple(GRAMMARS),
        only_with=("text_file", ("",)),
    ),
    Setting(
        "text_file", SettingKind.FILE, "",
        "A text file of yours to learn instead: UTF-8, UTF-16, Shift-JIS or EUC-JP; empty for none.",
    ),
    TOKENS,
    Setting(
        "vocabulary", SettingKind.INTEGER, 0,
        "Size of the vocabulary at most, the most frequent words; others become <unk>. 0 for no limit.",
        0, 1_000_000,
    ),
    Setting(
        "corpus_size", SettingKind.INTEGER, 10_000,
        "Number of words (or characters) to train on; 0 for all of the file but its last tenth.", 0, 100_000_000,
    ),
)  # fmt: skip
"""Which text is read, and how it is cut: settings of every task on texts; ``corpus_of`` reads them."""


class Text:
    """See the module. ``about`` has the place (N,) of each row in the text, its words (N, V) and floor (N,)."""

    name = "text"
    sequences = "next words"
    settings = (
        *CORPUS_SETTINGS,
        Setting("batch", SettingKind.INTEGER, 20, "Number of places of the text that are read at once.", 1, 4096),
        Setting("time_size", SettingKind.INTEGER, 20, "Length of truncated BPTT: words in one iteration.", 1, 10_000),
    )  # fmt: skip

    def sizes(self, settings: Settings) -> Sizes:
        """A token in, one of the vocabulary out."""
        known = len(corpus_of(settings).vocabulary)
        return Sizes(
            known, known, settings.integer("time_size"), Answer.CLASSES, vocabulary=True, carries_state=True
        )

    def input_names(self, settings: Settings) -> tuple[str, ...]:
        """The vocabulary."""
        return corpus_of(settings).vocabulary.words

    def answer_names(self, settings: Settings) -> tuple[str, ...]:
        """The vocabulary."""
        return self.input_names(settings)

    def symbol_counts(self, settings: Settings) -> tuple[Array, Array]:
        """How often each token is in the text that is learned."""
        text = corpus_of(settings)
        counts = np.bincount(text.training, minlength=len(text.vocabulary))
        return counts, counts

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """What comes after the iteration before, in every row; the text begins anew where it ends."""
        text, rows, length = corpus_of(settings), settings.integer("batch"), settings.integer("time_size")
        starts = (np.arange(rows) * (text.pairs // rows) + iteration * length) % text.pairs
        places = (starts + np.arange(length)[:, np.newaxis]) % text.pairs
        return Batch({"x": text.training[places]}, {"d": text.training[places + 1]}, _about(text, starts))

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """The text that was held out, in rows."""
        text = corpus_of(settings)
        pairs = len(text.held_out) - 1
        length = min(max(_MOST_OUTPUTS // len(text.vocabulary), _SHORTEST_ROW), _LONGEST_ROW, max(pairs, 1))
        starts = np.arange(max(pairs // length, 1)) * length
        places = starts + np.arange(length)[:, np.newaxis]
        ids = text.held_out if pairs > 0 else np.resize(text.training, 2)
        return Batch({"x": ids[places]}, {"d": ids[places + 1]}, _about(text, starts))

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is a token that was the likeliest; the loss is the mean over tokens."""
        ids = batch.targets["d"]
        return Score(int(np.count_nonzero(chosen(outputs) == ids)), int(ids.size), _mean_loss(outputs, ids))

    def measures(self, score: Score) -> Mapping[str, float]:
        """The perplexity."""
        return {"perplexity": perplexity(score.mean_loss)}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """The start of the first row, what is foretold after it, and the perplexity of the whole batch."""
        words, x = batch.about["words"][0], batch.inputs["x"][:_SHOWN_WORDS, 0]
        last = len(x) - 1
        guesses = [f"{words[one]} {outputs[last, 0, one]:.3f}" for one in likeliest(outputs[last, 0], _SHOWN_GUESSES)]
        true = batch.targets["d"][last, 0]
        floor = float(batch.about["floor"][0])
        least = "" if math.isnan(floor) else f" (floor {perplexity(floor):.2f})"
        spelled = all(len(word) == 1 for word in words if not word.startswith("<"))
        read = joined(map(str, words[x]), "character" if spelled else "word")
        return [
            f"Text: {read.strip()} …".replace("\n", f" {END} "),
            f"Next: {', '.join(guesses)}",
            f"True: {words[true]} {outputs[last, 0, true]:.3f}",
            f"Perplexity: {perplexity(_mean_loss(outputs, batch.targets['d'])):.2f}{least}, of {len(words)} words",
        ]


def corpus_of(settings: Settings) -> Corpus:
    """The text that settings speak of.

    Raises:
        FileError: the file cannot be read as text.
        CorpusError: it has too few tokens.
        SettingError: more is to be made up than can be waited for.
    """
    file, size = settings.text("text_file"), settings.integer("corpus_size")
    if not file and size > _MADE_UP_AT_MOST:
        raise SettingError(
            "{name} must be at most {most}, not {value}.", name="corpus_size", most=_MADE_UP_AT_MOST, value=size
        )
    return corpus(
        FILE if file else settings.text("corpus"), file, settings.text("tokens"), settings.integer("vocabulary"),
        size, 0 if file else settings.integer("seed"),
    )  # fmt: skip


def likeliest(probabilities: Array, most: int) -> Array:
    """The ids of the largest probabilities (V,), largest first; numbers that are none come last."""
    known = np.where(np.isnan(probabilities), -np.inf, probabilities)
    most = min(most, len(known))
    top = np.argpartition(-known, most - 1)[:most]
    return top[np.argsort(-known[top], kind="stable")]


def perplexity(loss: float) -> float:
    """exp(loss), infinite where it is too large for a number."""
    return math.exp(loss) if loss < 700 else (math.nan if math.isnan(loss) else math.inf)


def _mean_loss(outputs: Array, ids: Array) -> float:
    given = np.take_along_axis(outputs, ids[..., np.newaxis], axis=-1)
    with np.errstate(divide="ignore"):
        return float(-np.log(given).mean())


def _about(text: Corpus, starts: Array) -> dict[str, Array]:
    floor = math.nan if text.floor is None else text.floor
    words = np.broadcast_to(text.words, (len(starts), len(text.words)))
    return {"place": starts, "words": words, "floor": np.full(len(starts), floor)}


TASKS.add(Text.name, Text())
