"""The second oracle: the ONNX operators RNN, LSTM and GRU as onnxruntime computes them, for values.

It knows what PyTorch does not: peepholes, a reset gate before the product; and sequence lengths without packing. It
computes in float32 alone.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import onnxruntime
from onnx import TensorProto, helper

from tests.oracles.recurrent.configuration import Configuration
from tests.oracles.recurrent.seeded_numbers import Numbers

_OPERATORS = {"rnn": "RNN", "lstm": "LSTM", "lstm_merged": "LSTM", "peephole_lstm": "LSTM", "gru": "GRU"}
_ORDERS = {"RNN": "", "LSTM": "iofg", "GRU": "zrn"}
_ACTIVATIONS = {"tanh": "Tanh", "relu": "Relu", "sigmoid": "Sigmoid"}
_OURS = "fgio"


def can_say(configuration: Configuration) -> bool:
    """Whether the operators of ONNX have this network."""
    values = configuration.settings
    if configuration.model != "recurrent" or values.integer("truncation"):
        return False
    return {
        "rnn": values.text("activation") in _ACTIVATIONS,
        "lstm": values.switch("forget_gate"),
        "lstm_merged": values.switch("forget_gate"),
        "peephole_lstm": values.switch("forget_gate")
        and values.text("peephole") != "full"
        and not values.switch("peephole_candidate"),
        "gru": True,
    }.get(values.text("cell"), False)


def onnx_results(configuration: Configuration) -> dict[str, Numbers]:
    """``real/<state>`` of all hidden states and ``final/<state>`` of all states, named as the engine names them."""
    x = configuration.parameters["W_embed"][configuration.x] if configuration.vocabulary else configuration.x
    names, results = list(configuration.state_names), {}
    kind = _OPERATORS[configuration.settings.text("cell")]
    ways = 2 if configuration.settings.switch("bidirectional") else 1
    kept = 2 if kind == "LSTM" else 1
    while names:
        own, names = names[: ways * kept], names[ways * kept :]
        made = _layer(configuration, kind, x, [own[way * kept : (way + 1) * kept] for way in range(ways)])
        for way in range(ways):
            results[f"real/{own[way * kept]}"] = made[0][:, way]
            for state in range(kept):
                results[f"final/{own[way * kept + state]}"] = made[1 + state][way]
        x = np.concatenate([made[0][:, way] for way in range(ways)], axis=2)
    return {name: value.astype(np.float64) for name, value in results.items()}


def _layer(configuration: Configuration, kind: str, x: Numbers, states: list[list[str]]) -> list[Any]:
    """Y (T, ways, N, H), Y_h and, for an LSTM, Y_c (ways, N, H) of one layer."""
    feeds: dict[str, Any] = {"X": x}
    weights = [_weights(configuration, kind, names[0].removesuffix("h")) for names in states]
    feeds |= {name: np.stack([one[name] for one in weights]) for name in weights[0]}
    if configuration.starts:
        feeds["initial_h"] = np.stack([configuration.states[names[0]] for names in states])
        if kind == "LSTM":
            feeds["initial_c"] = np.stack([configuration.states[names[1]] for names in states])
    feeds = {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in feeds.items()}
    if configuration.lengths is not None:
        feeds["sequence_lens"] = np.array(configuration.lengths, dtype=np.int32)
    outputs = ["Y", "Y_h", "Y_c"] if kind == "LSTM" else ["Y", "Y_h"]
    return list(_session(configuration, kind, feeds, outputs, len(states)).run(outputs, feeds))


def _session(
    configuration: Configuration, kind: str, feeds: dict[str, Any], outputs: list[str], ways: int
) -> onnxruntime.InferenceSession:
    slots = ["X", "W", "R", "B", "sequence_lens", "initial_h"] + (["initial_c", "P"] if kind == "LSTM" else [])
    attributes: dict[str, Any] = {
        "hidden_size": configuration.settings.integer("hidden"),
        "direction": "bidirectional" if ways == 2 else "forward",
    }
    if kind == "RNN":
        attributes["activations"] = [_ACTIVATIONS[configuration.settings.text("activation")]] * ways
    if kind == "GRU":
        attributes["linear_before_reset"] = int(configuration.settings.text("gru_reset") == "after-product")
    node = helper.make_node(kind, [slot if slot in feeds else "" for slot in slots], outputs, **attributes)
    types = {name: TensorProto.INT32 if name == "sequence_lens" else TensorProto.FLOAT for name in feeds}
    graph = helper.make_graph(
        [node],
        "layer",
        [helper.make_tensor_value_info(name, types[name], value.shape) for name, value in feeds.items()],
        [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=10)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])


def _weights(configuration: Configuration, kind: str, prefix: str) -> dict[str, Numbers]:
    """W (kH, D), R (kH, H), B (2kH) and P (3H) of one direction, in ONNX's order of gates."""
    own = {
        name.removeprefix(prefix): value
        for name, value in configuration.parameters.items()
        if name.startswith(prefix)
    }
    if configuration.settings.text("cell") == "lstm_merged":
        merged = {name: np.split(own[name], 4, axis=1) for name in ("W_x", "W_h", "b") if name in own}
        own = {f"{name}_{gate}": parts[at] for name, parts in merged.items() for at, gate in enumerate(_OURS)}
    if kind == "GRU" and configuration.settings.text("gru_update") == "z-takes-new":
        own |= {name: -value for name, value in own.items() if name.endswith("_z")}  # 1 − σ(u) = σ(−u)
    ends = [f"_{gate}" for gate in _ORDERS[kind]] or [""]
    made = {"W": np.concatenate([own[f"W_x{end}"] for end in ends], axis=1).T}
    made["R"] = np.concatenate([own[f"W_h{end}"] for end in ends], axis=1).T
    if configuration.settings.switch("bias"):
        from_x = np.concatenate([own[f"b{end}"][0] for end in ends])
        from_h = np.zeros_like(from_x)
        if "b_h_n" in own:
            from_h[-own["b_h_n"].size :] = own["b_h_n"][0]
        made["B"] = np.concatenate([from_x, from_h])
    if "W_c_i" in own:
        made["P"] = np.concatenate([own[f"W_c_{gate}"][0] for gate in "iof"])
    return made
