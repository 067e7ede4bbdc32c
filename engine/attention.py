"""Attention to what an encoder passed on, hs (N, T, E), with the decoder's state h (N, H) as the question (systems B3).

| score | s_j of h and hs_j |
|---|---|
| ``dot`` | h · hs_j |
| ``scaled dot`` | h · hs_j / √H |
| ``general`` (Luong 2015) | h W_a · hs_j |
| ``additive`` (Bahdanau 2014) | tanh(h W_a + hs_j U_a) · v_a |

a = softmax(s) over all j; the context is Σ_j a_j hs_j. Where the source is padding the score is −∞: the weight and all
gradients are exactly 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.model import ParameterSpec
from engine.ops.activations import tanh
from engine.ops.arithmetic import scale
from engine.ops.masks import masked_fill
from engine.ops.probabilities import softmax
from engine.ops.products import batched_matmul, batched_matmul_by_transpose, matmul
from engine.ops.shapes import reshape, stack
from engine.scope import part
from engine.tensor import Role, Tensor, named, variable

NONE, DOT, SCALED_DOT, GENERAL, ADDITIVE = "none", "dot", "scaled dot", "general", "additive"
SCORES = (NONE, DOT, SCALED_DOT, GENERAL, ADDITIVE)
PREFIX = "attention."


@dataclass(frozen=True, slots=True)
class Memory:
    """What attention looks at.

    Attributes:
        hs: (N, T, E), what the encoder passed on at each time step.
        keys: (N, T, H), hs U_a of additive attention, which is the same for all questions; else None.
        padding: (N, T), 1 where the source is padding; None if it is so nowhere.
    """

    hs: Tensor
    keys: Tensor | None = None
    padding: Tensor | None = None


def attention_parameters(score: str, question: int, width: int) -> tuple[ParameterSpec, ...]:
    """What is to be learned, for questions of width H and an encoder of width E."""
    if score == GENERAL:
        return (ParameterSpec(f"{PREFIX}W_a", (question, width), question),)
    if score == ADDITIVE:
        return (
            ParameterSpec(f"{PREFIX}W_a", (question, question), question),
            ParameterSpec(f"{PREFIX}U_a", (width, question), width),
            ParameterSpec(f"{PREFIX}v_a", (question, 1), question),
        )
    return ()


def remembered(
    score: str, hs: Sequence[Tensor], parameters: Mapping[str, Tensor], padding: Tensor | None = None
) -> Memory:
    """Record what all questions share, of T times (N, E)."""
    with part("memory"):
        memory = variable("hs", stack(*hs, axis=1))
        if score != ADDITIVE:
            return Memory(memory, None, padding)
        return Memory(memory, variable("keys", memory @ parameters[f"{PREFIX}U_a"]), padding)


def attend(score: str, h: Tensor, memory: Memory, parameters: Mapping[str, Tensor]) -> Tensor:
    """Record scores s (N, T), weights a (N, T) and the context (N, E) for the question h; returns the context."""
    rows, length, width = memory.hs.shape
    with part("attention"):
        with part("score"):
            s = reshape(_scores(score, h, memory, parameters), shape=(rows, length))
            if memory.padding is not None:
                variable("s", s)
                s = masked_fill(s, memory.padding)
            variable("s", s)
        with part("softmax"):
            a = named("a", Role.ATTENTION, softmax(s))
        with part("context"):
            weighted = batched_matmul(reshape(a, shape=(rows, 1, length)), memory.hs)
            return variable("ctx", reshape(weighted, shape=(rows, width)))


def _scores(score: str, h: Tensor, memory: Memory, parameters: Mapping[str, Tensor]) -> Tensor:
    """(N, 1, T) or (N, T, 1)."""
    if score == ADDITIVE:
        assert memory.keys is not None, "additive attention has keys"
        q = h @ parameters[f"{PREFIX}W_a"]
        u = variable("u", memory.keys + reshape(q, shape=(q.shape[0], 1, q.shape[1])))
        return matmul(tanh(u), parameters[f"{PREFIX}v_a"])
    if score == GENERAL:
        h = h @ parameters[f"{PREFIX}W_a"]
    rows, width = h.shape
    s = batched_matmul_by_transpose(reshape(h, shape=(rows, 1, width)), memory.hs)
    return scale(s, factor=width**-0.5) if score == SCALED_DOT else s
