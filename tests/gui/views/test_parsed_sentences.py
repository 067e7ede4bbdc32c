"""The view of the parsed sentences: the tree, classes no earlier than the cursor, links, an examination."""


import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from engine.training.examination import examine
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.parsed_sentences import ParsedSentencesView
from gui.views.sentence_tree import SentenceTree
from gui.views.sentence_tree_sheet import SentenceTreeSheet
from tests.gui.views.lesson_bridge import lesson_bridge
from tests.gui.views.showing import Showing

LESSON = "recursive-net"


def bridge_of(**settings: object) -> Bridge:
    return lesson_bridge(LESSON, hidden=4, **settings)


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(bridge_of())


@pytest.fixture
def view(showing: Showing, bridge: Bridge) -> ParsedSentencesView:
    return showing(ParsedSentencesView, bridge, (800, 320))


def texts(view: ParsedSentencesView) -> str:
    return " ".join(label.text() for label in view.findChildren(QLabel) if label.isVisible())


def settle(qtbot: QtBot, bridge: Bridge) -> None:
    qtbot.waitUntil(lambda: bridge.busy is None, timeout=20_000)


def test_the_tree_is_that_of_the_sentence(bridge: Bridge) -> None:
    tree = SentenceTree(bridge.tape)
    assert tree.words == ["the", "ending", "was", "not", "very", "funny"]
    assert {number: node.parts for number, node in tree.nodes.items() if node.parts} == {
        3: (1, 2), 8: (6, 7), 9: (5, 8), 10: (4, 9), 11: (3, 10),
    }  # fmt: skip
    assert [node.height for node in tree.nodes.values()] == [0, 0, 1, 0, 0, 0, 0, 1, 2, 3, 4]
    assert [tree.nodes[number].middle for number in (1, 2, 3, 4, 8)] == [0, 1, 0.5, 2, 4.5]
    assert [node.truth for node in tree.nodes.values()] == [1, 1, 1, 1, 1, 1, 2, 2, 0, 0, 0]
    assert tree.root is tree.nodes[11]


def test_classes_appear_when_the_cursor_passes_them(bridge: Bridge) -> None:
    tree = SentenceTree(bridge.tape)
    assert set(tree.verdicts(bridge.cursor).values()) == {None}
    for number, node in tree.nodes.items():
        assert node.output is not None
        bridge.move_to(node.output)
        assert tree.verdicts(bridge.cursor)[number] is None
        bridge.run_to(node.output)
        verdict = tree.verdicts(bridge.cursor)[number]
        value = bridge.tape[node.output].value[0]
        assert verdict is not None
        assert verdict.predicted == int(np.argmax(value))
        assert verdict.probability == value.max()
        assert sum(found is not None for found in tree.verdicts(bridge.cursor).values()) == number


@pytest.mark.parametrize(("labels", "asked"), [("phrases", {3, 8, 9, 10, 11}), ("root", {11})])
def test_nodes_without_a_class_have_none(qtbot: QtBot, labels: str, asked: set[int]) -> None:
    bridge = bridge_of(labels=labels)
    tree = SentenceTree(bridge.tape)
    assert {number for number, node in tree.nodes.items() if node.output is not None} == asked
    assert set(tree.verdicts(bridge.cursor)) == asked
    bridge.close()


def test_the_verdict_on_the_sentence(view: ParsedSentencesView, bridge: Bridge) -> None:
    assert "the ending was not very funny" in texts(view)
    assert "…" in texts(view)
    bridge.move_to(bridge.cursor.end)
    tree = SentenceTree(bridge.tape)
    verdict = tree.verdicts(bridge.cursor)[11]
    assert verdict is not None
    assert ("✓" if verdict.predicted == 0 else "✗") in texts(view)
    bridge.move_to(0)
    assert "✓" not in texts(view)
    assert "✗" not in texts(view)


def test_nodes_and_words_select_and_point(qtbot: QtBot, view: ParsedSentencesView, bridge: Bridge) -> None:
    sheet = view.findChildren(SentenceTreeSheet)[0]
    tree = SentenceTree(bridge.tape)
    for number in (2, 9):
        node = tree.nodes[number]
        at = sheet.box_of(node).center().toPoint()
        qtbot.mouseMove(sheet, at)
        assert bridge.hover == (node.output, None)
        qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=at)
        assert bridge.selection == node.output
    word = tree.nodes[2]
    below = sheet.box_of(word).center().toPoint() + QPoint(0, round(sheet.box_of(word).height()))
    qtbot.mouseClick(sheet, Qt.MouseButton.LeftButton, pos=below)
    assert bridge.selection == word.word_entry
    qtbot.mouseMove(sheet, QPoint(1, 1))
    assert bridge.hover is None


def test_what_is_not_revealed_is_not_painted(view: ParsedSentencesView, bridge: Bridge) -> None:
    sheet = view.findChildren(SentenceTreeSheet)[0]
    bridge.move_to(20)
    before = sheet.grab().toImage()
    tree = SentenceTree(bridge.tape)
    for node in tree.nodes.values():
        if node.output is not None and not bridge.cursor.revealed(node.output):
            bridge.tape[node.output].value[:] = [[0.9, 0.1, 0.0]]
    sheet.repaint()
    assert sheet.grab().toImage() == before


def test_another_sentence_comes_with_another_iteration(
    qtbot: QtBot, view: ParsedSentencesView, bridge: Bridge
) -> None:
    bridge.go_to_iteration(1)
    settle(qtbot, bridge)
    assert "it is not funny" in texts(view)
    bridge.change_settings(sentences="japanese", seed=1)
    settle(qtbot, bridge)
    assert "結末はとても面白い" in texts(view)


def test_examination_of_held_out_sentences(qtbot: QtBot, view: ParsedSentencesView, bridge: Bridge) -> None:
    button = view.findChildren(QPushButton)[0]
    assert button.text() == "Examine 400 held-out sentences"
    button.click()
    settle(qtbot, bridge)
    run = bridge.session.run
    score = examine(run.lesson, run.settings, run.state(0).parameters)
    assert f"{score.right} of 400 right" in texts(view)


def test_what_is_not_finite_is_said(view: ParsedSentencesView, bridge: Bridge) -> None:
    output = SentenceTree(bridge.tape).nodes[11].output
    assert output is not None
    bridge.tape[output].value[:] = np.nan
    bridge.move_to(bridge.cursor.end)
    assert "? ✗ (negative)" in texts(view)
    assert not view.grab().isNull()


@pytest.mark.parametrize(("width", "height"), [(300, 180), (1800, 500), (1, 1)])
@pytest.mark.parametrize("scale", [0.75, 3.0])
def test_paints_at_every_size_theme_and_language(showing: Showing, width: int, height: int, scale: float) -> None:
    bridge, look = bridge_of(sentences="japanese"), Appearance()
    view = showing(ParsedSentencesView, bridge, (width, height), look)
    bridge.move_to(40)
    look.set_scale(scale)
    look.set_theme("dark")
    look.set_language("ja")
    assert not view.grab().isNull()
    assert "検査" in view.findChildren(QPushButton)[0].text()
