"""A dialogue of the batch as it stands on a tape: what was said, what the network says to it. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.analysis.series import first_indices, time_of
from engine.debugger.cursor import Cursor
from engine.ops.lookups import NOTHING
from engine.tape import Tape
from engine.task import Batch
from engine.tensor import Array, Role
from engine.text.tokens import END

HEARD, SAID = "heard", "said"


@dataclass(frozen=True, slots=True)
class Answered:
    """A word that the network says.

    Attributes:
        word: what is likeliest; empty for a number that is none.
        probability: how likely it is.
        right: whether it is the true one; None where there is none.
        entry: tape index of the distribution; None of one that runs free.
    """

    word: str
    probability: float
    right: bool | None
    entry: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A word of a dialogue: where the cursor is.

    Attributes:
        what: HEARD by the encoder, or SAID by the decoder.
        utterance, word: from 0.
    """

    what: str
    utterance: int
    word: int


class DialogueReading:
    """One row of the batch.

    Attributes:
        utterances: the true words, ``<eos>`` the last of each.
        judged: which utterance the examination looks at.
    """

    def __init__(self, tape: Tape, batch: Batch, row: int, names: tuple[str, ...]) -> None:
        self._tape, self._row, self._names = tape, row, names
        ids = batch.inputs["x"][:, row]
        self._length = len(ids) - len(batch.targets["d"])
        self._d = batch.targets["d"][:, row]
        by_utterance = ids.reshape(-1, self._length)
        self.utterances = tuple(
            tuple(names[one] for one in utterance if one != NOTHING)
            for utterance in by_utterance.tolist()
            if utterance[0] != NOTHING
        )
        self.judged = len(self.utterances) - 1
        outputs = first_indices(tape, Role.OUTPUT)
        self._said = {t: outputs[t] for t in sorted(outputs)}
        self._heard = _read_by_encoder(tape, set(self._said))
        self._places = {
            t: Place(what, *divmod(number + first, self._length))
            for what, times, first in ((HEARD, self._heard, 0), (SAID, self._said, self._length))
            for number, t in enumerate(times)
        }

    def place_of(self, entry: int | None) -> Place | None:
        """The word that a step is about; None outside of the dialogue, and behind the end of an utterance."""
        time = None if entry is None else time_of(self._tape[entry])
        place = None if time is None else self._places.get(time)
        if place is None or place.utterance >= len(self.utterances):
            return None
        return place if place.word < len(self.utterances[place.utterance]) else None

    def entry_of(self, place: Place) -> int | None:
        """The step of a word: the id that is read, or the distribution of what is said."""
        entries = list((self._heard if place.what == HEARD else self._said).values())
        at = place.utterance * self._length + place.word - (0 if place.what == HEARD else self._length)
        return entries[at] if 0 <= at < len(entries) else None

    def said(self, cursor: Cursor, utterance: int) -> list[Answered | None]:
        """What the recorded pass says, word by word up to the true length; None where the cursor has not been."""
        if utterance == 0:
            return []
        found: list[Answered | None] = []
        for word in range(len(self.utterances[utterance])):
            entry = self.entry_of(Place(SAID, utterance, word))
            if entry is None or not cursor.revealed(entry):
                found.append(None)
            else:
                y = np.asarray(self._tape[entry].value)[self._row]
                found.append(self._answered(y, (utterance - 1) * self._length + word, entry))
        return found

    def free(self, probabilities: Array, utterance: int) -> list[Answered]:
        """What a free run with probabilities (T', K) says, up to its own ``<eos>``."""
        found = []
        for word in range(self._length if utterance else 0):
            at = (utterance - 1) * self._length + word
            found.append(self._answered(probabilities[at], at, None))
            if found[-1].word == END:
                break
        return found

    def _answered(self, y: Array, at: int, entry: int | None) -> Answered:
        if not np.isfinite(y).all():
            return Answered("", float("nan"), False, entry)
        best, truth = int(np.argmax(y)), int(self._d[at])
        return Answered(self._names[best], float(y[best]), None if truth == NOTHING else best == truth, entry)


def is_right(words: list[Answered], truth: tuple[str, ...]) -> bool:
    """Whether an utterance was said as it should be."""
    return tuple(one.word for one in words) == truth


def _read_by_encoder(tape: Tape, decoder_times: set[int]) -> dict[int, int]:
    """Time step → tape index of the word that is read."""
    found = {}
    for step in tape.steps[: tape.backward_start]:
        time = time_of(step) if step.role is Role.INPUT else None
        if time is not None and time not in decoder_times:
            found[time] = step.index
    return found
