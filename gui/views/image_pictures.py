"""What a tape holds of images: the image itself, filters, feature maps and their maxima. Knows no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from engine.image_network import IMAGE_PART
from engine.ops.convolution import convolution2d
from engine.ops.pooling import max_pool2d
from engine.scope import ScopeKind
from engine.tape import Tape
from engine.tensor import Role, Tensor

Floats = NDArray[np.float64]
_COLORS = 3


class RowKind(StrEnum):
    """What a row of small pictures shows."""

    FILTERS = "filters"
    MAPS = "maps"
    MAXIMA = "maxima"


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A row of small pictures.

    Attributes:
        kind: what they are.
        entry: the tape index of them all.
        layer: the number of the convolution they belong to, from 1.
    """

    kind: RowKind
    entry: int
    layer: int


class ImagePictures:
    """The pictures of a tape.

    Attributes:
        image: tape index of the images (N, C, H, W); None where there are none.
        rows: filters that have as many channels as a picture has colours, maps and maxima, in the order of the tape.
    """

    def __init__(self, tape: Tape) -> None:
        self._tape = tape
        self.image: int | None = None
        self.rows: list[PictureRow] = []
        for step in tape.steps[: tape.backward_start]:
            if step.role is Role.INPUT and len(step.shape) == 4 and self.image is None:
                self.image = step.index
            elif _is_in_network(step):
                self._add(step)

    def _add(self, step: Tensor) -> None:
        scope = step.scope.enclosing(ScopeKind.LAYER)
        number = 1 if scope is None or scope.number is None else scope.number
        name = "" if step.operation is None else step.operation.name
        if name == convolution2d.__name__ and step.inputs[1].shape[1] in (1, _COLORS):
            self.rows.append(PictureRow(RowKind.FILTERS, step.inputs[1].index, number))
        elif name == max_pool2d.__name__:
            self.rows.append(PictureRow(RowKind.MAXIMA, step.index, number))
        elif step.symbol == "A":
            self.rows.append(PictureRow(RowKind.MAPS, step.index, number))

    @property
    def batch(self) -> int:
        """Number of images."""
        return 0 if self.image is None else self._tape[self.image].shape[0]

    def picture(self, sequence: int) -> Floats:
        """The image of a sequence, (H, W, 3), 0 … 1."""
        assert self.image is not None
        channels = np.asarray(self._tape[self.image].value, dtype=float)[sequence]
        return np.clip(_as_colors(channels), 0.0, 1.0)

    def numbers(self, row: PictureRow, sequence: int) -> Floats:
        """The numbers of a row's pictures: filters (F, C, k, k), else (F, H, W)."""
        value = np.asarray(self._tape[row.entry].value, dtype=float)
        return value if row.kind is RowKind.FILTERS else value[sequence]


def _is_in_network(step: Tensor) -> bool:
    return any(scope.name == IMAGE_PART for scope in step.scope.line()) and len(step.shape) == 4


def filter_colors(numbers: Floats) -> Floats:
    """Filters (F, C, k, k) as pictures (F, k, k, 3): grey for zero, brighter for weights above it, darker below."""
    finite = np.where(np.isfinite(numbers), numbers, 0.0)
    largest = float(np.abs(finite).max(initial=0.0)) or 1.0
    return np.stack([_as_colors(0.5 + 0.5 * (one / largest)) for one in finite])


def _as_colors(channels: Floats) -> Floats:
    """(C, H, W) → (H, W, 3): as they are where there are three, else the mean of all as grey."""
    finite = np.where(np.isfinite(channels), channels, 0.0)
    shown = finite if len(finite) == _COLORS else np.repeat(finite.mean(axis=0, keepdims=True), _COLORS, axis=0)
    return np.moveaxis(shown, 0, -1)
