"""Scenes: what is held out is never learned, shapes do not touch, and what is asked about them has its answer."""

import numpy as np
import pytest

from engine.images.scene_questions import KINDS, answer_words, asked, question_words
from engine.images.scene_words import LANGUAGES, LONGEST_CAPTION, caption, caption_words
from engine.images.scenes import ABOVE, ALONE, BESIDE, Content, Scenes, contents, contents_of, scenes
from engine.images.shapes import COLORS, SHAPES
from engine.task import TASKS
from tests.engine.tasks.drawn import settings_of

SHAPE, COLOR = list(SHAPES).index, list(COLORS).index
PAIR = Content((SHAPE("circle"), SHAPE("square")), (COLOR("red"), COLOR("blue")), ABOVE)
SINGLE = Content((SHAPE("cross"),), (COLOR("green"),), ALONE)


def drawn_scenes(count: int = 300, held_out: bool = False, **values: object) -> Scenes:
    return scenes(settings_of(TASKS["shape_captions"], **values), np.random.default_rng(3), count, held_out)


def test_a_fifth_of_all_contents_is_held_out() -> None:
    learned, held_out = contents()
    assert len(learned) + len(held_out) == 16 + 2 * 12 * 16
    assert 0.15 < len(held_out) / (len(learned) + len(held_out)) < 0.25
    assert not {tuple(row) for row in learned.tolist()} & {tuple(row) for row in held_out.tolist()}
    assert {row[4] for row in held_out.tolist()} == {ABOVE, BESIDE, ALONE}


@pytest.mark.parametrize("held_out", [False, True])
def test_pictures_show_what_is_learned_or_what_is_held_out(held_out: bool) -> None:
    made = drawn_scenes(held_out=held_out)
    table = {tuple(row) for row in contents()[held_out].tolist()}
    rows = np.hstack([made.shapes, made.colors, made.relation[:, np.newaxis]])
    assert {tuple(row) for row in rows.tolist()} <= table
    assert 0.15 < (made.relation == ALONE).mean() < 0.35


def test_two_shapes_are_apart_and_stand_as_is_said() -> None:
    made = drawn_scenes(60, image_size=96)
    brightness = made.images.max(axis=1)
    for relation, other in ((ABOVE, 2), (BESIDE, 1)):
        profile = brightness[made.relation == relation].max(axis=other)
        assert (profile[:, :46].max(axis=1) > 0.5).all()
        assert (profile[:, 50:].max(axis=1) > 0.5).all()
        assert (profile[:, 47:49].min(axis=1) == 0.0).all()
    np.testing.assert_array_less(made.images, 1.0)


def test_a_blank_image_shows_nothing() -> None:
    made = drawn_scenes(blank=True)
    assert not made.images.any()
    np.testing.assert_array_equal(made.shapes, drawn_scenes().shapes)


@pytest.mark.parametrize(
    ("content", "language", "words"),
    [
        (PAIR, "english", "a red circle above a blue square"),
        (Content(PAIR.shapes, PAIR.colors, BESIDE), "english", "a red circle left of a blue square"),
        (SINGLE, "english", "a green cross"),
        (PAIR, "japanese", "青い 四角 の 上 に 赤い 丸"),
        (Content(PAIR.shapes, PAIR.colors, BESIDE), "japanese", "青い 四角 の 左 に 赤い 丸"),
        (SINGLE, "japanese", "緑の 十字"),
    ],
)
def test_captions(content: Content, language: str, words: str) -> None:
    assert " ".join(caption(content, language)) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_words_of_captions_are_known(language: str) -> None:
    made = [*contents_of(drawn_scenes()), *contents_of(drawn_scenes(held_out=True))]
    told = [caption(content, language) for content in made]
    assert {word for words in told for word in words} == set(caption_words(language))
    assert max(map(len, told)) == LONGEST_CAPTION[language]


def test_questions_have_the_right_answers() -> None:
    random, found = np.random.default_rng(5), dict[str, set[str]]()
    for content in (PAIR, SINGLE):
        for _ in range(400):
            one = asked(content, "all", "english", random)
            found.setdefault(f"{len(content.shapes)} {' '.join(one.question)}", set()).add(one.answer)
    assert all(len(answers) == 1 for answers in found.values())
    for question, answer in {
        "2 what colour is the circle": "red", "2 what colour is the square": "blue", "2 is there a cross": "no",
        "2 is there a square": "yes", "2 how many shapes are there": "two", "2 what is above the square": "circle",
        "2 what is below the circle": "square", "2 what is left of the square": "nothing",
        "2 what is above the circle": "nothing", "1 how many shapes are there": "one",
        "1 what is right of the cross": "nothing", "1 what colour is the cross": "green",
    }.items():  # fmt: skip
        assert found[question] == {answer}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_both_languages_ask_and_answer_alike(language: str, kind: str) -> None:
    for content in (PAIR, SINGLE):
        told, same = (asked(content, kind, one, np.random.default_rng(7)) for one in (language, "english"))
        assert told.kind == kind
        assert set(told.question) <= set(question_words(language))
        assert answer_words(language).index(told.answer) == answer_words("english").index(same.answer)
