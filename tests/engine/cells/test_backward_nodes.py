"""The nodes of the lecture's backward pass are steps of the tape: A1, A2, A3, dH_next, dH_prev, dH_s, dC_prev."""

import numpy as np
import pytest

from engine.tape import RuleSpan, Tape
from engine.tensor import Tensor
from tests.engine.cells.networks import entry, tape_of
from tests.engine.cells.sequences import Sequences, recorded_tape

LENGTH = 4


def totals(tape: Tape, of: Tensor) -> list[Tensor]:
    """The successive sums of a gradient."""
    return [tape[index] for index in tape.gradient_totals[of.index]]


def spans_to(tape: Tape, source: Tensor) -> list[RuleSpan]:
    """The rules that contributed to the gradient by an entry, in the order in which they did."""
    return [span for span in tape.spans() if tape[span.of].inputs[span.argument] is source]


def time_of(tape: Tape, index: int) -> str:
    return tape[index].scope.path.split("/", maxsplit=1)[0]


def made_by(step: Tensor) -> str:
    return "" if step.operation is None else step.operation.name


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "relu"])
def test_a_simple_layer_s_nodes(activation: str) -> None:
    tape = tape_of(cell="rnn", activation=activation, bits=LENGTH)
    W_h = entry(tape, "W_h", "")
    for time in range(1, LENGTH + 1):
        h, A2 = entry(tape, "h", f"t={time}/rnn"), entry(tape, "u", f"t={time}/rnn")
        dH_next, A3 = totals(tape, h)[-1], totals(tape, A2)[-1]
        assert made_by(A3) == "multiply"
        assert A3.inputs[0] is dH_next, "A3 = df ⊙ dH_next"
        if time == LENGTH:
            assert len(spans_to(tape, h)) == 1
            continue
        from_next, from_output = spans_to(tape, h)
        dH_prev, dH_s = tape[from_next.contribution], tape[from_output.contribution]
        assert (time_of(tape, from_next.of), time_of(tape, from_output.of)) == (f"t={time + 1}", f"t={time}")
        assert made_by(dH_next) == "add"
        assert dH_next.inputs == (dH_prev, dH_s), "dH_next^t = dH_prev^(t+1) + dH_s^t"
        assert made_by(dH_prev) == "matmul_by_transpose"
        A3_later = totals(tape, entry(tape, "u", f"t={time + 1}/rnn"))[-1]
        assert dH_prev.inputs == (A3_later, W_h), "dH_prev = A3 W_h^T"


@pytest.mark.parametrize("cell", ["lstm", "lstm_merged", "peephole_lstm"])
def test_an_lstm_s_nodes(cell: str) -> None:
    tape = tape_of(cell=cell, bits=LENGTH)
    for time in range(1, LENGTH):
        c, h = entry(tape, "c", f"t={time}/{cell}"), entry(tape, "h", f"t={time}/{cell}")
        o = entry(tape, "o", f"t={time}/{cell}/output")
        (squashed,) = (step for step in h.inputs if made_by(step) == "tanh")
        A1, dH_next = totals(tape, squashed)[-1], totals(tape, h)[-1]
        assert made_by(A1) == "multiply"
        assert A1.inputs == (dH_next, o), "A1 = O ⊙ dH_next"
        (through_tanh,) = (span for span in spans_to(tape, c) if span.of == squashed.index)
        A2 = tape[through_tanh.contribution]
        np.testing.assert_allclose(A2.value, (1 - squashed.value**2) * A1.value, atol=1e-15)
        f_later = entry(tape, "f", f"t={time + 1}/{cell}/forget")
        dC_later = totals(tape, entry(tape, "c", f"t={time + 1}/{cell}"))[-1]
        kept = [span for span in spans_to(tape, c) if f_later in tape[span.of].inputs]
        assert len(kept) == 1
        assert tape[kept[0].contribution].inputs == (dC_later, f_later), "dC_prev = F ⊙ (A2 + dC_next)"
        assert any(A2 in total.inputs for total in totals(tape, c)), "dC: A2 is added to dC_next"


@pytest.mark.parametrize("cell", ["lstm", "lstm_merged", "gru", "peephole_lstm"])
def test_what_comes_from_the_next_step_is_whole_before_the_output_s_share_is_added(cell: str) -> None:
    tape = tape_of(cell=cell, bits=LENGTH)
    for time in range(1, LENGTH):
        h = entry(tape, "h", f"t={time}/{cell}")
        spans = spans_to(tape, h)
        assert [time_of(tape, span.of) for span in spans] == [f"t={time + 1}"] * (len(spans) - 1) + [f"t={time}"]
        dH_prev, dH_next = totals(tape, h)[-2:]
        assert dH_next.inputs == (dH_prev, tape[spans[-1].contribution]), "dH_next = dH_prev + dH_s"
        np.testing.assert_allclose(
            dH_prev.value, sum(tape[span.contribution].value for span in spans[:-1]), atol=1e-15
        )


def test_with_one_read_out_for_all_time_steps_the_output_s_share_comes_first() -> None:
    tape = recorded_tape(Sequences(words=5), cell="rnn", time_layers=True)
    for time in (1, 2, 3):
        h = entry(tape, "h", f"t={time}/rnn")
        from_output, from_next = spans_to(tape, h)
        assert made_by(tape[from_output.of]) == "concatenate"
        assert time_of(tape, from_next.of) == f"t={time + 1}"
        dH_s, dH_prev = tape[from_output.contribution], tape[from_next.contribution]
        assert totals(tape, h)[-1].inputs == (dH_s, dH_prev)
