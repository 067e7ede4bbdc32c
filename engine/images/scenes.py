"""Scenes: one shape, or two different ones above or beside each other, at places and in sizes drawn at random.

What a scene shows, its contents, are shapes, colours and how they stand; a fifth of all contents, chosen by the text
that says them, is held out. Where exactly and how large, is drawn anew for every picture.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np

from engine.images.shapes import CHANNELS, COLORS, NO_SHAPE, SHAPES, drawn
from engine.settings import Setting, SettingKind, Settings
from engine.tensor import Array

ABOVE, BESIDE, ALONE = 0, 1, 2
"""How the first shape of a scene stands to the second: above it, left of it, or there is no second."""
IMAGE = "X"
"""The symbol of pictures among the inputs of a network."""
EXAMINED = 500
"""Held-out pictures in an examination."""
_HELD_OUT_OF = 5
_ONE_OF = 4
"""So many pictures are there for one with a single shape."""

SCENE_SETTINGS = (
    Setting("batch", SettingKind.INTEGER, 32, "Number of sequences in one iteration.", 1, 4096),
    Setting("image_size", SettingKind.INTEGER, 12, "Pixels along a side of an image.", 8, 128),
    Setting(
        "blank", SettingKind.SWITCH, False,
        "Whether all images are black: what can be answered without seeing anything?",
    ),
)  # fmt: skip


@dataclass(frozen=True, eq=False, slots=True)
class Scenes:
    """Pictures with their contents.

    Attributes:
        shapes, colors: numbers (N, 2), the upper or left one first; NO_SHAPE where there is but one.
        relation: (N,) of ABOVE, BESIDE and ALONE.
        images: (N, 3, S, S), brightness from 0 to 1.
    """

    shapes: Array
    colors: Array
    relation: Array
    images: Array

    def __len__(self) -> int:
        return len(self.shapes)


@dataclass(frozen=True, slots=True)
class Content:
    """What one picture shows.

    Attributes:
        shapes, colors: numbers of one or two shapes, the upper or left one first.
        relation: ABOVE, BESIDE or ALONE.
    """

    shapes: tuple[int, ...]
    colors: tuple[int, ...]
    relation: int


def contents_of(drawn: Scenes) -> list[Content]:
    """What every picture shows."""
    rows = zip(drawn.shapes.tolist(), drawn.colors.tolist(), drawn.relation.tolist(), strict=True)
    return [
        Content(tuple(shapes[: 1 + (relation != ALONE)]), tuple(colors[: 1 + (relation != ALONE)]), relation)
        for shapes, colors, relation in rows
    ]


@lru_cache(maxsize=1)
def contents() -> tuple[Array, Array]:
    """All contents that are learned, and all that are held out: rows of two shapes, two colours and a relation."""
    rows = [(shape, NO_SHAPE, color, 0, ALONE) for shape, color in product(range(len(SHAPES)), range(len(COLORS)))]
    rows += [
        (one, other, color, other_color, relation)
        for one, other in product(range(len(SHAPES)), repeat=2)
        for color, other_color in product(range(len(COLORS)), repeat=2)
        for relation in (ABOVE, BESIDE)
        if one != other
    ]
    table = np.array(rows)
    held_out = np.array([zlib.crc32(" ".join(map(str, row)).encode()) % _HELD_OUT_OF == 0 for row in rows])
    return table[~held_out], table[held_out]


def scenes(settings: Settings, random: np.random.Generator, count: int, held_out: bool = False) -> Scenes:
    """Draw pictures of contents that are learned, or of those that are held out."""
    table = contents()[held_out]
    single = random.random(count) < 1.0 / _ONE_OF
    alone = np.flatnonzero(table[:, 4] == ALONE)
    pairs = np.flatnonzero(table[:, 4] != ALONE)
    chosen = table[np.where(single, random.choice(alone, count), random.choice(pairs, count))]
    shapes, colors, relation = chosen[:, :2], chosen[:, 2:4], chosen[:, 4]
    size = settings.integer("image_size")
    images = drawn(shapes, colors, _places(relation, random), size)
    if settings.switch("blank"):
        images = np.zeros((count, CHANNELS, size, size))
    return Scenes(shapes, colors, relation, images.astype(np.dtype(settings.text("dtype"))))


def _places(relation: Array, random: np.random.Generator) -> Array:
    """x, y and radius (N, 2, 3) of the shapes, apart from each other and inside the picture."""
    count = len(relation)
    radius = random.uniform(0.18, 0.22, (count, 2))
    along = np.array([0.25, 0.75]) + random.uniform(-0.02, 0.02, (count, 2))
    across = random.uniform(0.42, 0.58, (count, 1)) + random.uniform(-0.04, 0.04, (count, 2))
    above = (relation == ABOVE)[:, np.newaxis]
    x, y = np.where(above, across, along), np.where(above, along, across)
    alone = relation == ALONE
    x[alone], y[alone] = random.uniform(0.4, 0.6, (2, count, 1))[:, alone]
    radius[alone] *= random.uniform(1.0, 1.3, (count, 1))[alone]
    return np.stack([x, y, radius], axis=2)
