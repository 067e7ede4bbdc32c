"""The Edit menu."""

from gui.actions.action import Action, Desk
from gui.actions.needs import CAN_REDO, CAN_UNDO, HAS_BREAKPOINTS, IDLE, STEP_AT_HAND, STEP_PICKED


def _remove_breakpoints(desk: Desk) -> None:
    for point in tuple(desk.bridge.session.breakpoints):
        desk.bridge.remove_breakpoint(point)


ACTIONS = (
    Action(
        id="edit.undo", text="Undo {what}", menu="Edit", keys=("Ctrl+Z",), icon="undo", needs=(CAN_UNDO, IDLE),
        fill=lambda desk, language: {"what": desk.bridge.undo_stack.undoText()},
        callback=lambda desk: desk.bridge.undo(), repeats=True,
    ),
    Action(
        id="edit.redo", text="Redo {what}", menu="Edit", keys=("Ctrl+Shift+Z", "Ctrl+Y"), icon="redo",
        needs=(CAN_REDO, IDLE), fill=lambda desk, language: {"what": desk.bridge.undo_stack.redoText()},
        callback=lambda desk: desk.bridge.redo(), repeats=True,
    ),
    Action(
        id="edit.breakpoint", text="Set or remove a breakpoint here", menu="Edit", keys=("F9",), icon="breakpoint",
        group=1, needs=(STEP_AT_HAND,), callback=lambda desk: desk.bridge.toggle_breakpoint(),
    ),
    Action(
        id="edit.remove_breakpoints", text="Remove all breakpoints", menu="Edit", group=1, needs=(HAS_BREAKPOINTS,),
        callback=_remove_breakpoints,
    ),
    Action(
        id="edit.deselect", text="Follow the cursor, not the picked step", menu="Edit", keys=("Ctrl+D",), group=2,
        needs=(STEP_PICKED,), callback=lambda desk: desk.bridge.select(None),
    ),
)  # fmt: skip
