"""The view of language modelling shows what the cursor has passed, and tells what comes next."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from engine.debugger.session import Session
from engine.lesson import lesson_named
from engine.tasks.text import corpus_of
from engine.tensor import Role
from engine.training.examination import examine
from engine.training.run import Run
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.paragraph import Paragraph
from gui.views.held_out_button import HeldOutButton
from gui.views.next_words import NextWords
from gui.views.text import TextView
from gui.views.text_reading import TextReading
from gui.views.word_bars import WordBars
from gui.views.word_ribbon import WordRibbon

Show = Callable[..., TextView]
SMALL = {"hidden": 8, "embedding": 6, "batch": 3, "time_size": 6, "corpus_size": 800}


def opened(**values: object) -> Bridge:
    lesson = lesson_named("rnn-language-model")
    session = Session(lesson)
    run = Run(lesson, lesson.settings.changed(**{**SMALL, **values}))
    session.open_run(run, run.tape(0))
    return Bridge(session)


@pytest.fixture
def bridge(qtbot: QtBot) -> Iterator[Bridge]:
    made = opened()
    yield made
    made.close()


@pytest.fixture
def shown(qtbot: QtBot) -> Iterator[Show]:
    """Makes views, and holds on to them: none may be collected while Qt paints it."""
    made: list[TextView] = []

    def show(bridge: Bridge, appearance: Appearance | None = None) -> TextView:
        view = TextView(bridge, appearance or Appearance())
        qtbot.addWidget(view)
        view.resize(1200, 300)
        view.show()
        made.append(view)
        return view

    yield show
    made.clear()


def texts(view: TextView) -> str:
    labels = [*view.findChildren(QLabel), *view.findChildren(Paragraph)]
    return "\n".join(label.text() for label in labels if label.isVisible())


def outputs(bridge: Bridge) -> list[int]:
    return [step.index for step in bridge.tape.steps if step.role is Role.OUTPUT]


def bars(view: TextView) -> str:
    return view.findChildren(WordBars)[0].accessibleDescription()


def test_nothing_is_shown_before_it_is_computed(qtbot: QtBot, shown: Show, bridge: Bridge) -> None:
    view = shown(bridge)
    assert "perplexity …" in texts(view)
    assert "Step on" in bars(view)
    bridge.select(outputs(bridge)[2])
    assert "t = 3" in texts(view)
    assert bars(view) == "Not yet computed."


def test_the_perplexity_so_far_is_that_of_the_words_so_far(qtbot: QtBot, shown: Show, bridge: Bridge) -> None:
    view = shown(bridge)
    for count, index in enumerate(outputs(bridge), 1):
        bridge.run_to(index)
        targets = [step.value[0] for step in bridge.tape.steps if step.role is Role.TARGET][:count]
        given = [bridge.tape[one].value[0, target] for one, target in zip(outputs(bridge), targets, strict=False)]
        expected = math.exp(-np.log(given).mean())
        assert f"perplexity {expected:.0f}<" in texts(view)
        assert f"t = {count}" in texts(view)
    assert "floor 4.04" in texts(view)
    assert "grammar " in texts(view)
    bridge.move_to(0)
    assert "perplexity …" in texts(view)


def test_the_likeliest_words_and_the_one_that_comes(qtbot: QtBot, shown: Show, bridge: Bridge) -> None:
    view = shown(bridge)
    bridge.run_to(outputs(bridge)[0])
    chances = [float(one.rsplit(" ", 1)[1].replace("<0.01", "0")) for one in bars(view).split("; ")]
    assert len(chances) >= 10
    assert chances[:-1] == sorted(chances[:-1], reverse=True)


def test_a_click_on_a_word_selects_its_output(qtbot: QtBot, shown: Show, bridge: Bridge) -> None:
    view = shown(bridge)
    bridge.move_to(bridge.cursor.end)
    ribbon = view.findChild(WordRibbon)
    assert ribbon is not None
    qtbot.mouseClick(ribbon, Qt.MouseButton.LeftButton, pos=QPoint(round(ribbon.middle_of(4)), 40))
    assert bridge.selection == outputs(bridge)[3]
    assert "t = 4" in texts(view)
    qtbot.mouseMove(ribbon, QPoint(round(ribbon.middle_of(2)), 40))
    qtbot.waitUntil(lambda: bridge.hover is not None and bridge.hover[0] == outputs(bridge)[1])


def test_another_row_has_other_words(qtbot: QtBot, shown: Show, bridge: Bridge) -> None:
    view = shown(bridge)
    bridge.move_to(bridge.cursor.end)
    first = texts(view)
    view.show_row(2)
    assert texts(view) != first


@pytest.mark.parametrize(
    ("size", "sentence"),
    [(800, "Unknown words, read as <unk>: unicorn"), (8000, "Not in the vocabulary: unicorn.")],
)
def test_next_words_for_a_typed_start(qtbot: QtBot, shown: Show, size: int, sentence: str) -> None:
    bridge = opened(corpus_size=size)
    view = shown(bridge)
    next_words = view.findChild(NextWords)
    assert next_words is not None
    field = next_words.findChild(QLineEdit)
    assert field is not None
    at_start = next_words.findChild(WordBars)
    assert at_start is not None
    before = at_start.accessibleDescription()
    field.setText("the dog")
    assert "Goes on: the dog " in texts(view)
    assert at_start.accessibleDescription() != before
    field.setText("the unicorn")
    assert sentence in texts(view)
    assert field.property("wrong")
    field.setText("the")
    assert "unicorn" not in texts(view)
    assert not field.property("wrong")
    bridge.close()


def test_the_held_out_text_is_examined(qtbot: QtBot, shown: Show, bridge: Bridge) -> None:
    view = shown(bridge)
    button = view.findChild(HeldOutButton)
    assert button is not None
    assert not button.text()
    button.click()
    qtbot.waitUntil(lambda: button.text().startswith("held out") and bridge.busy is None)
    score = examine(bridge.lesson, bridge.settings, bridge.session.run.state(0).parameters)
    assert button.text() == f"held out {math.exp(score.mean_loss):,.0f} (iteration 0)"
    bridge.change_settings(seed=7)
    qtbot.waitUntil(lambda: bridge.busy is None and not button.text())


def test_the_weights_are_those_of_the_open_iteration(qtbot: QtBot, shown: Show, bridge: Bridge) -> None:
    view = shown(bridge)
    words = view.findChild(NextWords)
    assert words is not None
    at_start = words.findChild(WordBars)
    assert at_start is not None
    seen = [at_start.accessibleDescription()]
    bridge.move_to(bridge.cursor.end)
    seen.append(at_start.accessibleDescription())
    bridge.go_to_iteration(30)
    qtbot.waitUntil(lambda: bridge.iteration == 30 and bridge.busy is None)
    seen.append(at_start.accessibleDescription())
    assert len(set(seen)) == 3


@pytest.mark.parametrize(
    "values",
    [
        {"time_layers": True}, {"corpus": "japanese"}, {"tokens": "character"}, {"layers": 2, "cell": "lstm"},
        {"vocabulary": 20}, {"dtype": "float32", "learning_rate": 1e12}, {"bidirectional": True},
    ],
)  # fmt: skip
def test_every_setting_can_be_shown(qtbot: QtBot, shown: Show, values: dict[str, object]) -> None:
    bridge = opened(**values)
    view = shown(bridge)
    for position in range(0, bridge.cursor.end, 17):
        bridge.move_to(position)
    bridge.step()
    qtbot.waitUntil(lambda: bridge.busy is None)
    bridge.move_to(bridge.cursor.end)
    ribbon = view.findChild(WordRibbon)
    assert ribbon is not None
    qtbot.mouseClick(ribbon, Qt.MouseButton.LeftButton, pos=QPoint(round(ribbon.middle_of(2)), 40))
    assert "t = 2" in texts(view)
    assert not view.grab().isNull()
    bridge.close()


def test_embedding_and_read_out_over_all_time_steps_are_read_alike() -> None:
    for row in range(3):
        apart, together = opened(), opened(time_layers=True)
        for bridge in (apart, together):
            bridge.move_to(bridge.cursor.end)
        readings = [
            TextReading(bridge.tape, corpus_of(bridge.settings), row, row * (799 // 3)) for bridge in (apart, together)
        ]
        one, other = readings
        assert (one.words, one.following) == (other.words, other.following)
        for t in range(1, 7):
            assert one.given(apart.cursor, t) == pytest.approx(other.given(together.cursor, t))
        apart.close()
        together.close()


def test_another_text_has_another_floor(qtbot: QtBot, shown: Show, bridge: Bridge) -> None:
    view = shown(bridge)
    assert "floor 4.04" in texts(view)
    bridge.change_settings(corpus="japanese", corpus_size=8000)
    qtbot.waitUntil(lambda: bridge.settings["corpus"] == "japanese" and bridge.busy is None)
    assert "floor 2.58" in texts(view)
    assert "uniform 107" in texts(view)


def test_a_file_of_ones_own(qtbot: QtBot, shown: Show, tmp_path: Path) -> None:
    path = tmp_path / "mine.txt"
    path.write_bytes("<b>吾輩</b>は猫である。\n名前はまだ無い。\n".encode("cp932") * 20)
    bridge = opened(text_file=str(path))
    view = shown(bridge)
    bridge.run_to(outputs(bridge)[1])
    assert "floor" not in texts(view)
    assert "grammar" not in texts(view)
    assert not view.grab().isNull()
    bridge.close()


def test_a_very_long_word_is_cut_short(qtbot: QtBot, shown: Show, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(f"{'x' * 2_000_000} is long\n" * 6, encoding="utf-8")
    bridge = opened(text_file=str(path))
    view = shown(bridge)
    bridge.move_to(bridge.cursor.end)
    assert not view.grab().isNull()
    assert "x" * 100 not in texts(view)
    bridge.close()


def test_ten_thousand_words_stay_usable(qtbot: QtBot, shown: Show, tmp_path: Path) -> None:
    path = tmp_path / "many.txt"
    path.write_text("\n".join(f"word{number} and" for number in range(12_000)), encoding="utf-8")
    bridge = opened(text_file=str(path), corpus_size=0, vocabulary=10_000, time_size=4, hidden=20)
    assert len(corpus_of(bridge.settings).vocabulary) == 10_000
    view = shown(bridge)
    while bridge.cursor.position < bridge.cursor.end:
        bridge.step()
    bridge.run_to(outputs(bridge)[1])
    assert len(bars(view).split("; ")) <= 40
    assert "uniform 10,000" in texts(view)
    bridge.close()


@pytest.mark.parametrize(("theme", "language", "scale"), [("light", "en", 3.0), ("dark", "ja", 0.75)])
def test_every_look(qtbot: QtBot, shown: Show, bridge: Bridge, theme: str, language: str, scale: float) -> None:
    appearance = Appearance()
    view = shown(bridge, appearance)
    bridge.move_to(bridge.cursor.end)
    appearance.set_theme(theme)
    appearance.set_language(language)
    appearance.set_scale(scale)
    view.resize(300, 90)
    assert not view.grab().isNull()
    assert ("perplexity" in texts(view)) == (language == "en")


def test_another_lesson_does_not_trouble_it(qtbot: QtBot, shown: Show, bridge: Bridge) -> None:
    shown(bridge)
    bridge.open_lesson("binary-addition")
    qtbot.waitUntil(lambda: bridge.busy is None and bridge.lesson.id == "binary-addition")
    bridge.step()
    assert bridge.cursor.position > 0


def test_the_mouse_may_be_dragged_out_of_the_bars(qtbot: QtBot, shown: Show, bridge: Bridge) -> None:
    """Above them rows are negative: the list was counted from its end, and then beyond it."""
    view = shown(bridge)
    bars = view.findChildren(WordBars)[0]
    middle = bars.rect().center()
    qtbot.mousePress(bars, Qt.MouseButton.LeftButton, pos=middle)
    for y in (-1, -10_000, 10_000):
        qtbot.mouseMove(bars, QPoint(middle.x(), y))
        assert not bars.toolTip()
    qtbot.mouseRelease(bars, Qt.MouseButton.LeftButton, pos=middle)
