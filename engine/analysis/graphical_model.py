"""A recurrent network as a directed graphical model: who depends on whom, and what that costs in parameters.

Without a hidden state, the value at a time step depends on all values before it, and a table must have a row for each
of their histories. The hidden state makes the past enter through one variable, and the same parameters serve every time
step: their number does not grow with the length (Goodfellow, Bengio & Courville 2016, section 10.2.3).
"""

from __future__ import annotations

from dataclasses import dataclass

Node = tuple[str, int]
"""A variable and its time step: ``("y", 3)``."""


@dataclass(frozen=True, slots=True)
class Dependencies:
    """A directed graph.

    Attributes:
        nodes: in the order of time.
        edges: pairs of nodes, from cause to effect.
    """

    nodes: tuple[Node, ...]
    edges: tuple[tuple[Node, Node], ...]

    def parents(self, node: Node) -> tuple[Node, ...]:
        """What a variable depends on directly."""
        return tuple(cause for cause, effect in self.edges if effect == node)


def with_hidden_state(length: int) -> Dependencies:
    """x^t and h^(t−1) make h^t, and h^t makes y^t."""
    steps = range(1, length + 1)
    nodes = tuple((name, t) for t in steps for name in "xhy")
    edges = [(("x", t), ("h", t)) for t in steps] + [(("h", t), ("y", t)) for t in steps]
    return Dependencies(nodes, (*edges, *((("h", t - 1), ("h", t)) for t in steps if t > 1)))


def without_hidden_state(length: int) -> Dependencies:
    """Every y^t depends on all inputs so far: what the chain of hidden states says when they are left out."""
    steps = range(1, length + 1)
    nodes = tuple((name, t) for t in steps for name in "xy")
    return Dependencies(nodes, tuple((("x", past), ("y", t)) for t in steps for past in range(1, t + 1)))


def table_parameters(inputs: int, outputs: int, length: int) -> int:
    """Free parameters of tables of P(y^t | x^1 … x^t), t = 1 … T: (K − 1) · Σ_t D^t.

    Args:
        inputs: number of values D that an input can take. outputs: number of values K of an answer. length: T.
    """
    histories: int = sum(inputs**t for t in range(1, length + 1))
    return (outputs - 1) * histories
