"""Visual question answering: networks over images and questions of any cell, normalised or not."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.settings import Value
from tests.oracles.recurrent.drawing import CELLS
from tests.oracles.systems.case import Case
from tests.oracles.systems.drawn_images import draw_images, image_values
from tests.oracles.systems.system import System, symbol

NORMALIZED, PLAIN = "normalized", "plain"


def _draw(random: np.random.Generator, family: str, small: bool) -> Case:
    """Sizes, cell, settings and data at random; questions of different lengths."""
    most, cell = 3 if small else 6, str(random.choice([*CELLS]))
    words, length, batch = (int(random.integers(*bounds)) for bounds in ((2, most + 3), (1, most + 1), (1, 4)))
    values: dict[str, Value] = {
        "cell": cell,
        **CELLS[cell](random),
        "hidden": int(random.integers(1, most + 1)),
        "layers": int(random.choice((1, 2, 2))),
        "embedding": int(random.integers(1, most + 1)),
        "common": int(random.integers(1, most + 1)),
        "normalized": family == NORMALIZED,
        **image_values(random, most),
        # Of one feature or two the gradient may go in the direction of the features themselves, and cancel out.
        "features": int(random.integers(4, most + 5)),
    }
    images, outputs = draw_images(random, batch, most), int(random.integers(2, most + 3))
    there = np.arange(length)[:, np.newaxis] < random.integers(1, length + 1, batch)
    questions = np.where(there, random.integers(0, words, (length, batch)), -1)
    sizes: dict[str, Any] = {
        "inputs": words, "outputs": outputs, "length": length, "answer": "classes", "at_end": True, "vocabulary": True,
        "image": list(images.shape[2:]),
    }  # fmt: skip
    return Case(
        "visual_question_answering", family, values, sizes, int(random.integers(2**31)),
        {"x": questions, "X": images}, {"d": random.integers(0, outputs, (1, batch))},
        mask=None if there.all() else there.astype(float),
    )  # fmt: skip


def _loss(*arguments: Any) -> Any:
    from tests.oracles.systems.torch_images import question_loss

    return question_loss(*arguments)


SYSTEM = System(
    "visual_question_answering",
    (NORMALIZED, PLAIN),
    _draw,
    _loss,
    {
        "A": symbol("A", "image"), "P": symbol("P", "image"), "phi": symbol("phi", "image"),
        "phi_hat": symbol("phi_hat"), "p": symbol("p", "image"), "q": symbol("q", "question"), "qp": symbol("qp"),
        "v": symbol("v"), "y": symbol("y"),
    },
)  # fmt: skip
