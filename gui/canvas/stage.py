"""The stage: from session, camera and appearance to a frame; the same for the window and for picture files."""

from __future__ import annotations

from typing import Protocol

from engine.debugger.cursor import Cursor
from engine.lesson import Lesson
from engine.settings import Settings
from engine.tape import Tape
from graphs.level import Level
from gui.appearance import Appearance
from gui.canvas.callout import Callout
from gui.canvas.callout_text import callout_text
from gui.canvas.camera import Camera, Rect
from gui.canvas.cursor_place import current_node
from gui.canvas.frame import Frame
from gui.canvas.labels import LabelCache
from gui.canvas.lattice_painter import words_overhang
from gui.canvas.legend import legend_room
from gui.canvas.level_choice import level_at, readable_zoom
from gui.canvas.opening_view import opening
from gui.canvas.palette import Palette
from gui.canvas.part_names import part_names
from gui.canvas.scene import Scene
from gui.canvas.scene_source import SceneSource
from gui.canvas.step_words import step_words
from gui.canvas.value_texts import ValueTexts
from gui.equations.focus import Focus
from gui.equations.naming import Names

_MARGIN = 18.0
_LARGEST_FIT = 1.7
_NEARLY_READABLE = 0.85
"""To see the whole graph, with its weights at the left, is worth letters that are a little smaller."""
_LEAST_OF_TREE = 0.3
"""The first steps of a tree are a row of words: the sight is the whole, even in small letters."""
_NARROW, _LEAST_OF_NARROW = 0.9, 0.4
"""Where a network takes less than this share of the width, only the height is short: nothing is hidden that could be
seen, and it is shown whole, from this share of a readable zoom on."""
_STILL_WIDE = 4500.0
"""On a large screen the first time steps open nearer, as long as so much of the scene is seen from left to right."""
_LARGEST_CARD = 0.16
"""Share of the view above which the card beside the cursor shrinks, and how far it may."""
_LEAST_SHRINK = 0.62


class Followed(Protocol):
    """What the stage reads of the bridge."""

    @property
    def cursor(self) -> Cursor: ...

    @property
    def tape(self) -> Tape: ...

    @property
    def breakpoint_steps(self) -> tuple[int, ...]: ...

    @property
    def lesson(self) -> Lesson: ...

    @property
    def settings(self) -> Settings: ...

    focus_unit: int
    sequence: int


class Stage:
    """Everything that a frame is made of.

    Attributes:
        camera: what is in view.
        source: the scenes of the open tape.
        level: the level of detail shown.
        forced_level: shown at every zoom; None: the zoom decides.
        names: the entries' names in equations.
        all_attention: whether the attention of all time steps is shown, not of the current one alone.
    """

    def __init__(self, bridge: Followed, appearance: Appearance) -> None:
        self._bridge = bridge
        self._appearance = appearance
        self.camera = Camera()
        self.labels = LabelCache(appearance)
        self.palette = Palette(appearance)
        self.source = SceneSource(bridge.tape, appearance.labels(bridge.tape))
        self.texts = ValueTexts(bridge.tape)
        self.names = Names(bridge.tape, appearance.labels(bridge.tape))
        self.forced_level: Level | None = None
        self.level = Level.OPERATIONS
        self.ratio = 1.0
        self.all_attention = False
        self._words = part_names(appearance)
        self._cards: dict[tuple[object, ...], Callout | None] = {}
        self._captions_of: tuple[object, ...] = ()
        self._known_captions: tuple[tuple[int, str], ...] = ()
        self.update_level()

    def open_tape(self) -> None:
        """Turn to the bridge's tape."""
        tape = self._bridge.tape
        labels = self._appearance.labels(tape)
        self.source.open_tape(tape, labels)
        self.texts = ValueTexts(tape)
        self.names = Names(tape, labels)

    def take_appearance(self) -> None:
        """Take over theme, scale, language and notation."""
        self.palette = Palette(self._appearance)
        self._words = part_names(self._appearance)
        self.labels.clear()
        labels = self._appearance.labels(self.source.tape)
        if labels is not self.names.labels:
            self.source.take_labels(labels)
            self.names = Names(self.source.tape, labels)
        self.update_level()

    def update_level(self) -> bool:
        """Choose the level for the zoom; whether it changed."""
        before = self.level
        chosen = level_at(self.camera.zoom, self._appearance.scale, before)
        self.level = chosen if self.forced_level is None else self.forced_level
        return self.level != before

    @property
    def scene(self) -> Scene:
        """The scene at the current level."""
        if self.source.tape is self._bridge.tape:  # else the scene is still that of the tape before
            self.source.at = self._bridge.cursor.current
        return self.source.scene(self.level)

    @property
    def can_foresee(self) -> bool:
        """Whether a step leaves the scene as it is; folded, it may show another time step."""
        return not self.source.folded

    def frame(
        self, ahead: Cursor | None = None, camera: Camera | None = None, *, outlined: bool = False
    ) -> Frame:
        """The picture of this moment, or of the one when the cursor and the camera will be others."""
        scene = self.scene
        cursor = ahead or self._bridge.cursor
        return Frame(
            scene, scene.state.at(cursor), cursor, (camera or self.camera).copy(), self.palette, self.labels,
            self.texts, self._appearance.scale, self.ratio, outlined, self._bridge.breakpoint_steps,
            self.source.backward_opened, self._appearance.say("layer {n}", n="{n}"), self._words, self.all_attention,
            self._bridge.sequence, self._captions(scene),
        )  # fmt: skip

    def _captions(self, scene: Scene) -> tuple[tuple[int, str], ...]:
        """Words below the time steps: as the tape has them, or those of the chosen sequence."""
        if scene.captions or not scene.drawing.lattices:
            return scene.captions
        bridge = self._bridge
        key = scene, bridge.sequence
        if self._captions_of != key:
            words = step_words(bridge.tape, bridge.lesson.task, bridge.settings, bridge.sequence)
            self._captions_of, self._known_captions = key, scene.captions_from(words)
        return self._known_captions

    def current_node(self, ahead: Cursor | None = None) -> int:
        """The node of the current step; -1 for none."""
        return current_node(self.scene, ahead or self._bridge.cursor, self.names.places)

    def callout(self, ahead: Cursor | None = None, *, wait: bool = True) -> Callout | None:
        """The card of the current step, None at the start; the last two are remembered until they would be others."""
        cursor, camera = ahead or self._bridge.cursor, self.camera
        key = (cursor.tape, cursor.position, self._focus, self.names, self.palette, camera.width,
               camera.height, wait)  # fmt: skip
        known = self._cards.pop(key, None)
        if known is None or known.waits_for:
            known = self._new_callout(cursor, wait)
        self._cards = {**dict(list(self._cards.items())[-1:]), key: known}
        return known

    @property
    def _focus(self) -> Focus:
        return Focus(self._bridge.focus_unit, sequence=self._bridge.sequence)

    def _new_callout(self, cursor: Cursor, wait: bool) -> Callout | None:
        text = callout_text(cursor, self.names, self._appearance, self._focus)
        if text is None:
            return None
        card = Callout(text, self.labels, self._appearance, wait=wait)
        share = card.size.width() * card.size.height() / (self.camera.width * self.camera.height)
        if share > _LARGEST_CARD:
            shrunk = max(_LEAST_SHRINK, (_LARGEST_CARD / share) ** 0.5)
            card = Callout(text, self.labels, self._appearance, wait=wait, shrink=shrunk)
        return card

    def _room_below(self) -> float:
        """Room at the lower rim at the present zoom, px: for the legend, and for words that keep their size."""
        scene, zoom, scale = self.scene, self.camera.zoom, self._appearance.scale
        overhang = words_overhang(scene.drawing, self._captions(scene), zoom, scale)
        return legend_room(self.camera.width, scale) + overhang

    def fit(self, rect: Rect | None = None) -> None:
        """Show a scene rectangle, or all, as large as it fits."""
        most = _LARGEST_FIT * self._appearance.scale
        self.camera.zoom = most
        for _ in range(2):  # how much room is needed below depends on the zoom
            self.camera.fit(rect or self.scene.whole_rect, _MARGIN, most, self._room_below())
        self.update_level()

    def fit_start(self) -> None:
        """The opening view: all if it can be read or is a tree, else the first time steps at the height of the view."""
        self.fit()
        readable = readable_zoom(self._appearance.scale)
        is_narrow = self.scene.whole_rect[2] * self.camera.zoom < _NARROW * self.camera.width
        least = _LEAST_OF_TREE if self.scene.is_tree else _LEAST_OF_NARROW if is_narrow else _NEARLY_READABLE
        if self.camera.zoom >= least * readable:
            return
        camera = self.camera
        roomy = min(2.0 * readable, camera.width / _STILL_WIDE)
        # From further away the opened backward steps would be closed in their boxes.
        nearest = 1.0 if self.source.backward_opened else 0.5
        zooms = max(camera.zoom, nearest * readable), max(camera.zoom, readable, roomy)
        drawing, scale = self.scene.drawing, self._appearance.scale
        camera.zoom, middle = zooms[1], 0.0
        for _ in range(2):
            size = camera.width, camera.height
            camera.zoom, middle = opening(drawing, size, _MARGIN, zooms, scale, self._room_below())
        x, _, width, _ = drawing.rect
        camera.left = x - max(_MARGIN, (camera.width - width * camera.zoom) / 2) / camera.zoom
        camera.top = middle - camera.height / 2 / camera.zoom
        self.update_level()

    def step_rect(self, ahead: Cursor | None = None) -> Rect | None:
        """The scene rectangle of the current time step, or of the current node outside all."""
        scene = self.scene
        column = scene.state.at(ahead or self._bridge.cursor).current_column
        if column >= 0:
            return scene.drawing.regions[column].rect
        return self.node_rect(self.current_node(ahead))

    def node_rect(self, node: int) -> Rect | None:
        """The scene rectangle of a node; None for -1."""
        if node < 0:
            return None
        d = self.scene.drawing
        width, height = float(d.width[node]), float(d.height[node])
        return float(d.x[node]) - width / 2, float(d.y[node]) - height / 2, width, height
