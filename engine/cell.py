"""Cells: what one layer computes in one time step. A cell is one file in engine/cells/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from engine.model import ParameterSpec
from engine.registry import Registry
from engine.settings import Setting, Settings
from engine.tensor import Tensor


class Cell(Protocol):
    """A recurrent cell. Rows are sequences: x is (N, D), every state (N, H)."""

    @property
    def name(self) -> str:
        """Its name among the choices of the setting ``cell``."""

    @property
    def settings(self) -> tuple[Setting, ...]:
        """What may be set of it alone, each ``only_with`` the setting ``cell``."""

    @property
    def uses(self) -> tuple[str, ...]:
        """Which of the settings that cells share have an effect on it: ``activation``, ``bias``."""

    def states(self, settings: Settings) -> tuple[str, ...]:
        """Names of its states; the first is the one that goes up and out."""

    def parameters(self, settings: Settings, inputs: int, hidden: int) -> tuple[ParameterSpec, ...]:
        """What is to be learned, for inputs of width D and H units."""

    def step(
        self, x: Tensor, states: tuple[Tensor, ...], parameters: Mapping[str, Tensor], settings: Settings
    ) -> tuple[Tensor, ...]:
        """Record one time step; returns the states after it, in the order of ``states``."""


CELLS: Registry[Cell] = Registry("cell", "engine.cells")
