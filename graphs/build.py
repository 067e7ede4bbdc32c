"""Tape → networkx: one node per entry, keyed by its tape index; one edge per operand, keyed by its position."""

from __future__ import annotations

from typing import Any

import networkx as nx

from engine.collector import collector_paused
from engine.scope import Scope, ScopeKind
from engine.tape import Tape


def graph_of(tape: Tape) -> nx.MultiDiGraph[Any]:
    """The graph of a recording.

    Nodes carry ``operation`` (name, None if given), ``symbol``, ``role``, ``scope`` (path), ``time`` (number of the
    time step or None), ``place`` (the scope's path without the time step), ``phase`` and ``shape``. An edge leads from
    an operand to the step that reads it; its key is the operand's position, so that x·x has two.
    """
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    # Half the time of a large build would go into looking for garbage where nothing is dropped.
    with collector_paused():
        nodes, edges = _nodes_and_edges(tape)
        graph.add_nodes_from(nodes)
        add_edge = graph.add_edge  # add_edges_from looks every edge up once more, for attributes that there are none of
        for source, target, argument in edges:
            add_edge(source, target, argument)
    return graph


def _nodes_and_edges(tape: Tape) -> tuple[list[tuple[int, dict[str, Any]]], list[tuple[int, int, int]]]:
    places: dict[Scope, tuple[int | None, str]] = {}
    backward, update = tape.backward_start, tape.update_start
    nodes = []
    edges: list[tuple[int, int, int]] = []
    for index, step in enumerate(tape.steps):
        scope = step.scope
        where = places.get(scope)
        if where is None:
            where = places[scope] = time_and_place(scope)
        nodes.append((index, {
            "operation": None if step.operation is None else step.operation.name,
            "symbol": step.symbol,
            "role": step.role.value,
            "scope": scope.path,
            "time": where[0],
            "place": where[1],
            "phase": "forward" if index < backward else "backward" if index < update else "update",
            "shape": step.shape,
        }))  # fmt: skip
        edges += [(source.index, index, argument) for argument, source in enumerate(step.inputs)]
    return nodes, edges


def time_and_place(scope: Scope) -> tuple[int | None, str]:
    """The number of a scope's time step (None outside all), and its path with the time step left out."""
    time = scope.enclosing(ScopeKind.TIME)
    return (None if time is None else time.number), scope.place
