"""Questions about scenes with their answers, in English and in Japanese."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from engine.images.scene_words import ENGLISH_COLORS, ENGLISH_SHAPES, JAPANESE, JAPANESE_SHAPES, Words
from engine.images.scenes import ABOVE, ALONE, Content

ALL = "all"
COLOR, THERE, NUMBER, PLACE = "colour", "existence", "number", "place"
KINDS = (COLOR, THERE, NUMBER, PLACE)

_JAPANESE_COLORS: Words = ("赤", "緑", "青", "黄色")
_ABOVE, _BELOW, _LEFT, _RIGHT = range(4)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its answer, and of which kind it is."""

    question: Words
    answer: str
    kind: str


@dataclass(frozen=True, slots=True)
class _Language:
    """How questions are asked.

    Attributes:
        shapes, colors, numbers: names, by number; of ``numbers`` the first is one.
        yes, no, nothing: answers.
        color, there, place: the questions, made of a shape's name and, for a place, the side.
        number: the question.
    """

    shapes: Words
    colors: Words
    numbers: Words
    yes: str
    no: str
    nothing: str
    color: Callable[[str], Words]
    there: Callable[[str], Words]
    place: Callable[[str, int], Words]
    number: Words


_ENGLISH_SIDES: tuple[Words, ...] = (("above",), ("below",), ("left", "of"), ("right", "of"))
_JAPANESE_SIDES: Words = ("上", "下", "左", "右")
_LANGUAGES = {
    "english": _Language(
        ENGLISH_SHAPES, ENGLISH_COLORS, ("one", "two"), "yes", "no", "nothing",
        lambda shape: ("what", "colour", "is", "the", shape),
        lambda shape: ("is", "there", "a", shape),
        lambda shape, side: ("what", "is", *_ENGLISH_SIDES[side], "the", shape),
        ("how", "many", "shapes", "are", "there"),
    ),
    JAPANESE: _Language(
        JAPANESE_SHAPES, _JAPANESE_COLORS, ("一つ", "二つ"), "はい", "いいえ", "何もない",
        lambda shape: (shape, "は", "何", "色", "か"),
        lambda shape: (shape, "は", "ある", "か"),
        lambda shape, side: (shape, "の", _JAPANESE_SIDES[side], "に", "何", "が", "ある"),
        ("図形", "は", "いくつ", "ある", "か"),
    ),
}  # fmt: skip
LONGEST_QUESTION = {"english": 6, JAPANESE: 7}
"""Words of the longest question."""


def question_words(language: str) -> Words:
    """All words of questions, each once."""
    says = _LANGUAGES[language]
    questions = [says.number]
    for shape in says.shapes:
        questions += [says.color(shape), says.there(shape), *(says.place(shape, side) for side in range(4))]
    return tuple(dict.fromkeys(word for question in questions for word in question))


def answer_words(language: str) -> Words:
    """All answers."""
    says = _LANGUAGES[language]
    return (*says.shapes, says.nothing, *says.colors, says.yes, says.no, *says.numbers)


def asked(content: Content, kinds: str, language: str, random: np.random.Generator) -> Asked:
    """Draw a question about what a picture shows; what is asked most often is not what is answered most often."""
    kind = KINDS[int(random.integers(len(KINDS)))] if kinds == ALL else kinds
    says = _LANGUAGES[language]
    if kind == COLOR:
        place = int(random.integers(len(content.shapes)))
        return Asked(says.color(says.shapes[content.shapes[place]]), says.colors[content.colors[place]], kind)
    if kind == THERE:
        there = random.random() < 0.5
        others = [shape for shape in range(len(says.shapes)) if (shape in content.shapes) == there]
        shape = others[int(random.integers(len(others)))]
        return Asked(says.there(says.shapes[shape]), says.yes if there else says.no, kind)
    if kind == NUMBER:
        return Asked(says.number, says.numbers[len(content.shapes) - 1], kind)
    return _place(content, says, random)


def _place(content: Content, says: _Language, random: np.random.Generator) -> Asked:
    """In two cases of three, where there are two shapes, ask for the side on which the other is."""
    at = int(random.integers(len(content.shapes)))
    side, shape = int(random.integers(4)), says.shapes[content.shapes[at]]
    if content.relation == ALONE:
        return Asked(says.place(shape, side), says.nothing, PLACE)
    before, after = (_ABOVE, _BELOW) if content.relation == ABOVE else (_LEFT, _RIGHT)
    true = after if at == 0 else before
    side = true if random.random() < 2 / 3 else side
    other = says.shapes[content.shapes[1 - at]]
    return Asked(says.place(shape, side), other if side == true else says.nothing, PLACE)
