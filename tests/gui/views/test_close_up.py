"""The view of a cell close up: what is revealed, what is pointed at, and an LSTM in both of its forms."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.debugger.session import Session
from engine.lesson import lesson_named
from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.close_up import CloseUpView
from gui.views.close_up_diagram import Node, NodeKind
from gui.views.close_up_forms import FORMS, OtherForm, converted
from gui.views.close_up_frame import current_nodes
from gui.views.close_up_names import CloseUpNames
from gui.views.close_up_picture import CellPicture
from gui.views.close_up_roles import cell_places, cell_step
from tests.gui.views.lesson_bridge import lesson_bridge
from tests.gui.views.showing import Showing


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(lesson_bridge("lstm", hidden=5, batch=2))


@pytest.fixture
def view(showing: Showing, bridge: Bridge, appearance: Appearance) -> CloseUpView:
    return showing(CloseUpView, bridge, (1800, 300), appearance)


def node(picture: CellPicture, role: str, kind: NodeKind = NodeKind.STEP) -> Node:
    assert picture.content is not None
    return next(one for one in picture.content.diagram.nodes if one.role == role and one.kind is kind)


def time_shown(view: CloseUpView) -> int:
    assert view.picture.content is not None
    return view.picture.content.diagram.step.time


def color_share(picture: CellPicture, name: str, appearance: Appearance) -> int:
    """Number of pixels that have just this colour of the theme."""
    image = picture.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), dtype=np.uint32).reshape(image.height(), -1)
    return int((pixels == QColor(appearance.color(name)).rgb()).sum())


def test_it_shows_the_time_step_of_the_cursor_or_the_chosen_one(view: CloseUpView, bridge: Bridge) -> None:
    assert time_shown(view) == 1
    places = cell_places(bridge.tape)["lstm"]
    bridge.run_to(places[4][3])
    assert time_shown(view) == 4
    bridge.run_to(bridge.tape.update_start)  # belongs to no time step
    assert time_shown(view) == 1
    view.show_time(6)
    bridge.run_to(places[2][0])
    assert time_shown(view) == 6
    view.show_time(0)
    assert time_shown(view) == 2


def test_ink_comes_with_the_cursor_and_orange_with_the_backward_pass(
    view: CloseUpView, bridge: Bridge, appearance: Appearance
) -> None:
    view.show_both_forms(False)
    view.show_time(3)
    places = cell_places(bridge.tape)["lstm"]
    blue = []
    for entry in (places[2][-1], places[3][4], places[3][-1]):
        bridge.run_to(entry)
        blue.append(color_share(view.picture, "forward", appearance))
    assert blue[0] < blue[1] < blue[2]
    assert color_share(view.picture, "backward_ink", appearance) == 0
    bridge.move_to(bridge.tape.update_start)
    assert color_share(view.picture, "forward", appearance) > 0.5 * blue[2]
    assert color_share(view.picture, "backward_ink", appearance) > 0


def test_the_step_executed_last_is_marked_forward_and_backward(view: CloseUpView, bridge: Bridge) -> None:
    tape, picture = bridge.tape, view.picture
    entries = cell_places(tape)["lstm"][5]
    roles = cell_step(tape, entries).roles
    for entry in entries:
        bridge.run_to(entry)
        assert picture.content is not None
        assert [one.role for one in current_nodes(picture.content)] == [roles[entry]]
    for span in tape.spans():
        if span.of in roles and span.last > span.first:
            bridge.run_to(span.first)
            assert picture.content is not None
            assert [one.role for one in current_nodes(picture.content)] == [roles[span.of]]


def test_pointing_links_clicking_selects_and_a_double_click_runs_there(
    view: CloseUpView, bridge: Bridge, qtbot: QtBot
) -> None:
    bridge.run_to(cell_places(bridge.tape)["lstm"][2][0])
    write = node(view.picture, "write")
    point = view.picture.place(write).toPoint()
    qtbot.mouseMove(view.picture, point + QPoint(2, 2))
    qtbot.mouseMove(view.picture, point)
    assert bridge.hover == (write.entries[0], None)
    qtbot.mouseClick(view.picture, Qt.MouseButton.LeftButton, pos=point)
    assert bridge.selection == write.entries[0]
    qtbot.mouseDClick(view.picture, Qt.MouseButton.LeftButton, pos=point)
    assert bridge.cursor.current == write.entries[0]
    weight = node(view.picture, "forget/W_h", NodeKind.PARAMETER)
    qtbot.mouseClick(view.picture, Qt.MouseButton.LeftButton, pos=view.picture.place(weight).toPoint())
    assert bridge.tape[bridge.selection or 0].symbol == "W_h_f"
    qtbot.mouseMove(view.picture, QPoint(3, view.picture.height() - 3))
    assert bridge.hover is None


@pytest.mark.parametrize("cell", list(FORMS))
@pytest.mark.parametrize("settings", [{}, {"bias": False, "forget_gate": False, "layers": 2, "bidirectional": True}])
def test_both_forms_have_equal_values_and_go_together(cell: str, settings: dict[str, object], qtbot: QtBot) -> None:
    lesson = lesson_named("lstm")
    session = Session(lesson, lesson.settings.changed(cell=cell, hidden=3, **settings))
    tape = session.tape
    other = OtherForm(lesson, session.settings, tape, 0)
    twin = other.cursor.tape
    for place, times in zip(cell_places(tape).values(), cell_places(twin).values(), strict=True):
        ours, theirs = cell_step(tape, place[2]), cell_step(twin, times[2])
        for role in ("keep", "write", "add", "squash", "emit", "input/activation", "output/activation"):
            own = next((entry for entry, its in ours.roles.items() if its == role), None)
            if own is None:
                continue
            same = next(entry for entry, its in theirs.roles.items() if its == role)
            np.testing.assert_allclose(tape[own].value, twin[same].value, rtol=1e-12)
            gradients = np.asarray(tape.gradient(own)), np.asarray(twin.gradient(same))
            np.testing.assert_allclose(*gradients, rtol=1e-9, atol=1e-15)
            other.follow(own + 1)
            assert other.cursor.current == same
    other.follow(0)
    assert other.cursor.position == 0
    back = converted({one.symbol: one.value for one in twin if one.role is Role.PARAMETER}, lesson, session.settings)
    for name, value in back.items():
        np.testing.assert_array_equal(value, next(one.value for one in tape if one.symbol == name))


def test_the_other_form_is_beside_and_knows_the_same_steps(view: CloseUpView, bridge: Bridge, qtbot: QtBot) -> None:
    assert view.other_picture.isVisible()
    bridge.run_to(cell_places(bridge.tape)["lstm"][3][-1])
    keep = node(view.picture, "keep").entries[0]
    there = view.other_picture
    qtbot.mouseClick(there, Qt.MouseButton.LeftButton, pos=there.place(node(there, "keep")).toPoint())
    assert bridge.selection == keep
    # The merged product has no counterpart in the separate form.
    qtbot.mouseClick(there, Qt.MouseButton.LeftButton, pos=there.place(node(there, "W_x")).toPoint())
    assert bridge.selection is None
    view.resize(500, 250)  # too small for two
    assert not there.isVisible()
    view.resize(500, 500)
    assert there.isVisible()
    view.show_both_forms(False)
    assert not there.isVisible()
    assert view.other_cursor is None
    bridge.change_settings(cell="gru")
    assert not there.isVisible()
    view.show_both_forms(True)
    assert not there.isVisible()
    bridge.change_settings(cell="lstm_merged")
    assert there.isVisible()


def test_a_cell_without_a_picture_is_said_to_have_none(view: CloseUpView, bridge: Bridge) -> None:
    bridge.open_lesson("recursive-net")
    assert not view.picture.isVisible()
    bridge.step()
    bridge.open_lesson("binary-addition")
    assert view.picture.isVisible()
    bridge.open_lesson("bidirectional-rnn")
    view.show_place(1)
    bridge.move_to(bridge.tape.update_start)
    view.grab()


def test_the_lectures_names_stand_at_the_gradients(view: CloseUpView, bridge: Bridge, appearance: Appearance) -> None:
    appearance.set_notation("S")
    bridge.move_to(bridge.tape.update_start)
    view.show_time(3)
    content = view.picture.content
    assert content is not None
    roles, names = content.diagram.step.roles, content.names
    parts = {
        (roles.get(content.cursor.tape[of].inputs[argument].index), roles[of]): part
        for (of, argument), part in content.flow.wires.items()
    }
    assert names.contribution(parts["squash", "emit"]) == "A_{1}^{3}"
    assert names.contribution(parts["add", "squash"]) == "A_{2}^{3}"
    said = {
        name: names.gradient(content.flow.states[entry][-1], one_step=True)
        for entry, name in content.diagram.step.sources.items() if name != "x"
    }  # fmt: skip
    assert said == {"c": "dC_{prev}^{3}", "h": "dH_{prev}^{3}"}
    assert isinstance(names, CloseUpNames)


def test_it_can_be_enlarged_moved_and_fitted_again(view: CloseUpView, qtbot: QtBot) -> None:
    picture = view.picture
    before = picture.place(node(picture, "emit"))
    turn = QWheelEvent(
        QPointF(10, 10), picture.mapToGlobal(QPointF(10, 10)), QPoint(), QPoint(0, 600), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(picture, turn)
    assert picture.place(node(picture, "emit")).x() > before.x() + 50
    picture.grab()
    qtbot.mouseDClick(picture, Qt.MouseButton.LeftButton, pos=QPoint(picture.width() - 2, 2))
    assert picture.place(node(picture, "emit")) == before


@pytest.mark.parametrize("size", [(500, 250), (420, 600), (3800, 900)])
def test_it_paints_in_every_look_and_size(
    view: CloseUpView, bridge: Bridge, appearance: Appearance, size: tuple[int, int]
) -> None:
    view.resize(*size)
    bridge.move_to((bridge.tape.backward_start + bridge.tape.update_start) // 2)
    looks = []
    for theme, language, scale, notation in (("dark", "ja", 3.0, "S"), ("light", "en", 0.75, "P")):
        appearance.set_theme(theme)
        appearance.set_language(language)
        appearance.set_scale(scale)
        appearance.set_notation(notation)
        looks.append(view.grab().toImage())
    assert looks[0] != looks[1]


def test_what_is_not_finite_is_drawn_in_its_own_colour(
    view: CloseUpView, bridge: Bridge, appearance: Appearance
) -> None:
    tape = bridge.tape
    entries = cell_places(tape)["lstm"][3]
    view.show_time(3)
    bridge.move_to(tape.update_start)
    assert color_share(view.picture, "not_finite", appearance) == 0
    for span in tape.spans():
        if span.of in entries:
            tape[span.contribution].value = np.full(tape[span.contribution].shape, np.inf)
    tape[entries[4]].value = np.full(tape[entries[4]].shape, np.nan)
    made = CloseUpView(bridge, appearance)
    made.resize(1000, 300)
    made.show_time(3)
    made.show()
    assert color_share(made.picture, "not_finite", appearance) > 0
    made.close()
    made.deleteLater()


def test_while_nobody_looks_nothing_is_done(view: CloseUpView, bridge: Bridge) -> None:
    view.hide()
    before = view.picture.content
    bridge.change_settings(hidden=4)
    bridge.move_to(60)
    assert view.picture.content is before
    view.show()
    assert view.picture.content is not before
    assert view.picture.content is not None
    assert view.picture.content.cursor is bridge.cursor
