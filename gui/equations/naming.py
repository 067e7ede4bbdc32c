"""The LaTeX name of every entry of a tape.

Named tensors are called by their symbol and time step, gradients δ^{t} or dz^{t}, sums of gradients by how far back
they reach, and what has no name of its own by what it is: ``x^{3}\\,W_{\\mathrm{in}}``.
"""

from __future__ import annotations

from functools import cached_property

from engine.analysis.series import time_of
from engine.operation import EACH
from engine.scope import ScopeKind
from engine.tape import Phase, Tape
from engine.tensor import Role, Tensor
from gui.equations.attributes import attribute_terms
from gui.equations.backward_places import BackwardPlaces
from gui.equations.sums import is_sum, listed, sum_of
from gui.equations.symbol_names import letter
from gui.equations.template import template
from gui.equations.term import Level, Symbol, Term
from gui.notation.labels import Labels

_LETTERS = "abcdefgh"
_DEEPEST, _LONGEST = 6, 200
"""So deep, and in so many letters of LaTeX, is an unnamed value spelled out; beyond, it is called by its place on the
tape: nobody reads a longer name within a formula, and to typeset it would take longer than the step.
"""


class Names:
    """Names of the entries of one tape; each is made when first asked for."""

    def __init__(
        self, tape: Tape, labels: Labels | None = None, *, written: dict[int, Term] | None = None,
        places: BackwardPlaces | None = None,
    ) -> None:  # fmt: skip
        """
        Args:
            labels: the notation's names; by default the lesson's own.
            written: entries that are to be called otherwise.
            places: those of the tape if at hand.
        """
        self._tape = tape
        self.labels = labels or Labels(tape)
        self._terms = dict(written or {})
        self._places = places
        self._new = {index: name for name, index in tape.updates.items()}

    @cached_property
    def places(self) -> BackwardPlaces:
        """Where the entries of the backward pass belong."""
        return self._places or BackwardPlaces(self._tape)

    @cached_property
    def users(self) -> dict[int, list[int]]:
        """Entry → the steps that take it as an operand, in order, each once."""
        users: dict[int, list[int]] = {}
        for step in self._tape.steps:
            for operand in dict.fromkeys(tensor.index for tensor in step.inputs):
                users.setdefault(operand, []).append(step.index)
        return users

    @property
    def loss(self) -> str:
        """LaTeX of the loss that is differentiated."""
        return self.labels.loss

    def latex(self, index: int) -> str:
        """The name of an entry in a running line."""
        return self.term(index).latex

    def term(self, index: int) -> Term:
        """The name of an entry, ready to be put into a formula."""
        return self._term(index, 0)

    def is_named(self, index: int) -> bool:
        """Whether an entry has a name of its own and is not merely spelled out."""
        return self._own_name(index) is not None

    def gradient(self, index: int) -> Term:
        """The short name of the whole gradient by a forward entry: ``\\delta^{3}``, ``dz^{3}``, ``dW``."""
        step = self._tape.steps[index]
        if step.symbol and not self._is_cut(step):
            return self.labels.gradient(step)
        own = self.labels.gradient_of_expression(step)
        return own or Term(f"d{self.term(index).within(Level.LETTER)}", Level.FACTOR)

    def derivative(self, index: int) -> str:
        """The long name of the whole gradient by a forward entry, by default a fraction."""
        if not self.labels.derives_alone:
            return self.gradient(index).latex
        return rf"\frac{{\partial {self.loss}}}{{\partial {self.term(index).within(Level.FACTOR)}}}"

    def sum_so_far(self, index: int, place: int) -> Term | None:
        """The name of a gradient after ``place + 1`` contributions; None where the first has no name but itself."""
        if place == self.places.count(index) - 1:
            return self.gradient(index)
        whole = self.gradient(index)
        if whole.symbol is None or self._tape.steps[index].role is not Role.PARAMETER:
            return self._sum_from_other_time(index, place)
        symbol = whole.symbol.with_upper(self._so_far(index, place))
        return Term.derivative(whole.derivative_of, symbol) if whole.derivative_of else Term.of(symbol)

    def _so_far(self, index: int, place: int) -> str:
        """How far back a parameter's gradient is summed: ``t \\ge 3``; the count where time does not tell."""
        found = [time_of(self._tape.steps[span.of]) for span in self.places.spans_for(index)]
        times = [time for time in found if time is not None]
        if len(times) < len(found) or len(set(times)) < len(times):
            return f"({place + 1})"
        # A pass that runs from the last time step to the first is differentiated from the first on.
        sign = r"\le" if times[0] < times[-1] else r"\ge"
        return f"t {sign} {times[place]}"

    def _sum_from_other_time(self, index: int, place: int) -> Term | None:
        """The name of all that comes to a state from the time step after it, if these are the sum's contributions."""
        spans = self.places.spans_for(index)
        is_other = [self.labels.is_from_other_time(span) for span in spans]
        if is_other != [at <= place for at in range(len(spans))]:
            return None
        symbol = self.labels.part_of_gradient(spans[place])
        return None if symbol is None else Term.of(symbol)

    def _part_of_gradient(self, index: int) -> Term | None:
        """The name of an entry that is a contribution to a state's gradient, where the notation has one."""
        for span in self.places.contribution_of.get(index, []):
            source = self._tape.steps[span.of].inputs[span.argument].index
            kinds = [self.labels.is_from_other_time(other) for other in self.places.spans_for(source)]
            several = kinds.count(self.labels.is_from_other_time(span)) > 1
            symbol = self.labels.part_of_gradient(span, among_several=several)
            if symbol is not None:
                return Term.of(symbol)
        return None

    def spelled_out(self, index: int, depth: int = 0) -> Term:
        """The right-hand side of the step that made an entry, its operands by name."""
        step = self._tape.steps[index]
        row = step.operation
        if row is None:
            return self.term(index)
        operands = [self._term(tensor.index, depth + 1) for tensor in step.inputs]
        if is_sum(row):
            return sum_of(operands)
        if row.arity == EACH:
            operands = [listed(operands)]
        return template(row.formula).filled(filling(operands, step))

    def spelled_out_with(self, index: int, part: int, latex: str) -> Term:
        """The right-hand side of a step with one of the unnamed values in it written as told, for instance coloured."""
        written = {part: Term(latex, self.term(part).level)}
        return Names(self._tape, self.labels, written=written, places=self.places).spelled_out(index)

    def _term(self, index: int, depth: int) -> Term:
        found = self._terms.get(index)
        if found is None:
            found = self._own_name(index)
            if found is None:
                if depth > _DEEPEST:
                    return Term.of(Symbol("s", str(index)))
                found = self.spelled_out(index, depth)
                if len(found.latex) > _LONGEST:
                    found = Term.of(Symbol("s", str(index)))
            if depth == 0 or self._own_name(index) is not None:
                self._terms[index] = found
        return found

    def _own_name(self, index: int) -> Term | None:
        step = self._tape.steps[index]
        if index in self._new:
            return Term.of(self.labels.parameter(self._new[index]).with_upper(r"\mathrm{new}"))
        if self._is_cut(step):
            inner = self._term(step.inputs[0].index, 1)
            return Term(rf"\mathrm{{cut}}({inner.latex})", Level.FACTOR)
        if index < self._tape.backward_start:
            return Term.of(self.labels.symbol(step)) if step.symbol else None
        if self._tape.phase(index) is Phase.BACKWARD:
            return Term.of(Symbol(step.symbol)) if step.operation is None else self._gradient_name(index)
        return self._update_name(step)

    def _gradient_name(self, index: int) -> Term | None:
        """The best name where an entry is the gradient of several tensors at once: a whole one, the textbook's."""
        owners = self.places.owners(index)
        steps = self._tape.steps

        def rank(owner: tuple[int, int]) -> tuple[bool, bool, bool, tuple[int, int]]:
            step = steps[owner[0]]
            own = self.labels.has_own_gradient(step)
            return not self.places.is_whole(owner), time_of(step) is None, not own, owner

        for owner in sorted(owners, key=rank):
            if steps[owner[0]].symbol:
                found = self.sum_so_far(*owner)
                if found is not None:
                    return found
        if owners and self.places.is_whole(owners[0]):
            return self.gradient(owners[0][0])
        return self._part_of_gradient(index)

    def _update_name(self, step: Tensor) -> Term | None:
        scope = step.scope
        parts = [place.name for place in scope.line() if place.kind is ScopeKind.PART]
        if len(parts) == 2 and parts[0] == "clip" and parts[1] in self._tape.updates:
            clipped = self.labels.parameter(parts[1]).with_upper(r"\mathrm{clip}")
            return self.labels.gradient_by(clipped)
        if not step.symbol:
            return None
        if parts and parts[-1] in self._tape.updates:
            own = Symbol(letter(step.symbol).base, self.labels.parameter(parts[-1]).latex)
            return Term.of(own if step.operation is None else own.with_upper(r"\mathrm{new}"))
        return Term.of(letter(step.symbol))

    @staticmethod
    def _is_cut(step: Tensor) -> bool:
        return step.operation is not None and step.operation.name == "stop_gradient"


def filling(operands: list[Term], step: Tensor) -> dict[str, Term]:
    """Terms for the slots of a row's formulas: operands a, b …, and attributes by their names."""
    return {**dict(zip(_LETTERS, operands, strict=False)), **attribute_terms(step.attributes)}
