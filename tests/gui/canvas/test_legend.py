"""The legend of the gradients' arrows hides nothing: views keep room for it, and so does the card at the cursor."""

from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication

from engine.debugger.session import Session
from engine.lesson import lesson_named
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.callout import place_callout
from gui.canvas.camera import Camera
from gui.canvas.canvas_view import CanvasView
from gui.canvas.captions import paint_captions
from gui.canvas.frame import Frame
from gui.canvas.lattice_painter import paint_lattices
from gui.canvas.legend import legend_height, legend_strip, paint_legend
from gui.canvas.stage import Stage

LOW = QSize(674, 366), QSize(720, 320), QSize(1008, 560), QSize(1400, 800)
LESSONS = "binary-addition", "deep-rnn", "recursive-net", "gru-language-model", "masked-words", "vanishing-gradient"


def _under_the_legend(frame: Frame) -> int:
    """Nodes that reach into the strip at the lower rim."""
    top = float(legend_strip(frame)[0, 1])
    rects = frame.node_rects
    inside = (rects[:, 0] + rects[:, 2] / 2 > 0) & (rects[:, 0] - rects[:, 2] / 2 < frame.camera.width)
    reach = rects[:, 1] + rects[:, 3] / 2 > top + 1
    return int((inside & reach & (rects[:, 1] - rects[:, 3] / 2 < frame.camera.height)).sum())


def _at_the_end_of_backward(lesson: str) -> Bridge:
    bridge = Bridge(Session(lesson_named(lesson)))
    bridge.move_to(bridge.tape.update_start)
    return bridge


@pytest.mark.parametrize("lesson", LESSONS)
def test_no_node_opens_under_it(qapp: QApplication, appearance: Appearance, lesson: str) -> None:
    bridge = _at_the_end_of_backward(lesson)
    for size in LOW:
        for opened in (False, True):
            stage = Stage(bridge, appearance)
            stage.source.backward_opened = opened
            stage.camera.resize(size.width(), size.height())
            for fit in (stage.fit, stage.fit_start):
                fit()
                frame = stage.frame()
                assert legend_height(frame) > 0
                assert not _under_the_legend(frame), (size, opened, fit)


@pytest.mark.parametrize("lesson", ["visual-question-answering", "vhred-dialogues", "recursive-net"])
def test_no_words_below_the_time_steps_open_under_it(
    qapp: QApplication, appearance: Appearance, lesson: str
) -> None:
    bridge = _at_the_end_of_backward(lesson)
    for size in (*LOW, QSize(1280, 720)):
        stage = Stage(bridge, appearance)
        stage.camera.resize(size.width(), size.height())
        stage.fit_start()
        frame = stage.frame()
        painted = _painted(frame, paint_captions, paint_lattices)
        assert painted.any()
        assert not painted[int(legend_strip(frame)[0, 1]) + 2 :].any(), size


@pytest.mark.parametrize("lesson", ["vanishing-gradient", "peephole-lstm"])
def test_a_view_that_follows_the_cursor_keeps_it_clear(
    qapp: QApplication, appearance: Appearance, lesson: str
) -> None:
    bridge = Bridge(Session(lesson_named(lesson)))
    view = CanvasView(bridge, appearance)
    view.resize(LOW[1])
    view.show()
    qapp.processEvents()
    view.hide()  # else it would glide, not jump
    start, end = bridge.tape.backward_start, bridge.tape.update_start
    for position in range(start + 2, end, max(1, (end - start) // 60)):
        bridge.move_to(position)
        rect = view.stage.node_rect(view.stage.current_node())
        assert rect is not None
        _, y, _, height = view.camera.rect_to_view(rect)
        frame = view.stage.frame()
        assert y + height <= legend_strip(frame)[0, 1] + 1 or height > 0.7 * view.camera.height
    view.deleteLater()


@pytest.mark.parametrize("opened", [False, True])
@pytest.mark.parametrize("scale", [0.75, 1.0, 2.0])
def test_it_is_painted_in_its_strip_and_only_once_gradients_flow(
    stage: Stage, bridge: Bridge, appearance: Appearance, scale: float, opened: bool
) -> None:
    appearance.set_scale(scale)
    stage.take_appearance()
    stage.source.backward_opened = opened
    for position, is_seen in ((40, False), (bridge.tape.update_start, True)):
        bridge.move_to(position)
        frame = stage.frame()
        rows = np.flatnonzero(_painted(frame, paint_legend).any(axis=1))
        assert bool(len(rows)) is is_seen is (legend_height(frame) > 0)
        if is_seen:
            assert rows[0] >= legend_strip(frame)[0, 1]
            assert rows[-1] < frame.camera.height - 1


def _painted(frame: Frame, *paint: Callable[[QPainter, Frame], None]) -> np.ndarray:
    width, height = round(frame.camera.width), round(frame.camera.height)
    image = QImage(width, height, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    for one in paint:
        one(painter, frame)
    painter.end()
    return np.frombuffer(bytes(image.constBits()), np.uint32).reshape(height, width) != 0


def test_the_card_at_the_cursor_stands_above_it(bridge: Bridge, appearance: Appearance) -> None:
    stage = Stage(bridge, appearance)
    stage.camera.resize(700, 400)
    stage.fit_start()
    for position in range(bridge.tape.backward_start + 2, bridge.tape.update_start):
        bridge.move_to(position)
        node, card = stage.current_node(), stage.callout(wait=False)
        if node >= 0 and card is not None:
            frame = stage.frame()
            bottom = place_callout(frame, node, card.size).y() + card.size.height()
            assert bottom <= legend_strip(frame)[0, 1] + 1, position


def test_a_margin_below_moves_and_shrinks_only_what_would_reach_into_it() -> None:
    low, high = Camera(width=400, height=200), Camera(width=400, height=200)
    low.fit((0, 0, 100, 10), 10.0, below=60.0)
    high.fit((0, 0, 100, 10), 10.0)
    assert (low.zoom, low.top) == (high.zoom, high.top)
    low.fit((0, 0, 10, 100), 10.0, below=60.0)
    assert low.to_view(0, 100)[1] == pytest.approx(140.0)
    assert low.to_view(0, 0)[1] == pytest.approx(10.0)
