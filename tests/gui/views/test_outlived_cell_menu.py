"""A menu of attention that stands open while another pass is opened behind it."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from engine.edits import Edit
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.attention_menu import cell_menu
from gui.views.attention_table import AttentionRows, attention_tables
from gui.views.weight_forcing import WeightForcing
from tests.gui.views.seq2seq_lesson import seq2seq_bridge

SAID = "Another pass is open by now: choose the weight in it."


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    made = seq2seq_bridge("date_formats", attention="dot", padding="masked")
    yield made
    made.close()


@pytest.mark.parametrize("text", ["Force this weight…", "Look only here", "Stop forcing this row"])
def test_what_it_offers_is_not_done_to_the_other_pass(bridge: Bridge, qtbot: QtBot, text: str) -> None:
    view, look = QWidget(), Appearance()
    qtbot.addWidget(view)
    forcing = WeightForcing(bridge, look, view)
    forcing.force(AttentionRows(attention_tables(bridge.tape)[0], bridge.tape), (9, 0), 0.5)
    qtbot.waitUntil(lambda: bridge.busy is None and bool(bridge.session.edits), timeout=10_000)
    rows = AttentionRows(attention_tables(bridge.tape)[0], bridge.tape)
    menu = cell_menu(forcing, rows, (9, 0), lambda: None, look, view)
    bridge.change_settings(attention="none", hidden=1)
    qtbot.waitUntil(lambda: bridge.busy is None and rows.tape is not bridge.tape, timeout=10_000)
    said: list[str] = []
    bridge.message.connect(lambda sentence, _kind: said.append(sentence))
    edits: tuple[Edit, ...] = bridge.session.edits
    next(action for action in menu.actions() if action.text().startswith(text)).trigger()
    assert said == [SAID]
    assert bridge.session.edits == edits
    assert bridge.busy is None
