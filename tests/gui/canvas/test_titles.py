"""Titles of time steps can be read from afar, where lines run through the place in which they stand."""

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from engine.debugger.session import Session
from engine.lesson import lesson_named
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.columns import paint_titles
from gui.canvas.frame import Frame
from gui.canvas.stage import Stage

LINES = QColor(255, 0, 0)
SIZE = 1280, 720


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("lesson", ["vhred-dialogues", "recursive-net"])
def test_no_line_crosses_a_title_above_its_time_step(qapp: QApplication, lesson: str, theme: str) -> None:
    stage = Stage(Bridge(Session(lesson_named(lesson))), Appearance(theme=theme))
    stage.camera.resize(*SIZE)
    stage.fit_start()
    frame = stage.frame()
    crossed = _lines_left(frame)
    rects = frame.columns[1]
    titled = 0
    for left, top, width, _ in rects[rects[:, 2] > 40].tolist():
        middle = slice(max(0, int(left + width / 2) - 6), int(left + width / 2) + 6)
        written = ~crossed[max(0, int(top) - 22) : max(0, int(top) - 1), middle]
        titled += bool(written.any())
        assert written[written.any(axis=1)].all()
    assert titled >= 3


def _lines_left(frame: Frame) -> np.ndarray:
    """For each pixel, whether it still is as the lines were before the titles were written."""
    image = QImage(*SIZE, QImage.Format.Format_RGB32)
    image.fill(LINES)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_titles(painter, frame)
    painter.end()
    pixels = np.frombuffer(bytes(image.constBits()), np.uint32).reshape(SIZE[1], SIZE[0])
    return pixels == LINES.rgb()
