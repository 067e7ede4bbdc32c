"""The operations put together: a small net of attention over words of sentences of different length."""

import numpy as np

from engine.analysis.gradient_check import check_gradients
from engine.backward import backward
from engine.ops.arithmetic import scale
from engine.ops.lookups import take_rows
from engine.ops.losses import softmax_with_loss
from engine.ops.masks import choose, masked_fill
from engine.ops.probabilities import softmax
from engine.ops.products import batched_matmul, batched_matmul_by_transpose
from engine.ops.reductions import normalize
from engine.ops.shapes import concatenate
from engine.tape import Tape


def attention_net() -> Tape:
    random = np.random.default_rng(0)
    tape = Tape()
    with tape.recording(), np.errstate(all="ignore"):
        W_embed = tape.parameter("W_embed", random.normal(size=(6, 4)))
        W_q, W_y = tape.parameter("W_q", random.normal(size=(4, 4))), tape.parameter("W_y", random.normal(size=(8, 6)))
        x = take_rows(W_embed, tape.input("x", np.array([[1, 2, -1], [3, 3, 1]])))
        scores = batched_matmul_by_transpose(x @ W_q, x)
        weights = softmax(masked_fill(scores, tape.constant("future", np.triu(np.ones((3, 3)), 1))))
        v = concatenate(normalize(batched_matmul(weights, x)), x) @ W_y
        v = choose(tape.constant("m", np.array([True, False])), v, scale(v, factor=2.0))
        backward(tape, softmax_with_loss(v, tape.target("d", np.array([[2, 0, -1], [4, 5, 0]]))))
    return tape


def test_every_gradient_of_a_net_of_attention_agrees_with_differences() -> None:
    report = check_gradients(attention_net())
    assert report.agrees
    assert not report.faults
    assert report.rules_checked >= 14
    assert [check.whole.compared for check in report.parameters] == [24, 16, 48]


def test_words_and_padding_have_no_gradient() -> None:
    tape = attention_net()
    given = {step.symbol: tape.gradient(step.index) for step in tape.steps[: tape.backward_start] if step.is_given}
    assert given["x"] is given["d"] is given["m"] is given["future"] is None
    used = np.any(given["W_embed"], axis=1)
    np.testing.assert_array_equal(used, [False, True, True, True, False, False])
