"""Systems compared: the open run, and others on the same data and seed whose cursors are tied to its cursor."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot

from engine.debugger.session import Session
from engine.debugger.tied_cursor import Places, places, tied_position
from engine.errors import BackstepError
from engine.tape import Tape
from gui.bridge import Bridge

_KEYS = ("cell", "activation")
MOST = 3


@dataclass(frozen=True, eq=False)
class System:
    """One of those compared.

    Attributes:
        name: the value of the setting in which they differ.
        bridge: to its run.
    """

    name: str
    bridge: Bridge


class ComparedSystems(QObject):
    """See the module. While nobody looks, nothing is computed.

    Signals:
        changed: which systems there are.
        moved: a tape or a cursor of one of them.
    """

    changed = Signal()
    moved = Signal()

    def __init__(self, bridge: Bridge, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._names: list[str] = []
        self._others: list[System] = []
        self._followed = False
        self._places: dict[int, tuple[Tape, Places]] = {}
        self.problem: BackstepError | None = None
        bridge.restarted.connect(self._begin_anew)
        bridge.tape_changed.connect(self._follow)
        bridge.cursor_moved.connect(self._tie)

    @property
    def key(self) -> str:
        """The setting in which the systems differ; empty where there is none."""
        return next((name for name in _KEYS if name in self._bridge.settings), "")

    @property
    def own_name(self) -> str:
        """What the open run is."""
        return str(self._bridge.settings[self.key]) if self.key else self._bridge.lesson.model.name

    @property
    def choices(self) -> tuple[str, ...]:
        """What the open run can be compared with."""
        declared = self._bridge.settings.declared.get(self.key)
        return () if declared is None else tuple(name for name in declared.choices if name != self.own_name)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The names of the others."""
        return tuple(self._names)

    @property
    def systems(self) -> tuple[System, ...]:
        """All of them, the open run first."""
        return System(self.own_name, self._bridge), *self._others

    @property
    def waiting(self) -> bool:
        """Whether one of them has not come to the open iteration yet."""
        return any(one.bridge.iteration != self._bridge.iteration for one in self._others)

    def compare_with(self, names: list[str]) -> None:
        """Compare the open run with others, at most MOST in all."""
        self._names = [name for name in dict.fromkeys(names) if name in self.choices][: MOST - 1]
        self._begin_anew()

    def follow(self, on: bool) -> None:
        """Go along with the open run, or rest."""
        if on and not self._followed:
            self._followed = True
            if not self._names and self.choices:
                self._names = [_first_choice(self.choices)]
                self._begin_anew()
            self._follow()
        self._followed = on

    def close(self) -> None:
        """End the other runs."""
        for one in self._others:
            one.bridge.close()
            one.bridge.deleteLater()
        self._others, self._places = [], {}

    def _begin_anew(self, _=None) -> None:
        """The open run has begun anew: so do the others, with its settings."""
        self.close()
        self.problem = None
        self._names = [name for name in self._names if name in self.choices]
        try:
            for name in self._names:
                settings = self._bridge.settings.changed(**{self.key: name})
                other = Bridge(Session(self._bridge.lesson, settings), parent=self)
                # Later, not at once: while a run ends one errand, it cannot begin the next.
                for signal in (other.busy_changed, other.tape_changed):
                    signal.connect(self._follow, Qt.ConnectionType.QueuedConnection)
                self._others.append(System(name, other))
        except BackstepError as error:
            self.problem = error
        self.changed.emit()
        if self._followed:
            self._follow()

    @Slot()
    def _follow(self) -> None:
        """Bring the others to the open iteration, unless they are on their way."""
        if not self._followed:
            return
        for one in self._others:
            if one.bridge.busy is None and one.bridge.iteration != self._bridge.iteration:
                one.bridge.go_to_iteration(self._bridge.iteration)
        self._tie()

    def _tie(self) -> None:
        if not self._followed:
            return
        for one in self._others:
            if one.bridge.iteration == self._bridge.iteration:
                own, other = self._places_of(self._bridge.tape), self._places_of(one.bridge.tape)
                position = tied_position(own, self._bridge.cursor.position, other)
                if position != one.bridge.cursor.position:
                    one.bridge.move_to(position)
        self.moved.emit()

    def _places_of(self, tape: Tape) -> Places:
        known = self._places.get(id(tape))
        if known is None or known[0] is not tape:
            open_now = {id(one.bridge.tape) for one in self.systems}
            self._places = {key: kept for key, kept in self._places.items() if key in open_now}
            known = self._places[id(tape)] = (tape, places(tape))
        return known[1]


def _first_choice(choices: tuple[str, ...]) -> str:
    """What one would compare with first."""
    return next((name for name in ("lstm", "rnn", "tanh") if name in choices), choices[0])
