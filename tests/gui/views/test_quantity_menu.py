"""The menu of what can be shown over time: short where a network has many quantities."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from engine.lesson import lesson_named
from engine.tape import Tape
from engine.training.run import Run
from gui.appearance import Appearance
from gui.views.quantity_menu import QuantityMenu
from gui.views.quantity_places import handed_on
from gui.views.tape_series import Quantity, quantities, series_on


def tape_of(lesson_id: str, **settings: object) -> Tape:
    lesson = lesson_named(lesson_id)
    return Run(lesson, lesson.settings.changed(**settings)).tape(0)


@pytest.fixture
def menu(qtbot: QtBot) -> QMenu:
    made = QMenu()
    qtbot.addWidget(made)
    return made


def entries(menu: QMenu) -> list[str]:
    """Texts of a menu, without those of the menus inside."""
    return [action.text() for action in menu.actions() if not action.isSeparator()]


@pytest.mark.parametrize(
    ("lesson_id", "settings"),
    [("lstm", {}), ("deep-rnn", {}), ("lstm", {"layers": 3, "bidirectional": True}), ("bidirectional-rnn", {})],
)
def test_no_list_is_long(menu: QMenu, lesson_id: str, settings: dict[str, object]) -> None:
    offered = quantities(tape_of(lesson_id, **settings))
    choice = QuantityMenu(menu, Appearance())
    choice.offer(offered)
    assert set(choice.actions) == {one.key for one in offered}, "all of them are somewhere"
    within = [inner for action in menu.actions() if isinstance(inner := action.menu(), QMenu)]
    assert len(menu.actions()) <= 30
    assert all(len(one.actions()) <= 30 for one in within)
    assert "Gradients" in entries(menu)


def test_a_choice_is_told_and_marked(menu: QMenu, qtbot: QtBot) -> None:
    offered = quantities(tape_of("lstm"))
    choice = QuantityMenu(menu, Appearance())
    choice.offer(offered)
    told: list[Quantity] = []
    choice.chosen.connect(told.append)
    choice.actions["", "f", True].trigger()
    assert [one.key for one in told] == [("", "f", True)]
    choice.check([("", "c", False)])
    assert [key for key, action in choice.actions.items() if action.isChecked()] == [("", "c", False)]


def test_the_same_choices_stay_the_same_objects(menu: QMenu) -> None:
    choice = QuantityMenu(menu, Appearance())
    choice.offer(quantities(tape_of("gru")))
    before = dict(choice.actions)
    choice.offer(quantities(tape_of("gru")))
    assert choice.actions == before
    choice.offer(quantities(tape_of("gru", layers=2)))
    assert choice.actions != before


@pytest.mark.parametrize(
    ("lesson_id", "settings", "expected"),
    [
        ("lstm", {}, ["lstm/h", "lstm/c"]),
        ("deep-rnn", {"layers": 2}, ["layer=1/gru/h", "layer=2/gru/h"]),
        ("bidirectional-rnn", {}, ["forward/mask/h", "backward/mask/h"]),
    ],
)
def test_states_that_are_handed_on(lesson_id: str, settings: dict[str, object], expected: list[str]) -> None:
    found = handed_on(series_on(tape_of(lesson_id, **settings)))
    assert [f"{one.scope.path.partition('/')[2]}/{one.symbol}" for one in found] == expected
