"""The canvas of an encoder and a decoder: words below its time steps, marks of forced steps, the chosen sequence."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from engine.edits import Edit, is_forced
from engine.task import NamesSymbols
from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.attention_fan import shown_fans
from gui.canvas.picture import render_picture, staged
from gui.canvas.step_words import step_words
from gui.canvas.tip import fan_tip
from tests.gui.views.seq2seq_lesson import seq2seq_bridge

SIZE = QSize(1600, 700)


@pytest.fixture
def dates(qapp: object) -> Iterator[Bridge]:
    made = seq2seq_bridge("date_formats", attention="dot", formats="numbers", padding="masked")
    yield made
    made.close()


def words(bridge: Bridge, sequence: int) -> dict[int, str]:
    return step_words(bridge.tape, bridge.lesson.task, bridge.settings, sequence)


@pytest.mark.parametrize("sequence", [0, 1, 2])
def test_words_are_the_source_then_the_target(dates: Bridge, sequence: int) -> None:
    found = words(dates, sequence)
    task, settings = dates.lesson.task, dates.settings
    assert isinstance(task, NamesSymbols)
    target = [int(step.value[sequence]) for step in dates.tape if step.role is Role.TARGET]
    answer = "".join(task.answer_names(settings)[number] for number in target)
    last = max(found)
    assert "".join(found[t] for t in range(last - len(target) + 1, last + 1)) == answer
    assert any(found[t].isdigit() for t in found if t <= last - len(target))
    assert words(dates, 99) == words(dates, 2)


def test_the_canvas_writes_the_words_of_the_chosen_sequence(dates: Bridge, appearance: Appearance) -> None:
    stage = staged(dates, appearance, SIZE)
    for sequence in (0, 2):
        dates.set_sequence(sequence)
        frame = stage.frame()
        regions = frame.scene.drawing.regions
        assert {regions[region].number: text for region, text in frame.captions} == words(dates, sequence)
    stage.source.folded = True
    assert stage.frame().captions == ()


def test_the_fan_is_that_of_the_chosen_sequence(dates: Bridge, appearance: Appearance) -> None:
    stage = staged(dates, appearance, SIZE)
    entry = [step.index for step in dates.tape if step.role is Role.ATTENTION][3]
    dates.run_to(entry)
    dates.set_sequence(2)
    (shown,) = shown_fans(stage.frame())
    np.testing.assert_array_equal(shown.weights, dates.tape[entry].value[2])
    assert "sequence 3" in fan_tip(shown, 0, dates.cursor, appearance)
    dates.set_sequence(50)
    (shown,) = shown_fans(stage.frame())
    np.testing.assert_array_equal(shown.weights, dates.tape[entry].value[2])


def test_forced_steps_are_marked(dates: Bridge, appearance: Appearance, qtbot: QtBot) -> None:
    entry = [step.index for step in dates.tape if step.role is Role.ATTENTION][2]
    address = dates.cursor.addresses[entry]
    before = staged(dates, appearance, SIZE)
    assert before.scene.forced_nodes == ()
    assert not has_color(render_picture(dates, appearance, SIZE, callout=False), appearance)
    dates.edit_pass((Edit(address, (((0, 1), 0.9),), "a"),), "force")
    qtbot.waitUntil(lambda: dates.busy is None, timeout=10_000)
    stage = staged(dates, appearance, SIZE)
    (forced,) = (step.index for step in dates.tape if is_forced(step))
    assert stage.scene.forced_nodes == (stage.scene.node_of(forced),)
    assert has_color(render_picture(dates, appearance, SIZE, callout=False), appearance)


def has_color(image: QImage, appearance: Appearance) -> bool:
    wanted = appearance.color("warning")
    shown = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(bytes(shown.constBits()), np.uint8).reshape(shown.height(), shown.width(), 4)
    return bool((pixels[..., :3] == (wanted.blue(), wanted.green(), wanted.red())).all(axis=2).any())
