"""Picking: nodes, titles and scopes are found where they are drawn."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from engine.scope import ScopeKind
from graphs.drawing import NodeKind
from graphs.level import Level
from gui.bridge import Bridge
from gui.canvas import hit
from gui.canvas.canvas_view import CanvasView
from gui.canvas.stage import Stage


def test_every_node_is_found_at_its_centre(stage: Stage) -> None:
    scene, d = stage.scene, stage.scene.drawing
    for node in range(len(d.x)):
        at = stage.camera.to_view(float(d.x[node]), float(d.y[node]))
        assert hit.node_at(scene, stage.camera, *at) == node


def test_nothing_is_found_between_columns(stage: Stage) -> None:
    x, y, width, height = stage.scene.region_rects[stage.scene.columns[2]].tolist()
    at = stage.camera.to_view(x + width + 4, y + 5)
    assert hit.node_at(stage.scene, stage.camera, *at) == -1
    assert hit.region_at(stage.scene, stage.camera, *at) is None


def test_the_innermost_scope_and_the_title_are_found(stage: Stage) -> None:
    column = next(r for r in stage.scene.drawing.regions if r.path == "t=3")
    cell = next(r for r in stage.scene.drawing.regions if r.path == "t=3/rnn")
    inside = stage.camera.to_view(cell.rect[0] + 3, cell.rect[1] + 3)
    assert hit.region_at(stage.scene, stage.camera, *inside) == cell
    title = stage.camera.to_view(column.rect[0] + column.rect[2] / 2, column.rect[1] + 6)
    assert hit.title_at(stage.scene, stage.camera, *title) == column


def test_a_tap_is_found(stage: Stage) -> None:
    scene = stage.scene
    tap = int(hit.np.flatnonzero(scene.drawing.edge_kind == 1)[4])
    at = stage.camera.to_view(*scene.polylines.points[scene.polylines.starts[tap]].tolist())
    assert hit.tap_at(scene, stage.camera, *at) == tap


def test_a_box_stands_for_the_last_value_computed_inside(stage: Stage) -> None:
    stage.forced_level = Level.STRIPS
    stage.update_level()
    scene = stage.scene
    for node in hit.np.flatnonzero(scene.drawing.kind == NodeKind.BOX).tolist():
        region = hit.region_of_box(scene, node)
        entry = hit.entry_of(scene, node)
        assert region is not None
        assert region.entries[0] <= entry < region.entries[1]


def _point(view: CanvasView, node: int) -> QPoint:
    d = view.stage.scene.drawing
    return QPointF(*view.camera.to_view(float(d.x[node]), float(d.y[node]))).toPoint()


def test_a_click_selects_and_a_click_beside_lets_go(view: CanvasView, bridge: Bridge) -> None:
    scene = view.stage.scene
    node = scene.nodes_of_entries[27]
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=_point(view, node))
    assert bridge.selection == int(scene.drawing.entry[node])
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(640, 8))
    assert bridge.selection is None


def test_pointing_tells_other_views(view: CanvasView, bridge: Bridge) -> None:
    node = view.stage.scene.nodes_of_entries[27]
    QTest.mouseMove(view.viewport(), _point(view, node))
    assert bridge.hover == (27, None)


def test_a_click_on_a_title_folds_the_time_step(view: CanvasView) -> None:
    column = next(r for r in view.stage.scene.drawing.regions if r.kind == ScopeKind.TIME and r.number == 3)
    x, y = view.camera.to_view(column.rect[0] + column.rect[2] / 2, column.rect[1] + 6)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert column.path in view.stage.source.closed
    folded = next(r for r in view.stage.scene.drawing.regions if r.path == column.path)
    assert folded.closed
