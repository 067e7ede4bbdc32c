"""Semantic zoom: levels follow the zoom with hysteresis; folding by hand wins; nothing jumps."""

import numpy as np

from graphs.drawing import NodeKind
from graphs.level import Level
from gui.canvas.canvas_view import CanvasView
from gui.canvas.level_choice import level_at
from gui.canvas.stage import Stage


def test_levels_come_in_order() -> None:
    seen = [level_at(zoom, 1.0) for zoom in np.geomspace(0.01, 4.0, 200)]
    assert seen == sorted(seen)
    assert set(seen) == set(Level)


def test_a_level_stays_a_little_below_its_zoom() -> None:
    edge = next(zoom for zoom in np.linspace(0.1, 1.0, 1000) if level_at(zoom, 1.0) is Level.OPERATIONS)
    assert level_at(edge * 0.95, 1.0, Level.OPERATIONS) is Level.OPERATIONS
    assert level_at(edge * 0.95, 1.0, Level.GATES) is Level.GATES
    assert level_at(edge * 0.8, 1.0, Level.OPERATIONS) is Level.GATES


def test_larger_text_needs_more_zoom() -> None:
    assert level_at(0.4, 1.0) > level_at(0.4, 3.0)


def test_columns_stay_where_they_are_at_every_level(stage: Stage) -> None:
    places = []
    for level in Level:
        stage.forced_level = level
        stage.update_level()
        places.append(stage.scene.region_rects[stage.scene.columns])
    for other in places[1:]:
        np.testing.assert_allclose(other, places[0])


def _box_of(stage: Stage, path: str) -> bool:
    return any(region.path == path and region.closed for region in stage.scene.drawing.regions)


def test_folding_wins_over_the_zoom(stage: Stage) -> None:
    assert stage.level is Level.OPERATIONS
    stage.source.set_closed("t=3/rnn", True)
    assert _box_of(stage, "t=3/rnn")
    assert not _box_of(stage, "t=4/rnn")
    stage.source.set_closed("t=3/rnn", False)
    stage.forced_level = Level.CELLS
    stage.update_level()
    assert not _box_of(stage, "t=3/rnn")
    assert _box_of(stage, "t=4/rnn")
    stage.source.forget_folding()
    assert _box_of(stage, "t=3/rnn")


def test_folding_outlives_another_tape_of_the_same_form(view: CanvasView) -> None:
    view.set_closed("t=2/rnn", True)
    bridge = view.stage
    bridge.open_tape()
    assert _box_of(bridge, "t=2/rnn")


def test_zooming_keeps_what_is_under_the_pointer(stage: Stage) -> None:
    before = stage.camera.to_scene(300, 200)
    stage.camera.zoom_about(2.7, 300, 200)
    np.testing.assert_allclose(stage.camera.to_scene(300, 200), before)


def test_views_and_modes_are_told_apart(view: CanvasView) -> None:
    told = []
    view.mode_changed.connect(lambda: told.append((view.view_mode, view.backward_mode)))
    view.set_view("folded")
    view.set_view("unrolled")
    view.set_backward_mode("opened")
    assert told == [("folded", "overlay"), ("unrolled", "overlay"), ("unrolled", "opened")]
    assert (view.stage.scene.drawing.kind == NodeKind.BACKWARD).any()
