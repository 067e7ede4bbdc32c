"""The recursive net: one node after the other, shared weights, grains, learning."""

import numpy as np
import pytest

from engine.address import find
from engine.analysis.gradient_flow import gradient_flow
from engine.analysis.series import outputs, series, time_name
from engine.debugger.grain import Grain, stops
from engine.lesson import lesson_named
from engine.tasks.parsed_sentences import trees
from engine.tensor import Role
from engine.text.phrase import together, word
from engine.text.sentiment_grammar import VOCABULARIES
from engine.training.examination import examine
from engine.training.run import Run
from tests.graphs.tree_recordings import recorded, recorded_batch

SENTENCE = (("the", "film"), ("is", ("not", "good")))


def test_a_node_is_the_cell_of_its_parts() -> None:
    tape = recorded(SENTENCE)
    values = {step.symbol: step.value for step in tape if step.role is Role.PARAMETER}
    h = series(tape, Role.STATE)["h"]
    assert len(h) == 9
    both = np.concatenate([h[4], h[5]], axis=1)
    np.testing.assert_allclose(h[6], np.tanh(both @ values["W"] + values["b"]), rtol=1e-14)
    both = np.concatenate([h[2], h[7]], axis=1)
    np.testing.assert_allclose(h[8], np.tanh(both @ values["W"] + values["b"]), rtol=1e-14)
    np.testing.assert_array_equal(h[1][0], values["W_embed"][tape[find(tape, "given/node=2/x")[0]].value[0]])


def test_words_are_called_by_their_names() -> None:
    tape = recorded(SENTENCE)
    assert [tape.captions[step.index] for step in tape if step.role is Role.INPUT] == [
        "the", "film", "is", "not", "good",
    ]  # fmt: skip


def test_a_press_of_the_grain_time_step_is_a_node() -> None:
    tape = recorded(SENTENCE)
    positions = stops(tape, Grain.TIME_STEP)
    forward = [tape[int(position) - 1].scope.line()[0].name for position in positions[1:10]]
    assert forward == [f"node={number}" for number in range(1, 10)]
    assert time_name(tape) == "node"


def test_the_gradient_reaches_every_node_and_every_weight() -> None:
    tape = recorded(SENTENCE, labels="root")
    assert all(step.index in tape.gradient_totals for step in tape if step.role is Role.PARAMETER)
    flow = gradient_flow(tape, "h")
    assert set(flow) == set(range(1, 10))
    assert all(norm is not None and norm > 0 for norm in flow.values())
    assert len([step for step in tape if step.symbol == "L"]) == len(outputs(tape)) == 1


def test_weights_are_counted_once_for_each_use() -> None:
    tape = recorded(SENTENCE)
    W = next(step for step in tape if step.symbol == "W")
    assert len(tape.gradient_totals[W.index]) == 4  # inner nodes
    W_y = next(step for step in tape if step.symbol == "W_y")
    assert len(tape.gradient_totals[W_y.index]) == 9


def test_a_tree_of_a_thousand_words_is_recorded() -> None:
    sentence = word("good")
    for _ in range(999):
        sentence = together(word("very"), sentence)
    tape = recorded_batch(trees([sentence], VOCABULARIES["english"], "root"))
    assert len(series(tape, Role.STATE)["h"]) == 1999


@pytest.mark.parametrize("language", ["english", "japanese"])
def test_it_learns_sentences_that_it_never_saw(language: str) -> None:
    lesson = lesson_named("recursive-net")
    settings = lesson.settings.changed(sentences=language, hidden=20, learning_rate=0.01)
    run = Run(lesson, settings)
    before = examine(lesson, settings, run.state(0).parameters).accuracy
    for _ in run.advance(1000):
        pass
    after = examine(lesson, settings, run.state(1000).parameters)
    assert before < 0.6
    assert after.accuracy > 0.85
