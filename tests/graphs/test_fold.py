"""Folding scopes and time."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphs.build import graph_of
from graphs.fold import Class, fold, fold_time
from tests.graphs.recordings import lstm_like, simple_rnn

LSTM = graph_of(lstm_like(with_backward=False))
SCOPES = sorted({"/".join(data["scope"].split("/")[:k]) for _, data in LSTM.nodes(data=True) for k in (1, 2, 3)} - {""})


def test_folding_nothing_changes_nothing():
    folded = fold(LSTM, ())
    assert set(folded.edges(keys=True)) == set(LSTM.edges(keys=True))
    assert dict(folded.nodes(data=True)) == dict(LSTM.nodes(data=True))


@settings(max_examples=60, deadline=None)
@given(st.sets(st.sampled_from(SCOPES)))
def test_a_quotient_keeps_every_outer_edge_and_every_node_once(closed):
    folded = fold(LSTM, closed)
    box_of = {member: box for box, members in folded.nodes(data="members") if members for member in members}
    inside = set(box_of)
    assert inside | {node for node in folded if node not in set(box_of.values())} == set(LSTM)
    outer = sum(box_of.get(a, a) != box_of.get(b, b) for a, b in LSTM.edges())
    assert folded.number_of_edges() == outer
    for a, b in LSTM.edges():
        if box_of.get(a, a) != box_of.get(b, b):
            assert folded.has_edge(box_of.get(a, a), box_of.get(b, b))


def test_an_inner_closed_scope_is_part_of_the_outer_one():
    folded = fold(LSTM, {"t=1/lstm", "t=1/lstm/forget"})
    assert "t=1/lstm" in folded
    assert "t=1/lstm/forget" not in folded


def test_folding_time_gives_one_cell_with_a_loop_of_delay_one():
    tape = simple_rnn(bits=4)
    folded = fold_time(graph_of(tape))
    state = Class("forward", "rnn", "sigmoid", "z", 1)
    assert len(folded.nodes[state]["members"]) == 4
    forward = [node for node, data in folded.nodes(data=True) if data["phase"] == "forward"]
    loops = [(a, b) for a, b, delay in folded.subgraph(forward).edges(data="delay") if delay == 1]
    assert loops == [(state, Class("forward", "rnn", "matmul", "", 2))]
    cycle = nx.find_cycle(folded.subgraph(forward), source=state)
    assert len(cycle) == 3  # the recurrent product, the sum, the activation


@pytest.mark.parametrize("bits", [2, 3, 7])
def test_the_folded_cell_does_not_depend_on_the_length(bits):
    folded = fold_time(graph_of(simple_rnn(bits=bits)))
    forward = {node for node, data in folded.nodes(data=True) if data["phase"] == "forward"}
    assert sum(isinstance(node, Class) for node in forward) == 9
