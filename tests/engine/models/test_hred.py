"""HRED: the order of time, what the context remembers, and running free."""

from dataclasses import replace

import numpy as np
import pytest

from engine.analysis.series import outputs, time_of
from engine.cell import CELLS
from engine.decoding import Decoder, Decodes, beam, greedy
from engine.lesson import Lesson
from engine.model import Parameters
from engine.scope import ScopeKind
from engine.settings import Value
from engine.task import Batch
from engine.tensor import Array
from engine.training.examination import answers
from engine.training.iteration import batch_of, record_forward
from engine.training.run import Run
from tests.engine.models.dialogue_lessons import small_dialogues


def begun(**values: Value) -> tuple[Lesson, Parameters, Batch]:
    lesson = small_dialogues("hred-dialogues", **values)
    return lesson, Run(lesson, lesson.settings).state(0).parameters, batch_of(lesson, lesson.settings, 0)


def said(lesson: Lesson, parameters: Parameters, batch: Batch) -> Array:
    return outputs(record_forward(lesson, lesson.settings, parameters, batch))


def free(lesson: Lesson, parameters: Parameters, batch: Batch) -> Decoder:
    assert isinstance(lesson.model, Decodes)
    return lesson.model.decoder(parameters, batch, lesson.settings, lesson.task.sizes(lesson.settings))


def test_time_counts_on_through_what_is_read_and_said() -> None:
    lesson, _, _ = begun()
    tape = Run(lesson, lesson.settings).tape(0)
    parts: dict[int, str] = {}
    for step in tape.steps[: tape.backward_start]:
        time, part = time_of(step), next((one for one in step.scope.line() if one.kind is ScopeKind.PART), None)
        if time is not None and part is not None and part.name in {"encoder", "decoder"}:
            assert parts.setdefault(time, part.name) == part.name
    assert [parts[t] for t in range(1, 31)] == 3 * (["encoder"] * 5 + ["decoder"] * 5)
    contexts = {time_of(step) for step in tape if "context" in step.scope.path and step.index < tape.backward_start}
    assert contexts == {5, 15, 25}


def test_the_first_utterance_reaches_the_last_answer_through_the_context_alone() -> None:
    for history, reaches in (("all", True), ("last", False)):
        lesson, parameters, batch = begun(history=history)
        x = batch.inputs["x"].copy()
        x[0] = (x[0] + 1) % 20
        before, after = said(lesson, parameters, batch), said(lesson, parameters, replace(batch, inputs={"x": x}))
        assert not np.array_equal(before[:5], after[:5])
        assert np.array_equal(before[5:], after[5:]) is not reaches


@pytest.mark.parametrize("cell", tuple(CELLS))
@pytest.mark.parametrize("peeky", [False, True])
def test_who_reads_its_own_words_in_training_says_what_it_says_running_free(cell: str, peeky: bool) -> None:
    lesson, parameters, batch = begun(teacher_forcing="off", cell=cell, peeky=peeky, layers=2)
    run_free = answers(lesson, lesson.settings, parameters, batch)
    assert np.allclose(said(lesson, parameters, batch), run_free, rtol=1e-12, atol=0)


def test_a_free_run_follows_what_was_truly_said_before() -> None:
    lesson, parameters, batch = begun()
    decoder = free(lesson, parameters, batch)
    run = greedy(decoder, 15)
    assert run.probabilities.shape == (15, 6, lesson.task.sizes(lesson.settings).outputs)
    assert np.array_equal(beam(decoder, 15, 1).ids, run.ids)
    x = batch.inputs["x"].copy()
    x[10:] = 1
    changed = replace(batch, inputs={"x": x}, mask=(x >= 0).astype(float))
    assert np.array_equal(greedy(free(lesson, parameters, changed), 15).ids[:10], run.ids[:10])


def test_single_precision_stays_so() -> None:
    lesson, _, _ = begun(dtype="float32", cell="lstm")
    tape = Run(lesson, lesson.settings).tape(0)
    assert {np.asarray(step.value).dtype.name for step in tape} <= {"float32", "int64"}
