"""The memory that models of images are told to need beforehand, against what is allocated."""

import tracemalloc

import pytest

from engine.lesson import lesson_named
from engine.training.memory_need import bytes_needed
from engine.training.run import Run


@pytest.mark.parametrize("name", ["image-captioning", "visual-question-answering"])
@pytest.mark.parametrize("values", [
    {}, {"batch": 150, "filters": 64}, {"batch": 200, "filters": 4, "convolutions": 1, "pool": 1},
    {"batch": 20, "filters": 16, "filter_size": 9}, {"batch": 4, "filters": 150}, {"features": 4000},
])  # fmt: skip
def test_it_is_enough_and_not_far_too_much(name: str, values: dict[str, int]) -> None:
    lesson = lesson_named(name)
    settings = lesson.settings.changed(**values)
    Run(lesson, settings).tape(0)  # the pictures are drawn once
    tracemalloc.start()
    run = Run(lesson, settings)
    tape = run.tape(0)
    _, needed = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(tape)
    assert needed <= bytes_needed(lesson, settings) <= 2.5 * needed


@pytest.mark.parametrize("noise", [0.0, 0.1])
def test_images_that_are_drawn_beforehand_count_too(noise: float) -> None:
    lesson = lesson_named("vae-digits")
    settings = lesson.settings.changed(examples=3000, image_size=40, pixel_noise=noise, seed=90_210)
    tracemalloc.start()
    Run(lesson, settings).tape(0)
    _, needed = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert 0.8 * needed <= bytes_needed(lesson, settings) <= 2.0 * needed
    assert bytes_needed(lesson, settings.changed(examples=100_000)) > 8 * 100_000 * 40**2
