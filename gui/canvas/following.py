"""Following the cursor: where the camera goes so that the current step is in view."""

from __future__ import annotations

import time

from engine.debugger.cursor import Cursor
from gui.appearance import Appearance
from gui.canvas.camera import Camera, whole_way
from gui.canvas.legend import legend_room
from gui.canvas.stage import Stage

_FAST = 0.15
"""Steps that follow each other in less, s, leave no time for a glide: the view jumps."""
_MARGIN, _LEAST_MARGIN = 70.0, 10.0
"""Around the current step, px at scale 1; the view moves once the step is nearer to the rim than the second."""


class Following:
    """Finds the camera for a step, and knows whether somebody steps fast."""

    def __init__(self, stage: Stage, appearance: Appearance) -> None:
        self._stage = stage
        self._appearance = appearance
        self._stepped = 0.0
        self._fast = False

    @property
    def is_fast(self) -> bool:
        """Whether the last two steps followed each other so closely that the next one is expected at once."""
        return self._fast

    def take_step(self) -> None:
        """Hear that the cursor moved."""
        now = time.monotonic()
        self._fast, self._stepped = now - self._stepped < _FAST, now

    def camera(self, ahead: Cursor | None = None) -> Camera | None:
        """The camera that has the step of the cursor, or of one ahead, in view; None where it is already.

        It lies by whole pixels from where the camera is, so that the picture that is kept can be moved.
        """
        stage = self._stage
        rect = stage.node_rect(stage.current_node(ahead))
        if rect is None:
            return None
        camera, scale = stage.camera, self._appearance.scale
        target, below = camera.copy(), legend_room(camera.width, scale)
        margin = min(_MARGIN * scale, camera.width / 5, camera.height / 5)
        if not target.copy().bring_in(rect, _LEAST_MARGIN, below) or not target.bring_in(rect, margin, below):
            return None
        column = stage.step_rect(ahead)
        if column is not None:
            target.bring_in((column[0], rect[1], column[2], rect[3]), margin / 3, below)
            target.bring_in(rect, margin / 3, below)  # the column may be wider than the view
        return whole_way(camera, target)
