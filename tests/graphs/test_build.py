"""Tape → graph."""

import numpy as np

from engine.ops.arithmetic import multiply
from engine.tape import Tape
from graphs.build import graph_of
from tests.graphs.recordings import simple_rnn


def test_nodes_are_keyed_by_tape_index_and_say_what_they_are():
    tape = simple_rnn(bits=3)
    graph = graph_of(tape)
    assert sorted(graph.nodes) == list(range(len(tape)))
    for index, step in enumerate(tape):
        data = graph.nodes[index]
        assert data["operation"] == (step.operation.name if step.operation else None)
        assert (data["symbol"], data["role"], data["scope"]) == (step.symbol, step.role, step.scope.path)
        assert data["phase"] == tape.phase(index)
        assert data["shape"] == np.shape(step.value)


def test_every_operand_is_an_edge_keyed_by_its_position():
    tape = simple_rnn(bits=3)
    expected = {(a.index, step.index, k) for step in tape for k, a in enumerate(step.inputs)}
    assert set(graph_of(tape).edges(keys=True)) == expected


def test_a_repeated_operand_has_two_edges():
    tape = Tape()
    with tape.recording():
        x = tape.input("x", np.ones((1, 1)))
        multiply(x, x)
    assert list(graph_of(tape).edges(keys=True)) == [(0, 1, 0), (0, 1, 1)]
