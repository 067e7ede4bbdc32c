"""The simple RNN of exercise 3_1: three weights, squared error at every time step (systems A1, A2)."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from engine.cells.simple_rnn import simple_rnn
from engine.model import MODELS, ParameterSpec
from engine.ops.activations import ACTIVATIONS, sigmoid, sigmoid_course, stop_gradient
from engine.ops.arithmetic import total
from engine.ops.losses import squared_error
from engine.scope import part, time_step
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Batch, Sizes
from engine.tensor import Tensor, loss, output, state, variable


class SimpleRNN:
    """u^t = W_in x^t + W z^(t-1) + b, z^t = f(u^t), v^t = W_out z^t + c, y^t = sigma(v^t)."""

    name = "simple_rnn"
    settings = (
        Setting("hidden", SettingKind.INTEGER, 16, "Number of units in the hidden layer.", 1, 1_000_000),
        Setting(
            "activation", SettingKind.CHOICE, "sigmoid", "Activation function of the hidden layer.",
            choices=tuple(ACTIVATIONS),
        ),
        Setting("bias", SettingKind.SWITCH, False, "Whether the layers have the biases b and c."),
        Setting(
            "truncation", SettingKind.INTEGER, 0, "Length of truncated BPTT in time steps; 0 for none.", 0, 100_000
        ),
        Setting(
            "delta_out", SettingKind.CHOICE, "exact",
            "The gradient at the output: exact, or as the course's exercise computes it (sigmoid applied twice).",
            choices=("exact", "course"),
        ),
    )  # fmt: skip

    def parameters(self, settings: Settings, sizes: Sizes) -> tuple[ParameterSpec, ...]:
        """W_in (D, H), W_out (H, K), W (H, H) and, with biases, b (1, H), c (1, K)."""
        hidden = settings.integer("hidden")
        weights = (
            ParameterSpec("W_in", (sizes.inputs, hidden), sizes.inputs),
            ParameterSpec("W_out", (hidden, sizes.outputs), hidden),
            ParameterSpec("W", (hidden, hidden), hidden),
        )
        if not settings.switch("bias"):
            return weights
        return (*weights, ParameterSpec("b", (1, hidden), 0), ParameterSpec("c", (1, sizes.outputs), 0))

    def forward(
        self, tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, settings: Settings, sizes: Sizes
    ) -> Tensor:
        """Record all time steps and the sum of their losses."""
        W_in, W_out, W = parameters["W_in"], parameters["W_out"], parameters["W"]
        b, c = parameters.get("b"), parameters.get("c")
        activation = ACTIVATIONS[settings.text("activation")]
        squash = sigmoid if settings.text("delta_out") == "exact" else sigmoid_course
        truncation = settings.integer("truncation")
        z = tape.initial_state("z", np.zeros((batch.size, W.shape[0]), dtype=W.value.dtype))
        losses = []
        for t, (x_t, d_t) in enumerate(zip(batch.inputs["x"], batch.targets["d"], strict=True), start=1):
            with time_step(t):
                x = tape.input("x", x_t)
                d = tape.target("d", d_t)
                if truncation and t > 1 and (t - 1) % truncation == 0:
                    with part("cut"):
                        z = state("z", stop_gradient(z))
                z = simple_rnn(x, z, W_in, W, b, activation)
                with part("output"):
                    v = z @ W_out
                    if c is not None:
                        v = v + c
                    y = output("y", squash(variable("v", v)))
                with part("loss"):
                    losses.append(loss("L", squared_error(y, d)))
        with part("loss"):
            return loss("E", total(*losses))


MODELS.add(SimpleRNN.name, SimpleRNN())
