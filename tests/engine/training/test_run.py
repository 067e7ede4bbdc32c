"""Any iteration of a run can be re-created bit for bit."""

import itertools

import numpy as np
import pytest

from engine.errors import MemoryNeedError
from engine.lesson import lesson_named
from engine.tape import Tape
from engine.training.history import History
from engine.training.iteration import Snapshot, record_forward
from engine.training.run import Run, RunError
from tests.engine.small_lesson import small


def values(tape: Tape) -> list[np.ndarray]:
    return [np.asarray(step.value) for step in tape]


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adagrad", "rmsprop", "adam"])
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_a_re_created_iteration_has_the_bits_of_the_first_time(optimizer: str, dtype: str) -> None:
    lesson, settings = small(optimizer=optimizer, dtype=dtype, clip=0.5)
    straight, jumping = Run(lesson, settings), Run(lesson, settings)
    originals = [straight.next_iteration() for _ in range(130)]
    for _ in jumping.advance(130):
        pass
    assert jumping.history.losses == straight.history.losses
    for number in (0, 1, 49, 50, 51, 99, 129):
        again = jumping.tape(number)
        assert all(
            a.dtype == b.dtype and a.tobytes() == b.tobytes()
            for a, b in zip(values(originals[number]), values(again), strict=True)
        )


def test_everything_on_the_tape_is_of_the_chosen_precision() -> None:
    for dtype in ("float32", "float64"):
        tape = Run(*small(dtype=dtype, bias=True, optimizer="adam", clip=0.1, batch=3)).tape(0)
        assert {np.asarray(step.value).dtype.name for step in tape} == {dtype}


def test_snapshots_are_thinned_when_they_grow_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.training.run._SNAPSHOT_BYTES", 3000)
    run, whole = Run(*small()), Run(*small())
    for _ in run.advance(2000):
        pass
    for _ in itertools.islice(whole.advance(1234), 1234):
        pass
    for name, value in run.state(1234).parameters.items():
        np.testing.assert_array_equal(value, whole.state(1234).parameters[name])


def test_an_iteration_not_run_is_refused() -> None:
    with pytest.raises(RunError, match="Iteration 3 has not been run; the run has reached 0."):
        Run(*small()).state(3)


def test_training_can_be_left_and_taken_up_again() -> None:
    run, whole = Run(*small()), Run(*small())
    for _ in itertools.islice(run.advance(10), 4):
        pass
    for _ in run.advance(10):
        pass
    for _ in whole.advance(10):
        pass
    assert run.history.losses == whole.history.losses


def test_the_exercise_is_learned() -> None:
    lesson = lesson_named("binary-addition")
    run = Run(lesson, lesson.settings.changed(learning_rate=0.5))
    for _ in run.advance(3000):
        pass
    batch = lesson.task.examination(run.settings, np.random.default_rng(0))
    tape = record_forward(lesson, run.settings, run.state(3000).parameters, batch)
    outputs = np.stack([step.value for step in tape if step.symbol == "y"])
    assert lesson.task.score(outputs, batch).right == 16_384


def test_a_loss_that_is_not_finite_is_remembered_and_training_goes_on() -> None:
    run = Run(*small(activation="identity", weight_std=1000.0, dtype="float32", bits=30))
    for _ in run.advance(30):
        pass
    assert run.history.first_bad is not None
    assert run.reached == 30


def test_memory_is_asked_for_before_it_is_taken() -> None:
    with pytest.raises(MemoryNeedError, match=r"need about .* TiB of memory, and .* are free"):
        Run(*small(hidden=1_000_000))


def test_the_latest_state_is_of_the_number_it_comes_with_whenever_it_is_asked_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = Run(*small())
    asked: list[tuple[int, Snapshot]] = []
    usual = History.add

    def add(history: History, tape: Tape) -> None:
        asked.append(run.latest)  # as another thread may, in the middle of the book-keeping
        usual(history, tape)
        asked.append(run.latest)

    monkeypatch.setattr(History, "add", add)
    for _ in run.advance(4):
        asked.append(run.latest)
    monkeypatch.undo()
    again = Run(*small())
    for _ in again.advance(4):
        pass
    for number, snapshot in asked:
        told = again.state(number).parameters
        assert all(np.array_equal(value, told[name]) for name, value in snapshot.parameters.items())
