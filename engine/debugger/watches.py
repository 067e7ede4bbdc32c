"""Watches: steps whose value, gradient or norm the user keeps an eye on, never beyond the cursor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from engine.address import addresses, find, pattern
from engine.debugger.cursor import Cursor
from engine.errors import AddressError, BackstepError
from engine.tape import Tape
from engine.tensor import Array

_ELEMENT = re.compile(r"(.*?)\s*\[\s*(\d+(?:\s*,\s*\d+)*)\s*\]")


class WatchError(BackstepError):
    """A watch asks for an element that is not there."""


class Quantity(StrEnum):
    """What of a step is watched."""

    VALUE = "value"
    GRADIENT = "gradient"
    NORM = "norm"


class Known(StrEnum):
    """What can be said of a watched step at the cursor."""

    YES = "yes"
    SO_FAR = "so far"
    NOT_YET = "not yet"
    NO_GRADIENT = "no gradient"
    NO_ELEMENT = "no element"


@dataclass(frozen=True, slots=True)
class WatchExpression:
    """What the user wrote.

    Attributes:
        address: an address with ``*`` and ``**`` as wildcards, or only a symbol such as ``W``.
        quantity: what of the steps.
        element: the place of one number in the array, such as (n, j); empty for all of it.
    """

    address: str
    quantity: Quantity = Quantity.VALUE
    element: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """As it is written: ``forward/t=3/rnn/z[0, 2]``."""
        return self.address + (f"[{', '.join(map(str, self.element))}]" if self.element else "")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a watched step shows at the cursor.

    Attributes:
        known: whether there are numbers, or why not.
        entry: tape index of the entry that holds them; None without.
        numbers: the array, or the one element as a 0-d array; None without.
        norm: Euclidean norm of the whole array; None without.
    """

    known: Known
    entry: int | None = None
    numbers: Array | None = None
    norm: float | None = None


def watch_expression(text: str, quantity: Quantity = Quantity.VALUE) -> WatchExpression:
    """What a text such as ``forward/t=*/**/z[0, 2]`` asks for.

    Raises:
        AddressError: it is not an address.
        WatchError: what stands in brackets is not the place of an element.
    """
    found = _ELEMENT.fullmatch(text.strip())
    address, element = (found[1], tuple(int(part) for part in found[2].split(","))) if found else (text.strip(), ())
    if not found and ("[" in text or "]" in text):
        raise WatchError("Write one element as [n, j], with whole numbers from 0, not “{text}”.", text=text.strip())
    pattern(address)
    return WatchExpression(address, quantity, element)


def full_address(address: str) -> str:
    """The address that a bare symbol such as ``W`` stands for, at whatever place."""
    return address if "/" in address or address == "**" else f"**/{address}"


def watched_steps(expression: WatchExpression, tape: Tape, names: list[str] | None = None) -> list[int]:
    """Tape indices of what an expression means, in order; ``names``: ``addresses(tape)`` if at hand."""
    return find(tape, full_address(expression.address), addresses(tape) if names is None else names)


def check_watch(expression: WatchExpression, tape: Tape, names: list[str] | None = None) -> None:
    """Refuse what would show nothing on this tape.

    Raises:
        AddressError: no step has the address.
        WatchError: no step with the address has the element.
    """
    steps = watched_steps(expression, tape, names)
    if not steps:
        raise AddressError("No step has the address {text}.", text=expression.address)
    if expression.element and not any(_has(np.shape(tape[index].value), expression.element) for index in steps):
        raise WatchError(
            "{address} has no element {element}; its shape is {shape}.",
            address=expression.address, element=_listed(expression.element), shape=_listed(tape[steps[0]].shape),
        )  # fmt: skip


def entry_of(cursor: Cursor, expression: WatchExpression, index: int) -> int | None:
    """The entry that holds what is watched of a step at the cursor; None while there is none."""
    if expression.quantity is Quantity.GRADIENT:
        return cursor.gradient_entry(index)
    return index if cursor.revealed(index) else None


def read(cursor: Cursor, expression: WatchExpression, index: int) -> Reading:
    """What a watched step shows at the cursor."""
    of_gradient = expression.quantity is Quantity.GRADIENT
    if of_gradient and not cursor.tape.gradient_totals.get(index):
        return Reading(Known.NO_GRADIENT)
    entry = entry_of(cursor, expression, index)
    if entry is None:
        return Reading(Known.NOT_YET)
    value = np.asarray(cursor.tape[entry].value)
    if expression.element and not _has(value.shape, expression.element):
        return Reading(Known.NO_ELEMENT, entry)
    numbers = np.asarray(value[expression.element]) if expression.element else value
    final = not of_gradient or entry == cursor.tape.gradient_totals[index][-1]
    return Reading(Known.YES if final else Known.SO_FAR, entry, numbers, _norm(value))


def _norm(value: Array) -> float:
    with np.errstate(all="ignore"):
        return float(np.linalg.norm(np.asarray(value, dtype=np.float64).ravel()))


def _has(shape: tuple[int, ...], element: tuple[int, ...]) -> bool:
    return len(shape) == len(element) and all(place < size for place, size in zip(element, shape, strict=True))


def _listed(numbers: tuple[int, ...]) -> str:
    return f"[{', '.join(map(str, numbers))}]"
