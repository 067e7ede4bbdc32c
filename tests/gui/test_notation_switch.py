"""Another notation is seen at once, everywhere, and remembered; a lesson may name its own."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from engine.debugger.session import Session
from engine.errors import LessonError
from engine.files.resources import resource
from engine.lesson import lesson_named, read_lesson
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.canvas_view import CanvasView
from gui.inspector.inspector import Inspector
from gui.main_window import MainWindow
from gui.notation.notation_file import NotationError
from gui.settings_store import Preferences, SettingsStore
from gui.views.contributions import ContributionsView
from gui.views.hidden_states import HiddenStatesView


@pytest.fixture
def appearance() -> Appearance:
    return Appearance()


@pytest.fixture
def bridge(appearance: Appearance) -> Iterator[Bridge]:
    session = Session(lesson_named("binary-addition"))
    made = Bridge(session, appearance)
    made.move_to(len(session.tape))
    yield made
    made.close()


@pytest.fixture
def shown(qapp: QApplication) -> Iterator[Callable[[QWidget], None]]:
    """Shows a widget, and closes it in the end."""
    made: list[QWidget] = []

    def show(widget: QWidget) -> None:
        made.append(widget)
        widget.show()

    yield show
    for widget in made:
        widget.close()
        widget.deleteLater()


def markups(view: CanvasView) -> set[str]:
    """The names with time steps on the canvas."""
    return {markup for _, markup, _, _ in view.stage.scene.indexed[1]}


def test_the_canvas_relabels(shown: Callable[[QWidget], None], bridge: Bridge, appearance: Appearance) -> None:
    view = CanvasView(bridge, appearance)
    view.resize(900, 600)
    shown(view)
    view.set_mode(view.level)
    assert {"z^{3}", "u", "x^{3}"} & markups(view) == {"z^{3}", "x^{3}"}
    heads = [view.stage.scene.name(rail.node) for rail in view.stage.scene.drawing.rails]
    assert set(heads) == {"W_{in}", "W", "W_{out}"}
    appearance.set_notation("S")
    assert {"H^{3}", "X^{3}", "Y^{3}", "D^{3}"} <= markups(view)
    assert {view.stage.scene.name(rail.node) for rail in view.stage.scene.drawing.rails} == {"W_{x}", "W_{h}", "W_{y}"}
    assert view.stage.scene.gradient_name(view.stage.scene.drawing.rails[0].node).startswith("/{dW}_")
    appearance.set_notation("P")
    assert {"h_{3}", "h_{0}"} <= markups(view)
    view.set_view("folded")
    assert "h_{t}" in markups(view)


def test_the_inspector_relabels(shown: Callable[[QWidget], None], bridge: Bridge, appearance: Appearance) -> None:
    panel = Inspector(bridge, appearance)
    shown(panel)
    step = next(step for step in bridge.tape if step.symbol == "u")
    bridge.select(step.index)
    assert panel.subject is not None
    assert panel.subject.names.latex(step.index) == "u^{1}"
    assert "z_previous&nbsp;→&nbsp;<i>z</i><sup>0</sup>" in panel.source.names
    appearance.set_notation("S")
    assert panel.subject.names.latex(step.index) == "A_{2}^{1}"
    assert "z_previous&nbsp;→&nbsp;<i>H</i><sup>0</sup>" in panel.source.names
    appearance.set_notation("P")
    assert "W_in&nbsp;→&nbsp;<i>W</i><sub>ih</sub> (weight_ih_l0)" in panel.source.names


def test_views_relabel(shown: Callable[[QWidget], None], bridge: Bridge, appearance: Appearance) -> None:
    states, rows = HiddenStatesView(bridge, appearance), ContributionsView(bridge, appearance)
    for view in (states, rows):
        shown(view)
    assert states.quantity.latex() == "z^{t}"
    appearance.set_notation("S")
    assert states.quantity.latex() == "H^{t}"
    states.show_quantity("z", gradient=True)
    assert states.quantity.latex() == r"dH_{\mathrm{next}}^{t}"
    appearance.set_notation("P")
    assert states.quantity.latex() == r"\partial E / \partial h_{t}"
    appearance.set_notation("lesson")
    assert states.quantity.latex() == r"\partial E / \partial z^{t}"


def test_actions_choose_and_say_what_they_chose(qtbot: QtBot, bridge: Bridge, appearance: Appearance) -> None:
    window = MainWindow(bridge, appearance)
    qtbot.addWidget(window)
    actions = window.actions_table
    said: list[str] = []
    bridge.message.connect(lambda text, kind: said.append(text))
    actions["view.notation.P"].trigger()
    assert appearance.notation.name == "P"
    assert said[-1].startswith("Notation P · PyTorch: h_t, c_t")
    assert [name for name in "RSP" if actions[f"view.notation.{name}"].isChecked()] == ["P"]
    actions["view.next_notation"].trigger()
    assert appearance.notation_choice == "lesson"
    appearance.set_language("ja")
    assert actions["view.notation.lesson"].text() == "記法: レッスンのとおり"


def test_the_choice_is_remembered(qtbot: QtBot, bridge: Bridge, appearance: Appearance, tmp_path: Path) -> None:
    window = MainWindow(bridge, appearance)
    qtbot.addWidget(window)
    appearance.set_notation("S")
    store = SettingsStore(tmp_path)
    store.save(window.preferences())
    assert store.load()[0].notation == "S"
    assert Preferences().notation == "lesson"


def test_an_unknown_notation_is_refused(appearance: Appearance) -> None:
    with pytest.raises(NotationError, match="There is no notation “Q”; known are: P, R, S, lesson"):
        appearance.set_notation("Q")
    assert appearance.notation.name == "lesson"


def test_the_users_choice_stands_over_the_lessons(appearance: Appearance) -> None:
    appearance.follow_lesson("R")
    assert (appearance.notation.name, appearance.notation_choice) == ("R", "lesson")
    appearance.set_notation("P")
    appearance.follow_lesson("S")
    assert appearance.notation.name == "P"
    appearance.set_notation("lesson")
    assert appearance.notation.name == "S"
    appearance.follow_lesson("")
    assert appearance.notation.name == "lesson"


def test_a_lesson_may_name_its_notation(tmp_path: Path) -> None:
    data = json.loads(resource("lessons", "binary-addition.json").read_text(encoding="utf-8"))
    path = tmp_path / "mine.json"
    path.write_text(json.dumps({**data, "notation": "S"}), encoding="utf-8")
    assert read_lesson(path).notation == "S"
    assert lesson_named("binary-addition").notation == ""
    path.write_text(json.dumps({**data, "notation": "Q"}), encoding="utf-8")
    with pytest.raises(LessonError, match="mine.json: there is no notation “Q”; there are P, R, S, lesson"):
        read_lesson(path)


def test_the_window_takes_over_the_lessons_notation(
    qtbot: QtBot, bridge: Bridge, appearance: Appearance, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = MainWindow(bridge, appearance)
    qtbot.addWidget(window)
    named = replace(lesson_named("binary-addition"), notation="S")
    monkeypatch.setattr(type(bridge), "lesson", property(lambda _: named))
    bridge.history_changed.emit()
    assert appearance.notation.name == "S"
    assert window.canvas.stage.names.labels.notation.name == "S"
