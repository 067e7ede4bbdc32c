"""Where each grain stops."""

import numpy as np
import pytest

from engine.debugger.grain import Grain, stops
from engine.tape import Phase, Tape
from engine.training.run import Run
from tests.engine.small_lesson import small

TAPE = Run(*small()).tape(0)


def test_the_finest_grain_stops_behind_every_step() -> None:
    executed = [index + 1 for index, step in enumerate(TAPE) if step.operation is not None]
    np.testing.assert_array_equal(stops(TAPE, Grain.OPERATION), [0, *executed])


@pytest.mark.parametrize("grain", list(Grain))
def test_coarser_stops_are_among_the_finer_ones(grain: Grain) -> None:
    assert set(stops(TAPE, grain.coarser())) <= set(stops(TAPE, grain))
    assert stops(TAPE, grain)[-1] == len(TAPE)


def test_a_phase_ends_where_the_next_begins() -> None:
    phases = [TAPE.phase(int(stop) - 1) for stop in stops(TAPE, Grain.PHASE)[1:]]
    assert phases == [Phase.FORWARD, Phase.BACKWARD, Phase.UPDATE]


def test_time_steps_run_forward_then_backward() -> None:
    ends = stops(TAPE, Grain.TIME_STEP)[1:]
    times = [TAPE[int(end) - 1].scope.path.split("/")[0] for end in ends]
    assert times == ["t=1", "t=2", "t=3", "loss", "t=3", "t=2", "t=1", "W"]


def test_a_cell_is_passed_in_one_piece_in_the_backward_pass() -> None:
    ends = stops(TAPE, Grain.CELL)
    places = [TAPE[int(end) - 1].scope.path for end in ends[1:] if TAPE.phase(int(end) - 1) is Phase.BACKWARD]
    assert places == [f"t={t}/{place}" for t in (3, 2, 1) for place in ("loss", "output", "rnn")]


def test_an_empty_tape_has_one_stop() -> None:
    np.testing.assert_array_equal(stops(Tape(), Grain.OPERATION), [0])


def test_grains_are_ordered() -> None:
    assert Grain.OPERATION.finer() is Grain.OPERATION
    assert Grain.OPERATION.coarser() is Grain.GATE
    assert Grain.ITERATION.coarser() is Grain.ITERATION
