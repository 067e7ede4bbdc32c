"""Which gradients are shown before anybody has chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.scope import ScopeKind
from gui.views.flow_recurrence import Recurrence
from gui.views.quantity_menu import Key
from gui.views.tape_series import Quantity, TapeSeries

_MOST = 4
"""Of more states than this, only those of the highest layer are shown."""


def shown_at_first(quantities: Mapping[Key, Quantity], recurrences: Sequence[Recurrence]) -> tuple[Key, ...]:
    """By the states that are handed on; where there is but one, also by the pre-activation before it."""
    by_series = {id(one.series): key for key, one in quantities.items()}
    states = [one.state for one in recurrences if id(one.state) in by_series]
    if len(states) > _MOST:
        highest = max(_layer(one) for one in states)
        states = [one for one in states if _layer(one) == highest]
    keys = [by_series[id(one)] for one in states]
    if len(states) == 1 and id(recurrences[0].input) in by_series:
        keys.insert(0, by_series[id(recurrences[0].input)])
    return tuple(keys) if keys else tuple(quantities)[:1]


def _layer(state: TapeSeries) -> int:
    scope = state.scope.enclosing(ScopeKind.LAYER)
    return 0 if scope is None else scope.number or 0
