"""Where scenes come from: the drawing of the open tape for a level, with what the user opened and closed."""

from __future__ import annotations

from engine.scope import Scope, ScopeKind
from engine.tape import Tape
from graphs.draw import draw
from graphs.level import Level
from gui.canvas.scene import Scene
from gui.canvas.tape_figures import TapeFigures
from gui.notation.labels import Labels

_KEPT = 8


class SceneSource:
    """Scenes of one tape at a time, made when first asked for.

    Attributes:
        tape: the recording.
        figures: its figures.
        closed, opened: paths of the scopes that the user closed and opened; they win over the level.
        backward_opened: whether backward steps are nodes of their own.
        folded: whether all time steps are folded into one.
        at: tape index of the step whose time step the folded view shows.
    """

    def __init__(self, tape: Tape, labels: Labels) -> None:
        self.closed: frozenset[str] = frozenset()
        self.opened: frozenset[str] = frozenset()
        self.backward_opened = False
        self.folded = False
        self.at: int | None = None
        self.open_tape(tape, labels)

    def open_tape(self, tape: Tape, labels: Labels) -> None:
        """Turn to another tape; what is opened and closed stays."""
        self.tape, self._labels = tape, labels
        self.figures = TapeFigures(tape)
        self._scenes: dict[tuple[Level, frozenset[str], frozenset[str], bool, bool, Scope | None], Scene] = {}
        self._time: Scope | None = None
        self._last_at: int | None = None
        self.at = None

    def scene(self, level: Level) -> Scene:
        """The scene for a level."""
        key = level, self.closed, self.opened, self.backward_opened, self.folded, self._folded_time()
        found = self._scenes.get(key)
        if found is None:
            drawing = draw(
                self.tape, level=level, closed=self.closed, opened=self.opened, backward=self.backward_opened,
                folded=self.folded, at=self.at,
            )  # fmt: skip
            while len(self._scenes) >= _KEPT:
                self._scenes.pop(next(iter(self._scenes)))
            found = self._scenes[key] = Scene(drawing, self.figures, self._labels)
        return found

    def take_labels(self, labels: Labels) -> None:
        """Write the names of another notation."""
        self._labels = labels
        for scene in self._scenes.values():
            scene.take_labels(labels)

    def _folded_time(self) -> Scope | None:
        """The time step that the folded view shows: the one of ``at``, or the last one there was."""
        if not self.folded:
            return None
        time = None if self.at is None else self.tape[self.at].scope.enclosing(ScopeKind.TIME)
        if time is None:
            self.at = self._last_at
        else:
            self._time, self._last_at = time, self.at
        return self._time

    def set_closed(self, path: str, closed: bool) -> None:
        """Close or open a scope, whatever the level says."""
        add, remove = (self.closed, self.opened) if closed else (self.opened, self.closed)
        add, remove = add | {path}, remove - {path}
        self.closed, self.opened = (add, remove) if closed else (remove, add)

    def forget_folding(self) -> None:
        """Leave folding to the level again."""
        self.closed = self.opened = frozenset()
