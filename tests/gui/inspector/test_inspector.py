"""The panel: what it shows, what it must not show yet, and that it follows."""

import re

import numpy as np
import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QSpinBox

from engine.address import find_one
from engine.debugger.session import Session
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.inspector.formula_lines import FormulaLines
from gui.inspector.inspector import Inspector
from tests.gui.equations.arithmetic import printed_number
from tests.gui.equations.tapes import SETTINGS, not_a_number_session, session_with

_NUMBER = re.compile(r"−?\d+\.\d+(?:·10\^−?\d+)?")


@pytest.fixture
def open_inspector(qtbot):
    bridges = []

    def opened(session: Session, look: Appearance | None = None) -> tuple[Inspector, Bridge]:
        bridge = Bridge(session)
        bridges.append(bridge)
        inspector = Inspector(bridge, look or Appearance())
        qtbot.addWidget(inspector)
        inspector.resize(360, 900)
        inspector.show()
        return inspector, bridge

    yield opened
    for bridge in bridges:
        bridge.close()


def _go(bridge: Bridge, address: str) -> int:
    index = find_one(bridge.tape, address)
    bridge.run_to(index)
    return index


def _is_typeset(inspector: Inspector) -> bool:
    return all(lines.is_typeset for lines in inspector.findChildren(FormulaLines))


@pytest.mark.parametrize("case", range(len(SETTINGS) + 1))
def test_every_entry_can_be_looked_at_from_everywhere(case: int, open_inspector) -> None:
    session = not_a_number_session() if case == len(SETTINGS) else session_with(**SETTINGS[case])
    inspector, bridge = open_inspector(session)
    for position in (0, len(bridge.tape) // 2, bridge.cursor.end):
        bridge.move_to(position)
        for index in range(0, len(bridge.tape), 3 if position else 1):
            bridge.select(index)
            assert inspector.subject is not None
            assert inspector.subject.index == index
            assert inspector.heading.address == bridge.cursor.addresses[index]
            if not bridge.cursor.revealed(index):
                assert not inspector.value.matrix.isVisible()
                assert not inspector.statistics.isVisible()
                assert "not computed yet" in inspector.equation.text()
    inspector.grab()


def test_it_follows_the_cursor_and_every_step_can_be_painted(open_inspector) -> None:
    inspector, bridge = open_inspector(session_with(bias=True))
    assert inspector.subject is not None
    assert inspector.subject.index == bridge.cursor.next
    while bridge.cursor.position < bridge.cursor.end:
        bridge.step()
        assert inspector.subject.index == bridge.cursor.current
    inspector.grab()


def test_before_a_step_its_equation_is_shown_without_numbers(open_inspector) -> None:
    inspector, bridge = open_inspector(session_with())
    bridge.select(find_one(bridge.tape, "forward/t=3/rnn/sigmoid#1"))
    text = inspector.equation.text()
    assert "z^3 = σ(u^3)" in text
    assert "not computed yet" in text
    assert not _NUMBER.search(text)
    bridge.run_to(bridge.selection)
    assert _NUMBER.search(inspector.equation.text())


def test_nothing_beyond_the_cursor_is_ever_printed(open_inspector) -> None:
    inspector, bridge = open_inspector(session_with())
    tape = bridge.tape
    for position in (10, tape.backward_start - 2, tape.backward_start + 20):
        bridge.move_to(position)
        for index in range(len(tape)):
            if bridge.cursor.revealed(index):
                continue
            bridge.select(index)
            said = " ".join((inspector.equation.text(), *(" ".join(row) for row in inspector.statistics.rows)))
            if inspector.statistics.isHidden():
                said = inspector.equation.text()
            # Settings such as the learning rate stand in the symbols; no number with a point else.
            assert set(_NUMBER.findall(said)) <= {"0.1"}
            assert inspector.value.matrix.readout() == "" or not inspector.value.matrix.isVisible()


def test_the_numbers_printed_are_the_engines(open_inspector) -> None:
    inspector, bridge = open_inspector(session_with())
    bridge.set_focus_unit(5)
    index = _go(bridge, "forward/t=3/rnn/sigmoid#1")
    line = inspector.equation.text().splitlines()[-1]
    u, z = (printed_number(text) for text in _NUMBER.findall(line)[-2:])
    step = bridge.tape[index]
    assert abs(u[0] - step.inputs[0].value[0, 5]) <= u[1]
    assert abs(z[0] - step.value[0, 5]) <= z[1]
    assert inspector.value.matrix.readout() == f"[5] = {step.value[0, 5]:.6g}"


def test_a_parameter_shows_its_gradient_tap_by_tap(open_inspector) -> None:
    inspector, bridge = open_inspector(session_with())
    weight = find_one(bridge.tape, "given/W")
    bridge.select(weight)
    assert not inspector.gradient.matrix.isVisible()
    totals = bridge.tape.gradient_totals[weight]
    for arrived, total in enumerate(totals, start=1):
        bridge.run_to(total)
        assert inspector.gradient.matrix.isVisible()
        expected = "sum of 4 contributions" if arrived == 4 else f"{arrived} of 4 contributions so far"
        assert inspector.gradient.remark.startswith(expected)
        assert inspector.subject.contributions == (arrived, 4)


def test_links_select_other_entries_and_the_cursor_can_be_followed_again(open_inspector) -> None:
    inspector, bridge = open_inspector(session_with())
    index = _go(bridge, "forward/t=3/rnn/add#1")
    assert inspector.provenance.inputs.entries == [tensor.index for tensor in bridge.tape[index].inputs]
    inspector.provenance.inputs.click(0)
    assert bridge.selection == bridge.tape[index].inputs[0].index
    assert inspector.subject.index == bridge.selection
    inspector.heading.follow_wanted.emit()
    assert inspector.subject.index == index


def test_unit_and_row_can_be_chosen(open_inspector, qtbot) -> None:
    inspector, bridge = open_inspector(session_with())
    _go(bridge, "update/W/subtract#1")
    unit, row = inspector.equation.findChildren(QSpinBox)
    unit.setValue(7)
    assert bridge.focus_unit == 7
    row.setValue(3)
    assert inspector.subject.place == (3, 7)
    assert "W_(3,7)^new" in inspector.equation.text()
    inspector.value.matrix.cell_clicked.emit(2, 1)
    assert inspector.subject.place == (2, 1)
    assert (unit.value(), row.value()) == (1, 2)


def test_hovering_is_linked_with_other_views(open_inspector) -> None:
    inspector, bridge = open_inspector(session_with())
    index = _go(bridge, "forward/t=3/rnn/sigmoid#1")
    inspector.value.cell_hovered.emit((0, 4))
    assert bridge.hover == (index, 4)
    inspector.value.cell_hovered.emit(None)
    assert bridge.hover is None
    bridge.hover_at(index, 6)
    assert inspector.value.matrix.readout().startswith("[6] = ")


def test_the_source_line_is_the_steps(open_inspector) -> None:
    inspector, bridge = open_inspector(session_with())
    _go(bridge, "forward/t=2/rnn/sigmoid#1")
    view = inspector.source.view
    assert view.place.file == "engine/cells/simple_rnn.py"
    assert view.extraSelections()[0].cursor.block().text().strip() == view.place.text()
    assert "activation(u)" in view.place.text()
    _go(bridge, "backward/t=2/rnn/multiply#2")
    assert view.place.file == "engine/ops/activations.py"
    assert "multiply(g" in view.extraSelections()[0].cursor.block().text()


def test_language_theme_and_scale_change_live(open_inspector) -> None:
    look = Appearance()
    inspector, bridge = open_inspector(session_with(), look)
    _go(bridge, "backward/t=3/rnn/multiply#2")
    for theme, language, scale in (("dark", "ja", 3.0), ("light", "en", 0.75), ("dark", "en", 1.0)):
        look.set_theme(theme)
        look.set_language(language)
        look.set_scale(scale)
        inspector.grab()
        assert inspector.value.title == ("値" if language == "ja" else "Value")
        assert ("勾配の規則" in inspector.equation.text()) == (language == "ja")


def test_formulas_not_seen_before_are_typeset_after_the_event(open_inspector, qtbot) -> None:
    inspector, bridge = open_inspector(session_with(activation="tanh", optimizer="adagrad"))
    _go(bridge, "update/W_out/divide#1")
    inspector.grab()
    plain = inspector.grab().toImage()
    qtbot.waitUntil(lambda: _is_typeset(inspector), timeout=20_000)
    assert inspector.grab().toImage() != plain


def test_a_hidden_panel_does_nothing_until_it_is_shown(open_inspector) -> None:
    inspector, bridge = open_inspector(session_with())
    inspector.hide()
    _go(bridge, "forward/t=3/rnn/sigmoid#1")
    assert inspector.subject.index != bridge.cursor.current
    inspector.show()
    assert inspector.subject.index == bridge.cursor.current


def test_another_run_is_shown_at_once(open_inspector) -> None:
    inspector, bridge = open_inspector(session_with())
    _go(bridge, "forward/t=3/rnn/sigmoid#1")
    bridge.change_settings(hidden=5)
    _go(bridge, "forward/t=3/rnn/sigmoid#1")
    assert inspector.value.remark == "1 × 5"


def test_parts_have_accessible_names(open_inspector) -> None:
    inspector, bridge = open_inspector(session_with())
    _go(bridge, "forward/t=3/rnn/sigmoid#1")
    boxes = inspector.equation.findChildren(QSpinBox)
    for widget in (inspector, inspector.value.matrix, inspector.source.view, *boxes):
        interface = QAccessible.queryAccessibleInterface(widget)
        assert interface.text(QAccessible.Text.Name)
    assert np.shape(bridge.tape[inspector.subject.index].value) == (1, 16)
