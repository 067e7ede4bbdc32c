"""Words written without spaces, told apart by a vocabulary."""

from __future__ import annotations

from collections.abc import Container

_LONGEST_WORD = 24


def segmented(text: str, known: Container[str]) -> list[str]:
    """The fewest known words that a text is made of, of equally many those with the longer ones first; the text itself
    where there are none.
    """
    best: list[list[str] | None] = [None] * len(text) + [[]]
    for start in range(len(text) - 1, -1, -1):
        for end in range(min(len(text), start + _LONGEST_WORD), start, -1):
            rest, found = best[end], best[start]
            shorter = rest is not None and (found is None or len(rest) + 1 < len(found))
            if rest is not None and shorter and text[start:end] in known:
                best[start] = [text[start:end], *rest]
    return best[0] or [text]
