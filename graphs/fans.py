"""Attention fans: from the states that are looked at, up over all time steps, and down to the step that looks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from engine.scope import ScopeKind
from engine.tape import Tape
from graphs import measures
from graphs.attention import Attended
from graphs.drawing import Drawing, Region
from graphs.parts import Numbers

_ON_AN_ARC = 48
"""Points of the arc of each line."""


@dataclass(frozen=True, eq=False, slots=True)
class Fan:
    """The lines of one entry of attention weights.

    Attributes:
        weights: its tape index.
        column: path of the time step that looks.
        sources: tape indices of what is looked at.
        lines: (sources, corners, 2), from each of them to where all meet.
        trunk: (corners, 2), on from there to the weights' node.
    """

    weights: int
    column: str
    sources: tuple[int, ...]
    lines: Numbers
    trunk: Numbers


def fans_of(tape: Tape, drawing: Drawing, looks: Sequence[Attended], node_of: Callable[[int], int]) -> list[Fan]:
    """The fans of a drawing, of all attention whose nodes stand in different time steps of it.

    Args:
        tape, drawing: a recording and what it looks like.
        looks: the attention on the tape.
        node_of: tape index → the node that stands for the entry, -1 for none.
    """
    columns = {region.path: region for region in drawing.regions if region.is_column}
    top = min((region.rect[1] for region in columns.values()), default=0.0) - measures.FAN_ABOVE
    made = []
    for look in looks:
        time = tape[look.weights].scope.enclosing(ScopeKind.TIME)
        column = None if time is None else columns.get(time.path)
        target = _pill(drawing, look.weights, node_of)
        nodes = np.array([_pill(drawing, source, node_of) for source in look.sources])
        if column is None or target < 0 or nodes.min() < 0 or len(np.unique(nodes)) < len(nodes):
            continue
        trunk = _trunk(drawing, column, target, top)
        lines = _lines(drawing, nodes, float(trunk[0, 0]), top)
        made.append(Fan(look.weights, column.path, look.sources, lines, trunk))
    return made


def _pill(drawing: Drawing, entry: int, node_of: Callable[[int], int]) -> int:
    """The node that shows an entry's value: its pill, where it has one beside its operation."""
    own = np.flatnonzero(drawing.entry == entry)
    return int(own[-1]) if len(own) else node_of(entry)


def _trunk(drawing: Drawing, column: Region, target: int, top: float) -> Numbers:
    """Down between the time step and the one before, then to the weights' left side."""
    x, y = column.rect[0] - measures.COLUMN_GAP / 2, float(drawing.y[target])
    return np.array([[x, top], [x, y], [float(drawing.x[target] - drawing.width[target] / 2), y]])


def _lines(drawing: Drawing, nodes: Numbers, end: float, top: float) -> Numbers:
    """Straight up from each node, then in an arc that is the higher the further it leads."""
    x, begin = drawing.x[nodes].astype(np.float64), (drawing.y - drawing.height / 2)[nodes].astype(np.float64)
    t = np.linspace(0.0, 1.0, _ON_AN_ARC)
    across = x[:, None] + (end - x)[:, None] * (3 * t**2 - 2 * t**3)
    rise = np.clip(measures.FAN_RISE * np.abs(end - x), *measures.FAN_RISES)
    up = top - rise[:, None] * 4 * t * (1 - t)
    stems = np.stack([x, begin], axis=1)[:, None]
    return np.concatenate([stems, np.stack([across, up], axis=2)], axis=1)


def fan_rect(drawing: Drawing, fans: Sequence[Fan]) -> tuple[float, float, float, float]:
    """(x, y, width, height) of a drawing together with its fans."""
    x, y, width, height = drawing.rect
    top = min([y, *(float(fan.lines[..., 1].min()) - measures.FAN_ABOVE / 2 for fan in fans)])
    return x, top, width, height + y - top
