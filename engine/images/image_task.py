"""Tasks whose inputs and answers are images."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from engine.settings import Settings
from engine.task import Batch
from engine.tensor import Array


@runtime_checkable
class AnswersWithImages(Protocol):
    """A task whose inputs and answers are grey images, each a row of numbers from 0 (paper) to 1 (ink)."""

    def image_shape(self, settings: Settings) -> tuple[int, int]:
        """Height and width in pixels."""

    def kinds(self, batch: Batch) -> Array:
        """What each image shows, as an id (N,); nothing that a network is told."""

    def kind_names(self) -> tuple[str, ...]:
        """A short name of each id."""
