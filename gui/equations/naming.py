"""The LaTeX name of every entry of a tape.

Named tensors are called by their symbol and time step, gradients δ^{t} or dz^{t}, sums of gradients by how far back
they reach, and what has no name of its own by what it is: ``x^{3}\\,W_{\\mathrm{in}}``.
"""

from __future__ import annotations

from functools import cached_property

from engine.operation import EACH, Operation
from engine.scope import ScopeKind
from engine.tape import Phase, Tape
from engine.tensor import Role, Tensor
from gui.equations.attributes import attribute_terms
from gui.equations.backward_places import BackwardPlaces
from gui.equations.sums import is_sum, listed, sum_of
from gui.equations.symbol_names import gradient_symbol, letter, symbol_of, time_of
from gui.equations.template import template
from gui.equations.term import Level, Symbol, Term

_LETTERS = "abcdefgh"
_DEEPEST = 6
"""So deep is an unnamed value spelled out; beyond, it is called by its place on the tape."""


class Names:
    """Names of the entries of one tape; each is made when first asked for."""

    def __init__(
        self, tape: Tape, written: dict[int, Term] | None = None, places: BackwardPlaces | None = None
    ) -> None:
        """
        Args:
            written: entries that are to be called otherwise.
            places: those of the tape if at hand.
        """
        self._tape = tape
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
        if self._tape.loss < 0:
            return "E"
        return letter(self._tape.steps[self._tape.loss].symbol or "E").latex

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
            return Term.of(gradient_symbol(step))
        return Term(f"d{self.term(index).within(Level.LETTER)}", Level.FACTOR)

    def derivative(self, index: int) -> str:
        """The long name of the whole gradient by a forward entry, a fraction."""
        return rf"\frac{{\partial {self.loss}}}{{\partial {self.term(index).within(Level.FACTOR)}}}"

    def sum_so_far(self, index: int, place: int) -> Term | None:
        """The name of a gradient after ``place + 1`` contributions; None where the first has no name but itself."""
        if place == self.places.count(index) - 1:
            return self.gradient(index)
        symbol = self.gradient(index).symbol
        if symbol is None or self._tape.steps[index].role is not Role.PARAMETER:
            return None
        times = [time_of(self._tape.steps[span.of]) for span in self.places.spans_for(index)]
        if None in times or len(set(times)) < len(times):
            return Term.of(symbol.with_upper(f"({place + 1})"))
        return Term.of(symbol.with_upper(rf"t \ge {times[place]}"))

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
        return template(row.formula).filled(filling(row, operands, step))

    def spelled_out_with(self, index: int, part: int, latex: str) -> Term:
        """The right-hand side of a step with one of the unnamed values in it written as told, for instance coloured."""
        written = {part: Term(latex, self.term(part).level)}
        return Names(self._tape, written, self.places).spelled_out(index)

    def _term(self, index: int, depth: int) -> Term:
        found = self._terms.get(index)
        if found is None:
            found = self._own_name(index)
            if found is None:
                if depth > _DEEPEST:
                    return Term.of(Symbol("s", str(index)))
                found = self.spelled_out(index, depth)
            if depth == 0 or self._own_name(index) is not None:
                self._terms[index] = found
        return found

    def _own_name(self, index: int) -> Term | None:
        step = self._tape.steps[index]
        if index in self._new:
            return Term.of(letter(self._new[index]).with_upper(r"\mathrm{new}"))
        if self._is_cut(step):
            inner = self._term(step.inputs[0].index, 1)
            return Term(rf"\mathrm{{cut}}({inner.latex})", Level.FACTOR)
        if index < self._tape.backward_start:
            return Term.of(symbol_of(step)) if step.symbol else None
        if self._tape.phase(index) is Phase.BACKWARD:
            return Term.of(Symbol(step.symbol)) if step.operation is None else self._gradient_name(index)
        return self._update_name(step)

    def _gradient_name(self, index: int) -> Term | None:
        """The best name where an entry is the gradient of several tensors at once: a whole one, the textbook's."""
        owners = self.places.owners(index)
        steps = self._tape.steps
        for owner in sorted(owners, key=lambda of: (not self.places.is_whole(of), time_of(steps[of[0]]) is None, of)):
            if steps[owner[0]].symbol:
                found = self.sum_so_far(*owner)
                if found is not None:
                    return found
        return self.gradient(owners[0][0]) if owners and self.places.is_whole(owners[0]) else None

    def _update_name(self, step: Tensor) -> Term | None:
        scope = step.scope
        parts = [place.name for place in scope.line() if place.kind is ScopeKind.PART]
        if len(parts) == 2 and parts[0] == "clip" and parts[1] in self._tape.updates:
            plain = letter(parts[1])
            return Term.of(Symbol(f"d{plain.base}", plain.lower, r"\mathrm{clip}"))
        if not step.symbol:
            return None
        if parts and parts[-1] in self._tape.updates:
            own = Symbol(letter(step.symbol).base, letter(parts[-1]).latex)
            return Term.of(own if step.operation is None else own.with_upper(r"\mathrm{new}"))
        return Term.of(letter(step.symbol))

    @staticmethod
    def _is_cut(step: Tensor) -> bool:
        return step.operation is not None and step.operation.name == "stop_gradient"


def filling(row: Operation, operands: list[Term], step: Tensor) -> dict[str, Term]:
    """Terms for the slots of a row's formulas: operands a, b …, and attributes by their names."""
    return {**dict(zip(_LETTERS, operands, strict=False)), **attribute_terms(step.attributes)}
