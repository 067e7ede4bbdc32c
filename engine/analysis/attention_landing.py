"""Whether attention looks where the answer is: its arg-max, held against the field of the source that is meant.

For each character of the year, the month and the day of an answer, the position of the largest weight counts as landed
if it lies within the characters of that field in the source, or at most ``margin`` characters beside it: a recurrent
encoder's state behind a field sums the field up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from engine.analysis.series import series
from engine.lesson import Lesson
from engine.model import Parameters
from engine.randomness import generator
from engine.settings import Settings
from engine.tasks.date_fields import ANSWER_FIELDS, source_fields
from engine.tasks.date_formats import DateFormats
from engine.tensor import Array, Role
from engine.training.iteration import record_forward

_AT_ONCE = 100

Fields = Mapping[str, tuple[int, int]]
"""Name → first position and the one after the last."""


@dataclass(frozen=True, slots=True)
class Landing:
    """How often attention landed.

    Attributes:
        landed, count: characters of answers for which it did, and all that were asked for, by field.
    """

    landed: Mapping[str, int]
    count: Mapping[str, int]

    @property
    def share(self) -> float:
        """Of all characters of all fields; NaN if there are none."""
        whole = sum(self.count.values())
        return sum(self.landed.values()) / whole if whole else float("nan")


def landing(weights: Array, sources: Sequence[Fields], answers: Fields, margin: int = 0) -> Landing:
    """Compare weights with the fields of their sources.

    Args:
        weights: (T', N, T), of positions in the order of the text.
        sources: the fields of each of the N sources; a field that one lacks is not asked for.
        answers: which of the T' characters are a field's.
        margin: characters beside a field that count as within it.
    """
    looked = np.argmax(weights, axis=-1)
    landed, count = dict.fromkeys(answers, 0), dict.fromkeys(answers, 0)
    for name, (start, stop) in answers.items():
        for at, fields in enumerate(sources):
            if name in fields:
                first, behind = fields[name]
                places = looked[start:stop, at]
                landed[name] += int(np.count_nonzero((places >= first - margin) & (places < behind + margin)))
                count[name] += stop - start
    return Landing(landed, count)


def landing_on_dates(
    lesson: Lesson, settings: Settings, parameters: Parameters, most: int = 1000, margin: int = 0
) -> Landing:
    """The landing on held-out dates, the truth being read.

    Args:
        lesson: one on dates with attention.
        settings, parameters: of a trained net.
        most: dates that are looked at.
    """
    lesson_settings = settings.changed(teacher_forcing="on")
    pieces = list(_pieces(lesson, lesson_settings, parameters, most))
    weights = np.concatenate([one for one, _ in pieces], axis=1)
    return landing(weights, [fields for _, some in pieces for fields in some], ANSWER_FIELDS, margin)


def _pieces(
    lesson: Lesson, settings: Settings, parameters: Parameters, most: int
) -> Iterator[tuple[Array, list[Fields]]]:
    """Weights (T', n, T), positions in the order of the text, and the fields of n sources."""
    batch = lesson.task.examination(settings, generator(settings.integer("seed"), "examination"))
    onward = -1 if settings.switch("reversed") else 1
    assert isinstance(lesson.task, DateFormats), "the fields are those of dates"
    alphabet, _ = lesson.task.alphabets(settings)
    for start in range(0, min(most, batch.size), _AT_ONCE):
        piece = batch.rows(start, min(start + _AT_ONCE, most))
        tape = record_forward(lesson, settings, parameters, piece)
        (weights,) = series(tape, Role.ATTENTION).values()
        (ids,) = piece.inputs.values()
        # Padding that is masked has the id −1: no character.
        texts = ["".join(alphabet[one] for one in row if one >= 0) for row in ids[::onward].T]
        yield weights[..., ::onward], [source_fields(text) for text in texts]
        tape.release()
