"""Short dialogues whose last utterance answers a question about the first one (systems B4, B5).

Every utterance but the first is to be said by the network. Only the last is judged: what is asked, and whether there is
a reply in between, cannot be foretold.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.epochs import rows_of_epoch
from engine.ops.lookups import NOTHING
from engine.scoring import chosen, score_classes
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tensor import Array
from engine.text.dialogue_grammar import LANGUAGES, Dialogues, dialogues, vocabulary_of
from engine.text.tokens import END, joined

_REPORTED = 3
_MOST_EXAMPLES = 4000
"""There are 4608 dialogues in each language; drawing the last of them would take long."""


class DialogueTask:
    """See the module.

    A batch has all utterances, one after the other: ids ``x`` (M·L, N), the targets ``d`` ((M−1)·L, N) without the
    first one; −1 behind the end of an utterance. About: ``judged`` (N, (M−1)·L), 1 in the last utterance; ``chance``,
    for teacher forcing by probability; ``words``, the vocabulary.
    """

    name = "dialogues"
    sequences = "dialogues"
    settings = (
        Setting("dialogues", SettingKind.CHOICE, LANGUAGES[0], "Language of the dialogues.", choices=LANGUAGES),
        Setting("batch", SettingKind.INTEGER, 32, "Number of sequences in one iteration.", 1, 4096),
        Setting(
            "examples", SettingKind.INTEGER, 2000,
            "Number of different dialogues; those of a tenth of all first utterances are held out.", 20, _MOST_EXAMPLES,
        ),
    )  # fmt: skip

    def sizes(self, settings: Settings) -> Sizes:
        """Words in, words out; every utterance is read, and all but the first are said."""
        words = vocabulary_of(settings.text("dialogues"))
        _, utterances, length = self.drawn(settings).words.shape
        return Sizes(
            len(words), len(words), (2 * utterances - 1) * length, Answer.CLASSES, vocabulary=True, start=len(words) - 1
        )

    def drawn(self, settings: Settings) -> Dialogues:
        """All dialogues."""
        return dialogues(settings.text("dialogues"), settings.integer("examples"), settings.integer("seed"))

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """The next of the epoch's order; dialogues that do not fill a batch are left out until the next epoch."""
        drawn = self.drawn(settings)
        return self._batch(settings, drawn.words[rows_of_epoch(settings, iteration, drawn.learned)], random)

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """What was held out."""
        drawn = self.drawn(settings)
        return self._batch(settings, drawn.words[drawn.learned :], random)

    def _batch(self, settings: Settings, words: Array, random: np.random.Generator) -> Batch:
        rows, utterances, length = words.shape
        x = words.reshape(rows, -1).T
        last = (words[:, :, 0] != NOTHING).sum(axis=1) - 1
        judged = np.repeat(np.arange(1, utterances) == last[:, np.newaxis], length, axis=1)
        names = np.array(vocabulary_of(settings.text("dialogues")).words)
        about = {
            "judged": judged & (x[length:].T != NOTHING),
            "chance": random.random((rows, len(x) - length)),
            "words": np.broadcast_to(names, (rows, len(names))),
        }
        return Batch({"x": x}, {"d": x[length:]}, about, (x != NOTHING).astype(np.dtype(settings.text("dtype"))))

    def input_names(self, settings: Settings) -> tuple[str, ...]:
        """The words."""
        return vocabulary_of(settings.text("dialogues")).words

    def answer_names(self, settings: Settings) -> tuple[str, ...]:
        """The same words."""
        return self.input_names(settings)

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is a dialogue whose last utterance is so in every word; the loss is the mean over its words."""
        return score_classes(outputs, np.where(batch.about["judged"].T, batch.targets["d"], NOTHING))

    def measures(self, score: Score) -> Mapping[str, float]:
        """None but the score itself."""
        return {}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """The first few dialogues with the answers to them; a wrong one is followed by the right one."""
        lines = []
        for row in range(min(_REPORTED, batch.size)):
            words, judged = batch.about["words"][row], batch.about["judged"][row]
            truth = _said(words, batch.targets["d"][judged, row])
            answer = _said(words, chosen(outputs[judged, row]))
            length = len(batch.inputs["x"]) - len(batch.targets["d"])
            heard = batch.inputs["x"][: length + int(np.argmax(judged)), row].reshape(-1, length)
            before = " / ".join(_said(words, utterance) for utterance in heard)
            lines.append(f"{before} -> {answer}" + ("" if answer == truth else f" (not {truth})"))
        return lines


def _said(words: Array, ids: Array) -> str:
    """An utterance as people write it, up to its end."""
    told = words[ids[ids != NOTHING]].tolist()
    return joined(told[: told.index(END)] if END in told else told, "word")


TASKS.add(DialogueTask.name, DialogueTask())
