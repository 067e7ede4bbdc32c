"""The names in a cell's picture, in a notation, as the markup of the canvas's labels."""

from __future__ import annotations

from engine.tape import Tape
from engine.tensor import Role
from gui.notation.labels import Labels
from gui.notation.markup import html, markup, slanted_markup
from gui.views.close_up_flow import Part


class CloseUpNames:
    """The names of one tape's entries; those of places are left out, as the picture is of one place."""

    def __init__(self, tape: Tape, labels: Labels) -> None:
        self._tape, self._labels = tape, labels

    def of(self, entry: int) -> str:
        """What an entry is called: ``W_{x}^{(f)}``, ``c^{3}``; empty where it has no name."""
        step = self._tape[entry]
        if step.role is Role.PARAMETER:
            return markup(self._labels.parameter(step.symbol))
        return markup(self._labels.symbol(step)) if step.symbol else ""

    def html(self, entry: int) -> str:
        """The same as rich text."""
        step = self._tape[entry]
        if step.role is Role.PARAMETER:
            return html(self._labels.parameter(step.symbol))
        return html(self._labels.symbol(step)) if step.symbol else ""

    def plain(self, entry: int) -> str:
        """What a gate is called, without its time."""
        step = self._tape[entry]
        return markup(self._labels.letter(step.symbol, step.role, self._labels.scope_of(step)))

    def gradient(self, part: Part, *, one_step: bool) -> str:
        """What the gradient by a state is called, as far as it is summed: ``dH_{prev}^{3}``, ``∂E/∂c^{3}``.

        Args:
            one_step: whether all of it comes from one time step.
        """
        if part.span is None:
            return ""
        labels, source = self._labels, self._tape[part.span.of].inputs[part.span.argument]
        named = labels.part_of_gradient(part.span) if one_step else None
        if named is not None:
            return markup(named)
        if labels.has_own_gradient(source):
            term = labels.gradient(source)
            return markup(term.symbol) if term.symbol is not None else ""
        above, below = labels.gradient_in_words(labels.symbol(source))
        if above is None:
            return markup(below)
        return f"∂/{{{above.base}}}/∂{slanted_markup(below)}"

    def is_of_one_step(self, parts: tuple[Part, ...]) -> bool:
        """Whether all that comes to a state comes from the same time step."""
        return len({self._labels.is_from_other_time(part.span) for part in parts if part.span is not None}) == 1

    def contribution(self, part: Part) -> str:
        """What one contribution is called: ``A_{1}``, ``A_{2}``; empty where the notation has no name for it."""
        if part.span is None:
            return ""
        source = self._tape[part.span.of].inputs[part.span.argument]
        if source.symbol:
            named = self._labels.part_of_gradient(part.span)
            return "" if named is None else markup(named)
        own = self._labels.gradient_of_expression(source)
        return "" if own is None or own.symbol is None else markup(own.symbol)
