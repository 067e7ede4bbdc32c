"""Conditions that several actions share, each with what to say where it does not hold."""

from engine.debugger.grain import Grain
from gui.actions.action import Desk, Need
from gui.language import translatable


def _in_tape_or_idle(desk: Desk) -> bool:
    bridge = desk.bridge
    return bridge.busy is None or bridge.cursor.stop_after(bridge.session.grain) is not None


def _back_in_tape_or_idle(desk: Desk) -> bool:
    return desk.bridge.busy is None or desk.bridge.cursor.position > 0


AT_WORK = translatable("The run is at work: cancel it first, or wait.")

IDLE = Need(lambda desk: desk.bridge.busy is None, AT_WORK)
BUSY = Need(lambda desk: desk.bridge.busy is not None, translatable("Nothing is at work."))
CAN_STEP = Need(_in_tape_or_idle, AT_WORK)
CAN_STEP_BACK = Need(_back_in_tape_or_idle, AT_WORK)
NOT_AT_FIRST = Need(
    lambda desk: not desk.bridge.session.at_first_start, translatable("This is the start of the first iteration.")
)
NOT_AT_START = Need(lambda desk: desk.bridge.cursor.position > 0, translatable("This is the start of the iteration."))
NOT_AT_END = Need(
    lambda desk: desk.bridge.cursor.position < desk.bridge.cursor.end,
    translatable("This is the end of the iteration."),
)
NOT_FIRST_ITERATION = Need(lambda desk: desk.bridge.iteration > 0, translatable("This is the first iteration."))
NOT_FINEST = Need(
    lambda desk: desk.bridge.session.grain is not Grain.OPERATION, translatable("One operation is the finest grain.")
)
NOT_COARSEST = Need(
    lambda desk: desk.bridge.session.grain is not Grain.ITERATION, translatable("One iteration is the coarsest grain.")
)
STEP_AT_HAND = Need(
    lambda desk: desk.bridge.selected is not None and desk.bridge.tape[desk.bridge.selected].operation is not None,
    translatable("Take a step first, or pick one."),
)
STEP_PICKED = Need(lambda desk: desk.bridge.selection is not None, translatable("No step is picked."))
HAS_BREAKPOINTS = Need(lambda desk: bool(desk.bridge.session.breakpoints), translatable("There is no breakpoint."))
CAN_UNDO = Need(lambda desk: desk.bridge.undo_stack.canUndo(), translatable("There is nothing to take back."))
CAN_REDO = Need(lambda desk: desk.bridge.undo_stack.canRedo(), translatable("There is nothing to do again."))
HAS_BAD_STEP = Need(
    lambda desk: desk.bridge.first_bad is not None, translatable("All numbers of this run are finite so far.")
)


def canvas_can(*names: str) -> Need:
    """The canvas is there and has these methods."""
    return Need(
        lambda desk: all(hasattr(desk.screen.canvas, name) for name in names),
        translatable("There is no canvas to do this with."),
    )
