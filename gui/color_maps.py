"""Colour maps as look-up tables (256, 4) uint8 RGBA, and values painted through them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Lut = NDArray[np.uint8]
ENTRIES = 256

# Linear sRGB -> cone responses -> OKLab (B. Ottosson, 2020): equal steps there look equal, and mixing
# blue into white stays blue.
_CONES = np.array([[0.4122214708, 0.5363325363, 0.0514459929],
                   [0.2119034982, 0.6806995451, 0.1073969566],
                   [0.0883024619, 0.2817188376, 0.6299787005]])
_LAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468],
                 [1.9779984951, -2.4285922050, 0.4505937099],
                 [0.0259040371, 0.7827717662, -0.8086757660]])


def look_up_table(stops: Sequence[str]) -> Lut:
    """(256, 4) uint8 through evenly spaced "#rrggbb" stops, mixed in OKLab."""
    rgb = np.array([[int(stop[at : at + 2], 16) for at in (1, 3, 5)] for stop in stops]) / 255
    lab = _to_oklab(rgb)
    at = np.linspace(0, 1, ENTRIES)
    known = np.linspace(0, 1, len(stops))
    mixed = np.stack([np.interp(at, known, lab[:, axis]) for axis in range(3)], axis=1)
    table = np.full((ENTRIES, 4), 255, np.uint8)
    table[:, :3] = np.rint(_to_rgb(mixed) * 255)
    return table


def paint(values: NDArray[np.floating], table: Lut, least: float, greatest: float,
          not_finite: Sequence[int]) -> Lut:
    """Colours (..., 4) of values (...): least..greatest over the table, beyond it its ends, NaN and inf marked."""
    finite = np.isfinite(values)
    span = greatest - least
    share = (np.where(finite, values, least) - least) / span if span > 0 else np.full(np.shape(values), 0.5)
    index = np.rint(np.clip(share, 0, 1) * (ENTRIES - 1)).astype(np.intp)
    colors = table[index]
    colors[~finite] = (*not_finite[:3], 255)
    return colors


def light_ink_on(colors: Lut) -> NDArray[np.bool_]:
    """Where white text reads better than black on colours (..., 4): True (...)."""
    luminance = _linear(colors[..., :3] / 255.0) @ np.array([0.2126, 0.7152, 0.0722])
    return 1.05 / (luminance + 0.05) > (luminance + 0.05) / 0.05


def _linear(rgb: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def _to_oklab(rgb: NDArray[np.floating]) -> NDArray[np.floating]:
    return np.cbrt(_linear(rgb) @ _CONES.T) @ _LAB.T


def _to_rgb(lab: NDArray[np.floating]) -> NDArray[np.floating]:
    linear = np.clip((lab @ np.linalg.inv(_LAB).T) ** 3 @ np.linalg.inv(_CONES).T, 0, 1)
    return np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
