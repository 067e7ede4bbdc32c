"""What must hold of every drawing."""

import numpy as np

from graphs.drawing import Drawing, EdgeKind, NodeKind


def overlapping(drawing: Drawing) -> list[tuple[str, str]]:
    """Pairs of nodes that overlap."""
    left, right = drawing.x - drawing.width / 2, drawing.x + drawing.width / 2
    top, bottom = drawing.y - drawing.height / 2, drawing.y + drawing.height / 2
    found = []
    for a in range(len(left)):
        b = np.arange(a + 1, len(left))
        hit = (left[a] < right[b]) & (right[a] > left[b]) & (top[a] < bottom[b]) & (bottom[a] > top[b])
        for other in b[hit]:
            if not _apart(drawing, a, int(other)):
                found.append((name(drawing, a), name(drawing, int(other))))
    return found


def _apart(drawing: Drawing, a: int, b: int) -> bool:
    """Whether two nodes whose rectangles overlap are apart because they are round."""
    (core_a, radius_a), (core_b, radius_b) = _core(drawing, a), _core(drawing, b)
    dx = max(abs(float(drawing.x[a] - drawing.x[b])) - core_a[0] - core_b[0], 0.0)
    dy = max(abs(float(drawing.y[a] - drawing.y[b])) - core_a[1] - core_b[1], 0.0)
    return (radius_a + radius_b) > 0 and float(np.hypot(dx, dy)) >= radius_a + radius_b


def _core(drawing: Drawing, node: int) -> tuple[tuple[float, float], float]:
    """Half sizes and radius: a circle is a point with a radius, anything else its rectangle."""
    width, height = float(drawing.width[node]) / 2, float(drawing.height[node]) / 2
    round_kinds = (NodeKind.OPERATION, NodeKind.BACKWARD)
    return ((0.0, 0.0), width) if drawing.kind[node] in round_kinds else ((width, height), 0.0)


def name(drawing: Drawing, node: int) -> str:
    """A node in messages."""
    return f"{NodeKind(drawing.kind[node]).name} {drawing.label[node]}^{drawing.index[node]} ({drawing.entry[node]})"


def legs(drawing: Drawing, edge: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """The legs of an edge."""
    points = drawing.points[drawing.edge_start[edge] : drawing.edge_start[edge + 1]]
    return list(zip(points, points[1:], strict=False))


def crossed_nodes(drawing: Drawing) -> list[str]:
    """Edges that run through nodes that are not their own; taps and rails may pass behind."""
    left, right = drawing.x - drawing.width / 2 + 1, drawing.x + drawing.width / 2 - 1
    top, bottom = drawing.y - drawing.height / 2 + 1, drawing.y + drawing.height / 2 - 1
    found = []
    for edge in range(len(drawing.edge_source)):
        if drawing.edge_kind[edge] == EdgeKind.TAP:
            continue
        own = {int(drawing.edge_source[edge]), int(drawing.edge_target[edge])}
        own |= _tags(drawing, int(drawing.edge_target[edge]))
        for a, b in legs(drawing, edge):
            (x0, x1), (y0, y1) = sorted((a[0], b[0])), sorted((a[1], b[1]))
            for node in np.flatnonzero((x0 < right) & (x1 > left) & (y0 < bottom) & (y1 > top)):
                if node not in own:
                    ends = f"{name(drawing, drawing.edge_source[edge])} → {name(drawing, drawing.edge_target[edge])}"
                    found.append(f"{ends} through {name(drawing, int(node))}")
    return found


def _tags(drawing: Drawing, node: int) -> set[int]:
    """Tags of a node: they stand on the line that comes in from below."""
    taps = drawing.edge_source[(drawing.edge_kind == EdgeKind.TAP) & (drawing.edge_target == node)]
    return {int(tap) for tap in taps if drawing.height[tap] < 30}


def touches(drawing: Drawing, node: int, point: np.ndarray) -> bool:
    """Whether a point lies on (or just at) a node."""
    return bool(
        abs(point[0] - drawing.x[node]) <= drawing.width[node] / 2 + 2
        and abs(point[1] - drawing.y[node]) <= drawing.height[node] / 2 + 2
    )


def check(drawing: Drawing) -> None:
    """Arrays fit each other, numbers are finite, edges end at their nodes, legs are straight."""
    count, edges = len(drawing.x), len(drawing.edge_source)
    for array in (drawing.y, drawing.width, drawing.height, drawing.kind, drawing.entry):
        assert len(array) == count
    assert len(drawing.label) == len(drawing.index) == count
    assert drawing.edge_start[0] == 0
    assert drawing.edge_start[-1] == len(drawing.points)
    assert len(drawing.edge_start) == edges + 1
    assert np.isfinite(drawing.points).all()
    assert np.isfinite(drawing.x).all()
    for edge in range(edges):
        both = legs(drawing, edge)
        assert both
        assert touches(drawing, int(drawing.edge_target[edge]), both[-1][1]), f"edge {edge} misses its target"
        if drawing.edge_kind[edge] != EdgeKind.TAP:
            assert touches(drawing, int(drawing.edge_source[edge]), both[0][0]), f"edge {edge} misses its source"
            assert all(min(abs(b - a)) < 0.01 for a, b in both), f"edge {edge} is not orthogonal"
    for rail in drawing.rails:
        assert drawing.kind[rail.node] == NodeKind.PARAMETER
        assert rail.x1 > rail.x0
    for region in drawing.regions:
        assert region.closed == (region.node >= 0)
        assert region.entries[0] < region.entries[1]


def node_of_entry(drawing: Drawing) -> dict[int, int]:
    """Tape index → the node that shows its value: the pill where there is one beside the circle."""
    return {entry: node for node, entry in enumerate(drawing.entry.tolist()) if entry >= 0}
