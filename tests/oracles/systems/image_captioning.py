"""Image captioning: networks over images, decoders of any cell, wherever the image enters."""

from __future__ import annotations

from typing import Any

import numpy as np

from engine.models.image_captioning import EVERY_STEP, FIRST_STEP, STATE
from engine.settings import Value
from engine.teacher import CHANCE
from tests.oracles.recurrent.drawing import CELLS
from tests.oracles.systems.case import Case
from tests.oracles.systems.drawn_images import draw_images, image_values
from tests.oracles.systems.system import System, symbol


def _draw(random: np.random.Generator, family: str, small: bool) -> Case:
    """Sizes, cell, settings and data at random."""
    most, cell = 3 if small else 6, str(random.choice([*CELLS]))
    words, length, batch = (int(random.integers(*bounds)) for bounds in ((2, most + 3), (1, most + 1), (1, 4)))
    values: dict[str, Value] = {
        "cell": cell,
        **CELLS[cell](random),
        "hidden": int(random.integers(1, most + 1)),
        "layers": int(random.choice((1, 1, 2))),
        "embedding": int(random.integers(1, most + 1)),
        "image_into": family,
        "teacher_forcing": str(random.choice(("on", "off", "probability"))),
        "forcing_probability": round(float(random.random()), 2),
        **image_values(random, most),
    }
    images = draw_images(random, batch, most)
    asked = random.integers(0, words, (length, batch))
    asked[1:][random.random((length - 1, batch)) < 0.2] = -1
    sizes: dict[str, Any] = {
        "inputs": words, "outputs": words, "length": length, "answer": "classes", "vocabulary": True,
        "start": int(random.integers(words)), "image": list(images.shape[2:]),
    }  # fmt: skip
    return Case(
        "image_captioning", family, values, sizes, int(random.integers(2**31)), {"X": images}, {"d": asked},
        {CHANCE: np.round(random.random((batch, length)), 2)},
    )  # fmt: skip


def _loss(*arguments: Any) -> Any:
    from tests.oracles.systems.torch_images import captioning_loss

    return captioning_loss(*arguments)


SYSTEM = System(
    "image_captioning",
    (STATE, FIRST_STEP, EVERY_STEP),
    _draw,
    _loss,
    {
        "A": symbol("A", "image"), "P": symbol("P", "image"), "phi": symbol("phi", "image"), "v": symbol("v"),
        "y": symbol("y"), "L": symbol("L"),
    },
)  # fmt: skip
