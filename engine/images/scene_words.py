"""What scenes are called, in English and in Japanese, word by word."""

from __future__ import annotations

from engine.images.scenes import ABOVE, ALONE, Content
from engine.images.shapes import COLORS, SHAPES
from engine.settings import Setting, SettingKind

JAPANESE = "japanese"
LANGUAGES = ("english", JAPANESE)
LANGUAGE = Setting("words", SettingKind.CHOICE, LANGUAGES[0], "Language of the words.", choices=LANGUAGES)

Words = tuple[str, ...]

ENGLISH_SHAPES: Words = tuple(SHAPES)
JAPANESE_SHAPES: Words = ("丸", "四角", "三角", "十字")
ENGLISH_COLORS: Words = tuple(COLORS)
JAPANESE_COLORS: Words = ("赤い", "緑の", "青い", "黄色い")


def caption(content: Content, language: str) -> Words:
    """``a red circle above a blue square``; Japanese begins with the other: 青い 四角 の 上 に 赤い 丸."""
    if language == JAPANESE:
        first, *second = _each(content, JAPANESE_COLORS, JAPANESE_SHAPES)
        if content.relation == ALONE:
            return first
        return (*second[0], "の", "上" if content.relation == ABOVE else "左", "に", *first)
    first, *second = _each(content, ENGLISH_COLORS, ENGLISH_SHAPES)
    if content.relation == ALONE:
        return ("a", *first)
    return ("a", *first, *(("above",) if content.relation == ABOVE else ("left", "of")), "a", *second[0])


def caption_words(language: str) -> Words:
    """All words of captions, each once."""
    if language == JAPANESE:
        return (*JAPANESE_COLORS, *JAPANESE_SHAPES, "の", "上", "左", "に")
    return ("a", *ENGLISH_COLORS, *ENGLISH_SHAPES, "above", "left", "of")


LONGEST_CAPTION = {"english": 8, JAPANESE: 7}
"""Words of the longest caption."""


def _each(content: Content, colors: Words, shapes: Words) -> list[Words]:
    return [(colors[color], shapes[shape]) for color, shape in zip(content.colors, content.shapes, strict=True)]
