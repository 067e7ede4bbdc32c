"""What the cursor has not passed is never painted: pictures do not depend on hidden values."""

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter

from engine.debugger.cursor import Cursor
from engine.tape import Tape
from graphs.drawing import EdgeKind
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.picture import paint_stage, staged
from gui.canvas.stage import Stage
from gui.canvas.tip import tip

SIZE = QSize(1000, 600)


class _Session:
    """A tape and a cursor, as the stage reads them of a bridge."""

    def __init__(self, bridge: Bridge, tape: Tape, position: int) -> None:
        self.tape = tape
        self.cursor = Cursor(tape)
        self.cursor.position = position
        self.breakpoint_steps = ()
        self.focus_unit = self.sequence = 0
        self.lesson, self.settings = bridge.lesson, bridge.settings


def _with_other_hidden_values(bridge: Bridge, position: int) -> Tape:
    """The same tape, but with other numbers wherever the cursor has not been."""
    tape = bridge.session.run.tape(0)
    cursor = Cursor(tape)
    cursor.position = position
    rng = np.random.default_rng(7)
    for step in tape.steps:
        if not cursor.revealed(step.index):
            step.value = np.asarray(rng.normal(scale=50.0, size=np.shape(step.value)))
    return tape


@pytest.mark.parametrize("position", [0, 29, 76, 90, 150, 200])
@pytest.mark.parametrize("zoom", [1.0, 3.0, 7.0])
def test_pictures_do_not_depend_on_hidden_values(
    bridge: Bridge, appearance: Appearance, position: int, zoom: float
) -> None:
    bridge.move_to(position)
    position = bridge.cursor.position
    tapes = bridge.tape, _with_other_hidden_values(bridge, position)
    # Qt draws the same letter a little differently from time to time; a hidden value would show far more.
    one, two = (_picture(_Session(bridge, tape, position), appearance, zoom, outlined=True) for tape in tapes)
    assert np.abs(one.astype(int) - two).max() <= 32
    one, two = (_picture(_Session(bridge, tape, position), appearance, zoom, outlined=False) for tape in tapes)
    assert (np.abs(one.astype(int) - two).max(axis=2) > 90).sum() <= 12


def test_the_picture_does_depend_on_what_is_revealed(bridge: Bridge, appearance: Appearance) -> None:
    """Else the test above could not fail."""
    other = _with_other_hidden_values(bridge, 0)
    one, two = (_picture(_Session(bridge, tape, 60), appearance, 1.0, outlined=False) for tape in (bridge.tape, other))
    assert (np.abs(one.astype(int) - two).max(axis=2) > 90).sum() > 200


def _picture(session: _Session, appearance: Appearance, zoom: float, *, outlined: bool) -> np.ndarray:
    image = QImage(SIZE, QImage.Format.Format_ARGB32_Premultiplied)
    stage = staged(session, appearance, SIZE)
    stage.camera.zoom_about(zoom, SIZE.width() / 2, SIZE.height() / 2)
    stage.update_level()
    painter = QPainter(image)
    paint_stage(painter, stage, outlined=outlined, callout=not outlined)
    painter.end()
    return np.frombuffer(bytes(image.constBits()), np.uint8).reshape(SIZE.height(), SIZE.width(), 4)


def test_tips_do_not_tell_hidden_values(bridge: Bridge, appearance: Appearance) -> None:
    texts = [tip(bridge.cursor, entry, appearance) for entry in (9, 11, 12)]
    assert all("not computed yet" in text and "‖" not in text and "=</" not in text for text in texts)
    bridge.move_to(13)
    assert "not computed yet" not in tip(bridge.cursor, 9, appearance)


def test_gradients_appear_when_their_rule_has_run(stage: Stage, bridge: Bridge) -> None:
    d = stage.scene.drawing
    spans = {(span.of, span.argument): span for span in bridge.tape.spans()}
    for position in (70, 77, 79, 80, 83, 84, 88, 120, 209):
        bridge.move_to(position)
        revealed = stage.scene.state.at(bridge.cursor)
        for edge in np.flatnonzero((d.edge_argument >= 0) & (d.edge_kind != EdgeKind.BACKWARD)).tolist():
            span = spans.get((int(d.edge_step[edge]), int(d.edge_argument[edge])))
            arrived = span is not None and bridge.cursor.position > max(span.total, bridge.tape.backward_start + 1)
            assert (revealed.gradients[edge] >= 0) == arrived


def test_the_sum_so_far_is_the_cursors(stage: Stage, bridge: Bridge) -> None:
    for position in (77, 79, 99, 150, 215):
        bridge.move_to(position)
        entries = stage.source.figures.gradient_entries(bridge.cursor.position)
        for entry in range(len(bridge.tape)):
            wanted = bridge.cursor.gradient_entry(entry)
            if bridge.cursor.position != bridge.tape.backward_start + 1:
                assert entries[entry] == (-1 if wanted is None else wanted)
