"""The signs of right and wrong answers, alike wherever an answer is judged."""

RIGHT, WRONG = "✓", "✗"


def sign(right: bool) -> str:
    """The sign of an answer."""
    return RIGHT if right else WRONG


def sign_color(right: bool) -> str:
    """The name of the colour that it is written in."""
    return "good" if right else "error"


def signed(said: object, truth: object, right: bool) -> str:
    """An answer with its sign and, where it is wrong, the truth: ``7 ✗ (8)``."""
    return f"{said} {RIGHT}" if right else f"{said} {WRONG} ({truth})"
