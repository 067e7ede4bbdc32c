"""A small convolutional network: from an image to a feature vector (systems B10, B11).

Each convolution has a ReLU after it and takes the maximum of every patch; what is left is laid out in a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext

from engine.dense import affine, affine_parameters
from engine.model import ParameterSpec
from engine.ops.activations import relu, tanh
from engine.ops.convolution import convolution2d, output_size
from engine.ops.pooling import max_pool2d
from engine.ops.shapes import reshape
from engine.scope import layer, part
from engine.settings import Setting, SettingKind, Settings
from engine.tensor import Tensor, variable

IMAGE_PART = "image"

IMAGE_SETTINGS = (
    Setting("convolutions", SettingKind.INTEGER, 2, "Number of convolutions, each with pooling after it.", 1, 8),
    Setting("filters", SettingKind.INTEGER, 8, "Number of filters of each convolution.", 1, 4096),
    Setting("filter_size", SettingKind.INTEGER, 3, "Pixels along a side of a filter.", 1, 31),
    Setting("pool", SettingKind.INTEGER, 2, "Side of the patches of which the maximum is taken; 1 for none.", 1, 16),
    Setting("features", SettingKind.INTEGER, 32, "Width of the vector that stands for an image.", 1, 100_000),
)  # fmt: skip
"""Settings of every model that looks at images."""

_MAPS, _POOLED = 6, 3
"""Arrays as large as a convolution's maps, and as the pooled ones, forward and backward (measured)."""


class ImageNetwork:
    """A = relu(X ∗ K + b), P = maxpool(A), as often as there are convolutions; φ = tanh(P W_φ + b_φ)."""

    def __init__(self, settings: Settings, image: tuple[int, ...], prefix: str = f"{IMAGE_PART}.") -> None:
        """Declare it.

        Args:
            image: channels, height and width.
            prefix: of all parameters.

        Raises:
            OperationError: so many poolings leave nothing of the image.
        """
        self._settings, self._image, self._prefix = settings, image, prefix
        self.width = settings.integer("features")
        self._depth, self._filters = settings.integer("convolutions"), settings.integer("filters")
        self._side, self._pool = settings.integer("filter_size"), settings.integer("pool")
        self._sizes: list[tuple[int, int]] = []
        height, width = image[1:]
        for _ in range(self._depth):
            height, width = (output_size(one, self._side, padding=self._side // 2) for one in (height, width))
            self._sizes.append((height, width))
            height, width = (output_size(one, self._pool, self._pool) for one in (height, width))
        self._places = self._filters * height * width

    def _prefixes(self) -> list[str]:
        if self._depth == 1:
            return [self._prefix]
        return [f"{self._prefix}layer{number}." for number in range(1, self._depth + 1)]

    def parameters(self) -> tuple[ParameterSpec, ...]:
        """K (F, C, k, k) and b (1, F, 1, 1) of each convolution, W_phi and b_phi."""
        specs, channels, bias = list[ParameterSpec](), self._image[0], self._settings.switch("bias")
        for prefix in self._prefixes():
            shape = (self._filters, channels, self._side, self._side)
            specs.append(ParameterSpec(f"{prefix}K", shape, channels * self._side**2))
            if bias:
                specs.append(ParameterSpec(f"{prefix}b", (1, self._filters, 1, 1), 0))
            channels = self._filters
        return (*specs, *affine_parameters(self._places, self.width, "phi", self._prefix, bias=bias))

    def numbers(self) -> int:
        """How many are recorded for each image, forward and backward, and needed beside, at most."""
        recorded, beside, channels = 0.0, 0, self._image[0]
        for height, width in self._sizes:
            seen = channels * self._side**2
            recorded += (_MAPS + (_POOLED if self._pool > 1 else 0) / self._pool**2) * self._filters * height * width
            beside = max(beside, 2 * seen * height * width)  # what each place sees
            channels = self._filters
        return round(recorded) + beside

    def features(self, image: Tensor, parameters: Mapping[str, Tensor]) -> Tensor:
        """Record the network.

        Args:
            image: (N, C, H, W).

        Returns:
            φ (N, features).
        """
        maps = image
        with part(IMAGE_PART):
            for number, prefix in enumerate(self._prefixes(), start=1):
                with layer(number) if self._depth > 1 else nullcontext():
                    u = convolution2d(maps, parameters[f"{prefix}K"], padding=self._side // 2)
                    b = parameters.get(f"{prefix}b")
                    maps = variable("A", relu(variable("u", u if b is None else u + b)))
                    if self._pool > 1:
                        maps = variable("P", max_pool2d(maps, size=self._pool))
            with part("feature"):
                row = reshape(maps, shape=(maps.shape[0], self._places))
                return variable("phi", tanh(variable("u", affine(row, parameters, "phi", self._prefix))))
