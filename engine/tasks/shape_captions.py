"""Shapes with captions (system B10): an image in, “a red circle above a blue square” out, word by word.

The pictures are drawn anew for every iteration; a fifth of what they may show is held out for the examination.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.images.scene_words import LANGUAGE, LONGEST_CAPTION, Words, caption, caption_words
from engine.images.scenes import EXAMINED, IMAGE, SCENE_SETTINGS, Scenes, contents_of, scenes
from engine.images.shapes import CHANNELS
from engine.ops.lookups import NOTHING
from engine.scoring import chosen, score_classes
from engine.settings import Settings
from engine.task import TASKS, Answer, Batch, Score, Sizes
from engine.tensor import Array
from engine.text.tokens import END

START = "<sos>"
_REPORTED = 3


class ShapeCaptions:
    """See the module."""

    name = "shape_captions"
    sequences = "captions"
    settings = (LANGUAGE, *SCENE_SETTINGS)

    def input_names(self, settings: Settings) -> Words:
        """The words that the decoder reads."""
        return self.answer_names(settings)

    def answer_names(self, settings: Settings) -> Words:
        """All words of captions, and the signs for end and start."""
        return (END, *caption_words(settings.text("words")), START)

    def sizes(self, settings: Settings) -> Sizes:
        """An image in, words out."""
        words, side = self.answer_names(settings), settings.integer("image_size")
        return Sizes(
            len(words), len(words), LONGEST_CAPTION[settings.text("words")] + 1, Answer.CLASSES, vocabulary=True,
            start=words.index(START), image=(CHANNELS, side, side),
        )  # fmt: skip

    def batch(self, settings: Settings, random: np.random.Generator, iteration: int = 0) -> Batch:
        """New pictures of what is not held out."""
        return self._batch(settings, scenes(settings, random, settings.integer("batch")), random)

    def examination(self, settings: Settings, random: np.random.Generator) -> Batch:
        """EXAMINED pictures of what was held out."""
        return self._batch(settings, scenes(settings, random, EXAMINED, held_out=True), random)

    def _batch(self, settings: Settings, drawn: Scenes, random: np.random.Generator) -> Batch:
        words, length = self.answer_names(settings), self.sizes(settings).length
        ids = {word: number for number, word in enumerate(words)}
        asked = np.full((length, len(drawn)), NOTHING)
        for row, content in enumerate(contents_of(drawn)):
            told = (*caption(content, settings.text("words")), END)
            asked[: len(told), row] = [ids[word] for word in told]
        about = {
            "chance": random.random((len(drawn), length)),
            "words": np.broadcast_to(np.array(words), (len(drawn), len(words))),
        }
        return Batch({IMAGE: drawn.images[np.newaxis]}, {"d": asked}, about)

    def score(self, outputs: Array, batch: Batch) -> Score:
        """Right is a caption that is so in every word, the end included."""
        return score_classes(outputs, batch.targets["d"])

    def measures(self, score: Score) -> Mapping[str, float]:
        """None but the score itself."""
        return {}

    def report(self, outputs: Array, batch: Batch) -> list[str]:
        """The first few captions; a wrong one is followed by the right one."""
        words = tuple(batch.about["words"][0].tolist())
        told = chosen(outputs)
        lines = []
        for said, asked in list(zip(told.T, batch.targets["d"].T, strict=True))[:_REPORTED]:
            text, truth = (_text(ids, words) for ids in (said, asked))
            lines.append(text if text == truth else f"{text} (not: {truth})")
        return lines


def _text(ids: Array, words: Words) -> str:
    """Words up to the end."""
    told = [words[one] for one in ids.tolist() if one >= 0]
    return " ".join(told[: told.index(END)] if END in told else told)


TASKS.add(ShapeCaptions.name, ShapeCaptions())
