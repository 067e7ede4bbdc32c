"""Drawn digits."""

import numpy as np

from engine.images.digits import COUNT, STROKES, draw_digits
from engine.task import TASKS
from tests.engine.tasks.drawn import drawn, examined

TASK = TASKS["drawn_digits"]


def test_every_digit_has_strokes_within_its_square() -> None:
    assert len(STROKES) == COUNT
    for strokes in STROKES:
        points = np.concatenate([np.asarray(stroke) for stroke in strokes])
        assert (points > -0.01).all()
        assert (points < 1.01).all()


def test_a_pixel_is_as_dark_as_the_pen_covers_it() -> None:
    image = draw_digits(np.random.default_rng(0), np.array([1]), 40, variation=0.0)[0]
    assert image.min() == 0.0
    assert image.max() == 1.0
    row = image[25]
    inked = row.sum() / 40
    assert 0.12 < inked < 0.14  # the pen is 0.13 thick
    assert ((row > 0) & (row < 1)).any()


def test_a_drawing_does_not_depend_on_how_many_there_are_beside_it() -> None:
    few, many = (draw_digits(np.random.default_rng(0), np.full(count, 8), 6) for count in (5, 300))
    np.testing.assert_array_equal(few, many[:5])


def test_digits_differ_from_each_other_more_than_from_themselves() -> None:
    digits = np.repeat(np.arange(COUNT), 8)
    images = draw_digits(np.random.default_rng(0), digits, 10).reshape(len(digits), -1)
    means = np.stack([images[digits == digit].mean(axis=0) for digit in range(COUNT)])
    nearest = np.argmin(np.linalg.norm(images[:, np.newaxis] - means, axis=-1), axis=1)
    assert np.mean(nearest == digits) > 0.9


def test_input_and_target_are_the_same_image_between_0_and_1() -> None:
    batch = drawn("drawn_digits", image_size=9, batch=6, pixel_noise=0.3)
    x = batch.inputs["x"]
    assert x.shape == (1, 6, 81)
    np.testing.assert_array_equal(x, batch.targets["d"])
    assert x.min() >= 0.0
    assert x.max() <= 1.0
    assert batch.about["digit"].shape == (6,)


def test_what_is_held_out_is_not_learned_from() -> None:
    held_out = examined("drawn_digits")
    assert np.bincount(held_out.about["digit"]).tolist() == [held_out.size // COUNT] * COUNT
    learned = {row.tobytes() for i in range(40) for row in drawn("drawn_digits", iteration=i).inputs["x"][0]}
    assert not learned & {row.tobytes() for row in held_out.inputs["x"][0]}


def test_an_image_is_right_when_nine_pixels_of_ten_are() -> None:
    batch = drawn("drawn_digits", batch=4)
    answer = np.where(batch.targets["d"] > 0.5, 0.9, 0.1)
    assert TASK.score(answer, batch).right == 4
    answer[0, 1, :11] = 1 - answer[0, 1, :11]
    answer[0, 2, :10] = 1 - answer[0, 2, :10]
    answer[0, 3, 0] = np.nan
    score = TASK.score(answer, batch)
    assert score.right == 3
    assert TASK.report(answer, batch)[0].startswith(f"a {batch.about['digit'][0]}: 100 of 100 pixels right")
