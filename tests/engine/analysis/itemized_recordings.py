"""Recordings with random weights whose gradients are itemized: networks that only these tests have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from engine.backward import backward
from engine.ops.activations import sigmoid, stop_gradient, tanh
from engine.ops.arithmetic import scale, total
from engine.ops.losses import squared_error
from engine.ops.shapes import concatenate, part_of
from engine.scope import cell, gate, layer, part, time_step
from engine.tape import Tape
from engine.tensor import Tensor, gate_value, loss, output, state

GATES = ("f", "g", "i", "o")


@dataclass(frozen=True)
class Shape:
    """What is recorded: T time steps of L layers of H units, N sequences.

    Attributes:
        truncation: the states are cut after so many steps; 0 for never.
        cuts: which of the states h, c are cut.
        at_end: only the last step has a loss.
        only: only the loss of this step is in E; 0 for all of them.
        factor: E is so many times the sum of the losses; 0 for the sum itself.
        merged: the weights of the gates are joined outside time and used as one.
    """

    length: int = 5
    layers: int = 2
    hidden: int = 3
    batch: int = 2
    truncation: int = 0
    cuts: str = "hc"
    at_end: bool = False
    only: int = 0
    factor: float = 0.0
    merged: bool = False
    seed: int = 0


def lstm(shape: Shape) -> Tape:
    """An LSTM with random weights, forward and backward."""
    random = np.random.default_rng(shape.seed)
    tape = Tape()
    with tape.recording():
        weights = [_weights(tape, random, shape, number) for number in range(1, shape.layers + 1)]
        W_y = tape.parameter("W_y", random.normal(size=(shape.hidden, 2)))
        states = [
            {name: tape.initial_state(name, random.normal(size=(shape.batch, shape.hidden))) for name in "hc"}
            for _ in range(shape.layers)
        ]
        losses = []
        for t in range(1, shape.length + 1):
            with time_step(t):
                signal = tape.input("x", random.normal(size=(shape.batch, 2)))
                for number in range(shape.layers):
                    with layer(number + 1):
                        if shape.truncation and t > 1 and (t - 1) % shape.truncation == 0:
                            _cut(states[number], shape.cuts)
                        signal = _cell(signal, states[number], weights[number], shape)
                here = _loss(tape, signal @ W_y, random.normal(size=(shape.batch, 2)))
                if t == (shape.only or t) and (not shape.at_end or t == shape.length):
                    losses.append(here)
        with part("loss"):
            whole = total(*losses)
            whole = loss("E", scale(whole, factor=shape.factor) if shape.factor else whole)
    backward(tape, whole)
    return tape


def _weights(tape: Tape, random: np.random.Generator, shape: Shape, number: int) -> dict[str, Tensor]:
    inputs = 2 if number == 1 else shape.hidden
    sizes = {"W_x": (inputs, shape.hidden), "W_h": (shape.hidden, shape.hidden), "b": (1, shape.hidden)}
    made = {
        f"{kind}_{name}": tape.parameter(f"layer{number}.{kind}_{name}", random.normal(size=size))
        for name in GATES
        for kind, size in sizes.items()
    }
    if shape.merged:
        for kind in sizes:
            made[kind] = concatenate(*(made[f"{kind}_{name}"] for name in GATES), axis=1)
    return made


def _cut(states: dict[str, Tensor], cuts: str) -> None:
    with part("cut"):
        for name in cuts:
            states[name] = state(name, stop_gradient(states[name]))


def _cell(x: Tensor, states: dict[str, Tensor], weights: dict[str, Tensor], shape: Shape) -> Tensor:
    h, c = states["h"], states["c"]
    with cell("lstm"):
        if shape.merged:
            together = x @ weights["W_x"] + h @ weights["W_h"] + weights["b"]
        made = {}
        for place, name in enumerate(GATES):
            with gate(name):
                if shape.merged:
                    u = part_of(together, start=place * shape.hidden, stop=(place + 1) * shape.hidden)
                else:
                    u = x @ weights[f"W_x_{name}"] + h @ weights[f"W_h_{name}"] + weights[f"b_{name}"]
                made[name] = gate_value(name, tanh(u) if name == "g" else sigmoid(u))
        states["c"] = state("c", made["f"] * c + made["i"] * made["g"])
        states["h"] = state("h", made["o"] * tanh(states["c"]))
    return states["h"]


def _loss(tape: Tape, v: Tensor, target: np.ndarray) -> Tensor:
    with part("loss"):
        return loss("L", squared_error(output("y", v), tape.target("d", target)))
