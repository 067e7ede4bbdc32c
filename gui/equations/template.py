"""Formula templates of the operation table: filled with terms, or cut into tokens to be filled with numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from gui.equations.term import Level, Term

_OPENERS, _CLOSERS = "([{", ")]}"
_SLOT = 0xE000
"""First of the private characters that stand for slots while a template is read."""

_ATOM = re.compile(r"\\[A-Za-z]+|\\.|[0-9.]+|\S")
_LOOSE = {"+": Level.SUM, "-": Level.SUM, r"\,": Level.PRODUCT, r"\oslash": Level.PRODUCT, r"\sum": Level.PRODUCT,
          r"\odot": Level.HADAMARD}  # fmt: skip
_WANTED_BEFORE = {"-": Level.PRODUCT, r"\,": Level.FACTOR, r"\oslash": Level.FACTOR, r"\odot": Level.HADAMARD,
                  r"\sum": Level.PRODUCT}  # fmt: skip
_WANTED_AFTER = {r"\,": Level.FACTOR, r"\oslash": Level.FACTOR, r"\odot": Level.HADAMARD, "^": Level.LETTER}


@dataclass(frozen=True, slots=True)
class Slot:
    """A place for a tensor or an attribute.

    Attributes:
        name: ``a``, ``b``, ``g``, ``out`` or an attribute's name.
        level: what the place wants to be filled with at least.
        script: LaTeX of what stands to its upper right.
    """

    name: str
    level: Level
    script: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """Symbols between the slots; a closing bracket may have a script."""

    latex: str
    script: str = ""


Token = Slot | Mark


@dataclass(frozen=True, slots=True)
class Template:
    """The right-hand side of a formula template, read.

    Attributes:
        text: the source, with a private character for each slot.
        slots: in order.
        level: of the whole.
        tokens: the same cut into single signs and slots; what stands under a root or a bar is put in parentheses.
    """

    text: str
    slots: tuple[Slot, ...]
    level: Level
    tokens: tuple[Token, ...]

    def filled(self, terms: Mapping[str, Term]) -> Term:
        """The template with terms in its slots."""
        if self.is_pass:
            return terms[self.slots[0].name]
        latex = self.text
        for number, slot in enumerate(self.slots):
            latex = latex.replace(chr(_SLOT + number), terms[slot.name].within(slot.level))
        return Term(latex, self.level)

    @property
    def is_pass(self) -> bool:
        """Whether the template is a slot and nothing else."""
        return len(self.text) == 1 and len(self.slots) == 1


@lru_cache(maxsize=1024)
def template(formula: str) -> Template:
    """Read a formula of the operation table; a left-hand side ``{out} =`` is left out."""
    source = formula.removeprefix("{out} = ")
    text = ""
    names: list[str] = []
    for literal, name, _, _ in Formatter().parse(source):
        text += literal
        if name is not None:
            text += chr(_SLOT + len(names))
            names.append(name)
    levels = _wanted_levels(text)
    scripts = re.findall(f"[{chr(_SLOT)}-\uf8ff](?:\\^{{([^{{}}]*)}})?", text)
    slots = tuple(Slot(*parts) for parts in zip(names, levels, scripts, strict=True))
    return Template(text, slots, _level(text), tuple(_tokens(text, slots)))


def _level(text: str) -> Level:
    """The loosest sign outside all brackets."""
    found, depth = Level.FACTOR, 0
    for atom in _ATOM.findall(text):
        depth += (atom in _OPENERS) - (atom in _CLOSERS)
        if not depth:
            found = min(found, _LOOSE.get(atom, found))
    return found


def _wanted_levels(text: str) -> list[Level]:
    atoms = _ATOM.findall(text)
    wanted = []
    for place, atom in enumerate(atoms):
        if _is_slot(atom):
            before = _sign_before(atoms, place)
            after = atoms[place + 1] if place + 1 < len(atoms) else ""
            wanted.append(max(_WANTED_BEFORE.get(before, Level.SUM), _WANTED_AFTER.get(after, Level.SUM)))
    return wanted


def _sign_before(atoms: list[str], place: int) -> str:
    """The sign to the left, past the scripts that hang on it (``\\sum_{ij}``)."""
    at = place - 1
    if at > 0 and atoms[at] == "}":
        while at >= 0 and atoms[at] != "{":
            at -= 1
        at -= 2 if at > 0 and atoms[at - 1] in "_^" else 0
    return atoms[at] if at >= 0 else ""


def _is_slot(atom: str) -> bool:
    return _SLOT <= ord(atom[0]) <= 0xF8FF


def _tokens(text: str, slots: tuple[Slot, ...]) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    while at < len(text):
        found = _ATOM.match(text, at)
        if found is None:
            at += 1
            continue
        atom, at = found[0], found.end()
        if _is_slot(atom):
            slot = slots[ord(atom) - _SLOT]
            tokens.append(slot)
            at = _script_end(text, at) if slot.script else at
        elif atom.startswith("\\") and len(atom) > 2:
            at = _command(text, atom, at, slots, tokens)
        else:
            end = _script_end(text, at) if atom in _CLOSERS else at
            tokens.append(Mark(atom, text[at + 2 : end - 1] if end > at else ""))
            at = end
    return tokens


def _command(text: str, atom: str, at: int, slots: tuple[Slot, ...], tokens: list[Token]) -> int:
    """Put a command with its groups on the list; returns where the text goes on."""
    groups = ""
    while at < len(text) and text[at] in "{_^":
        start = at if text[at] == "{" else at + 1
        end = _group_end(text, start)
        if any(_is_slot(letter) for letter in text[start:end]):
            inner = _tokens(text[start + 1 : end - 1], slots)
            tokens.extend([Mark(atom + groups), Mark("("), *inner, Mark(")")])
            return end
        groups += text[at:end]
        at = end
    tokens.append(Mark(atom + groups))
    return at


def _group_end(text: str, at: int) -> int:
    depth = 0
    for place in range(at, len(text)):
        depth += (text[place] == "{") - (text[place] == "}")
        if not depth:
            return place + 1
    return len(text)


def _script_end(text: str, at: int) -> int:
    return _group_end(text, at + 1) if text.startswith("^{", at) else at
