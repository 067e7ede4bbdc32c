"""A recording of a hundred thousand operations: ten recurrent layers over two thousand time steps."""

import numpy as np

from engine.ops.activations import tanh
from engine.ops.products import matmul
from engine.scope import cell, layer, time_step
from engine.tape import Tape
from engine.tensor import state, variable

LAYERS = 10
STEPS = 2000
OPERATIONS_A_CELL = 5


def large_recording(steps: int = STEPS, layers: int = LAYERS) -> Tape:
    """Record a forward pass of ``steps * layers * 5`` operations on random numbers."""
    random = np.random.default_rng(0)
    tape = Tape()
    with tape.recording():
        weights = [tape.parameter(f"W_{k}", random.standard_normal((4, 4)) / 2) for k in range(1, layers + 1)]
        recurrent = [tape.parameter(f"U_{k}", random.standard_normal((4, 4)) / 2) for k in range(1, layers + 1)]
        biases = [tape.parameter(f"b_{k}", random.standard_normal((1, 4))) for k in range(1, layers + 1)]
        states = [tape.initial_state("h", np.zeros((1, 4))) for _ in range(layers)]
        for t in range(1, steps + 1):
            with time_step(t):
                below = tape.input("x", random.standard_normal((1, 4)))
                for k in range(layers):
                    with layer(k + 1), cell("rnn"):
                        u = variable("u", matmul(below, weights[k]) + matmul(states[k], recurrent[k]) + biases[k])
                        below = states[k] = state("h", tanh(u))
    return tape
