"""Trace files: what is in them, and that a failure leaves nothing behind and nothing lost."""

import json
from pathlib import Path

import numpy as np
import pytest

from engine.address import addresses
from engine.errors import FileError
from engine.files.trace_file import check_place, trace_arrays, write_trace
from engine.tape import Tape
from engine.tensor import Array
from engine.training.run import Run
from tests.engine.small_lesson import small


def recorded(**values: object) -> tuple[Tape, dict[str, Array]]:
    lesson, settings = small(**values)
    tape = Run(lesson, settings).tape(0)
    return tape, trace_arrays(lesson, settings, 0, tape)


def test_everything_is_in_the_file_and_no_pickle(tmp_path: Path) -> None:
    tape, arrays = recorded(batch=2, bias=True)
    path = tmp_path / "trace.npz"
    write_trace(path, arrays)
    with np.load(path, allow_pickle=False) as file:
        assert {name: file[name].shape for name in file if name != "meta"} == {
            "param/W_in": (2, 4), "param/W": (4, 4), "param/W_out": (4, 1), "param/b": (1, 4), "param/c": (1, 1),
            "grad/W_in": (2, 4), "grad/W": (4, 4), "grad/W_out": (4, 1), "grad/b": (1, 4), "grad/c": (1, 1),
            "input/x": (3, 2, 2), "target/d": (3, 2, 1), "output/y": (3, 2, 1), "state/z": (3, 2, 4), "loss": (),
        }  # fmt: skip
        meta = json.loads(str(file["meta"]))
        for name in arrays:
            np.testing.assert_array_equal(file[name], arrays[name])
    assert meta["lesson"] == "binary-addition"
    assert meta["iteration"] == 0
    assert meta["settings"]["hidden"] == 4
    assert [step["address"] for step in meta["steps"]] == addresses(tape)
    for step, entry in zip(tape, meta["steps"], strict=True):
        assert entry["inputs"] == [tensor.index for tensor in step.inputs]
        assert entry["operation"] == (step.operation.name if step.operation else None)
        assert tuple(entry["shape"]) == step.shape


def test_the_numbers_are_those_of_the_tape() -> None:
    tape, arrays = recorded(truncation=1)
    states = [step.value for step in tape if step.symbol == "z" and step.scope.path.endswith("rnn")]
    np.testing.assert_array_equal(arrays["state/z"], np.stack(states))
    W = next(step for step in tape if step.symbol == "W")
    np.testing.assert_array_equal(arrays["grad/W"], tape.gradient(W.index))
    assert float(arrays["loss"]) == float(tape[tape.loss].value)


def test_the_arrays_compute_the_outputs_again() -> None:
    """What a reader would do with the file: y = σ(z W_out), u = x W_in + z W."""
    _, arrays = recorded(batch=3)
    z = np.concatenate([np.zeros((1, 3, 4)), arrays["state/z"]])
    u = arrays["input/x"] @ arrays["param/W_in"] + z[:-1] @ arrays["param/W"]
    np.testing.assert_allclose(1 / (1 + np.exp(-u)), arrays["state/z"], rtol=1e-12)
    y = 1 / (1 + np.exp(-arrays["state/z"] @ arrays["param/W_out"]))
    np.testing.assert_allclose(y, arrays["output/y"], rtol=1e-12)
    loss = np.sum((y - arrays["target/d"]) ** 2) / 2 / 3
    assert float(arrays["loss"]) == pytest.approx(loss)


def test_numbers_that_are_not_finite_are_written_as_they_are(tmp_path: Path) -> None:
    _, arrays = recorded()
    arrays["param/W"] = np.array([[np.nan, np.inf]])
    write_trace(tmp_path / "trace.npz", arrays)
    with np.load(tmp_path / "trace.npz") as file:
        np.testing.assert_array_equal(file["param/W"], [[np.nan, np.inf]])


def test_a_failure_keeps_the_old_file_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "trace.npz"
    path.write_bytes(b"old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez_compressed", full)
    with pytest.raises(FileError, match="No space left on device"):
        write_trace(path, {"loss": np.zeros(())})
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == ["trace.npz"]


def test_a_name_without_the_ending_is_kept(tmp_path: Path) -> None:
    write_trace(tmp_path / "trace", {"loss": np.zeros(())})
    assert (tmp_path / "trace").is_file()


def test_places_that_cannot_be_written_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="there is no folder"):
        check_place(tmp_path / "none" / "trace.npz")
    with pytest.raises(FileError, match="is a folder"):
        check_place(tmp_path)
    check_place(tmp_path / "trace.npz")
