"""The Canvas menu: how the graph is drawn."""

from collections.abc import Callable
from typing import Any

from gui.actions.action import Action, Desk
from gui.actions.needs import canvas_can


def _view(desk: Desk) -> str:
    return str(desk.screen.canvas.view_mode) if desk.screen.canvas is not None else ""


def _backward(desk: Desk) -> str:
    return str(desk.screen.canvas.backward_mode) if desk.screen.canvas is not None else ""


def _do(work: Callable[[Any], None]) -> Callable[[Desk], None]:
    return lambda desk: work(desk.screen.canvas)


_FIT, _STEP, _NEAR, _FAR = (canvas_can(name) for name in ("fit", "fit_step", "zoom_in", "zoom_out"))

ACTIONS = (
    Action(
        id="canvas.fit", text="Show the whole graph", menu="Canvas", keys=("F4",), icon="zoom-fit", needs=(_FIT,),
        callback=_do(lambda canvas: canvas.fit()),
    ),
    Action(
        id="canvas.fit_step", text="Show the current time step", menu="Canvas", keys=("Shift+F4",), needs=(_STEP,),
        callback=_do(lambda canvas: canvas.fit_step()),
    ),
    Action(
        id="canvas.nearer", text="Zoom in", menu="Canvas", keys=("Ctrl+Shift+Up",), needs=(_NEAR,), repeats=True,
        callback=_do(lambda canvas: canvas.zoom_in()),
    ),
    Action(
        id="canvas.farther", text="Zoom out", menu="Canvas", keys=("Ctrl+Shift+Down",), needs=(_FAR,),
        repeats=True, callback=_do(lambda canvas: canvas.zoom_out()),
    ),
    Action(
        id="canvas.folded", text="Fold the time steps into one", menu="Canvas", keys=("F6",), icon="fold", group=1,
        needs=(canvas_can("set_view"),), checked=lambda desk: _view(desk) == "folded",
        callback=lambda desk: desk.screen.canvas.set_view("unrolled" if _view(desk) == "folded" else "folded"),
    ),
    Action(
        id="canvas.opened", text="Open the backward pass", menu="Canvas", keys=("F7",), icon="unfold", group=1,
        needs=(canvas_can("set_backward_mode"),), checked=lambda desk: _backward(desk) == "opened",
        callback=lambda desk: desk.screen.canvas.set_backward_mode(
            "overlay" if _backward(desk) == "opened" else "opened"),
    ),
    Action(
        id="canvas.forget_folding", text="Leave folding to the zoom again", menu="Canvas", group=1,
        needs=(canvas_can("forget_folding"),), callback=_do(lambda canvas: canvas.forget_folding()),
    ),
    Action(
        id="canvas.follow", text="Keep the current step in view", menu="Canvas", group=2,
        needs=(canvas_can("set_follows_cursor"),),
        checked=lambda desk: desk.screen.canvas is not None and desk.screen.canvas.follows_cursor,
        callback=_do(lambda canvas: canvas.set_follows_cursor(not canvas.follows_cursor)),
    ),
    Action(
        id="canvas.callout", text="Show a card beside the cursor", menu="Canvas", group=2,
        needs=(canvas_can("set_shows_callout"),),
        checked=lambda desk: desk.screen.canvas is not None and desk.screen.canvas.shows_callout,
        callback=_do(lambda canvas: canvas.set_shows_callout(not canvas.shows_callout)),
    ),
    Action(
        id="canvas.all_attention", text="All attention", menu="Canvas", group=2,
        needs=(canvas_can("set_all_attention"),),
        checked=lambda desk: desk.screen.canvas is not None and desk.screen.canvas.shows_all_attention,
        callback=_do(lambda canvas: canvas.set_all_attention(not canvas.shows_all_attention)),
    ),
)  # fmt: skip
