"""Labels: what one notation calls the entries of one tape. Every name on the screen comes from here."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from engine.analysis.series import time_of
from engine.scope import Scope, ScopeKind
from engine.tape import RuleSpan, Tape
from engine.tensor import Role, Tensor
from gui.equations.symbol_names import letter
from gui.equations.term import Symbol, Term
from gui.notation.notation import GATES, Notation, Wording, in_order, proposed, section_of
from gui.notation.notation_file import lessons_own
from gui.notation.place import NOWHERE, place_in_name, place_of_scope


class Labels:
    """The names of a tape's entries in a notation; the lesson's own by default."""

    def __init__(self, tape: Tape, notation: Notation | None = None) -> None:
        self._tape = tape
        self.notation = notation or lessons_own()
        self._wording: Wording = self.notation.wording(_cells(tape) if self.notation.is_special else ())
        self._letters: dict[tuple[str, Role, Scope | None], Symbol] = {}

    @property
    def loss(self) -> str:
        """LaTeX of the loss that is differentiated."""
        return self._loss.latex

    @property
    def _loss(self) -> Symbol:
        steps = self._tape.steps
        return self.letter((steps[self._tape.loss].symbol if self._tape.loss >= 0 else "") or "E", Role.LOSS)

    def symbol(self, step: Tensor) -> Symbol:
        """The name of a tensor that has one, with its time step; the state before the first step is at time 0."""
        plain = self.letter(step.symbol, step.role, self.scope_of(step))
        time = self.time_of(step)
        return plain if time is None else self.timed(plain, str(time))

    def scope_of(self, step: Tensor) -> Scope:
        """Where a tensor stands; a state that was given, outside of the cell that uses it first."""
        if not _is_initial(step):
            return step.scope
        scope = self._first_uses.get(step.index, step).scope
        inside = scope.enclosing(ScopeKind.CELL)
        return scope if inside is None or inside.parent is None else inside.parent

    def time_of(self, step: Tensor) -> int | None:
        """Its time step; for a state that was given, the one before, or in a backward pass after, its first use."""
        if not _is_initial(step):
            return time_of(step)
        first = self._first_uses.get(step.index)
        time = None if first is None else time_of(first)
        if first is None or time is None:
            return 0
        return time + (1 if place_of_scope(first.scope).direction == "backward" else -1)

    @cached_property
    def _first_uses(self) -> dict[int, Tensor]:
        """State that was given → the step that first takes it."""
        forward = self._tape.steps[: self._tape.backward_start]
        wanted = {step.index for step in forward if _is_initial(step)}
        found: dict[int, Tensor] = {}
        for step in forward:
            for operand in step.inputs:
                if operand.index in wanted:
                    wanted.discard(operand.index)
                    found[operand.index] = step
            if not wanted:
                break
        return found

    def letter(self, name: str, role: Role = Role.NONE, scope: Scope | None = None) -> Symbol:
        """A symbol of the tape without its time.

        Args:
            scope: where it stands, for its layer and direction; a parameter has them in its name.
        """
        key = name, role, scope
        found = self._letters.get(key)
        if found is None:
            found = self._letters[key] = self._letter(name, role, scope)
        return found

    def parameter(self, name: str) -> Symbol:
        """A parameter's name."""
        return self.letter(name, Role.PARAMETER)

    def state_at(self, index: int, name: str) -> Symbol:
        """The name of a state by the tape index of one of its entries, without its time step."""
        steps = self._tape.steps
        step = steps[index] if 0 <= index < len(steps) and steps[index].symbol == name else None
        return self.letter(name, Role.STATE, step.scope if step is not None else None)

    def stored_name(self, name: str) -> str:
        """A parameter's name in the library that the notation is of; empty where there is none."""
        place, plain = place_in_name(name)
        return self._wording.stored_name(plain, place)

    def timed(self, symbol: Symbol, time: str) -> Symbol:
        """A symbol at a time step, which is written where the notation has it."""
        return symbol.at(time, self._wording.clock) if time else symbol

    def gate_order(self, names: Iterable[str]) -> list[str]:
        """Gates in the notation's order: symbols (``f``, ``u_f``) or names of scopes (``forget``); others last."""
        return in_order(names, self._wording.gate_order)

    # --- gradients ----------------------------------------------------------------------------------------------

    def gradient(self, step: Tensor) -> Term:
        """The gradient by a tensor that has a symbol, inside equations: ``\\delta^{3}``, ``dz^{3}``, ``∂E/∂z^{3}``."""
        own = self._own_gradient(step.symbol, step.role, self.scope_of(step))
        if own is not None:
            time = self.time_of(step)
            return Term.of(own if time is None else self.timed(own, str(time)))
        return self.gradient_by(self.symbol(step))

    def has_own_gradient(self, step: Tensor) -> bool:
        """Whether the gradient by a tensor has a name of its own, such as δ."""
        return self._own_gradient(step.symbol, step.role, None) is not None

    def gradient_by(self, symbol: Symbol) -> Term:
        """The gradient by something without a name of its own for it, inside equations."""
        if self._wording.fraction_in_equations:
            return Term.derivative(self.loss, symbol)
        return Term.of(symbol.differential())

    def gradient_alone(self, name: str, role: Role, scope: Scope | None = None, time: str = "") -> str:
        """LaTeX of the gradient where it stands alone, on one line: ``\\delta^{t}``, ``\\partial E / \\partial W``."""
        own = self._own_gradient(name, role, scope)
        if own is not None:
            return self.timed(own, time).latex
        if self._wording.fraction_alone:
            return self.derivative_alone(name, role, scope, time)
        return self.timed(self.letter(name, role, scope), time).differential().latex

    def derivative_alone(self, name: str, role: Role, scope: Scope | None = None, time: str = "") -> str:
        """The same spelled out, even where the gradient has a name of its own."""
        symbol = self.timed(self.letter(name, role, scope), time)
        return rf"\partial {self.loss} / \partial {symbol.latex}"

    def gradient_in_words(self, symbol: Symbol) -> tuple[Symbol | None, Symbol]:
        """The gradient by something, standing alone: (what is differentiated, by what), or (None, its own name)."""
        return (self._loss, symbol) if self._wording.fraction_alone else (None, symbol.differential())

    def gradient_of_expression(self, step: Tensor) -> Term | None:
        """The gradient by a step without a symbol, where the notation has a name for it: ``A_1`` by ``tanh(c)``."""
        if step.operation is None or len(step.inputs) != 1:
            return None
        own = self._wording.gradient("value", f"{step.operation.name}({step.inputs[0].symbol})")
        if own is None:
            return None
        time = time_of(step)
        placed = self._wording.placed(own, place_of_scope(step.scope))
        return Term.of(placed if time is None else self.timed(placed, str(time)))

    @property
    def derives_alone(self) -> bool:
        """Whether a gradient on the left of an equation is written ∂E/∂z."""
        return self._wording.fraction_alone

    def part_of_gradient(self, span: RuleSpan, *, among_several: bool = False) -> Symbol | None:
        """The name of one contribution to a state's gradient: ``dH_prev`` of t + 1, ``dH_s``.

        Args:
            among_several: whether others of the same kind are added to it; then it carries its gate's letter.
        """
        step = self._tape.steps[span.of]
        source = step.inputs[span.argument]
        parts = self._wording.parts.get(source.symbol) if source.role is Role.STATE else None
        if parts is None:
            return None
        named = self._wording.placed(
            parts.other_time if self.is_from_other_time(span) else parts.same_time,
            place_of_scope(self.scope_of(source)),
        )
        if among_several:
            gate = self._gate(step.scope)
            if not gate:
                return None
            named = named.with_upper(f"({self._wording.gates.get(gate, gate)})")
        time = time_of(step)
        return named if time is None else self.timed(named, str(time))

    def _gate(self, scope: Scope) -> str:
        """The tape's symbol of the gate that a scope lies in; empty for none."""
        gate, inside = scope.enclosing(ScopeKind.GATE), scope.enclosing(ScopeKind.CELL)
        if gate is not None and gate.name == "candidate" and inside is not None and inside.name in self._cells_with_n:
            return "n"
        return GATES.get(gate.name, "") if gate is not None else ""

    @cached_property
    def _cells_with_n(self) -> set[str]:
        """Names of the cells whose candidate is called n, as that of a GRU."""
        forward = self._tape.steps[: self._tape.backward_start]
        cells = (step.scope.enclosing(ScopeKind.CELL) for step in forward if step.symbol == "n")
        return {cell.name for cell in cells if cell is not None}

    @cached_property
    def _around_masks(self) -> set[str]:
        """Paths of the scopes in which a mask chooses between a new state and the old one: the new one needs another
        name there."""
        scopes = {step.scope for step in self._tape.steps[: self._tape.backward_start] if step.role is Role.STATE}
        masks = (scope for scope in scopes if scope.kind is ScopeKind.PART and scope.name == "mask")
        return {mask.parent.path for mask in masks if mask.parent is not None}

    def is_from_other_time(self, span: RuleSpan) -> bool:
        """Whether a contribution comes from a time step other than that of what it is a gradient by."""
        step = self._tape.steps[span.of]
        return time_of(step) != self.time_of(step.inputs[span.argument])

    def _own_gradient(self, name: str, role: Role, scope: Scope | None) -> Symbol | None:
        place, plain = place_in_name(name)
        own = self._wording.gradient(section_of(role), plain)
        if own is None:
            return None
        if self._is_proposed(role, scope):
            own = proposed(own)
        return self._wording.placed(own, place if place is not NOWHERE else place_of_scope(scope))

    def _is_proposed(self, role: Role, scope: Scope | None) -> bool:
        """Whether a state is what its cell proposes, before a mask decides between it and the old one."""
        cell = scope.enclosing(ScopeKind.CELL) if role is Role.STATE and scope is not None else None
        return cell is not None and cell.parent is not None and cell.parent.path in self._around_masks

    def _letter(self, name: str, role: Role, scope: Scope | None) -> Symbol:
        place, plain = place_in_name(name)
        if place is NOWHERE and role is not Role.PARAMETER:
            place = place_of_scope(scope)
        symbol = self._wording.name(section_of(role), plain) or letter(plain)
        return self._wording.placed(proposed(symbol) if self._is_proposed(role, scope) else symbol, place)


def _is_initial(step: Tensor) -> bool:
    return step.operation is None and step.role is Role.STATE and time_of(step) is None


def _cells(tape: Tape) -> set[str]:
    """Names of the cells that the forward pass goes through."""
    scopes = {step.scope for step in tape.steps[: tape.backward_start]}
    found = (scope.enclosing(ScopeKind.CELL) for scope in scopes)
    return {cell.name for cell in found if cell is not None}
