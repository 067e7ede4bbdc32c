"""What one press takes where there are neither cells nor time steps."""

import numpy as np
import pytest

from engine.analysis.cost import cost
from engine.debugger.grain import Grain, stops
from engine.tape import Phase
from tests.engine.transformer.transformer_lesson import tape_of


@pytest.fixture(scope="module")
def places() -> dict[Grain, list[str]]:
    """Where the forward pass stops."""
    tape = tape_of(layers=1)
    return {
        grain: [
            tape[int(end) - 1].scope.path
            for end in stops(tape, grain)[1:]
            if tape.phase(int(end) - 1) is Phase.FORWARD
        ]
        for grain in Grain
    }


def test_a_layer_takes_the_place_of_a_time_step(places: dict[Grain, list[str]]) -> None:
    assert places[Grain.TIME_STEP] == [
        "encoder/positions", "encoder/layer=1/feed forward/add and norm",
        "decoder/positions", "decoder/layer=1/feed forward/add and norm", "loss",
    ]  # fmt: skip


def test_a_part_of_a_layer_takes_the_place_of_a_cell(places: dict[Grain, list[str]]) -> None:
    layers = [place for place in places[Grain.CELL] if "layer" in place]
    assert layers == [
        "encoder/layer=1/self attention/add and norm", "encoder/layer=1/feed forward/add and norm",
        "decoder/layer=1/self attention/add and norm", "decoder/layer=1/source-target attention/add and norm",
        "decoder/layer=1/feed forward/add and norm",
    ]  # fmt: skip


def test_a_gate_is_what_an_attention_consists_of(places: dict[Grain, list[str]]) -> None:
    own = [place.rpartition("/")[2] for place in places[Grain.GATE] if place.startswith("encoder/layer=1/self")]
    assert own == ["query", "key", "value", "self attention", "output", "add and norm"]


@pytest.mark.parametrize("forcing", ["on", "off"])
@pytest.mark.parametrize("grain", list(Grain))
def test_coarser_stops_are_among_the_finer_ones(grain: Grain, forcing: str) -> None:
    tape = tape_of(layers=1, teacher_forcing=forcing, digits=1)
    assert set(stops(tape, grain.coarser())) <= set(stops(tape, grain))


def test_what_a_whole_sequence_costs() -> None:
    """Per source and answer: projections, scores, contexts, the small networks, normalisations, and the read-out."""
    T, S, d, inner, heads, classes = 3, 5, 4, 5, 2, 12
    tape = tape_of(layers=1)
    attention = {(t, s): (2 * t + 2 * s) * d * d + heads * t * s * (2 * d // heads + 1) for t in (S, T) for s in (S, T)}
    parts = attention[S, S] + attention[T, T] + attention[T, S]
    networks, norms = 2 * (S + T) * d * inner, (2 * S + 3 * T) * d
    found = cost(tape)
    assert found.multiply_adds == parts + networks + norms + T * d * classes + (S + T) * d
    assert found.parameters == sum(int(np.size(step.value)) for step in tape if step.role == "parameter")
