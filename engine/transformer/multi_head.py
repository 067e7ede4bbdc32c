"""Multi-head attention (Vaswani et al. 2017, 3.2): all heads are one tensor (N, heads, T, d_k), d_k = d_model / heads.

MultiHead(x, m) = [head_1; …; head_h] W_O with head_i = Attention(x W_Q_i, m W_K_i, m W_V_i). The W_Q_i of all heads
stand side by side in W_Q, and so on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from engine.dense import affine
from engine.model import ParameterSpec
from engine.ops.arithmetic import scale
from engine.ops.masks import masked_fill
from engine.ops.probabilities import softmax
from engine.ops.products import batched_matmul, batched_matmul_by_transpose
from engine.ops.shapes import concatenate, permute, reshape
from engine.scope import part
from engine.tensor import Role, Tensor, named, variable

_PROJECTIONS = {"Q": "query", "K": "key", "V": "value", "O": "output"}


@dataclass(frozen=True, slots=True)
class KeysAndValues:
    """What queries are put to: K and V, (N, heads, S, d_k)."""

    K: Tensor
    V: Tensor


def multi_head_parameters(width: int, bias: bool) -> tuple[ParameterSpec, ...]:
    """W_Q, W_K, W_V and W_O (d_model, d_model); with biases b_Q, b_V and b_O (1, d_model).

    A bias of K would change nothing: it adds the same number to all scores of a query.
    """
    weights = tuple(ParameterSpec(f"W_{name}", (width, width), width) for name in _PROJECTIONS)
    return (*weights, *(ParameterSpec(f"b_{name}", (1, width), 0) for name in "QVO" if bias))


def attention(Q: Tensor, K: Tensor, V: Tensor, mask: Tensor | None = None) -> Tensor:
    """Attention(Q, K, V) = softmax(Q Kᵀ / √d_k) V; where the mask is 1 the weight and all gradients are exactly 0."""
    d_k = Q.shape[-1]
    s = scale(batched_matmul_by_transpose(Q, K), factor=d_k**-0.5)
    if mask is not None:
        s = masked_fill(s, mask)
    a = named("a", Role.ATTENTION, softmax(variable("s", s)))
    return variable("ctx", batched_matmul(a, V))


def query(x: Tensor, weights: Mapping[str, Tensor], heads: int) -> Tensor:
    """Q (N, heads, T', d_k) of x (N, T', d_model)."""
    return _projected(x, "Q", weights, heads)


def keys_and_values(
    x: Tensor, weights: Mapping[str, Tensor], heads: int, past: KeysAndValues | None = None
) -> KeysAndValues:
    """K and V of x (N, S, d_model), behind those of the positions before it."""
    K, V = _projected(x, "K", weights, heads), _projected(x, "V", weights, heads)
    if past is None:
        return KeysAndValues(K, V)
    with part("past"):
        return KeysAndValues(
            variable("K", concatenate(past.K, K, axis=2)), variable("V", concatenate(past.V, V, axis=2))
        )


def joined(heads: Tensor, weights: Mapping[str, Tensor]) -> Tensor:
    """[head_1; …; head_h] W_O of (N, heads, T', d_k): (N, T', d_model)."""
    rows, count, length, d_k = heads.shape
    with part(_PROJECTIONS["O"]):
        side_by_side = reshape(permute(heads, axes=(0, 2, 1, 3)), shape=(rows, length, count * d_k))
        return variable("o", affine(side_by_side, weights, "O"))


def _projected(x: Tensor, name: str, weights: Mapping[str, Tensor], heads: int) -> Tensor:
    """x W + b, shared out among the heads."""
    rows, length, width = x.shape
    with part(_PROJECTIONS[name]):
        shared = reshape(affine(x, weights, name), shape=(rows, length, heads, width // heads))
        return variable(name, permute(shared, axes=(0, 2, 1, 3)))
