"""How the items of a gradient are called, and what is to be read of one."""

from __future__ import annotations

from engine.analysis.items import Items, Reach
from engine.tape import Tape
from gui.appearance import Appearance
from gui.equations.term import Symbol
from gui.notation.labels import Labels
from gui.typesetting.plain_text import plain_text
from gui.views.contribution_rows import share_text
from gui.views.number_text import number_text


class ItemNames:
    """The names of the items of one state or parameter, None for none."""

    def __init__(self, items: Items | None, tape: Tape, appearance: Appearance) -> None:
        self._items, self._tape, self._appearance = items, tape, appearance

    def latex(self, j: str = "j", t: str = "t") -> str:
        """Such as ``\\lVert \\partial E_{j} / \\partial z^{t} \\rVert``."""
        return rf"\lVert {self._item(j, t)} \rVert" if self._items is not None else ""

    def _item(self, j: str, t: str) -> str:
        assert self._items is not None, "something is named"
        labels = self._appearance.labels(self._tape)
        symbol = item_symbol(self._items, labels)
        upper = rf"\partial {labels.loss}_{{{j}}}" if j else rf"\partial {labels.loss}"
        if self._items.is_state:
            return rf"{upper} / \partial {labels.timed(symbol, t).latex}"
        # A use outside time has no time step to be named after.
        return rf"{upper} / \partial {symbol.latex}" + (rf" |_{{{t}}}" if t != "0" else "")

    def reading(self, row: int, column: int, shown: bool, *, whole_batch: bool) -> str:
        """What is to be read of an item."""
        items, say = self._items, self._appearance.say
        if items is None:
            return ""
        j, t = items.losses[row], items.times[column]
        name = plain_text(self._item(str(j) if j else "", str(t)))
        reach = items.reach[row, column]
        if reach == Reach.NONE:
            return say("{name}: the loss at j = {j} does not depend on it", name=name, j=j)
        if reach == Reach.CUT:
            return say("{name}: exactly 0, every path from the loss at j = {j} is cut", name=name, j=j)
        if not shown:
            return say("{name}: not yet computed", name=name)
        norm, share = number_text(float(items.norms[row, column])), share_text(float(items.shares[row, column]), 1)
        if items.is_state and whole_batch:
            return say("{name}: norm {norm}, {share} of the gradient at t = {t}", name=name, norm=norm, share=share,
                       t=t)  # fmt: skip
        if items.is_state:
            return say("{name}: norm {norm}", name=name, norm=norm)
        return say("{name}: norm {norm}, share {share}", name=name, norm=norm, share=share)


def item_symbol(items: Items, labels: Labels) -> Symbol:
    """What a state or parameter is called in a notation, without its time step."""
    if not items.is_state:
        return labels.parameter(items.name)
    return labels.state_at(int(items.places[-1]), symbol_of(items.name))


def symbol_of(name: str) -> str:
    """The symbol in the name of a state, which may have its place before it."""
    return name.rpartition("/")[2]


def place_of(name: str) -> str:
    """The place in the name of a state; empty where there is none."""
    return name.rpartition("/")[0]
