"""The recursive net over syntax trees: one cell puts two phrases together, node after node in post-order (A22).

It is the course's tree traversal without the recursion: a node comes after its parts, so they are there when it needs
them.
"""

from __future__ import annotations

from collections.abc import Mapping

from engine.cells.recursive import leaf, recursive
from engine.model import MODELS, ParameterSpec
from engine.ops.activations import ACTIVATIONS
from engine.ops.lookups import NOTHING
from engine.readout import answer, answer_loss, readout_parameters, whole_loss
from engine.scope import tree_node
from engine.settings import Setting, SettingKind, Settings
from engine.tape import Tape
from engine.task import Batch, Sizes
from engine.tensor import Tensor

_EMBEDDING_STD = 0.5


class RecursiveNet:
    """h = W_embed[x] for a word, h = f([h_left, h_right] W + b) for two phrases; y = softmax(h W_y + b_y)."""

    name = "recursive_net"
    settings = (
        Setting("hidden", SettingKind.INTEGER, 16, "Number of units in the hidden layer.", 1, 1_000_000),
        Setting(
            "activation", SettingKind.CHOICE, "tanh", "Activation function of the hidden layer.",
            choices=tuple(ACTIVATIONS),
        ),
        Setting("bias", SettingKind.SWITCH, True, "Whether the layers have biases."),
    )  # fmt: skip

    def parameters(self, settings: Settings, sizes: Sizes) -> tuple[ParameterSpec, ...]:
        """W_embed (V, H), W (2H, H), W_y (H, K) and, with biases, b (1, H), b_y (1, K)."""
        hidden, bias = settings.integer("hidden"), settings.switch("bias")
        W = ParameterSpec("W", (2 * hidden, hidden), 2 * hidden)
        return (
            ParameterSpec("W_embed", (sizes.inputs, hidden), hidden, std=_EMBEDDING_STD),
            *((W, ParameterSpec("b", (1, hidden), 0)) if bias else (W,)),
            *readout_parameters(hidden, sizes, bias),
        )

    def forward(
        self, tape: Tape, parameters: Mapping[str, Tensor], batch: Batch, settings: Settings, sizes: Sizes
    ) -> Tensor:
        """Record all nodes of all trees in post-order, and the mean of the losses where a class is asked."""
        W_embed, W, b = parameters["W_embed"], parameters["W"], parameters.get("b")
        f = ACTIVATIONS[settings.text("activation")]
        words = batch.about.get("words")
        nodes: list[Tensor] = []
        losses = []
        numbers = (batch.inputs["left"][:, 0].tolist(), batch.inputs["right"][:, 0].tolist())
        for node, (left, right) in enumerate(zip(*numbers, strict=True)):
            with tree_node(node + 1):
                if left == NOTHING:
                    x = tape.input("x", batch.inputs["x"][node])
                    if words is not None:
                        tape.captions[x.index] = str(words[0, node])
                    h = leaf(x, W_embed)
                else:
                    h = recursive(nodes[left], nodes[right], W, b, f)
                nodes.append(h)
                if batch.targets["d"][node, 0] != NOTHING:
                    v, y = answer(h, parameters, sizes.answer)
                    losses.append(answer_loss(tape, v, y, batch.targets["d"][node], sizes.answer))
        return whole_loss(losses, sizes.answer, [1.0] * len(losses))


MODELS.add(RecursiveNet.name, RecursiveNet())
