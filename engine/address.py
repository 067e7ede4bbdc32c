"""Addresses: names of steps that survive re-running, such as ``backward/t=3/rnn/multiply#2``.

An address is phase / scope / operation # count; what was given has the phase ``given`` and its symbol instead of an
operation. In patterns ``*`` stands for anything within one name and ``**`` for any number of names; a step that the
textbook names may also be called by its symbol: ``forward/t=3/**/z``.
"""

from __future__ import annotations

import re
from functools import lru_cache

from engine.errors import AddressError
from engine.tape import Tape


def addresses(tape: Tape) -> list[str]:
    """The address of every entry of the tape, in order."""
    counts: dict[str, int] = {}
    made = []
    for index, step in enumerate(tape.steps):
        scope = f"{step.scope.path}/" if step.scope.path else ""
        if step.operation is None:
            name = f"given/{scope}{step.symbol}"
        else:
            name = f"{tape.phase(index).value}/{scope}{step.operation.name}"
        counts[name] = counts.get(name, 0) + 1
        made.append(name if step.operation is None and counts[name] == 1 else f"{name}#{counts[name]}")
    return made


def symbol_address(tape: Tape, index: int) -> str | None:
    """The address that ends in the step's symbol; None if the textbook has no name for it."""
    step = tape.steps[index]
    if not step.symbol or step.operation is None:
        return None
    scope = f"{step.scope.path}/" if step.scope.path else ""
    return f"{tape.phase(index).value}/{scope}{step.symbol}"


@lru_cache(maxsize=256)
def pattern(text: str) -> re.Pattern[str]:
    """The regular expression for an address with wildcards.

    Raises:
        AddressError: the text is empty or has an empty name in it.
    """
    names = text.strip().split("/")
    if not text.strip() or any(not name for name in names):
        raise AddressError("“{text}” is not an address; write for instance backward/t=3/**/multiply#1.", text=text)
    expression = ""
    for place, name in enumerate(names):
        last = place == len(names) - 1
        if name == "**":
            expression += ".*" if last else "(?:[^/]+/)*"
        else:
            expression += ".*".join(re.escape(piece) for piece in name.split("*")).replace(".*", "[^/]*")
            if last and "#" not in name and "*" not in name:
                expression += "(?:#\\d+)?"
            expression += "" if last else "/"
    return re.compile(expression)


def find(tape: Tape, text: str, names: list[str] | None = None) -> list[int]:
    """The tape indices whose address (or symbol address) the pattern matches, in order.

    Args:
        tape: where to look.
        text: an address, with wildcards or without.
        names: ``addresses(tape)`` if at hand.
    """
    match = pattern(text).fullmatch
    found = []
    for index, name in enumerate(names if names is not None else addresses(tape)):
        symbol = symbol_address(tape, index)
        if match(name) or (symbol is not None and match(symbol)):
            found.append(index)
    return found


def find_one(tape: Tape, text: str) -> int:
    """The first step that an address names.

    Raises:
        AddressError: there is none.
    """
    found = find(tape, text)
    if not found:
        raise AddressError("No step has the address {text}.", text=text)
    return found[0]
