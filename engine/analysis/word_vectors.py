"""What the vectors of words say: which words are near, and which word is to c as b is to a."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from engine.lesson import Lesson
from engine.model import Parameters
from engine.settings import Settings
from engine.task import NamesSymbols
from engine.tensor import Array

_TABLES = ("W_in", "W_out", "W_embed")
_ANSWERED = ("decoder.W_embed",)
"""Tables whose rows stand for answers, not for inputs."""
Near = tuple[int, float]
"""A word's id and its cosine."""


@dataclass(frozen=True, slots=True)
class WordTable:
    """A parameter whose rows are the vectors of words.

    Attributes:
        name: of the parameter.
        words: what its rows stand for.
        are_inputs, are_answers: whether the ids that are read, and those that are answered, are of these words.
    """

    name: str
    words: tuple[str, ...]
    are_inputs: bool = True
    are_answers: bool = True


def word_tables(lesson: Lesson, settings: Settings, parameters: Parameters) -> tuple[WordTable, ...]:
    """The tables of word vectors of a network; none where it reads no words."""
    sizes, found = lesson.task.sizes(settings), []
    if not sizes.vocabulary:
        return ()
    inputs, answers = _names(lesson, settings)
    for name, value in parameters.items():
        is_answered = name in _ANSWERED
        words = answers if is_answered else inputs
        if name.rpartition(".")[2] in _TABLES and value.ndim == 2 and len(value) == len(words):
            same = inputs == answers
            found.append(WordTable(name, words, same or not is_answered, same or is_answered))
    return tuple(found)


def _names(lesson: Lesson, settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    task = lesson.task
    if isinstance(task, NamesSymbols):
        return task.input_names(settings), task.answer_names(settings)
    return (), ()


class WordVectors:
    """Vectors of words, each made one unit long.

    Attributes:
        words: by id.
        unit: (V, d); zeros for a word whose vector is zero or no number.
    """

    def __init__(self, words: Sequence[str], vectors: Array) -> None:
        """``vectors`` (V, d) as they were learned."""
        self.words = tuple(words)
        with np.errstate(all="ignore"):
            lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
            unit = vectors / np.where(lengths > 0, lengths, 1.0)
        self.unit: Array = np.where(np.isfinite(unit).all(axis=1, keepdims=True), unit, 0.0)

    def nearest(self, word: int, most: int = 10) -> list[Near]:
        """The words that point most nearly the same way, without the word itself: cos = u·w / (|u| |w|)."""
        return self._best(self.unit[word], (word,), most)

    def analogy(self, a: int, b: int, c: int, most: int = 5) -> list[Near]:
        """What is to c as b is to a: the words nearest to b − a + c, without these three (Mikolov et al. 2013)."""
        return self._best(self.unit[b] - self.unit[a] + self.unit[c], (a, b, c), most)

    def _best(self, wanted: Array, without: tuple[int, ...], most: int) -> list[Near]:
        length = float(np.linalg.norm(wanted))
        cosines = self.unit @ wanted / (length if length > 0 else 1.0)
        cosines[list(without)] = -np.inf
        most = min(most, len(cosines) - len(set(without)))
        if most <= 0:
            return []
        top = np.argpartition(-cosines, most - 1)[:most]
        return [(int(one), float(cosines[one])) for one in top[np.argsort(-cosines[top], kind="stable")]]

    def right_of(self, asked: Array) -> int:
        """How many analogies come out right: ``asked`` (n, 4) ids of a, b, c, d."""
        if not len(asked):
            return 0
        a, b, c, d = asked.T
        cosines = (self.unit[b] - self.unit[a] + self.unit[c]) @ self.unit.T
        np.put_along_axis(cosines, asked[:, :3], -np.inf, axis=1)
        return int(np.count_nonzero(np.argmax(cosines, axis=1) == d))
