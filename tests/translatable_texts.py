"""Finds the English texts in the source that end on the screen or the command line, and so need translations.

A text is collected where a literal stands at one of the PLACES below, or is the first argument of a BackstepError.
A text that is kept in a table and said later is marked with `translatable("…")` (gui/language.py).
"""

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

PLACES: tuple[tuple[str, int | str], ...] = (
    # (called name, position or keyword)
    ("say", 0),
    ("translatable", 0),
    ("Action", "text"),
    ("Action", "reason"),
    ("Action", "menu"),
    ("Setting", "meaning"),
    ("Setting", 3),
    ("Remark", 0),
    ("View", "title"),
    ("View", "short_title"),
    ("ViewRow", "title"),
    ("Lesson", "heading"),
    ("Menu", "title"),
)
ERROR_ROOT = "BackstepError"


@dataclass(frozen=True)
class Text:
    """An English text and where it stands; `english` is None where it is not a literal that can be looked up."""

    english: str | None
    place: str


def texts_of(sources: Iterable[tuple[str, str]]) -> list[Text]:
    """The texts in (name, source) pairs, in order; errors' classes may be defined in any of them."""
    trees = [(name, ast.parse(source)) for name, source in sources]
    errors = error_classes(tree for _, tree in trees)
    return [text for name, tree in trees for text in _texts_in(name, tree, errors)]


def sources_under(root: Path, rooms: Iterable[str]) -> list[tuple[str, str]]:
    """(path from the root, source) of every Python file of the rooms."""
    paths = [path for room in rooms for path in sorted((root / room).rglob("*.py"))]
    return [(path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")) for path in paths]


def error_classes(trees: Iterable[ast.AST]) -> set[str]:
    """The names of BackstepError and of every class that derives from it."""
    bases = {
        node.name: {_name(base) for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {ERROR_ROOT}
    while True:
        more = {name for name, parents in bases.items() if parents & found} - found
        if not more:
            return found
        found |= more


def _texts_in(file: str, tree: ast.AST, errors: set[str]) -> Iterator[Text]:
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        for argument in _marked_arguments(call, errors):
            yield from _literals(argument, file)


def _marked_arguments(call: ast.Call, errors: set[str]) -> Iterator[ast.expr]:
    name = _name(call.func)
    if name in errors and call.args:
        yield call.args[0]
    for called, place in PLACES:
        if called != name:
            continue
        if isinstance(place, int) and len(call.args) > place:
            yield call.args[place]
        yield from (keyword.value for keyword in call.keywords if keyword.arg == place)


def _literals(node: ast.expr, file: str) -> Iterator[Text]:
    """The text of a literal, of both arms of an `if`; a variable's text is marked where it is made."""
    place = f"{file}:{node.lineno}"
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if node.value:
            yield Text(node.value, place)
    elif isinstance(node, ast.IfExp):
        yield from _literals(node.body, file)
        yield from _literals(node.orelse, file)
    elif isinstance(node, ast.JoinedStr | ast.BinOp):
        yield Text(None, place)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
