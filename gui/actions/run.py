"""The Run menu: stepping, playing, iterations."""

from engine.debugger.grain import Grain
from gui.actions.action import Action, Desk
from gui.actions.needs import (
    BUSY,
    CAN_STEP,
    CAN_STEP_BACK,
    HAS_BAD_STEP,
    IDLE,
    NOT_AT_END,
    NOT_AT_FIRST,
    NOT_AT_START,
    NOT_COARSEST,
    NOT_FINEST,
    NOT_FIRST_ITERATION,
    STEP_PICKED,
)
from gui.actions.words import GRAINS
from gui.language import translatable
from gui.player import SPEEDS

_GRAIN = translatable("Grain")
_PLAYING = translatable("Playing")


def _play_or_pause(desk: Desk) -> None:
    if desk.bridge.playing:
        desk.bridge.pause()
    else:
        desk.bridge.play()


def _change_speed(desk: Desk, by: int) -> None:
    nearest = min(SPEEDS, key=lambda speed: (abs(speed - desk.bridge.speed) if speed != desk.bridge.speed else -1))
    place = min(max(SPEEDS.index(nearest) + by, 0), len(SPEEDS) - 1)
    desk.bridge.set_speed(SPEEDS[place])


def _run_to_picked(desk: Desk) -> None:
    if desk.bridge.selection is not None:
        desk.bridge.run_to(desk.bridge.selection)


def _check_gradients(desk: Desk) -> None:
    desk.screen.show_panel("gradient_check")
    desk.bridge.gradients.start()


_STEPPING = (
    Action(
        id="run.step", text="Step", menu="Run", keys=("Right", "F10", "PgDown"), icon="step", needs=(CAN_STEP,),
        callback=lambda desk: desk.bridge.step(), repeats=True,
    ),
    Action(
        id="run.step_back", text="Step back", menu="Run", keys=("Left", "Shift+F10", "PgUp"), icon="step-back",
        needs=(NOT_AT_FIRST, CAN_STEP_BACK), callback=lambda desk: desk.bridge.step_back(), repeats=True,
    ),
    Action(
        id="run.on", text="Run to the next breakpoint or the end", menu="Run", keys=("F5",), icon="run",
        needs=(CAN_STEP,), callback=lambda desk: desk.bridge.run_on(),
    ),
    Action(
        id="run.back", text="Run back to the last breakpoint or the start", menu="Run", keys=("Alt+F5",),
        icon="run-back", needs=(NOT_AT_FIRST, CAN_STEP_BACK), callback=lambda desk: desk.bridge.run_back(),
    ),
    Action(
        id="run.start", text="To the start of the iteration", menu="Run", keys=("Home",), icon="home",
        needs=(NOT_AT_START,), callback=lambda desk: desk.bridge.move_to(0),
    ),
    Action(
        id="run.end", text="To the end of the iteration", menu="Run", keys=("End",), icon="end",
        needs=(NOT_AT_END,), callback=lambda desk: desk.bridge.move_to(desk.bridge.cursor.end),
    ),
    Action(
        id="run.to_picked", text="Run to the picked step", menu="Run", keys=("Ctrl+F10",), icon="target",
        needs=(STEP_PICKED,), callback=_run_to_picked,
    ),
)  # fmt: skip

_PLAY = (
    Action(
        id="run.play", text="Play or pause", menu="Run", keys=("Space",), icon="play", group=1, needs=(IDLE,),
        checked=lambda desk: desk.bridge.playing, callback=_play_or_pause,
    ),
    Action(
        id="run.faster", text="Play faster", menu="Run", submenu=_PLAYING, group=1, keys=("Ctrl+Up",), repeats=True,
        callback=lambda desk: _change_speed(desk, 1),
    ),
    Action(
        id="run.slower", text="Play slower", menu="Run", submenu=_PLAYING, group=1, keys=("Ctrl+Down",), repeats=True,
        callback=lambda desk: _change_speed(desk, -1),
    ),
    Action(
        id="run.through_iterations", text="Play on through iterations", menu="Run", submenu=_PLAYING, group=1,
        checked=lambda desk: desk.bridge.through_iterations,
        callback=lambda desk: desk.bridge.set_through_iterations(not desk.bridge.through_iterations),
    ),
)  # fmt: skip

_GRAINS = (
    Action(
        id="run.finer", text="Finer grain", menu="Run", keys=("F11",), icon="finer", group=2, submenu=_GRAIN,
        needs=(NOT_FINEST,), callback=lambda desk: desk.bridge.set_grain(desk.bridge.session.grain.finer()),
    ),
    Action(
        id="run.coarser", text="Coarser grain", menu="Run", keys=("Shift+F11",), icon="coarser", group=2,
        submenu=_GRAIN, needs=(NOT_COARSEST,),
        callback=lambda desk: desk.bridge.set_grain(desk.bridge.session.grain.coarser()),
    ),
)  # fmt: skip


def _grain_action(grain: Grain) -> Action:
    return Action(
        id=f"run.grain.{grain.value.replace(' ', '_')}",
        text=GRAINS[grain],
        menu="Run",
        submenu=_GRAIN,
        group=2,
        checked=lambda desk: desk.bridge.session.grain is grain,
        callback=lambda desk: desk.bridge.set_grain(grain),
    )


_ITERATIONS = (
    Action(
        id="run.go_to_iteration", text="Go to iteration…", menu="Run", keys=("Ctrl+G",), group=3, needs=(IDLE,),
        callback=lambda desk: desk.screen.ask_iteration(),
    ),
    Action(
        id="run.next_iteration", text="Next iteration", menu="Run", keys=("Ctrl+PgDown",), group=3, needs=(IDLE,),
        callback=lambda desk: desk.bridge.go_to_iteration(desk.bridge.iteration + 1), repeats=True,
    ),
    Action(
        id="run.previous_iteration", text="Previous iteration", menu="Run", keys=("Ctrl+PgUp",), group=3,
        needs=(NOT_FIRST_ITERATION, IDLE),
        callback=lambda desk: desk.bridge.go_to_iteration(desk.bridge.iteration - 1), repeats=True,
    ),
    Action(
        id="run.train_on", text="Train on until a breakpoint", menu="Run", keys=("Ctrl+F5",), group=3, needs=(IDLE,),
        callback=lambda desk: desk.bridge.train_on(),
    ),
    Action(
        id="run.first_bad", text="Go to the first bad step", menu="Run", icon="warning", group=3,
        needs=(HAS_BAD_STEP, IDLE), callback=lambda desk: desk.bridge.go_to_first_bad(),
    ),
    Action(
        id="run.check_gradients", text="Check gradients", menu="Run", keys=("Ctrl+K",), icon="check", group=3,
        needs=(IDLE,), callback=_check_gradients,
    ),
    Action(
        id="run.cancel", text="Cancel the work", menu="Run", keys=("Ctrl+.", "Esc"), icon="stop", group=4,
        needs=(BUSY,), callback=lambda desk: desk.bridge.cancel(),
    ),
    Action(
        id="run.reset", text="Reset the run", menu="Run", keys=("Ctrl+R",), icon="reset", group=4, needs=(IDLE,),
        callback=lambda desk: desk.bridge.reset(),
    ),
)  # fmt: skip

ACTIONS = (*_STEPPING, *_PLAY, *_GRAINS, *(_grain_action(grain) for grain in Grain), *_ITERATIONS)
