"""A lesson for the tests of what shows encoders and decoders: small, and not among those that ship."""

from engine.debugger.session import Session
from engine.lesson import RUN_SETTINGS, Lesson
from engine.model import MODELS
from engine.settings import Settings, declared
from engine.task import TASKS
from engine.training import clipping, initializers, optimizers
from gui.bridge import Bridge


def seq2seq_bridge(task: str = "date_formats", **settings: object) -> Bridge:
    """A session of a small sequence-to-sequence network."""
    small = {"cell": "gru", "hidden": 6, "batch": 3, "examples": 50, "reversed": False}
    return bridge_of("seq2seq", task, **{**small, **settings})


def bridge_of(name: str, task: str, **values: object) -> Bridge:
    """A session of any model on any task."""
    model, data = MODELS[name], TASKS[task]
    known = declared(
        model.settings, data.settings, initializers.SETTINGS, optimizers.SETTINGS, clipping.SETTINGS, RUN_SETTINGS
    )
    title = {"en": "Sequence to sequence"}
    lesson = Lesson("seq2seq", title, title, title, model, data, ("B1",), Settings(known, values), "decoding", 1)
    return Bridge(Session(lesson))
