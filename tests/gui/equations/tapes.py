"""Tapes of short additions in many settings."""

from collections.abc import Iterator

from engine.debugger.session import Session
from engine.lesson import lesson_named
from engine.tape import Tape

SETTINGS: tuple[dict[str, object], ...] = (
    {},
    {"bias": True},
    {"activation": "tanh", "bias": True, "truncation": 2},
    {"activation": "relu", "optimizer": "momentum"},
    {"activation": "identity", "optimizer": "rmsprop"},
    {"optimizer": "adam", "clip": 0.01},
    {"optimizer": "adagrad", "delta_out": "course", "bias": True},
    {"activation": "relu", "hidden": 1, "clip": 5.0},
)


def session_with(**values: object) -> Session:
    """A session over four-bit additions with settings."""
    lesson = lesson_named("binary-addition")
    return Session(lesson, lesson.settings.changed(**{"bits": 4, **values}))


def not_a_number_session() -> Session:
    """A session in whose very first iteration numbers overflow to infinity, and infinities to NaN."""
    return session_with(
        activation="identity", dtype="float32", weight_std=1000.0, bits=11, bias=True, optimizer="adam", clip=1.0
    )


def tapes() -> Iterator[Tape]:
    """One tape for each of the settings, and one with NaN."""
    for values in SETTINGS:
        yield session_with(**values).tape
    yield not_a_number_session().tape
