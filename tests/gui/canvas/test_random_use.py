"""Anything in any order: steps, clicks, zooms, modes, looks and restarts leave no error and no Qt warning."""

import random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from graphs.level import Level
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.canvas_view import CanvasView


@pytest.mark.parametrize("seed", range(3))
def test_anything_in_any_order(
    view: CanvasView, bridge: Bridge, appearance: Appearance, qapp: QApplication, seed: int
) -> None:
    chance = random.Random(seed)
    port, left, session = view.viewport(), Qt.MouseButton.LeftButton, bridge.session

    def point() -> QPoint:
        return QPoint(chance.randrange(view.width()), chance.randrange(view.height()))

    actions = [
        lambda: bridge.move_to(chance.randrange(250)),
        lambda: QTest.mouseClick(port, left, pos=point()),
        lambda: QTest.mouseDClick(port, left, pos=point()),
        lambda: QTest.mouseMove(port, point()),
        lambda: QTest.keyClicks(view, chance.choice("+-")),
        lambda: bridge.select(chance.randrange(len(bridge.tape))),
        lambda: bridge.hover_at(chance.randrange(len(bridge.tape))),
        lambda: bridge.toggle_breakpoint(chance.randrange(len(bridge.tape))),
        lambda: view.show_entry(chance.randrange(len(bridge.tape))),
        view.fit,
        view.fit_step,
        view.forget_folding,
        lambda: view.set_mode(chance.choice([None, *Level])),
        lambda: view.set_view(chance.choice(["folded", "unrolled"])),
        lambda: view.set_backward_mode(chance.choice(["overlay", "opened"])),
        lambda: view.resize(chance.randrange(160, 1500), chance.randrange(120, 900)),
        lambda: appearance.set_scale(chance.choice([0.75, 1.0, 3.0])),
        lambda: appearance.set_theme(chance.choice(["light", "dark"])),
        lambda: session.restart(bridge.settings.changed(
            bits=chance.choice([2, 5, 8]), bias=chance.random() < 0.5, truncation=chance.choice([0, 2]))),
    ]  # fmt: skip
    for _ in range(120):
        chance.choice(actions)()
        port.repaint()
        if chance.random() < 0.3:
            qapp.processEvents()
    frame = view.stage.frame()
    assert frame.cursor is bridge.cursor
    assert frame.scene.drawing.entry.max() < len(bridge.tape)
