"""What stands in and above the boxes of parameters keeps to them, however long their names are."""

import numpy as np
import pytest
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from engine.debugger.session import Session
from engine.lesson import lesson_named
from graphs.drawing import Drawing, Lattice
from graphs.level import Level
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.frame import Frame
from gui.canvas.rails import paint_heads
from gui.canvas.stage import Stage

WIDTH, HEIGHT = 900, 1200


@pytest.fixture(scope="module")
def bridge(qapp: QApplication) -> Bridge:
    made = Bridge(Session(lesson_named("visual-question-answering")))
    made.move_to(made.tape.update_start)
    return made


def _frame(bridge: Bridge, appearance: Appearance, zoom: float) -> Frame:
    """The heads at the left of the time steps that read the question."""
    stage = Stage(bridge, appearance)
    stage.forced_level = Level.OPERATIONS
    stage.update_level()
    stage.camera.resize(WIDTH, HEIGHT)
    stage.camera.zoom = zoom
    left, top, _, height = _question(stage.scene.drawing).rect
    stage.camera.left, stage.camera.top = left - (WIDTH - 100) / zoom, top + height - (HEIGHT - 20) / zoom
    return stage.frame()


def _question(drawing: Drawing) -> Lattice:
    return next(lattice for lattice in drawing.lattices if lattice.name == "question")


def _painted(frame: Frame) -> np.ndarray:
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    paint_heads(painter, frame)
    painter.end()
    return np.frombuffer(bytes(image.constBits()), np.uint32).reshape(HEIGHT, WIDTH) != 0


def _boxes(frame: Frame) -> list[tuple[int, int, int, int]]:
    """Left, top, right, bottom in px of the heads in view."""
    d = frame.scene.drawing
    found = []
    for node in (rail.node for rail in d.rails):
        x, y = frame.node_center(node)
        half_width, half_height = float(d.width[node]) * frame.zoom / 2, float(d.height[node]) * frame.zoom / 2
        if 0 < x - half_width < WIDTH - 100 and 40 < y - half_height < HEIGHT - half_height * 2:
            found.append((round(x - half_width), round(y - half_height), round(x + half_width), round(y + half_height)))
    return found


@pytest.mark.parametrize("zoom", [0.6, 1.0, 1.6])
def test_names_stay_in_their_boxes_and_norms_left_of_the_time_steps(
    bridge: Bridge, appearance: Appearance, zoom: float
) -> None:
    frame = _frame(bridge, appearance, zoom)
    column, painted, boxes = WIDTH - 100, _painted(frame), _boxes(frame)
    assert len(boxes) >= 4
    for left, top, right, bottom in boxes:
        assert painted[top:bottom, left:right].any()
        if all(other[0] <= right for other in boxes):
            assert not painted[top:bottom, right + 1 : column].any()
    assert not painted[:, column:].any()


def test_norms_over_heads_that_stand_side_by_side_keep_apart(bridge: Bridge, appearance: Appearance) -> None:
    frame = _frame(bridge, appearance, 1.6)
    painted, boxes = _painted(frame), _boxes(frame)
    pairs = [(one, other) for one in boxes for other in boxes
             if 0 < other[0] - one[2] < 40 and other[1] < one[1] < other[3]]  # fmt: skip
    assert pairs
    for (left, top, right, bottom), other in pairs:
        above = slice(top - 26, top - 4)
        assert painted[above, left:right].any()
        assert not painted[top - 26 : bottom, right + 1 : other[0]].any()
