"""One chosen sequence for all that shows but one, and the attention that the cursor is at."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import pytest
from PySide6.QtCore import QSize
from pytestqt.qtbot import QtBot

from engine.debugger.grain import Grain
from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.canvas.picture import staged
from gui.equations.piece_text import text_of
from gui.equations.unit_equation import unit_equation
from gui.inspector.inspector import Inspector
from gui.views.attention import FOLLOW, AttentionView
from gui.views.decoding import DecodingView
from gui.views.forced_notice import ForcedNotice
from gui.views.hidden_states import HiddenStatesView
from gui.views.sequence_box import SequenceBox
from gui.views.task_views import TASK_VIEWS
from gui.views.tokens import TokensView
from gui.views.words import WordsView
from tests.gui.views.lesson_bridge import lesson_bridge
from tests.gui.views.seq2seq_lesson import seq2seq_bridge
from tests.gui.views.showing import Showing
from tests.gui.views.transformer_lesson import transformer_bridge

Kept = Callable[[Bridge], Bridge]


@pytest.fixture
def kept() -> Iterator[Kept]:
    bridges: list[Bridge] = []

    def keep(bridge: Bridge) -> Bridge:
        bridges.append(bridge)
        return bridge

    yield keep
    for bridge in bridges:
        bridge.close()


def test_a_box_of_fewer_sequences_leaves_the_choice(qtbot: QtBot, kept: Kept) -> None:
    bridge, look = kept(seq2seq_bridge()), Appearance()
    few, many = SequenceBox(bridge, look), SequenceBox(bridge, look)
    for box, batch in ((few, 2), (many, 9)):
        qtbot.addWidget(box)
        box.set_batch(batch)
    many.setValue(7)
    assert (bridge.sequence, few.sequence, many.sequence) == (6, 1, 6)
    few.set_batch(9)
    assert few.sequence == 6
    few.setValue(3)
    assert (bridge.sequence, many.sequence) == (2, 2)


def test_the_card_beside_the_cursor_writes_out_the_chosen_sequence(qtbot: QtBot, kept: Kept) -> None:
    bridge, look = kept(seq2seq_bridge()), Appearance()
    stage, inspector = staged(bridge, look, QSize(900, 600)), Inspector(bridge, look)
    qtbot.addWidget(inspector)
    inspector.show()
    for position in bridge.cursor.stops(Grain.OPERATION)[1::61].tolist():
        bridge.move_to(position)
        for sequence in (0, 2):
            bridge.set_sequence(sequence)
            card, subject = stage.callout(wait=False), inspector.subject
            assert card is not None
            assert subject is not None
            wanted = unit_equation(subject.names, subject.step, subject.focus, weights=subject.weights)
            if card.text.numbers:
                assert text_of(card.text.numbers) == text_of(wanted)
    inspector.hide()


def test_one_choice_is_every_view_s(qtbot: QtBot, kept: Kept) -> None:
    bridge, look = kept(seq2seq_bridge("date_formats", attention="dot")), Appearance()
    attention, decoding = AttentionView(bridge, look), DecodingView(bridge, look)
    tokens, states, inspector = TokensView(bridge, look), HiddenStatesView(bridge, look), Inspector(bridge, look)
    for widget in (attention, decoding, tokens, states, inspector):
        qtbot.addWidget(widget)
        widget.show()
    entry = next(step.index for step in bridge.tape if step.role is Role.ATTENTION)
    bridge.run_to(entry)
    attention.show_sequence(2)
    assert attention.plot is not None
    assert attention.plot.rows.sequence == decoding.tokens.series.sequence == tokens.plot.series.sequence == 2
    assert inspector.subject is not None
    assert inspector.subject.place[0] == 2
    states.show_sequence(1)
    assert bridge.sequence == attention.plot.rows.sequence == inspector.subject.place[0] == 1
    inspector.equation.row_wanted.emit(0)
    assert bridge.sequence == decoding.tokens.series.sequence == 0


def test_another_lesson_begins_with_its_first_sequence(qtbot: QtBot, kept: Kept) -> None:
    bridge, look = kept(seq2seq_bridge("date_formats", attention="dot")), Appearance()
    view = AttentionView(bridge, look)
    qtbot.addWidget(view)
    view.show()
    view.show_sequence(2)
    bridge.open_lesson("seq2seq-addition")
    qtbot.waitUntil(lambda: bridge.lesson.id == "seq2seq-addition" and bridge.busy is None, timeout=10_000)
    assert bridge.sequence == 0


@pytest.mark.parametrize(
    "name",
    [
        "binary-addition", "masked-words", "rnn-language-model", "hred-dialogues", "copy", "seq2seq-addition",
        "image-captioning", "word2vec-skip-gram",
    ],
)  # fmt: skip
def test_a_view_whose_lesson_is_left_does_not_heed_the_choice(showing: Showing, name: str) -> None:
    bridge = lesson_bridge(name, batch=3)
    showing(TASK_VIEWS.get(bridge.lesson.task_view, WordsView), bridge, (900, 240))
    bridge.set_sequence(2)
    bridge.open_lesson("sine-prediction")
    assert bridge.sequence == 0


@pytest.mark.parametrize("forcing", ["on", "off"])
def test_attention_follows_the_cursor_unless_one_is_picked(qtbot: QtBot, kept: Kept, forcing: str) -> None:
    bridge = kept(transformer_bridge(teacher_forcing=forcing, layers=2))
    view = AttentionView(bridge, Appearance())
    qtbot.addWidget(view)
    view.resize(900, 500)
    view.show()
    weights = [step.index for step in bridge.tape if step.role is Role.ATTENTION]
    seen = []
    for entry in [*weights, weights[0]]:
        bridge.run_to(entry)
        assert view.grid is not None
        assert entry in view.grid.rows.table.weights
        seen.append(view.grid.rows.table.place)
    assert len(set(seen)) == 6
    last = weights[-1]
    bridge.run_to(last)
    gradient = bridge.tape.gradient_totals[weights[0]][-1]
    bridge.run_to(gradient)
    assert view.grid is not None
    assert weights[0] in view.grid.rows.table.weights
    view.show_place(seen[0])
    bridge.run_to(last)
    assert view.grid.rows.table.place == seen[0]
    view.show_place(FOLLOW)
    assert last in view.grid.rows.table.weights


def test_a_forced_weight_changes_what_a_free_decoder_reads(qtbot: QtBot, kept: Kept) -> None:
    """Re-run from there: another answer is read where the decoder reads its own, the truth where it is forced."""
    for forcing in ("off", "on"):
        bridge = kept(seq2seq_bridge("date_formats", attention="dot", teacher_forcing=forcing, init="he", hidden=12))
        view = AttentionView(bridge, Appearance())
        qtbot.addWidget(view)
        view.show()
        before = [np.array(step.value) for step in reads(bridge)]
        answers = [np.array(step.value) for step in bridge.tape if step.role is Role.OUTPUT]
        assert view.plot is not None
        with qtbot.waitSignal(bridge.tape_changed, timeout=10_000):
            view.forcing.force(view.plot.rows, (1, 0), 400.0)
        after = [np.array(step.value) for step in reads(bridge)]
        now = [np.array(step.value) for step in bridge.tape if step.role is Role.OUTPUT]
        changed = [not np.array_equal(one, other) for one, other in zip(before, after, strict=True)]
        assert not any(changed[:2])
        assert any(changed[2:]) is (forcing == "off")
        assert not np.array_equal(answers[1], now[1])
        (notice,) = view.findChildren(ForcedNotice)
        assert ("the truth all the same" in notice.text) is (forcing == "on")


def reads(bridge: Bridge) -> list:
    """What the decoder reads, step by step."""
    decoder = [step for step in bridge.tape if "decoder" in step.scope.path.split("/")]
    return [step for step in decoder if step.symbol == "x" and step.index < bridge.tape.backward_start]
