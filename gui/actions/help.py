"""The Help menu."""

from gui.actions.action import Action

ACTIONS = (
    Action(
        id="help.palette", text="Search all actions…", menu="Help", keys=("Ctrl+Shift+P",), icon="search",
        callback=lambda desk: desk.screen.show_palette(),
    ),
    Action(
        id="help.keys", text="Keys…", menu="Help", keys=("F1",), icon="keyboard",
        callback=lambda desk: desk.screen.show_keys(),
    ),
    Action(
        id="help.about", text="About Backstep", menu="Help", icon="information", group=1,
        callback=lambda desk: desk.screen.show_about(),
    ),
)  # fmt: skip
