"""The attention fan: of the current decoder step only, as far as revealed, as wide as its weights."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from engine.debugger.session import Session
from engine.lesson import lesson_named
from gui.bridge import Bridge
from gui.canvas.attention_fan import fan_bounds, line_at, shown_fans
from gui.canvas.fan_item import FanItem
from gui.canvas.tip import fan_tip

SMALL = {"hidden": 4, "embedding": 3, "batch": 2}


@pytest.fixture(scope="module")
def session():
    lesson = lesson_named("attention-dates")
    return Session(lesson, lesson.settings.changed(**SMALL))


@pytest.fixture
def bridge(session, qapp):
    session.move_to(0)
    return Bridge(session)


def _weights(tape):
    return [step.index for step in tape.steps[: tape.backward_start] if step.role == "attention"]


def test_the_fan_follows_the_cursor_and_shows_what_is_revealed(view, bridge):
    weights = _weights(bridge.tape)
    bridge.run_to(weights[2])
    assert shown_fans(view.stage.frame()) != []
    bridge.step_back()
    assert shown_fans(view.stage.frame()) == []
    bridge.run_to(weights[5])
    (shown,) = shown_fans(view.stage.frame())
    assert shown.fan.weights == weights[5]
    assert len(shown.fan.sources) == 29
    assert np.array_equal(shown.weights, bridge.tape[weights[5]].value[0])
    assert shown.gradients is None


def test_all_attention_is_shown_when_asked_for(view, bridge):
    bridge.run_to(_weights(bridge.tape)[3])
    view.set_all_attention(True)
    assert len(shown_fans(view.stage.frame())) == 4
    view.set_all_attention(False)
    assert len(shown_fans(view.stage.frame())) == 1


def test_gradients_of_the_weights_are_shown_when_they_have_arrived(view, bridge):
    entry = _weights(bridge.tape)[-1]
    gradient = bridge.tape.gradient_totals[entry][-1]
    bridge.run_to(gradient)
    (shown,) = shown_fans(view.stage.frame())
    assert shown.gradients is not None
    assert np.array_equal(shown.gradients, bridge.tape[gradient].value[0])


def test_lines_are_hit_told_of_and_lead_to_their_weights(view, bridge, appearance):
    weights = _weights(bridge.tape)
    bridge.run_to(weights[4])
    view.set_follows_cursor(False)
    view.stage.fit()
    frame = view.stage.frame()
    fans = shown_fans(frame)
    for line in (0, 14, 28):
        x, y = frame.camera.points_to_view(fans[0].fan.lines[line])[3]
        found = line_at(frame, fans, x, y)
        assert found is not None
        assert found[1] == line
        assert f"{fans[0].weights[line]:.2g}"[:3] in fan_tip(*found, bridge.cursor, appearance)
    bridge.step()  # all else on the screen follows
    frame = view.stage.frame()
    view.click_at(QPointF(*frame.camera.points_to_view(shown_fans(frame)[0].fan.lines[14])[24]))
    assert bridge.cursor.position == weights[4] + 1


def test_what_is_masked_has_no_line(view, bridge):
    bridge.run_to(_weights(bridge.tape)[0])
    frame = view.stage.frame()
    (shown,) = shown_fans(frame)
    shown.weights[3] = 0.0
    x, y = frame.camera.points_to_view(shown.fan.lines[3])[0]
    found = line_at(frame, [shown], x, y)
    assert found is None or found[1] != 3


def test_only_another_fan_is_painted_anew(view, bridge, monkeypatch):
    weights = _weights(bridge.tape)
    item = FanItem(5)
    painted = []
    view.set_follows_cursor(False)
    monkeypatch.setattr(item, "update", lambda *_: painted.append(bridge.cursor.position))
    for position in range(weights[1], weights[2] + 2):
        bridge.move_to(position)
        item.set_frame(view.stage.frame())
    assert len(painted) <= 4
    assert not fan_bounds(view.stage.frame(), shown_fans(view.stage.frame())).isEmpty()
