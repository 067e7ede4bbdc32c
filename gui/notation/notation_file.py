"""Notation files: read from resources/notations, checked strictly."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from engine.errors import BackstepError
from engine.files.resources import resource
from gui.equations.term import Clock, Symbol
from gui.notation.notation import GATE_SYMBOLS, SECTIONS, Notation, Parts, Wording

LESSONS_OWN = "lesson"
"""The notation that writes the tape's own symbols."""

_WORDING = {
    "time": str, "layer": str, "first_layer": int, "gate_order": list, "gates": dict, "names": dict,
    "gradients": dict, "stored": dict,
}  # fmt: skip
_KEYS = {"order": int, "title": dict, "about": dict, **_WORDING, "cells": list}
_SPECIAL = {"cells": list, **_WORDING}
_GRADIENTS = {"in_equations": str, "alone": str, "names": dict, "parts": dict}
_PARTS = {"other_time": str, "same_time": str}
_STYLES = ("d", "fraction")
_LARGEST_FILE = 1 << 20
_ATOM = r"(?:\\[A-Za-z]+(?:\{(?:[^{}]|\{[^{}]*\})*\})?|[A-Za-z*])"
_SCRIPT = r"\{((?:[^{}]|\{(?:[^{}]|\{[^{}]*\})*\})+)\}"
_LETTER = re.compile(rf"({_ATOM}{{1,2}})(?:_{_SCRIPT})?(?:\^{_SCRIPT})?")


class NotationError(BackstepError):
    """A notation that does not exist or whose file is wrong."""


def notations_in(folder: Path) -> dict[str, Path]:
    """Name of every notation in a folder → its file."""
    return {path.stem: path for path in sorted(folder.glob("*.json"))}


@lru_cache(maxsize=32)
def read_notation(path: Path) -> Notation:
    """Read and check a notation file; NotationError with one sentence where it is wrong."""
    data = _object(path)
    _check_keys(path, data, _KEYS, whole=True)
    for key in ("title", "about"):
        _check_texts(path, key, data[key])
        if "en" not in data[key]:
            raise NotationError("The key “{key}” of the notation {file} has no English text (“en”).",
                                file=path.name, key=key)
    general = {key: data[key] for key in _WORDING}
    special = []
    for one in data["cells"]:
        if not isinstance(one, dict) or "cells" not in one:
            raise NotationError("Every entry of “cells” in the notation {file} must be an object with “cells”.",
                                file=path.name)
        _check_keys(path, one, _SPECIAL, whole=False)
        merged = _merged(general, {key: value for key, value in one.items() if key != "cells"})
        special.append((frozenset(map(str, one["cells"])), _wording(path, merged)))
    return Notation(path.stem, data["title"], data["about"], data["order"], _wording(path, general), tuple(special))


@lru_cache(maxsize=1)
def lessons_own() -> Notation:
    """The notation that writes the tape's own symbols."""
    return read_notation(resource("notations", f"{LESSONS_OWN}.json"))


def notations(folder: Path | None = None) -> list[Notation]:
    """Every notation of a folder, by default of those that ship; the lesson's own first."""
    found = [read_notation(path) for path in notations_in(folder or resource("notations")).values()]
    return sorted(found, key=lambda notation: (notation.order, notation.name))


def _object(path: Path) -> dict[str, Any]:
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise NotationError("{file} is larger than a notation can be (1 MiB).", file=path.name)
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise NotationError("The notation {file} cannot be read: {reason}.", file=path.name, reason=error) from error
    if not isinstance(data, dict):
        raise NotationError("The notation {file} must hold one JSON object.", file=path.name)
    return data


def _check_keys(path: Path, data: Mapping[str, Any], known: Mapping[str, type], *, whole: bool) -> None:
    for key, value in data.items():
        if key not in known:
            raise NotationError("The notation {file} has a key “{key}” too many; there are {known}.",
                                file=path.name, key=key, known=", ".join(known))
        if not isinstance(value, known[key]) or isinstance(value, bool):
            raise NotationError("The key “{key}” of the notation {file} must be of type {kind}.",
                                file=path.name, key=key, kind=known[key].__name__)
    for key in known if whole else ():
        if key not in data:
            raise NotationError("The key “{key}” of the notation {file} is missing.", file=path.name, key=key)


def _check_texts(path: Path, key: str, texts: Mapping[str, Any]) -> None:
    if not all(isinstance(text, str) for text in texts.values()):
        raise NotationError("The key “{key}” of the notation {file} must give texts only.", file=path.name, key=key)


def _check_choice(path: Path, key: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise NotationError("“{value}” at “{key}” in the notation {file} must be one of {known}.",
                            file=path.name, key=key, value=value, known=", ".join(known))
    return value


def _merged(general: Mapping[str, Any], special: Mapping[str, Any]) -> dict[str, Any]:
    """The general entries with the special ones over them, objects entry by entry."""
    made = dict(general)
    for key, value in special.items():
        before = made.get(key)
        made[key] = _merged(before, value) if isinstance(before, dict) and isinstance(value, dict) else value
    return made


def _wording(path: Path, data: Mapping[str, Any]) -> Wording:
    gradients = data["gradients"]
    _check_keys(path, gradients, _GRADIENTS, whole=True)
    for key in ("gates", "stored"):
        _check_texts(path, key, data[key])
    _check_format(path, "layer", data["layer"], {"layer"})
    for pattern in data["stored"].values():
        _check_format(path, "stored", pattern, {"layer", "reverse"})
    if sorted(map(str, data["gate_order"])) != sorted(GATE_SYMBOLS):
        raise NotationError("“gate_order” in the notation {file} must hold each of {gates} once.",
                            file=path.name, gates=", ".join(GATE_SYMBOLS))
    styles = {key: _check_choice(path, key, gradients[key], _STYLES) for key in ("in_equations", "alone")}
    return Wording(
        clock=Clock(_check_choice(path, "time", data["time"], tuple(clock.value for clock in Clock))),
        layer=data["layer"], first_layer=data["first_layer"], gate_order=tuple(data["gate_order"]),
        gates=data["gates"], names=_names(path, "names", data["names"]),
        gradients=_names(path, "gradients", gradients["names"]), parts=_parts(path, gradients["parts"]),
        fraction_in_equations=styles["in_equations"] == "fraction", fraction_alone=styles["alone"] == "fraction",
        stored=data["stored"],
    )  # fmt: skip


def _check_format(path: Path, key: str, pattern: str, known: set[str]) -> None:
    try:
        places = {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
    except ValueError:
        places = {pattern}
    if not places <= known:
        raise NotationError("“{pattern}” at “{key}” in the notation {file} may only have the places {known}.",
                            file=path.name, key=key, pattern=pattern, known=", ".join(f"{{{name}}}" for name in known))


def _names(path: Path, key: str, sections: Mapping[str, Any]) -> dict[str, dict[str, Symbol]]:
    _check_keys(path, sections, dict.fromkeys(SECTIONS, dict), whole=False)
    return {
        section: {name: _letter(path, key, latex) for name, latex in sections.get(section, {}).items()}
        for section in SECTIONS
    }


def _parts(path: Path, states: Mapping[str, Any]) -> dict[str, Parts]:
    made = {}
    for state, parts in states.items():
        if not isinstance(parts, dict):
            raise NotationError("The key “{key}” of the notation {file} must be of type {kind}.",
                                file=path.name, key=state, kind="dict")
        _check_keys(path, parts, _PARTS, whole=True)
        made[state] = Parts(*(_letter(path, state, parts[key]) for key in _PARTS))
    return made


def _letter(path: Path, key: str, latex: object) -> Symbol:
    found = _LETTER.fullmatch(latex) if isinstance(latex, str) else None
    if found is None:
        raise NotationError(
            "“{latex}” at “{key}” in the notation {file} is not a letter with scripts such as {example}.",
            file=path.name, key=key, latex=latex, example="W_{x}^{(*)}",
        )  # fmt: skip
    return Symbol(found[1], found[2] or "", found[3] or "")
