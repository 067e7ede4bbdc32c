"""Parts of a drawing while it is made: chunks of nodes and edges, joined at the end."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graphs.drawing import Drawing, EdgeKind, Rail, Region

Numbers = NDArray[Any]


@dataclass(slots=True, eq=False)
class Parts:
    """What a drawing is made of. Nodes and edges are numbered in the order in which they are added."""

    columns: list[tuple[Numbers, ...]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    index: list[str] = field(default_factory=list)
    nodes: int = 0
    edges: list[tuple[Numbers, ...]] = field(default_factory=list)
    points: list[Numbers] = field(default_factory=list)
    rails: list[Rail] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)

    def add_nodes(
        self, x: Numbers, y: Numbers, width: Numbers, height: Numbers, kind: Numbers, entry: Numbers,
        labels: list[str], index: list[str],
    ) -> int:  # fmt: skip
        """Add nodes; arrays of equal length. Returns the number of the first."""
        first = self.nodes
        self.columns.append((x, y, width, height, kind, entry))
        self.labels += labels
        self.index += index
        self.nodes += len(x)
        return first

    def add_node(
        self, x: float, y: float, width: float, height: float, kind: int, entry: int, label: str, index: str = ""
    ) -> int:
        """Add one node; returns its number."""
        one = [np.array([value]) for value in (x, y, width, height, kind, entry)]
        return self.add_nodes(one[0], one[1], one[2], one[3], one[4], one[5], [label], [index])

    def add_edges(
        self, source: Numbers, target: Numbers, kind: EdgeKind, entry: Numbers, step: Numbers | int,
        argument: Numbers | int, points: Numbers,
    ) -> None:  # fmt: skip
        """Add m edges of the same shape: ``points`` is (m, corners, 2)."""
        count, corners, _ = points.shape
        fill = np.full
        self.edges.append((
            np.broadcast_to(source, count), np.broadcast_to(target, count), fill(count, int(kind)),
            np.broadcast_to(entry, count), np.broadcast_to(step, count), np.broadcast_to(argument, count),
            fill(count, corners),
        ))  # fmt: skip
        self.points.append(points.reshape(-1, 2))

    def drawing(self) -> Drawing:
        """Join everything."""
        nodes = [np.concatenate(column) for column in zip(*self.columns, strict=True)] if self.columns else []
        edges = [np.concatenate(column) for column in zip(*self.edges, strict=True)] if self.edges else []
        x, y, width, height, kind, entry = nodes or [np.zeros(0)] * 6
        source, target, edge_kind, edge_entry, step, argument, corners = edges or [np.zeros(0)] * 7
        start = np.zeros(len(corners) + 1, np.int32)
        np.cumsum(corners, out=start[1:], dtype=np.int32)
        points = np.concatenate(self.points) if self.points else np.zeros((0, 2))
        regions = tuple(sorted(self.regions, key=lambda region: region.path.count("/")))
        return Drawing(
            x.astype(np.float32), y.astype(np.float32), width.astype(np.float32), height.astype(np.float32),
            kind.astype(np.uint8), entry.astype(np.int32), self.labels, self.index,
            source.astype(np.int32), target.astype(np.int32), edge_kind.astype(np.uint8),
            edge_entry.astype(np.int32), step.astype(np.int32), argument.astype(np.int32),
            start, points.astype(np.float32), tuple(self.rails), regions, _bounds(x, y, width, height, points, regions),
        )  # fmt: skip


def _bounds(
    x: Numbers, y: Numbers, width: Numbers, height: Numbers, points: Numbers, regions: tuple[Region, ...]
) -> tuple[float, float, float, float]:
    rects = np.array([region.rect for region in regions]).reshape(-1, 4)
    left = np.concatenate([x - width / 2, points[:, 0], rects[:, 0]])
    right = np.concatenate([x + width / 2, points[:, 0], rects[:, 0] + rects[:, 2]])
    top = np.concatenate([y - height / 2, points[:, 1], rects[:, 1]])
    bottom = np.concatenate([y + height / 2, points[:, 1], rects[:, 1] + rects[:, 3]])
    if not len(left):
        return 0.0, 0.0, 0.0, 0.0
    return float(left.min()), float(top.min()), float(right.max() - left.min()), float(bottom.max() - top.min())
