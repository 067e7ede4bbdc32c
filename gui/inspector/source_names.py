"""What the names in a line of the source stand for: the tensors that the line takes and makes."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import lru_cache

from engine.source import source_lines, source_place
from engine.tape import Tape
from engine.tensor import Role, Tensor
from gui.notation.place import place_in_name

_SIGNS: dict[type[ast.operator], str] = {
    ast.MatMult: "matmul", ast.Add: "add", ast.Sub: "subtract", ast.Mult: "multiply", ast.Div: "divide",
}  # fmt: skip
_BEFORE = ("{}_previous", "prev_{}", "previous_{}")
"""How a program calls the state of the time step before."""


def source_names(tape: Tape, step: Tensor) -> list[tuple[str, Tensor]]:
    """(name in the program, tensor) of what stands in the line of a forward step, in the order of the line."""
    place = source_place(step)
    if place is None or step.index >= tape.backward_start:
        return []
    steps = _steps_of_line(tape, step)
    words, operations = _read(place.file, place.line)
    found: dict[str, Tensor] = {}
    if len(operations) == len(steps) and all(
        name == made.operation.name for (name, _), made in zip(operations, steps, strict=True) if made.operation
    ):
        for (_, operands), made in zip(operations, steps, strict=True):
            if len(operands) == len(made.inputs):
                found |= {word: tensor for word, tensor in zip(operands, made.inputs, strict=True) if word}
    for tensor in (*(operand for made in steps for operand in made.inputs), *steps):
        known = next((word for word in _words_for(tensor, step) if word in words), None)
        if known is not None:
            found.setdefault(known, tensor)
    return [(word, found[word]) for word in words if word in found and found[word].symbol]


def _steps_of_line(tape: Tape, step: Tensor) -> list[Tensor]:
    """The steps around one that the same run of its line recorded."""
    place, steps = source_place(step), tape.steps
    first = last = step.index
    while first and steps[first - 1].scope is step.scope and source_place(steps[first - 1]) == place:
        first -= 1
    while last + 1 < tape.backward_start and steps[last + 1].scope is step.scope and (
        source_place(steps[last + 1]) == place
    ):
        last += 1
    return steps[first : last + 1]


def _words_for(tensor: Tensor, step: Tensor) -> Iterator[str]:
    """What a program would call a tensor: by its symbol, with a word for the time step before."""
    _, plain = place_in_name(tensor.symbol)
    if not plain:
        return
    if tensor.role is Role.STATE and tensor.index < step.index:
        yield from (word.format(plain) for word in _BEFORE)
    yield plain


@lru_cache(maxsize=1024)
def _read(file: str, line: int) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """The names in a line, from left to right, and its operations with the names they are applied to, innermost first.

    Where a line chooses between expressions, nothing is said of the operations.
    """
    statement = _statement("\n".join(source_lines(file)), line)
    if statement is None:
        return (), ()
    nodes = [node for node in ast.walk(statement) if getattr(node, "lineno", 0) == line]
    named = sorted(
        ((node.col_offset, _word(node)) for node in nodes if isinstance(node, ast.expr)), key=lambda pair: pair[0]
    )
    words = tuple(dict.fromkeys(word for _, word in named if word))
    if any(isinstance(node, ast.IfExp) for node in nodes):
        return words, ()
    return words, tuple(_operations(statement))


def _statement(source: str, line: int) -> ast.stmt | None:
    """The innermost simple statement that a line is part of."""
    found: ast.stmt | None = None
    for node in ast.walk(_parsed(source)):
        simple = isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.Return | ast.Expr)
        if isinstance(node, ast.stmt) and simple and node.lineno <= line <= (node.end_lineno or node.lineno):
            found = node
    return found


@lru_cache(maxsize=64)
def _parsed(source: str) -> ast.Module:
    return ast.parse(source)


def _operations(node: ast.AST) -> Iterator[tuple[str, tuple[str, ...]]]:
    for child in ast.iter_child_nodes(node):
        yield from _operations(child)
    if isinstance(node, ast.BinOp) and type(node.op) in _SIGNS:
        yield _SIGNS[type(node.op)], (_word(node.left), _word(node.right))


def _word(node: ast.expr) -> str:
    """A name, or the name in brackets: ``W["W_x_f"]`` is called ``W_x_f``; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and isinstance(node.slice.value, str):
        return node.slice.value
    return ""
