"""Actions as data."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from gui.appearance import Appearance
from gui.bridge import Bridge


class Screen(Protocol):
    """What the main window offers to actions."""

    canvas: Any

    def show_palette(self) -> None: ...

    def show_keys(self) -> None: ...

    def show_about(self) -> None: ...

    def ask_iteration(self) -> None: ...

    def export_picture(self) -> None: ...

    def toggle_full_screen(self) -> None: ...

    def is_full_screen(self) -> bool: ...

    def toggle_panel(self, name: str) -> None: ...

    def show_panel(self, name: str) -> None: ...

    def panel_shown(self, name: str) -> bool: ...

    def toggle_panels(self) -> None: ...

    def any_panel_shown(self) -> bool: ...

    def restore_layout(self) -> None: ...

    def leave(self) -> None: ...


@dataclass(frozen=True)
class Desk:
    """All that an action may work on."""

    bridge: Bridge
    appearance: Appearance
    screen: Screen


@dataclass(frozen=True)
class Need:
    """A condition of an action, and what to say where it does not hold; `reason` is a key of the translations."""

    holds: Callable[[Desk], bool]
    reason: str


@dataclass(frozen=True)
class Action:
    """Something the user can do.

    Attributes:
        id: such as "run.step"; keys are remembered by it.
        text: in English, a key of the translations; may have {places}.
        menu: the menu it stands in, such as "Run".
        callback: does it.
        keys: its shortcuts as Qt writes them ("Shift+F10"), the one to show first.
        icon: name of a file in resources/icons.
        needs: what must hold for it to be possible.
        checked: for what is switched on and off: whether it is on.
        fill: the values of the text's {places} in a language.
        submenu: the menu inside the menu, "" for none.
        group: a line is drawn in the menu where it changes.
        repeats: whether holding the key down repeats it.
    """

    id: str
    text: str
    menu: str
    callback: Callable[[Desk], None]
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: tuple[Need, ...] = ()
    checked: Callable[[Desk], bool] | None = None
    fill: Callable[[Desk, str], Mapping[str, object]] | None = None
    submenu: str = ""
    group: int = 0
    repeats: bool = False

    def reason(self, desk: Desk) -> str | None:
        """Why it is not possible now, in English; None if it is."""
        return next((need.reason for need in self.needs if not need.holds(desk)), None)

    def enabled(self, desk: Desk) -> bool:
        """Whether it is possible now."""
        return self.reason(desk) is None
