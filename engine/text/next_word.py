"""Next-word probabilities after a typed prefix, and how a network would go on (the course's predict_word)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.analysis.series import outputs
from engine.lesson import Lesson
from engine.model import Parameters
from engine.settings import Settings
from engine.task import Batch
from engine.tasks.text import corpus_of, likeliest
from engine.tensor import Array
from engine.text.corpus import Corpus, CorpusError, expected_next
from engine.text.tokens import END
from engine.training.iteration import record_forward

_LONGEST_PREFIX = 1_000


@dataclass(frozen=True, slots=True)
class Guess:
    """A word that may come next.

    Attributes:
        word: the token.
        probability: as the network has it.
        true: as the grammar has it; None where that is not known.
    """

    word: str
    probability: float
    true: float | None


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a network says to a prefix.

    Attributes:
        prefix: the tokens that it read, those it does not know as they were typed.
        unknown: the tokens that it does not know; it read ``<unk>`` in their place.
        guesses: the likeliest next tokens, largest probability first.
        going_on: how the likeliest tokens go on to the end of the line.
    """

    prefix: tuple[str, ...]
    unknown: tuple[str, ...]
    guesses: tuple[Guess, ...]
    going_on: tuple[str, ...]


def predict(
    lesson: Lesson, settings: Settings, parameters: Parameters, prefix: str, most: int = 10, longest: int = 20
) -> Prediction:
    """What comes after a prefix, which begins a line.

    Args:
        lesson, settings, parameters: a network on the task ``text``.
        prefix: as a user types it.
        most: number of guesses.
        longest: number of tokens at most that are foretold one after the other.

    Raises:
        CorpusError: the prefix is too long, or has a word that the vocabulary has no place for.
    """
    text = corpus_of(settings)
    read = text.cut_prefix(prefix)
    if len(read) > _LONGEST_PREFIX:
        raise CorpusError("The start of the line is too long: {most} words at most.", most=_LONGEST_PREFIX)
    unknown = tuple(dict.fromkeys(word for word in read if word not in text.vocabulary.ids))
    if unknown and text.vocabulary.unknown is None:
        raise CorpusError("Not in the vocabulary: {words}.", words=", ".join(unknown))
    probabilities, states = _step(lesson, settings, parameters, _ids(text, read), {})
    going_on: list[str] = []
    following = probabilities
    while len(going_on) < longest and (not going_on or going_on[-1] != END):
        best = likeliest(following, 1)
        going_on.append(text.vocabulary.words[best[0]])
        following, states = _step(lesson, settings, parameters, best, states)
    return Prediction(tuple(read), unknown, _guesses(text, read, probabilities, most), tuple(going_on))


def _ids(text: Corpus, read: Sequence[str]) -> Array:
    """The ids of a prefix, which follows the end of a line."""
    before = [END] if END in text.vocabulary.ids else []
    ids = text.vocabulary.numbered([*before, *read])
    return ids if len(ids) else np.zeros(1, dtype=np.intp)


def _step(
    lesson: Lesson, settings: Settings, parameters: Parameters, ids: Array, states: Mapping[str, Array]
) -> tuple[Array, dict[str, Array]]:
    """The probabilities (V,) of what comes after tokens (T,), and the states then."""
    x = ids[:, np.newaxis]
    tape = record_forward(lesson, settings, parameters, Batch({"x": x}, {"d": np.full_like(x, -1)}, states=states))
    after = {name: np.asarray(tape.steps[index].value) for name, index in tape.final_states.items()}
    probabilities: Array = outputs(tape)[-1, 0]
    tape.release()
    return probabilities, after


def _guesses(text: Corpus, read: Sequence[str], probabilities: Array, most: int) -> tuple[Guess, ...]:
    known = text.grammar is not None
    true = expected_next(text, read) if known else {}
    return tuple(
        Guess(word, float(probabilities[number]), true.get(word, 0.0) if known else None)
        for number in likeliest(probabilities, most)
        for word in (text.vocabulary.words[number],)
    )
