"""The engine against PyTorch's eager autograd, and recording against not recording."""

import gc
import importlib.util
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from engine.lesson import lesson_named
from engine.task import Batch
from engine.training.iteration import Snapshot, batch_of, record_iteration
from engine.training.run import Run
from tests.benchmarks.row import Missing, Row, paired

_ROUNDS = 9
_CALLS = 300


def engine_rows() -> Iterator[Row | Missing]:
    """Exercise 3_1: eight time steps, sixteen hidden units, one addition an iteration, float64."""
    lesson = lesson_named("binary-addition")
    start = Run(lesson, lesson.settings).state(0)
    batch = batch_of(lesson, lesson.settings, 0)

    def record() -> None:
        record_iteration(lesson, lesson.settings, start, 0, batch)[0].release()

    what = "an iteration of 3_1, every operation of all phases recorded"
    with _no_collector():
        if importlib.util.find_spec("torch") is None:
            yield Missing(what, "PyTorch is not installed here (make oracles installs it)")
        else:
            yield Row(what, *paired(record, _torch_iteration(start, batch), _ROUNDS, _CALLS),
                      "PyTorch eager autograd, not recorded", 0.7)  # fmt: skip
        yield Row("recording everything", *paired(record, _bare_iteration(record_iteration(
            lesson, lesson.settings, start, 0, batch)[0]), _ROUNDS, _CALLS), "the same NumPy calls, nothing noted", 2.0)


def _bare_iteration(tape: object) -> Callable[[], None]:
    """The operations of a recorded iteration on their values, and nothing else."""
    calls = [
        (step.operation.forward if step.operation else None, [source.index for source in step.inputs],
         step.attributes or {}, step.value)
        for step in tape  # type: ignore[attr-defined]
    ]  # fmt: skip

    def run() -> None:
        values: list[object] = []
        with np.errstate(all="ignore"):
            for forward, inputs, attributes, given in calls:
                if forward is None:
                    values.append(given)
                else:
                    values.append(forward(*[values[index] for index in inputs], **attributes))

    return run


def _torch_iteration(start: Snapshot, batch: Batch) -> Callable[[], None]:
    import torch

    torch.set_num_threads(1)
    W_in, W_out, W = (
        torch.tensor(start.parameters[name], requires_grad=True) for name in ("W_in", "W_out", "W")
    )
    xs, ds = torch.tensor(batch.inputs["x"]), torch.tensor(batch.targets["d"])

    def run() -> None:
        z = torch.zeros((1, W.shape[0]), dtype=W.dtype)
        loss = torch.zeros((), dtype=W.dtype)
        for x, d in zip(xs, ds, strict=True):
            z = torch.sigmoid(x @ W_in + z @ W)
            y = torch.sigmoid(z @ W_out)
            loss = loss + torch.mean((d - y) ** 2) / 2
        loss.backward()
        with torch.no_grad():
            for parameter in (W_in, W_out, W):
                assert parameter.grad is not None
                parameter -= 0.0 * parameter.grad  # learns nothing: every call shall compute the same
                parameter.grad = None

    return run


@contextmanager
def _no_collector() -> Iterator[None]:
    """Both sides without the cycle collector, as a training runs (engine/training/run.py)."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
