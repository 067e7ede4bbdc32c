"""A lesson for the tests of what shows the heads of a Transformer: small, and not among those that ship."""

from engine.debugger.session import Session
from engine.lesson import RUN_SETTINGS, Lesson
from engine.model import MODELS
from engine.settings import Settings, declared
from engine.task import TASKS
from engine.training import clipping, initializers, optimizers
from gui.bridge import Bridge


def transformer_bridge(**settings: object) -> Bridge:
    """A session of a small Transformer on dates."""
    model, data = MODELS["transformer"], TASKS["date_formats"]
    known = declared(
        model.settings, data.settings, initializers.SETTINGS, optimizers.SETTINGS, clipping.SETTINGS, RUN_SETTINGS
    )
    values = {
        "width": 16, "heads": 4, "feed_forward": 8, "batch": 3, "examples": 50, "reversed": False,
        "formats": "numbers", "padding": "masked", **settings,
    }  # fmt: skip
    title = {"en": "Transformer"}
    lesson = Lesson("transformer", title, title, title, model, data, ("B9",), Settings(known, values), "decoding", 1)
    return Bridge(Session(lesson))
