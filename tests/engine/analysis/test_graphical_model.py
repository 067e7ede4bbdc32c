"""The network as a graphical model, counted."""

import itertools

import pytest

from engine.analysis.graphical_model import table_parameters, with_hidden_state, without_hidden_state


@pytest.mark.parametrize("length", [1, 2, 5])
def test_without_the_state_an_output_depends_on_all_it_could_reach(length: int) -> None:
    """Leaving the hidden states out leaves the paths through them: from x^k to y^t for every k ≤ t."""
    graph = with_hidden_state(length)

    def ancestors(node: tuple[str, int]) -> set[tuple[str, int]]:
        parents = set(graph.parents(node))
        return parents.union(*(ancestors(parent) for parent in parents)) if parents else parents

    dense = without_hidden_state(length)
    for t in range(1, length + 1):
        reached = {node for node in ancestors(("y", t)) if node[0] == "x"}
        assert reached == set(dense.parents(("y", t))) == {("x", k) for k in range(1, t + 1)}


@pytest.mark.parametrize(("inputs", "outputs", "length"), [(2, 2, 3), (3, 2, 4), (2, 4, 2), (4, 3, 1)])
def test_a_table_has_a_row_for_every_history(inputs: int, outputs: int, length: int) -> None:
    rows = sum(len(list(itertools.product(range(inputs), repeat=t))) for t in range(1, length + 1))
    assert table_parameters(inputs, outputs, length) == rows * (outputs - 1)
