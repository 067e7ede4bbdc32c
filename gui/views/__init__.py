"""The panels of the window, one row each. To add a view: write its file, add its row."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from PySide6.QtWidgets import QWidget

from gui.appearance import Appearance
from gui.bridge import Bridge

Factory = Callable[[Bridge, Appearance], QWidget]


@dataclass(frozen=True)
class View:
    """A panel.

    Attributes:
        id: remembered with the layout.
        title: in English, a key of the translations.
        factory: makes the widget, when it is first shown.
        place: "centre", "left", "right", "bottom", or "foot" for the strip under everything.
        short_title: for its tab where the window is narrow; the whole title where there is none.
        at_start: whether it is open from the start; else a lesson that names it opens it, or the user.
    """

    id: str
    title: str
    factory: Factory
    place: str
    short_title: str = ""
    at_start: bool = True

    @property
    def closable(self) -> bool:
        """Whether it is a dock that can be hidden and moved."""
        return self.place in {"left", "right", "bottom"}


def late(module: str, name: str) -> Factory:
    """A factory that imports its module only when the panel is shown: what is not on the screen costs no start-up."""

    def make(bridge: Bridge, appearance: Appearance) -> QWidget:
        return getattr(import_module(module), name)(bridge, appearance)

    return make


VIEWS: tuple[View, ...] = (
    View("canvas", title="Canvas", factory=late("gui.canvas.canvas_view", "CanvasView"), place="centre"),
    View("lesson", title="Lesson", factory=late("gui.lesson.lesson_panel", "LessonPanel"), place="left"),
    View("inspector", title="Inspector", factory=late("gui.inspector.inspector", "Inspector"), place="right"),
    View("gates", title="Gates", factory=late("gui.views.gates", "GatesView"), place="bottom", at_start=False),
    View(
        "cell_close_up", title="Cell close-up", short_title="Close-up", place="bottom", at_start=False,
        factory=late("gui.views.close_up", "CloseUpView"),
    ),
    View(
        "attention", title="Attention", place="bottom", at_start=False,
        factory=late("gui.views.attention", "AttentionView"),
    ),
    View("latent", title="Latent", place="bottom", at_start=False, factory=late("gui.views.latent", "LatentView")),
    View(
        "tokens", title="Tokens", place="bottom", at_start=False,
        factory=late("gui.views.tokens", "TokensView"),
    ),
    View(
        "hidden_states", title="Hidden states", place="bottom",
        factory=late("gui.views.hidden_states", "HiddenStatesView"),
    ),
    View(
        "gradient_flow", title="Gradient flow", place="bottom",
        factory=late("gui.views.gradient_flow", "GradientFlowView"),
    ),
    View(
        "contributions", title="Contributions", place="bottom",
        factory=late("gui.views.contributions", "ContributionsView"),
    ),
    View(
        "gradient_check", title="Gradient check", place="bottom",
        factory=late("gui.views.gradient_check", "GradientCheckView"),
    ),
    View(
        "lab", title="Vanishing gradient lab", short_title="Lab", place="bottom", at_start=False,
        factory=late("gui.views.lab", "LabView"),
    ),
    View(
        "activations", title="Activations", place="right", at_start=False,
        factory=late("gui.views.activations", "ActivationsView"),
    ),
    View(
        "compare", title="Compare", place="bottom", at_start=False,
        factory=late("gui.views.compare", "CompareView"),
    ),
    View(
        "graphical_model", title="Graphical model", place="bottom", at_start=False,
        factory=late("gui.views.graphical_model", "GraphicalModelView"),
    ),
    View("words", title="Words", place="bottom", at_start=False, factory=late("gui.views.words", "WordsView")),
    View("task", title="Task", factory=late("gui.views.task", "TaskView"), place="bottom"),
    View("loss", title="Loss", factory=late("gui.views.loss", "LossView"), place="bottom"),
    View(
        "watches", title="Watches & breakpoints", short_title="Watches", place="bottom",
        factory=late("gui.views.watches", "WatchesView"),
    ),
    View("timeline", title="Timeline", factory=late("gui.views.timeline", "Timeline"), place="foot"),
)  # fmt: skip
