"""What the attentions of a network are called."""

from __future__ import annotations

from gui.appearance import Appearance
from gui.language import translatable

_NAMES = {
    "encoder": translatable("encoder"),
    "decoder": translatable("decoder"),
    "self attention": translatable("self attention"),
    "source-target attention": translatable("source-target attention"),
    "attention": translatable("attention"),
}


def place_name(place: str, look: Appearance) -> str:
    """A place such as ``decoder/layer=2/self attention/a`` in words; one that is but a letter stays."""
    *parts, letter = place.split("/")
    if not parts:
        return letter
    found = []
    for part in parts:
        kind, is_numbered, number = part.partition("=")
        if is_numbered and kind == "layer":
            found.append(look.say("layer {number}", number=number))
        elif part in _NAMES:
            found.append(look.say(_NAMES[part]))
    return " · ".join(found) or place
