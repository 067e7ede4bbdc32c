"""The tasks' views over time: what is revealed, the right symbols and numbers, right and wrong told."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from engine.lesson import lessons
from engine.tensor import Role
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.curve_plot import CurvePlot
from gui.views.task_over_time import TaskOverTime, curves, tokens
from gui.views.task_views import TASK_VIEWS
from gui.views.token_plot import TokenPlot
from tests.gui.views.lesson_bridge import lesson_bridge
from tests.gui.views.showing import Showing


def opened(showing: Showing, lesson: str, **settings: object) -> tuple[Bridge, TaskOverTime]:
    bridge = lesson_bridge(lesson, **settings)
    view = showing(TASK_VIEWS[bridge.lesson.task_view], bridge, (1000, 240))
    assert isinstance(view, TaskOverTime)
    return bridge, view


def token_plot(view: TaskOverTime) -> TokenPlot:
    assert isinstance(view.plot, TokenPlot)
    return view.plot


def test_every_lesson_names_a_view_that_there_is() -> None:
    for lesson in lessons():
        assert not lesson.task_view or lesson.task_view in TASK_VIEWS, lesson.id


def test_words_and_tags_appear_with_the_cursor(showing: Showing) -> None:
    bridge, view = opened(showing, "bidirectional-rnn", batch=1, seed=3)
    plot = token_plot(view)
    assert plot.tokens.symbols(Role.INPUT, 1)
    assert plot.tokens.symbols(Role.OUTPUT, 1) is None
    assert plot.tokens.is_right(1) is None
    bridge.move_to(bridge.tape.backward_start)
    words = [plot.tokens.symbols(Role.INPUT, t) for t in range(1, plot.series.length + 1)]
    names = bridge.lesson.task.input_names(bridge.settings)  # type: ignore[attr-defined]
    assert words[0] in {"the", "a", "every", "her", "that"}
    assert set(words) <= set(names)
    assert plot.tokens.symbols(Role.TARGET, 1) == "determiner"
    for t in range(1, plot.series.length + 1):
        assert plot.tokens.is_right(t) == (plot.tokens.symbols(Role.TARGET, t) == plot.tokens.symbols(Role.OUTPUT, t))


def test_padding_is_empty(showing: Showing) -> None:
    bridge, view = opened(showing, "bidirectional-rnn", batch=6, seed=1)
    plot = token_plot(view)
    bridge.move_to(bridge.tape.backward_start)
    lengths = []
    for sequence in range(6):
        plot.show_sequence(sequence)
        shown = [bool(plot.tokens.symbols(Role.INPUT, t)) for t in range(1, plot.series.length + 1)]
        assert shown == sorted(shown, reverse=True)
        lengths.append(sum(shown))
        assert all(plot.tokens.is_right(t) is None for t in range(lengths[-1] + 1, plot.series.length + 1))
    assert len(set(lengths)) > 1
    assert max(lengths) == plot.series.length


def test_marks_are_all_symbols_above_one_half(showing: Showing) -> None:
    bridge, view = opened(showing, "embedded-reber")
    plot = token_plot(view)
    bridge.move_to(bridge.tape.backward_start)
    assert plot.tokens.symbols(Role.INPUT, 1) == "B"
    assert plot.tokens.symbols(Role.TARGET, 1) == "T P"
    output = plot.series.numbers(Role.OUTPUT, 1)
    assert output is not None
    assert plot.tokens.symbols(Role.OUTPUT, 1) == " ".join(s for s, y in zip("BTSXPVE", output, strict=True) if y > 0.5)


def test_what_is_asked_only_at_the_end_is_empty_before(showing: Showing) -> None:
    bridge, view = opened(showing, "temporal-order", length=12)
    plot = token_plot(view)
    assert plot.tokens.symbols(Role.OUTPUT, 5) == ""
    assert plot.tokens.symbols(Role.OUTPUT, 12) is None
    bridge.move_to(bridge.tape.backward_start)
    answer = plot.tokens.symbols(Role.OUTPUT, 12)
    assert answer is not None
    assert set(answer) <= set("XY")


def test_numbers_that_are_not_finite_are_no_answer(showing: Showing) -> None:
    bridge, view = opened(
        showing, "copy", cell="rnn", activation="relu", init="normal", weight_std=100.0, optimizer="sgd",
        learning_rate=1e12, clip=0.0,
    )  # fmt: skip
    plot = token_plot(view)
    for _ in bridge.session.run.advance(3):
        pass
    bridge.session.open_iteration(2)
    bridge.move_to(bridge.tape.backward_start)
    last = plot.series.length
    output = plot.series.numbers(Role.OUTPUT, last)
    assert output is not None
    assert not np.isfinite(output).all()
    assert plot.tokens.symbols(Role.OUTPUT, last) == ""
    assert plot.tokens.is_right(last) is False
    view.grab()


def test_curves_hold_what_is_revealed(showing: Showing) -> None:
    bridge, view = opened(showing, "sine-prediction", batch=2)
    plot = view.plot
    assert isinstance(plot, CurvePlot)
    assert plot.series.numbers(Role.OUTPUT, 1) is None
    bridge.move_to(bridge.tape.backward_start)
    for t in (1, 7, 25):
        entry = plot.series.entry(Role.OUTPUT, t)
        assert entry is not None
        numbers = plot.series.numbers(Role.OUTPUT, t)
        assert numbers is not None
        assert numbers[0] == bridge.tape[entry].value[0, 0]
    before = view.grab().toImage()
    plot.show_sequence(1)
    assert view.grab().toImage() != before


@pytest.mark.parametrize(("lesson", "make"), [("copy", tokens), ("adding-problem", curves)])
def test_the_picture_does_not_depend_on_hidden_values(
    showing: Showing, lesson: str, make: Callable[[Bridge, Appearance], TaskOverTime]
) -> None:
    pictures = []
    for init in ("xavier", "he"):
        bridge = lesson_bridge(lesson, init=init, batch=2)
        view = showing(make, bridge, (800, 200))
        pictures.append(view.plot.viewport().grab().toImage())
    assert pictures[0] == pictures[1]
