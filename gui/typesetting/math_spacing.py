"""The space between two atoms of a formula, by TeX's rules (The TeXbook, chapter 18 and appendix G).

ziamath's own operator table gives ⊙ and × less room than +, and a minus after "=" the room of a difference.
"""

from __future__ import annotations

from collections.abc import Sequence

ORD, OP, BIN, REL, OPEN, CLOSE, PUNCT, INNER = range(8)

_RELATIONS = frozenset("=≠<>≤≥≪≫≈∼~≃≅≡∝∈∉∋⊂⊆⊃⊇∣∥⊥←→↔⇒⇐⇔↦⟵⟶⟸⟹⟺≔≜:↑↓⩲≺≻⊢⊨")
_BINARY = frozenset("+−-±∓×÷⋅·⊙⊘⊗⊕⊖∘∗*∖∪∩∧∨⋆•")
_CLASS_OF = {
    **dict.fromkeys(_RELATIONS, REL), **dict.fromkeys(_BINARY, BIN), **dict.fromkeys("([{⟨⌊⌈", OPEN),
    **dict.fromkeys(")]}⟩⌋⌉!?", CLOSE), **dict.fromkeys(",;", PUNCT), **dict.fromkeys("∑∏∐∫∬∭∮⋃⋂⋁⋀⨁⨂", OP),
    **dict.fromkeys("…⋯", INNER),
}  # fmt: skip

# Rows: the left atom, columns: the right one, in the order of the classes above. Hundreds stand for "not in scripts".
_TABLE = (
    (0, 3, 104, 105, 0, 0, 0, 103),
    (3, 3, 0, 105, 0, 0, 0, 103),
    (104, 104, 0, 0, 104, 0, 0, 104),
    (105, 105, 0, 0, 105, 0, 0, 105),
    (0, 0, 0, 0, 0, 0, 0, 0),
    (0, 3, 104, 105, 0, 0, 0, 103),
    (103, 103, 0, 103, 103, 103, 103, 103),
    (103, 3, 104, 105, 103, 0, 103, 103),
)


def class_of(sign: str) -> int:
    """The class of a sign written as an operator; a word such as max is an OP."""
    return _CLASS_OF.get(sign, OP if len(sign) > 1 else ORD)


def spaces(classes: Sequence[int], script: bool) -> list[float]:
    """The space before each atom, in em; in scripts only operators get any."""
    settled = _settle_signs(classes)
    before = [0.0] * len(settled)
    for at in range(1, len(settled)):
        units = _TABLE[settled[at - 1]][settled[at]]
        if units >= 100:
            units = 0 if script else units - 100
        before[at] = units / 18
    return before


def _settle_signs(classes: Sequence[int]) -> list[int]:
    """A binary sign with nothing to its left or right is an ordinary one: the minus of −c."""
    settled = list(classes)
    for at, kind in enumerate(settled):
        left = settled[at - 1] if at else OPEN
        if kind == BIN and left in (BIN, OP, REL, OPEN, PUNCT):
            settled[at] = ORD
        elif kind in (REL, CLOSE, PUNCT) and left == BIN:
            settled[at - 1] = ORD
    if settled and settled[-1] == BIN:
        settled[-1] = ORD
    return settled
