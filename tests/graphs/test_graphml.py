"""A GraphML file holds the whole recording, for other programs."""

import networkx as nx
import pytest

from engine.training.run import Run
from graphs.build import graph_of
from graphs.export.graphml import write_graphml
from tests.engine.small_lesson import small

TAPE = Run(*small()).tape(0)


def test_every_step_and_operand_is_in_the_file(tmp_path):
    path = tmp_path / "graph.graphml"
    write_graphml(TAPE, path)
    read = nx.read_graphml(path, force_multigraph=True)
    graph = graph_of(TAPE)
    assert (len(read), read.number_of_edges()) == (len(graph), graph.number_of_edges())
    by_address = {data["address"]: data for _, data in read.nodes(data=True)}
    step = by_address["forward/t=2/rnn/sigmoid#1"]
    assert (step["operation"], step["symbol"], step["role"], step["time"], step["shape"]) == (
        "sigmoid", "z", "state", 2, "1×4",
    )  # fmt: skip
    assert "operation" not in by_address["given/W"]


def test_operands_keep_their_places(tmp_path):
    path = tmp_path / "graph.graphml"
    write_graphml(TAPE, path)
    read = nx.read_graphml(path, force_multigraph=True)
    arguments = sorted(data["argument"] for _, _, data in read.edges(data=True))
    assert arguments == sorted(place for step in TAPE for place in range(len(step.inputs)))


def test_folded_time_has_loops_that_tell_their_delay(tmp_path):
    path = tmp_path / "graph.graphml"
    write_graphml(TAPE, path, folded=True)
    read = nx.read_graphml(path, force_multigraph=True)
    assert len(read) < len(TAPE)
    assert {data["delay"] for _, _, data in read.edges(data=True)} >= {0, 1}


def test_a_file_that_cannot_be_written_is_an_error(tmp_path):
    with pytest.raises(OSError, match="No such file"):
        write_graphml(TAPE, tmp_path / "absent" / "graph.graphml")
