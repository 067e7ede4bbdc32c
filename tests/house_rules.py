"""Reading Python source for what the house rules out; each function takes source text, to be tested itself."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

_Function = ast.FunctionDef | ast.AsyncFunctionDef


class Import(NamedTuple):
    """One import, at the top of a module or late inside a function: line, full module name, leading dots."""

    line: int
    module: str
    level: int = 0

    @property
    def package(self) -> str:
        return self.module.split(".")[0]


def imports(source: str) -> Iterator[Import]:
    """Every import statement, and every import by a function with a literal name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (Import(node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield Import(node.lineno, node.module or "", node.level)
        elif isinstance(node, ast.Call) and _called(node) in {"import_module", "__import__", "importorskip"}:
            name = node.args[0] if node.args else None
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield Import(node.lineno, name.value)


def imports_of(source: str, forbidden: frozenset[str]) -> list[str]:
    """The imports of forbidden packages, as "line 3: PySide6.QtCore"."""
    return [f"line {found.line}: {found.module}" for found in imports(source) if found.package in forbidden]


def relative_imports(source: str) -> list[str]:
    """The imports that begin with a dot."""
    return [f"line {found.line}: {'.' * found.level}{found.module}" for found in imports(source) if found.level]


def long_functions(source: str, most: int) -> list[str]:
    """The functions of more than `most` lines."""
    sizes = (
        (node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, _Function)
    )
    return [f"{name}: {size} lines" for name, size in sizes if size > most]


def dangerous_calls(source: str) -> list[str]:
    """What would run or unpack a stranger's data as code: pickle, eval, exec, allow_pickle=True."""
    found = [f"line {line.line}: {line.module}" for line in imports(source) if line.package in _UNPACKERS]
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in {"eval", "exec"}:
            found.append(f"line {node.lineno}: {node.func.id}")
        if any(word.arg == "allow_pickle" and not _is_false(word.value) for word in node.keywords):
            found.append(f"line {node.lineno}: allow_pickle")
    return found


_UNPACKERS = frozenset({"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"})


def catch_alls(source: str) -> list[str]:
    """The handlers that catch everything: a debugger that swallows errors lies."""
    handlers = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ExceptHandler))
    return [f"line {node.lineno}" for node in handlers if node.type is None or _names_everything(node.type)]


def _names_everything(kind: ast.expr) -> bool:
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return any(isinstance(one, ast.Name) and one.id in {"Exception", "BaseException"} for one in kinds)


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def _called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""
