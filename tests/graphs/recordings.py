"""Recordings to lay out: of the lesson's network, and of networks that only these tests have."""

import numpy as np

from engine.backward import backward
from engine.lesson import lesson_named
from engine.model import Parameters
from engine.ops.activations import sigmoid, tanh
from engine.ops.arithmetic import total
from engine.ops.losses import squared_error
from engine.scope import cell, gate, layer, part, time_step
from engine.tape import Tape
from engine.tensor import Tensor, gate_value, loss, output, state
from engine.training.iteration import Snapshot, first_memory, record_iteration

GATES = ("forget", "input", "candidate", "output")


def simple_rnn(**settings: object) -> Tape:
    """One iteration of the first lesson."""
    lesson = lesson_named("binary-addition")
    chosen = lesson.settings.changed(**settings)
    sizes = lesson.task.sizes(chosen)
    parameters: Parameters = {spec.name: np.full(spec.shape, 0.1) for spec in lesson.model.parameters(chosen, sizes)}
    start = Snapshot(parameters, first_memory(parameters, chosen))
    return record_iteration(lesson, chosen, start, 0)[0]


def lstm_like(length: int = 3, with_backward: bool = True) -> Tape:
    """Gates, a cell state and a hidden state, twelve parameters in one cell."""
    tape = Tape()
    with tape.recording():
        weights = {
            f"{symbol}_{name}": tape.parameter(f"{symbol}_{name[0]}", np.ones(shape))
            for name in GATES
            for symbol, shape in (("W", (2, 3)), ("U", (3, 3)), ("b", (1, 3)))
        }
        out = tape.parameter("V", np.ones((3, 1)))
        h, c = tape.initial_state("h", np.zeros((1, 3))), tape.initial_state("c", np.zeros((1, 3)))
        losses = []
        for t in range(1, length + 1):
            with time_step(t):
                x, d = tape.input("x", np.ones((1, 2))), tape.target("d", np.ones((1, 1)))
                h, c = _lstm_step(x, h, c, weights)
                losses.append(_read_out(h, out, d))
        last = loss("E", total(*losses))
    if with_backward:
        backward(tape, last)
    return tape


def _lstm_step(x: Tensor, h: Tensor, c: Tensor, weights: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
    with cell("lstm"):
        made = {}
        for name in GATES:
            with gate(name):
                inner = x @ weights[f"W_{name}"] + h @ weights[f"U_{name}"] + weights[f"b_{name}"]
                symbol, squash = ("g", tanh) if name == "candidate" else (name[0], sigmoid)
                made[name] = gate_value(symbol, squash(inner))
        c = state("c", made["forget"] * c + made["input"] * made["candidate"])
        return state("h", made["output"] * tanh(c)), c


def _read_out(h: Tensor, weights: Tensor, d: Tensor) -> Tensor:
    with part("output"):
        y = output("y", sigmoid(h @ weights))
    with part("loss"):
        return loss("L", squared_error(y, d))


def two_layers(length: int = 4, with_backward: bool = True) -> Tape:
    """A stacked simple RNN."""
    tape = Tape()
    with tape.recording():
        weights = {name: tape.parameter(name, np.ones((2, 2))) for name in ("W_1", "U_1", "W_2", "U_2")}
        out = tape.parameter("V", np.ones((2, 1)))
        states = [tape.initial_state(f"h{number}", np.zeros((1, 2))) for number in (1, 2)]
        losses = []
        for t in range(1, length + 1):
            with time_step(t):
                signal, d = tape.input("x", np.ones((1, 2))), tape.target("d", np.ones((1, 1)))
                for number in (1, 2):
                    with layer(number), cell("rnn"):
                        before = states[number - 1]
                        inner = signal @ weights[f"W_{number}"] + before @ weights[f"U_{number}"]
                        signal = states[number - 1] = state(f"h{number}", tanh(inner))
                losses.append(_read_out(signal, out, d))
        last = loss("E", total(*losses))
    if with_backward:
        backward(tape, last)
    return tape


def long_chain(operations: int, width: int = 25) -> Tape:
    """About ``operations`` recorded operations in columns of ``width``, none of them computing anything large."""
    tape = Tape()
    with tape.recording():
        weights = tape.parameter("W", np.ones((1, 1)))
        h = tape.initial_state("h", np.zeros((1, 1)))
        for t in range(1, operations // width + 1):
            with time_step(t):
                x = tape.input("x", np.ones((1, 1)))
                with cell("deep"):
                    signal = x @ weights + h @ weights
                    for _ in range(width - 4):
                        signal = tanh(signal)
                    h = state("h", tanh(signal))
    return tape
