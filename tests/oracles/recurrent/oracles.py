"""All oracles asked about one configuration."""

from __future__ import annotations

from tests.oracles.differences import TOLERANCE, differences
from tests.oracles.recurrent import onnx_layers, torch_layers
from tests.oracles.recurrent.configuration import Configuration
from tests.oracles.recurrent.torch_network import torch_results
from tests.oracles.recurrent.vector_file import Case


class OraclesDisagreeError(Exception):
    """PyTorch's own layers and the cells written out in PyTorch differ: one of the oracles is wrong."""


def case_of(configuration: Configuration) -> Case:
    """What the oracles say.

    Raises:
        OraclesDisagreeError: they say different things.
    """
    results = torch_results(configuration)
    own_layers = torch_layers.can_say(configuration)
    if own_layers:
        by_layers = torch_layers.layer_results(configuration)
        for name, error in differences({name: results[name] for name in by_layers}, by_layers).items():
            if error > TOLERANCE:
                raise OraclesDisagreeError(f"{configuration}: {name} differs by {error:.2e}")
        results |= by_layers
    onnx = onnx_layers.onnx_results(configuration) if onnx_layers.can_say(configuration) else {}
    return Case(configuration, {k: v for k, v in results.items() if not k.startswith("real/")}, own_layers, onnx)
