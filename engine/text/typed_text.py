"""Texts that a user types for a network to read, and what a task must know to turn them into ids and ids into texts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from engine.errors import BackstepError
from engine.settings import Settings
from engine.task import Batch
from engine.tensor import Array


class TypedTextError(BackstepError):
    """A typed text cannot be read."""


@dataclass(frozen=True, eq=False, slots=True)
class Typed:
    """A typed text as a network reads it.

    Attributes:
        batch: of this one sequence; its targets are there for their length alone.
        unknown: symbols that have no place in the vocabulary; the unknown symbol stands in for them.
    """

    batch: Batch
    unknown: tuple[str, ...]


@runtime_checkable
class TakesText(Protocol):
    """A task whose sources can be typed."""

    def typed(self, text: str, settings: Settings) -> Typed:
        """The batch of a source that somebody typed.

        Raises:
            TypedTextError: it has symbols that are not known, or too many.
        """


@runtime_checkable
class Detokenizes(Protocol):
    """A task that turns ids into texts as people write them."""

    def source_text(self, ids: Iterable[int], settings: Settings) -> str:
        """Ids (T,) of a source, as they are read."""

    def answer_text(self, ids: Iterable[int], settings: Settings) -> str:
        """Ids (T',) of an answer, up to its end."""


@runtime_checkable
class CountsSymbols(Protocol):
    """A task that knows how often its symbols are met."""

    def symbol_counts(self, settings: Settings) -> tuple[Array, Array]:
        """How often each input and each answer is in the data that are learned."""
