"""Folding a recording's graph: scopes into boxes, all time steps into one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

import networkx as nx


class Class(NamedTuple):
    """What repeats at every time step: the node of ``fold_time``.

    Attributes:
        phase, place, operation, symbol: what the steps have in common.
        number: which of those alike inside a time step, from 1.
    """

    phase: str
    place: str
    operation: str | None
    symbol: str
    number: int


def fold(graph: nx.MultiDiGraph[Any], closed: Collection[str]) -> nx.MultiDiGraph[Any]:
    """The quotient graph in which each scope of ``closed`` is one node.

    Args:
        graph: as of ``graph_of``.
        closed: paths of scopes; one inside another that is closed too does not matter.

    Returns:
        a graph whose boxes are keyed by their path and carry ``members``. Every edge between different nodes is kept;
        an edge of a box is keyed by (source, target, argument) in ``graph``.
    """
    box_of = {node: _outermost(data["scope"], closed) for node, data in graph.nodes(data=True)}
    folded: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        box = box_of[node]
        if box is None:
            folded.add_node(node, **data)
        elif box in folded:
            folded.nodes[box]["members"].append(node)
        else:
            folded.add_node(box, scope=box, members=[node])
    for source, target, argument in graph.edges(keys=True):
        a, b = box_of[source], box_of[target]
        if a is None and b is None:
            folded.add_edge(source, target, argument)
        elif a != b:
            folded.add_edge(source if a is None else a, target if b is None else b, (source, target, argument))
    return folded


def _outermost(path: str, closed: Collection[str]) -> str | None:
    names = path.split("/") if path else []
    for depth in range(1, len(names) + 1):
        outer = "/".join(names[:depth])
        if outer in closed:
            return outer
    return None


def fold_time(graph: nx.MultiDiGraph[Any]) -> nx.MultiDiGraph[Any]:
    """One cell with loops: all time steps laid upon each other.

    Args:
        graph: as of ``graph_of``.

    Returns:
        a graph with a ``Class`` for what lies in time steps (``members`` lists its steps) and the tape index for what
        does not. Edges are keyed by (argument, delay) and carry ``delay``: how many time steps later the value is
        used; 0 inside a step, and to and from what lies outside of time.
    """
    name_of = _classes(graph)
    folded: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for node, data in graph.nodes(data=True):
        name = name_of[node]
        if name in folded:
            folded.nodes[name]["members"].append(node)
        else:
            folded.add_node(name, **{**data, "members": [node]})
    times = dict(graph.nodes(data="time"))
    for source, target, argument in graph.edges(keys=True):
        before, after = times[source], times[target]
        delay = 0 if before is None or after is None else after - before
        folded.add_edge(name_of[source], name_of[target], (argument, delay), delay=delay)
    return folded


def _classes(graph: nx.MultiDiGraph[Any]) -> dict[Any, Any]:
    counts: dict[tuple[object, ...], int] = {}
    names: dict[Any, Any] = {}
    for node, data in graph.nodes(data=True):
        if data["time"] is None:
            names[node] = node
            continue
        alike = (data["phase"], data["place"], data["operation"], data["symbol"])
        count = counts[data["time"], *alike] = counts.get((data["time"], *alike), 0) + 1
        names[node] = Class(*alike, count)
    return names
