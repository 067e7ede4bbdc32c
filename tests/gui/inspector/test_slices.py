"""Of an array of more than two axes any slice can be looked at, and all parts of the panel speak of the same one."""

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QSpinBox

from engine.address import find_one
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.equations.naming import Names
from gui.equations.piece_text import number_text
from gui.equations.step_numbers import step_numbers
from gui.equations.unit_equation import unit_equation
from gui.inspector.formula_lines import FormulaLines
from gui.inspector.inspector import Inspector
from gui.matrix.number_texts import precise_text
from gui.typesetting.number_matrix import Matrix
from tests.gui.views.lesson_bridge import lesson_bridge
from tests.gui.views.transformer_lesson import transformer_bridge

SOURCE = "forward/decoder/layer=1/source-target attention"
IMAGES = {"batch": 4, "filters": 5, "features": 4, "hidden": 6}
Opened = Callable[..., Inspector]


@pytest.fixture
def opened(qtbot) -> Iterator[Opened]:
    bridges: list[Bridge] = []

    def open_inspector(bridge: Bridge, look: Appearance | None = None) -> Inspector:
        bridges.append(bridge)
        inspector = Inspector(bridge, look or Appearance())
        qtbot.addWidget(inspector)
        inspector.resize(360, 900)
        inspector.show()
        return inspector

    yield open_inspector
    for bridge in bridges:
        bridge.close()


def _go(bridge: Bridge, address: str) -> np.ndarray:
    index = find_one(bridge.tape, address)
    bridge.run_to(index)
    return np.asarray(bridge.tape[index].value)


def _words(inspector: Inspector) -> list[str]:
    return [label.text() for label in inspector.slices.findChildren(QLabel) if label.isVisible()]


def test_a_chosen_head_is_the_one_in_the_cells(opened) -> None:
    bridge = transformer_bridge()
    inspector = opened(bridge)
    value = _go(bridge, f"{SOURCE}/softmax#1")
    assert _words(inspector) == ["sequence n", "head h"]
    assert inspector.value.remark.endswith("[0, 0, :, :]")
    sequence, head = inspector.slices.boxes
    assert (sequence.maximum(), head.maximum()) == (value.shape[0] - 1, value.shape[1] - 1)
    head.setValue(3)
    sequence.setValue(2)
    assert bridge.sequence == 2
    assert inspector.value.remark.endswith("[2, 3, :, :]")
    for row, unit in ((0, 0), (4, 1), (2, 5)):
        inspector.value.matrix.cell_clicked.emit(row, unit)
        assert inspector.subject.place == (2, 3, row, unit)
        assert inspector.value.matrix.readout() == f"[{row}, {unit}] = {precise_text(value[2, 3, row, unit])}"


def test_the_gradient_is_of_the_same_slice(opened) -> None:
    bridge = transformer_bridge()
    inspector = opened(bridge)
    index = find_one(bridge.tape, f"{SOURCE}/softmax#1")
    bridge.move_to(bridge.cursor.end)
    bridge.select(index)
    inspector.slices.boxes[1].setValue(2)
    bridge.set_sequence(1)
    inspector.value.matrix.cell_clicked.emit(3, 1)
    gradient = np.asarray(bridge.tape.gradient(index))
    assert inspector.gradient.remark.endswith("[1, 2, :, :]")
    assert inspector.gradient.matrix.readout() == f"[3, 1] = {precise_text(gradient[1, 2, 3, 1])}"


def test_a_head_stays_chosen_back_and_forth_and_the_boxes_come_and_go(opened) -> None:
    bridge = transformer_bridge()
    inspector = opened(bridge)
    _go(bridge, f"{SOURCE}/softmax#1")
    inspector.slices.boxes[1].setValue(3)
    boxes = inspector.slices.findChildren(QSpinBox)
    seen = set()
    for move in (*[bridge.step] * 40, *[bridge.step_back] * 60):
        move()
        offered = len(inspector.subject.step.shape) > 2
        assert inspector.slices.isVisible() == offered
        if "head h" in _words(inspector):
            assert inspector.subject.place[1] == 3
            seen.add(inspector.subject.step.operation.name)
    assert {"softmax", "masked_fill", "batched_matmul", "permute"} <= seen
    assert inspector.slices.findChildren(QSpinBox) == boxes


def test_fewer_heads_show_the_last_one_and_more_of_them_the_chosen_one(opened) -> None:
    bridge = transformer_bridge()
    inspector = opened(bridge)
    _go(bridge, f"{SOURCE}/softmax#1")
    inspector.slices.boxes[1].setValue(3)
    for heads, shown in ((2, 1), (4, 3), (1, None)):
        bridge.change_settings(heads=heads)
        _go(bridge, f"{SOURCE}/softmax#1")
        assert [box.value() for box in inspector.slices.boxes[1:]] == ([] if shown is None else [shown])
        assert inspector.subject.place[1] == (shown or 0)
    bridge.open_lesson("lstm")
    bridge.step()
    assert not inspector.slices.isVisible()


def test_before_the_heads_are_apart_positions_are_chosen_and_rows_are_heads(opened) -> None:
    bridge = transformer_bridge()
    inspector = opened(bridge)
    value = _go(bridge, f"{SOURCE}/query/reshape#1")
    assert _words(inspector) == ["sequence n", "position t"]
    inspector.slices.boxes[1].setValue(2)
    inspector.value.matrix.cell_clicked.emit(3, 1)
    assert inspector.subject.place == (0, 2, 3, 1)
    bridge.step()
    assert inspector.subject.step.operation.name == "permute"
    assert inspector.subject.place == (0, 3, 2, 1)
    assert inspector.value.matrix.readout() == f"[2, 1] = {precise_text(value[0, 2, 3, 1])}"


def test_channels_of_images_and_filters_are_chosen(opened) -> None:
    bridge = lesson_bridge("image-captioning", **IMAGES)
    inspector = opened(bridge)
    value = _go(bridge, "forward/image/layer=1/relu#1")
    assert _words(inspector) == ["sequence n", "channel c"]
    inspector.slices.boxes[1].setValue(4)
    bridge.set_sequence(3)
    inspector.value.matrix.cell_clicked.emit(2, 7)
    assert inspector.value.matrix.readout() == f"[2, 7] = {precise_text(value[3, 4, 2, 7])}"
    bridge.select(find_one(bridge.tape, "given/image.layer1.K"))
    assert _words(inspector) == ["filter f", "channel c"]
    assert [box.value() for box in inspector.slices.boxes] == [0, 2]
    inspector.slices.boxes[0].setValue(3)
    assert (bridge.sequence, inspector.subject.place[:2]) == (3, (3, 2))
    bridge.select(find_one(bridge.tape, "given/image.layer1.b"))
    assert _words(inspector) == ["channel c"]
    assert not inspector.value.matrix.isVisible()
    assert inspector.subject.place == (0, 4, 0, 0)


def test_the_number_written_out_is_the_framed_one_at_every_step(opened) -> None:
    bridge = transformer_bridge()
    inspector = opened(bridge)
    bridge.set_sequence(2)
    bridge.set_focus_unit(1)
    _go(bridge, f"{SOURCE}/softmax#1")
    inspector.slices.boxes[1].setValue(3)
    products = 0
    bridge.move_to(bridge.cursor.end)
    for step in bridge.tape.steps:
        product = step.operation is not None and "matmul" in step.operation.name
        if len(step.shape) < 3 or step.index % (3 if product else 11):
            continue
        bridge.select(step.index)
        subject = inspector.subject
        number = float(np.asarray(step.value)[subject.place])
        assert subject.place[0] == 2 or step.shape[0] == 1
        pieces = unit_equation(subject.names, step, subject.focus, weights=subject.weights)
        assert not pieces or pieces[-1] == number
        if pieces and product:
            products += 1
            assert inspector.equation.text().endswith(f"= {number_text(number)}")
        shown = step_numbers(subject.names, step, subject.focus, weights=subject.weights)[-1]
        assert isinstance(shown, Matrix)
        assert np.array_equal(shown.values, np.asarray(step.value)[subject.place[:2]] if len(step.shape) == 4
                              else np.asarray(step.value)[subject.place[0]])  # fmt: skip
        assert (shown.focus, shown.whole) == (subject.place[-2:], step.shape)
    assert products > 10


def test_a_product_of_heads_is_a_sum_over_k_of_that_head(opened) -> None:
    bridge = transformer_bridge()
    inspector = opened(bridge)
    value = _go(bridge, f"{SOURCE}/batched_matmul_by_transpose#1")
    inspector.slices.boxes[1].setValue(2)
    inspector.value.matrix.cell_clicked.emit(3, 4)
    step = bridge.tape[inspector.subject.index]
    Q, K = (np.asarray(tensor.value) for tensor in step.inputs)
    pieces = unit_equation(Names(bridge.tape), step, inspector.subject.focus)
    numbers = [piece for piece in pieces if isinstance(piece, float)]
    assert numbers[0::2][:-1] == list(Q[0, 2, 3])
    assert numbers[1::2] == list(K[0, 2, 4])
    assert numbers[-1] == value[0, 2, 3, 4]
    assert "K_(0,2,4,k)" in inspector.equation.text()


def test_operands_show_the_slice_that_the_numbers_come_from(opened) -> None:
    bridge = transformer_bridge()
    inspector = opened(bridge)
    bridge.set_sequence(1)
    _go(bridge, f"{SOURCE}/query/permute#1")
    inspector.slices.boxes[1].setValue(3)
    inspector.value.matrix.cell_clicked.emit(2, 1)
    for address, slices in ((f"{SOURCE}/query/permute#1", [(1, 2)]), (f"{SOURCE}/batched_matmul#1", [(1, 3), (1, 3)]),
                            (f"{SOURCE}/masked_fill#1", [(1, 3), (1, 0)]), (f"{SOURCE}/output/reshape#1", [(1, 2)]),
                            ("forward/decoder/layer=1/feed forward/matmul#1", [(1,), ()])):  # fmt: skip
        _go(bridge, address)
        subject = inspector.subject
        pieces = step_numbers(subject.names, subject.step, subject.focus)
        shown = [piece.values for piece in pieces if isinstance(piece, Matrix)][:-1]
        expected = [np.asarray(one.value)[at] for one, at in zip(subject.step.inputs, slices, strict=True)]
        assert len(shown) == len(expected)
        assert all(np.array_equal(one, other) for one, other in zip(shown, expected, strict=True)), address


def test_pointing_is_linked_with_other_views_in_every_slice(opened) -> None:
    bridge = transformer_bridge()
    inspector = opened(bridge)
    value = _go(bridge, f"{SOURCE}/batched_matmul#1")
    inspector.slices.boxes[1].setValue(2)
    inspector.value.cell_hovered.emit((0, 3))
    assert bridge.hover == (inspector.subject.index, 3)
    bridge.hover_at(inspector.subject.index, 1)
    assert inspector.value.matrix.readout() == f"[0, 1] = {precise_text(value[0, 2, 0, 1])}"


def test_the_boxes_are_reached_and_moved_by_keys(opened, qtbot) -> None:
    bridge = transformer_bridge()
    inspector = opened(bridge)
    _go(bridge, f"{SOURCE}/softmax#1")
    inspector.activateWindow()
    last = inspector.equation.findChildren(QSpinBox)[-1]
    sequence, head = inspector.slices.boxes
    last.setFocus()
    for box in (sequence, head):
        qtbot.keyClick(inspector.focusWidget(), Qt.Key.Key_Tab)
        assert inspector.focusWidget() is box
    qtbot.keyClick(head, Qt.Key.Key_Up)
    assert inspector.subject.place[:2] == (0, 1)


def test_in_japanese_and_in_a_narrow_panel(opened, qtbot) -> None:
    look = Appearance()
    bridge = transformer_bridge()
    inspector = opened(bridge, look)
    _go(bridge, f"{SOURCE}/softmax#1")
    sequence, head = inspector.slices.boxes
    assert head.accessibleName() == "Which head is shown, counted from 0; it stays chosen at other steps."
    assert "Which sequence" in sequence.parentWidget().toolTip()
    look.set_language("ja")
    assert _words(inspector) == ["系列 n", "ヘッド h"]
    assert "ヘッド" in head.accessibleName()
    look.set_language("en")
    for width, below in ((360, False), (180, True), (360, False)):
        inspector.resize(width, 900)
        qtbot.waitUntil(lambda width=width: inspector.slices.width() <= width <= inspector.slices.width() + 60)
        first, second = (box.mapTo(inspector, QPoint()) for box in (sequence, head))
        assert (second.y() > first.y()) == below
        assert inspector.slices.mapTo(inspector, QPoint(inspector.slices.width(), 0)).x() <= width


def test_only_a_number_that_goes_into_the_one_in_focus_is_stressed(opened) -> None:
    bridge = transformer_bridge()
    inspector = opened(bridge)
    bridge.set_focus_unit(2)
    for address, stressed in (("query/permute#1", [(0, 2)]), ("scale#1", [(0, 2)]), ("softmax#1", [(0, 2)]),
                              ("output/permute#1", [(0, 2)]), ("batched_matmul#1", [None, None])):  # fmt: skip
        for part in ("self attention", "source-target attention"):
            _go(bridge, f"forward/decoder/layer=1/{part}/{address}")
            subject = inspector.subject
            pieces = step_numbers(subject.names, subject.step, subject.focus)
            shown = [piece for piece in pieces if isinstance(piece, Matrix)]
            assert [piece.focus for piece in shown] == [*stressed, (0, 2)]
            for piece, focus in zip(shown, stressed, strict=False):
                if focus is not None and "permute" in address:
                    assert piece.values[focus] == np.asarray(subject.step.value)[subject.place]


def test_the_boxes_stay_where_they_are_when_the_equation_above_grows(opened, qtbot) -> None:
    bridge = transformer_bridge()
    inspector = opened(bridge)
    inspector.resize(300, 420)
    _go(bridge, f"{SOURCE}/batched_matmul#1")
    lines = inspector.equation.findChildren(FormulaLines)
    qtbot.waitUntil(lambda: all(one.is_typeset for one in lines), timeout=20_000)
    head = inspector.slices.boxes[1]
    inspector.findChild(QScrollArea).ensureWidgetVisible(head)
    seen, lengths = set(), set()
    for at in (1, 2, 3, 0, 3, 1):
        for unit in (0, 1, 2, 3):
            bridge.set_focus_unit(unit)
            place = head.mapTo(inspector, QPoint()).y()
            head.setValue(at)
            seen.add(head.mapTo(inspector, QPoint()).y() - place)
            lengths.add(inspector.equation.height())
    assert seen == {0}
    assert len(lengths) > 1
