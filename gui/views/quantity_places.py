"""Where the quantities of a tape belong: to the network, or to one cell of it; which states are handed on."""

from __future__ import annotations

from collections.abc import Sequence

from engine.scope import ScopeKind
from engine.tensor import Role
from gui.views.tape_series import Quantity, TapeSeries


def cell_place(quantity: Quantity) -> str:
    """The cell that something belongs to, such as ``layer=1/forward/lstm``; empty for what is in none."""
    cell = quantity.series.scope.enclosing(ScopeKind.CELL)
    return "" if cell is None else cell.place


def handed_on(series: Sequence[TapeSeries]) -> list[TapeSeries]:
    """The states that the next time step gets, layer by layer and direction by direction, that which goes up first.

    What a cell proposes before a mask decides is not among them.
    """
    latest: dict[tuple[str, str], TapeSeries] = {}
    for one in series:
        if one.role is Role.STATE:
            latest[_column(one), one.symbol] = one
    columns: dict[str, list[TapeSeries]] = {}
    for (column, _), one in latest.items():
        columns.setdefault(column, []).insert(0, one)  # the state that goes up is the last of a cell
    return [one for column in columns.values() for one in column]


def _column(series: TapeSeries) -> str:
    """The layer and direction of a state, whether it stands in the cell or behind a mask."""
    scope = series.scope
    inside = scope.enclosing(ScopeKind.CELL) or scope
    around = inside.parent if inside.parent is not None else inside
    return around.place
