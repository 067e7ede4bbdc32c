"""GraphML: the graph of a recording for other programs, such as yEd, Gephi or networkx itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import networkx as nx

from engine.address import addresses
from engine.tape import Tape
from graphs.build import graph_of
from graphs.fold import fold_time


def write_graphml(tape: Tape, path: Path, *, folded: bool = False) -> None:
    """Write the graph of a tape: forward, backward and update.

    Args:
        tape: a recording.
        path: the file to write.
        folded: whether the time steps are laid upon each other; edges then carry ``delay``.

    Raises:
        OSError: the file cannot be written.
    """
    graph = graph_of(tape)
    names = addresses(tape)
    for index, data in graph.nodes(data=True):
        data["address"] = names[index]
    plain: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    source = fold_time(graph) if folded else graph
    place = {node: f"n{number}" for number, node in enumerate(source)}
    for node, data in source.nodes(data=True):
        plain.add_node(place[node], **_plain(data))
    for start, end, key, data in source.edges(keys=True, data=True):
        argument = key[0] if folded else key
        plain.add_edge(place[start], place[end], argument=argument, **data)
    nx.write_graphml(plain, path)


def _plain(data: dict[str, Any]) -> dict[str, str | int]:
    """Attributes as GraphML knows them: texts and numbers, and none that has no value."""
    texts = {key: value if isinstance(value, int) else _text(value) for key, value in data.items()}
    return {key: value for key, value in texts.items() if value != ""}


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return "×".join(str(size) for size in value)
    return " ".join(str(one) for one in value) if isinstance(value, list) else str(value)
