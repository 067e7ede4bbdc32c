"""Recordings of other shapes: without time, decoders, layer by layer, both directions, skips, x·x."""

import numpy as np

from engine.backward import backward
from engine.ops.activations import sigmoid, tanh
from engine.ops.arithmetic import multiply, total
from engine.ops.losses import squared_error
from engine.scope import cell, layer, part, time_step
from engine.tape import Tape
from engine.tensor import Tensor, loss, output, state

ONE = np.ones((1, 1))


def _weights(tape: Tape, *names: str) -> dict[str, Tensor]:
    return {name: tape.parameter(name, ONE) for name in names}


def empty() -> Tape:
    """Nothing at all."""
    return Tape()


def without_time() -> Tape:
    """One layer, no time steps, differentiated."""
    tape = Tape()
    with tape.recording():
        weights = _weights(tape, "W")
        y = output("y", sigmoid(tape.input("x", ONE) @ weights["W"]))
        last = loss("L", squared_error(y, tape.target("d", ONE)))
    backward(tape, last)
    return tape


def encoder_decoder() -> Tape:
    """Time steps inside parts; the decoder lives on its own answers."""
    tape = Tape()
    with tape.recording():
        w = _weights(tape, "W", "U", "V")
        h, y = tape.initial_state("h", ONE), tape.constant("go", ONE)
        losses = []
        with part("encoder"):
            for t in (1, 2, 3):
                with time_step(t), cell("rnn"):
                    h = state("h", tanh(tape.input("x", ONE) @ w["W"] + h @ w["U"]))
        with part("decoder"):
            for t in (1, 2, 3):
                with time_step(t):
                    d = tape.target("d", ONE)
                    with cell("rnn"):
                        h = state("h", tanh(y @ w["W"] + h @ w["U"]))
                    with part("output"):
                        y = output("y", sigmoid(h @ w["V"]))
                    losses.append(loss("L", squared_error(y, d)))
        last = loss("E", total(*losses))
    backward(tape, last)
    return tape


def layer_by_layer() -> Tape:
    """Time steps inside layers."""
    tape = Tape()
    with tape.recording():
        signals = []
        for t in (1, 2, 3):
            with time_step(t):
                signals.append(tape.input("x", ONE))
        for number in (1, 2):
            w = _weights(tape, f"W{number}", f"U{number}")
            h = tape.initial_state(f"h{number}", ONE)
            for t in (1, 2, 3):
                with layer(number), time_step(t), cell("rnn"):
                    h = state(f"h{number}", tanh(signals[t - 1] @ w[f"W{number}"] + h @ w[f"U{number}"]))
                signals[t - 1] = h
    return tape


def both_directions() -> Tape:
    """A second cell runs from the last time step to the first."""
    tape = Tape()
    with tape.recording():
        w = _weights(tape, "W", "U", "R", "S", "V")
        signals, onward, back = {}, {0: tape.initial_state("f", ONE)}, {4: tape.initial_state("b", ONE)}
        for t in (1, 2, 3):
            with time_step(t):
                signals[t] = tape.input("x", ONE)
                with cell("onward"):
                    onward[t] = state("f", tanh(signals[t] @ w["W"] + onward[t - 1] @ w["U"]))
        for t in (3, 2, 1):
            with time_step(t), cell("back"):
                back[t] = state("b", tanh(signals[t] @ w["R"] + back[t + 1] @ w["S"]))
        losses = []
        for t in (1, 2, 3):
            with time_step(t), part("output"):
                y = output("y", sigmoid((onward[t] + back[t]) @ w["V"]))
                losses.append(loss("L", squared_error(y, tape.target("d", ONE))))
        last = loss("E", total(*losses))
    backward(tape, last)
    return tape


def skips_and_squares() -> Tape:
    """A state that is multiplied by itself and used again three steps later."""
    tape = Tape()
    with tape.recording():
        states = [tape.initial_state("h", ONE)]
        w = _weights(tape, "W", "S")
        for t in range(1, 7):
            with time_step(t), cell("rnn"):
                inner = tape.input("x", ONE) @ w["W"] + multiply(states[-1], states[-1])
                states.append(state("h", tanh(inner + states[-3] @ w["S"] if t > 2 else inner)))
    return tape
