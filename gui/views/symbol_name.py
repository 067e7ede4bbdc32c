"""What a number of a vocabulary stands for."""

from collections.abc import Sequence


def symbol_name(names: Sequence[str], number: int) -> str:
    """The symbol of a number; the number itself where the vocabulary has none."""
    return names[number] if 0 <= number < len(names) else str(number)
