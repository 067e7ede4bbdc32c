"""Shapes with questions (system B11): an image and “what is left of the square” in, one word out.

Four kinds of questions: of a shape's colour, whether there is one, how many there are, and what is above, below, left
or right of another. The pictures are those of the captions, drawn anew for every iteration, a fifth of what they may
show held out.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.images.scene_questions import ALL, KINDS, LONGEST_QUESTION, answer_words, asked, question_words
from engine.images.scene_words import LANGUAGE, Words
from engine.images.scenes import EXAMINED, IMAGE, SCENE_SETTINGS, Scenes, contents_of, scenes
from engine.images.shapes import CHANNELS
from engine.ops.lookups import NOTHING
from engine.scoring import chosen, score_classes
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tensor import Array

_REPORTED = 3


class ShapeQuestions:
    """See the module."""

    name = "shape_questions"
    sequences = "questions"
    settings = (
        LANGUAGE,
        Setting("questions", SettingKind.CHOICE, ALL, "Which kinds of questions are asked.", choices=(ALL, *KINDS)),
        *SCENE_SETTINGS,
    )

    def input_names(self, settings: Settings) -> Words:
        """The words of questions."""
        return question_words(settings.text("words"))

    def answer_names(self, settings: Settings) -> Words:
        """The words of answers."""
        return answer_words(settings.text("words"))

    def sizes(self, settings: Settings) -> Sizes:
        """A question and an image in, one word out."""
        side = settings.integer("image_size")
        return Sizes(
            len(self.input_names(settings)), len(self.answer_names(settings)),
            LONGEST_QUESTION[settings.text("words")], Answer.CLASSES, at_end=True,
            vocabulary=True, image=(CHANNELS, side, side),
        )  # fmt: skip

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """New pictures of what is not held out, a question to each."""
        return self._batch(settings, scenes(settings, random, settings.integer("batch")), random)

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """EXAMINED pictures of what was held out."""
        return self._batch(settings, scenes(settings, random, EXAMINED, held_out=True), random)

    def _batch(self, settings: Settings, drawn: Scenes, random: np.random.Generator) -> Batch:
        language, kinds = settings.text("words"), settings.text("questions")
        pairs = [asked(content, kinds, language, random) for content in contents_of(drawn)]
        numbers = [
            {word: number for number, word in enumerate(names)}
            for names in (self.input_names(settings), self.answer_names(settings))
        ]
        length = max(len(one.question) for one in pairs)
        x = np.full((length, len(pairs)), NOTHING)
        for row, one in enumerate(pairs):
            x[: len(one.question), row] = [numbers[0][word] for word in one.question]
        d = np.array([[numbers[1][one.answer] for one in pairs]])
        about = {
            "kind": np.array([one.kind for one in pairs]),
            "texts": np.array([" ".join(one.question) for one in pairs]),
            "words": np.broadcast_to(np.array(self.answer_names(settings)), (len(pairs), len(numbers[1]))),
        }
        mask = (x != NOTHING).astype(np.dtype(settings.text("dtype")))
        return Batch(
            {"x": x, IMAGE: drawn.images[np.newaxis]}, {"d": d}, about, None if mask.all() else mask
        )  # fmt: skip

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is the right word."""
        return score_classes(outputs, batch.targets["d"])

    def measures(self, score: Score) -> Mapping[str, float]:
        """None but the score itself."""
        return {}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """The first few questions with the answers to them; a wrong one is followed by the right one."""
        told = chosen(outputs)[0]
        lines = []
        for row, question in enumerate(batch.about["texts"][:_REPORTED].tolist()):
            words, truth = batch.about["words"][row], int(batch.targets["d"][0, row])
            line = f"{question} -> {words[told[row]]}"
            lines.append(line if told[row] == truth else f"{line} (not: {words[truth]})")
        return lines


TASKS.add(ShapeQuestions.name, ShapeQuestions())
