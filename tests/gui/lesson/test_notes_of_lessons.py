"""What the notes of the lessons name is there: settings, panels, menus, keys; and their markup is what is drawn."""

import re
from collections.abc import Iterator

import pytest

from engine.files.resources import resource
from engine.lesson import Lesson, lessons
from gui.language import read_language
from gui.typesetting.prose import Block, Style, Text, blocks

STRESSED = {
    "en": {
        "→", "←", "P", "of", "must", "may", "input gate", "output gate", "forget gate", "new", "light", "her",
        "the same", "post-order", "perplexity", "floor", "carried over", "by heart", "above",
    },
    "ja": {
        "→", "←", "P", "もう一度", "必ず", "かもしれません", "入力ゲート", "出力ゲート", "新しい", "light", "her",
        "同じ", "後順 (post-order)", "パープレキシティ", "下限", "引き継いで", "丸暗記", "上",
    },
}  # fmt: skip
"""Words that are bold because they matter: keys, names of notations and terms."""
JAPANESE = read_language(resource("translations"), "ja").texts


def pieces(lesson: Lesson, language: str) -> Iterator[tuple[Block, Text]]:
    for block in blocks(lesson.notes[language]):
        for piece in block.pieces:
            if isinstance(piece, Text):
                yield block, piece


@pytest.mark.parametrize("language", ["en", "ja"])
@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.id)
def test_what_is_bold_is_a_setting_or_a_word_of_the_screen(lesson: Lesson, language: str) -> None:
    screen = set(JAPANESE) if language == "en" else set(JAPANESE.values())
    for block, piece in pieces(lesson, language):
        if block.kind != "heading" and piece.style is Style.BOLD and piece.text not in STRESSED[language]:
            names = piece.text.split(" → ")
            assert names[0] in lesson.settings or set(names) <= screen, piece.text


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.id)
def test_both_languages_speak_of_the_same_settings_and_formulas(lesson: Lesson) -> None:
    def named(language: str) -> set[str]:
        return {piece.text for _, piece in pieces(lesson, language) if piece.text in lesson.settings}

    def displayed(language: str) -> list[object]:
        return [block.pieces for block in blocks(lesson.notes[language]) if block.kind == "display"]

    assert named("en") == named("ja")
    assert displayed("en") == displayed("ja")


@pytest.mark.parametrize("lesson", lessons(), ids=lambda lesson: lesson.id)
def test_no_markup_is_left_in_what_is_shown(lesson: Lesson) -> None:
    for language in lesson.notes:
        for _, piece in pieces(lesson, language):
            if piece.style is not Style.CODE:
                assert not re.search(r"^\s*\||\*\*|`|^#|\]\(", piece.text), piece.text
