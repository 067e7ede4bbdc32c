"""Rails of a tree: each parameter's box stands beside the leaves; from its trunk a branch goes to every height."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from graphs import measures

if TYPE_CHECKING:
    from graphs.layout import Layout


@dataclass(slots=True)
class Branches:
    """Where the parameters of a tree run.

    Attributes:
        local: of each template and parameter in it, the height of its line relative to the node.
        ends: of each parameter, its lines: height → the last column that it leads to.
    """

    local: dict[tuple[int, int], float] = field(default_factory=dict)
    ends: dict[int, dict[float, int]] = field(default_factory=dict)


def place_branches(layout: Layout) -> None:
    """Below each operation that takes a parameter, at every height of the tree; lines of one node stay apart."""
    made = layout.branches
    for number, template in enumerate(layout.templates):
        heights: list[float] = []
        for step, _, parameter in template.taps:
            if (number, parameter) in made.local:
                continue
            y = template.y[template.kind.circle[step]] + measures.RAIL_DROP
            while any(abs(y - other) < measures.RAIL_PITCH - 1 for other in heights):
                y += measures.RAIL_PITCH
            heights.append(y)
            made.local[number, parameter] = y
            ends = made.ends.setdefault(parameter, {})
            columns = template.kind.columns
            for shift in np.unique(layout.y[columns]).tolist():
                last = int(columns[layout.y[columns] == shift].max())
                ends[y + shift] = max(ends.get(y + shift, 0), last)
