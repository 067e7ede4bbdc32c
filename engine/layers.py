"""Layers of recurrent cells over time: stacked, and in one direction or both (systems A15, A16)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from engine.cell import CELLS, Cell
from engine.model import ParameterSpec
from engine.ops.activations import stop_gradient
from engine.ops.masks import choose
from engine.ops.shapes import concatenate
from engine.scope import layer, part, time_step
from engine.settings import Settings
from engine.tape import Tape
from engine.tensor import Array, Tensor, state, variable

States = tuple[Tensor, ...]
TimeStep = Callable[[], tuple[Tensor, Tensor | None]]
"""Records what enters the first layer at a time step, (N, D), and its mask (N, 1), 0 where a sequence is padding."""
DIRECTIONS = ("forward", "backward")


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer in one direction.

    Attributes:
        number: from 1.
        direction: ``forward``, ``backward``, or empty in a network with one direction.
        prefix: of its parameters, such as ``layer2.backward.``; empty where there is but one layer.
        inputs: width of its input.
    """

    number: int
    direction: str
    prefix: str
    inputs: int


class Layers:
    """All layers of a network, and how they are stepped.

    Settings: ``cell``, ``hidden``, ``layers``, ``bidirectional``, ``truncation``, and those of the cell.
    """

    def __init__(self, settings: Settings, inputs: int, prefix: str = "", place: str = "") -> None:
        """Declare all layers.

        Args:
            inputs: width of what enters the first layer.
            prefix: of all parameters.
            place: the part of a model, such as ``encoder``, that all steps are placed in within their time steps.
        """
        self.settings = settings
        self.place = place
        self.cell: Cell = CELLS[settings.text("cell")]
        self.hidden = settings.integer("hidden")
        self.directions = DIRECTIONS if "bidirectional" in settings and settings.switch("bidirectional") else ("",)
        self.depth = settings.integer("layers")
        self.width = self.hidden * len(self.directions)
        self.layers = tuple(
            Layer(number, direction, prefix + self._prefix(number, direction), inputs if number == 1 else self.width)
            for number in range(1, self.depth + 1)
            for direction in self.directions
        )

    def _prefix(self, number: int, direction: str) -> str:
        names = [f"layer{number}"] if self.depth > 1 else []
        return "".join(f"{name}." for name in (*names, direction) if name)

    def parameters(self) -> tuple[ParameterSpec, ...]:
        """The parameters of all layers."""
        return tuple(
            spec.placed(one.prefix)
            for one in self.layers
            for spec in self.cell.parameters(self.settings, one.inputs, self.hidden)
        )

    def initial_states(self, tape: Tape, rows: int, dtype: np.dtype[Any], given: Mapping[str, Array]) -> list[States]:
        """Put the states before the first time step on the tape, layer by layer: those given, else zeros."""
        return [
            tuple(
                tape.initial_state(name, given.get(one.prefix + name, np.zeros((rows, self.hidden), dtype=dtype)))
                for name in self.cell.states(self.settings)
            )
            for one in self.layers
        ]

    def over_time(
        self, tape: Tape, parameters: Mapping[str, Tensor], steps: Sequence[TimeStep], states: list[States]
    ) -> Iterator[Tensor]:
        """Record all layers over all time steps.

        Args:
            parameters: by full name.
            steps: what comes in, asked for when it is needed, so that a time step's input is recorded beside its use.
            states: before the first time step, layer by layer (in a backward direction: before the last); on return
                those in which every layer ended, also named by the tape's ``final_states``.

        Yields:
            what the top layer passes on, one (N, width) a time step: in one direction before the next time step is
            recorded, in two after all of them.
        """
        own = self.own_parameters(parameters)
        if len(self.directions) == 1:
            yield from self._one_way(own, steps, states)
        else:
            yield from self._both_ways(own, steps, states)
        for one, ends in zip(self.layers, states, strict=True):
            for name, tensor in zip(self.cell.states(self.settings), ends, strict=True):
                tape.final_states[one.prefix + name] = tensor.index

    def step(
        self, own: list[dict[str, Tensor]], x: Tensor, states: list[States], mask: Tensor | None = None
    ) -> list[States]:
        """Record one time step of all layers of a network with one direction, inside a time step's scope.

        Args:
            own: the parameters of every layer, from ``own_parameters``.

        Returns:
            the states after it; the first of the last is what goes up.
        """
        after = []
        for one, parameters, before in zip(self.layers, own, states, strict=True):
            with self._place(one):
                made = self._masked(self.cell.step(x, before, parameters, self.settings), before, mask)
            after.append(made)
            x = made[0]
        return after

    def own_parameters(self, parameters: Mapping[str, Tensor]) -> list[dict[str, Tensor]]:
        """Layer by layer, the parameters under the names that the cell gives them."""
        return [
            {
                spec.name: parameters[one.prefix + spec.name]
                for spec in self.cell.parameters(self.settings, one.inputs, self.hidden)
            }
            for one in self.layers
        ]

    def _one_way(
        self, own: list[dict[str, Tensor]], steps: Sequence[TimeStep], states: list[States]
    ) -> Iterator[Tensor]:
        """Time step by time step, and in each of them from the lowest layer to the highest."""
        for t, step in enumerate(steps, start=1):
            with time_step(t):
                x, mask = step()
                for place, one in enumerate(self.layers):
                    with self._place(one):
                        x, states[place] = self._step(own[place], x, states[place], mask, t)
            yield x

    def _both_ways(
        self, own: list[dict[str, Tensor]], steps: Sequence[TimeStep], states: list[States]
    ) -> Iterator[Tensor]:
        """Layer by layer: once on, once back, then [h_f; h_b] at every time step."""
        xs, masks, length = [], [], len(steps)
        for t, step in enumerate(steps, start=1):
            with time_step(t):
                x, mask = step()
            xs.append(x)
            masks.append(mask)
        for place in range(0, len(self.layers), 2):
            passed: list[dict[int, Tensor]] = []
            for there, order in ((place, range(length)), (place + 1, range(length - 1, -1, -1))):
                hs: dict[int, Tensor] = {}
                for count, at in enumerate(order, start=1):
                    with time_step(at + 1), self._place(self.layers[there]):
                        hs[at], states[there] = self._step(own[there], xs[at], states[there], masks[at], count)
                passed.append(hs)
            for at in range(length):
                with time_step(at + 1), self._place(replace(self.layers[place], direction="")), part("both"):
                    xs[at] = variable("h", concatenate(passed[0][at], passed[1][at], axis=1))
        yield from xs

    def _step(
        self, own: dict[str, Tensor], x: Tensor, before: States, mask: Tensor | None, count: int
    ) -> tuple[Tensor, States]:
        truncation = self.settings.integer("truncation") if "truncation" in self.settings else 0
        if truncation and count > 1 and (count - 1) % truncation == 0:
            with part("cut"):
                before = tuple(state(one.symbol, stop_gradient(one)) for one in before)
        after = self._masked(self.cell.step(x, before, own, self.settings), before, mask)
        return after[0], after

    def _masked(self, after: States, before: States, mask: Tensor | None) -> States:
        """Where a sequence is padding its states stay as they were."""
        if mask is None:
            return after
        with part("mask"):
            return tuple(
                state(old.symbol, choose(mask, new, old)) for new, old in zip(after, before, strict=True)
            )

    @contextmanager
    def _place(self, one: Layer) -> Iterator[None]:
        """The scope of a layer: the part of the model, its number if there are several, its direction if of two."""
        with (
            part(self.place) if self.place else nullcontext(),
            layer(one.number) if self.depth > 1 else nullcontext(),
            part(one.direction) if one.direction else nullcontext(),
        ):
            yield
