"""Finding a text by some of its letters."""

import unicodedata


def score(query: str, text: str) -> float | None:
    """How well a text answers a query, more is better; None if not.

    Every word of the query must be found, its letters in order; whole words and starts of words count more.
    """
    folded = fold(text)
    words = fold(query).split()
    scores = [_word_score(word, folded) for word in words]
    found = [value for value in scores if value is not None]
    return sum(found) - 0.01 * len(folded) if len(found) == len(words) else None


def fold(text: str) -> str:
    """A text without differences of case and width."""
    return unicodedata.normalize("NFKC", text).casefold()


def _word_score(word: str, text: str) -> float | None:
    place = text.find(word)
    if place >= 0:
        return 10.0 + len(word) + (5.0 if place == 0 or not text[place - 1].isalnum() else 0.0)
    place, last, total = -1, -2, 0.0
    for letter in word:
        place = text.find(letter, place + 1)
        if place < 0:
            return None
        starts = place == 0 or not text[place - 1].isalnum()
        total += 2.0 if starts else 1.0 if place == last + 1 else -0.5
        last = place
    return total if total > 0 else None
