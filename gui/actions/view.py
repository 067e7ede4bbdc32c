"""The View menu: how it looks, what is shown."""

from collections.abc import Iterable

from gui.actions.action import Action, Desk, Need
from gui.appearance import SCALES
from gui.language import translatable
from gui.notation.notation import Notation
from gui.views import View

_PANELS = translatable("Panels")
_SCALE = translatable("Size")
_NOTATION = translatable("Notation")


def _next_theme(desk: Desk) -> None:
    names = [name for name, _ in desk.appearance.themes()]
    desk.appearance.set_theme(names[(names.index(desk.appearance.theme.name) + 1) % len(names)])


def _next_language(desk: Desk) -> None:
    codes = [code for code, _ in desk.appearance.languages()]
    desk.appearance.set_language(codes[(codes.index(desk.appearance.language) + 1) % len(codes)])


def _next_notation(desk: Desk) -> None:
    names = [notation.name for notation in desk.appearance.notations()]
    _set_notation(desk, names[(names.index(desk.appearance.notation_choice) + 1) % len(names)])


def _set_notation(desk: Desk, name: str) -> None:
    """Choose it, and say what it is: the names themselves may all be out of view."""
    desk.appearance.set_notation(name)
    chosen, language = desk.appearance.notation, desk.appearance.language
    title, about = chosen.in_language(chosen.title, language), chosen.in_language(chosen.about, language)
    desk.bridge.message.emit(desk.appearance.say("Notation {title}: {about}", title=title, about=about), "info")


def notation_actions(notations: Iterable[Notation]) -> tuple[Action, ...]:
    """One action a notation, to write everything in it, and one for the next."""
    following = Action(
        id="view.next_notation", text="Next notation", menu="View", submenu=_NOTATION, keys=("Shift+F2",),
        callback=_next_notation,
    )  # fmt: skip
    return (*(_notation_action(notation) for notation in notations), following)


def _notation_action(notation: Notation) -> Action:
    return Action(
        id=f"view.notation.{notation.name}",
        text="Notation: {title}",
        fill=lambda desk, language: {"title": notation.in_language(notation.title, language)},
        menu="View",
        submenu=_NOTATION,
        checked=lambda desk: desk.appearance.notation_choice == notation.name,
        callback=lambda desk: _set_notation(desk, notation.name),
    )


def panel_actions(views: Iterable[View]) -> tuple[Action, ...]:
    """One action a panel, to show or hide it."""
    return tuple(_panel_action(view) for view in views if view.closable)


def _panel_action(view: View) -> Action:
    return Action(
        id=f"view.panel.{view.id}",
        text=view.title,
        menu="View",
        submenu=_PANELS,
        group=2,
        checked=lambda desk: desk.screen.panel_shown(view.id),
        callback=lambda desk: desk.screen.toggle_panel(view.id),
    )


ACTIONS = (
    Action(
        id="view.larger", text="Larger", menu="View", submenu=_SCALE, keys=("Ctrl++", "Ctrl+="), icon="plus",
        needs=(Need(lambda desk: desk.appearance.scale < SCALES[-1], translatable("This is the largest size.")),),
        callback=lambda desk: desk.appearance.larger(),
    ),
    Action(
        id="view.smaller", text="Smaller", menu="View", submenu=_SCALE, keys=("Ctrl+-",), icon="minus",
        needs=(Need(lambda desk: desk.appearance.scale > SCALES[0], translatable("This is the smallest size.")),),
        callback=lambda desk: desk.appearance.smaller(),
    ),
    Action(
        id="view.original_size", text="Original size", menu="View", submenu=_SCALE, keys=("Ctrl+0",),
        needs=(Need(lambda desk: desk.appearance.scale != 1.0, translatable("This is the original size.")),),
        callback=lambda desk: desk.appearance.reset_scale(),
    ),
    Action(
        id="view.theme", text="Light or dark", menu="View", keys=("F3",), icon="moon", callback=_next_theme,
    ),
    Action(
        id="view.language", text="Next language", menu="View", keys=("F2",), icon="language", callback=_next_language,
    ),
    Action(
        id="view.full_screen", text="Full screen", menu="View", keys=("F12",), icon="screen",
        checked=lambda desk: desk.screen.is_full_screen(), callback=lambda desk: desk.screen.toggle_full_screen(),
    ),
    Action(
        id="view.only_canvas", text="Only the canvas", menu="View", keys=("Shift+F12",),
        checked=lambda desk: not desk.screen.any_panel_shown(), callback=lambda desk: desk.screen.toggle_panels(),
    ),
    Action(
        id="view.restore_layout", text="Restore the default layout", menu="View", group=2,
        callback=lambda desk: desk.screen.restore_layout(),
    ),
)  # fmt: skip
