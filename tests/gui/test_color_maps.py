"""Colour maps: even, symmetric in lightness, and told apart by those who see two kinds of cones only."""

import numpy as np
import pytest

from gui.appearance import Appearance
from gui.color_maps import light_ink_on, look_up_table, paint

# Linear sRGB as seen without one kind of cone (Machado, Oliveira and Fernandes 2009, severity 1).
_DEFICIENCIES = {
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
}


def _linear(table):
    rgb = table[:, :3] / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def _luminance(table):
    return _linear(table) @ [0.2126, 0.7152, 0.0722]


@pytest.fixture(params=["light", "dark"])
def appearance(request, qapp):
    return Appearance(theme=request.param)


@pytest.mark.parametrize("name", ["value_map", "gradient_map"])
def test_a_diverging_map_changes_steadily_and_alike_on_both_sides(appearance, name):
    lightness = np.cbrt(_luminance(getattr(appearance, name)))
    sign = 1 if appearance.theme.dark else -1
    assert (np.diff(lightness[128:]) * sign > -2e-3).all()
    assert (np.diff(lightness[:128]) * sign < 2e-3).all()
    assert abs(lightness[0] - lightness[-1]) < 0.12


@pytest.mark.parametrize("name", ["value_map", "gradient_map"])
@pytest.mark.parametrize("deficiency", _DEFICIENCIES)
def test_signs_are_told_apart_without_one_kind_of_cones(appearance, name, deficiency):
    seen = np.clip(_linear(getattr(appearance, name)) @ np.transpose(_DEFICIENCIES[deficiency]), 0, 1)
    # Halfway to the ends the two sides differ in blue against yellow, which both kinds still see.
    yellowness = seen[:, :2].mean(axis=1) - seen[:, 2]
    assert yellowness[192] - yellowness[63] > 0.2


def test_a_sequential_map_changes_steadily(appearance):
    sign = 1 if appearance.theme.dark else -1
    assert (np.diff(_luminance(appearance.sequential_map)) * sign > -1e-3).all()


def test_stops_are_met():
    table = look_up_table(["#102030", "#ffffff"])
    assert table[0].tolist() == [0x10, 0x20, 0x30, 255]
    assert table[-1].tolist() == [255, 255, 255, 255]


def test_values_are_painted():
    table = look_up_table(["#000000", "#ffffff"])
    colors = paint(np.array([[-2.0, -1.0], [1.0, np.nan], [np.inf, 9.0]]), table, -1, 1, (212, 0, 184))
    assert colors.shape == (3, 2, 4)
    assert colors[..., 0].tolist() == [[0, 0], [255, 212], [212, 255]]
    assert paint(np.array([5.0]), table, 5, 5, (0, 0, 0))[0].tolist() == table[128].tolist()


def test_ink_is_chosen_by_contrast():
    assert light_ink_on(np.array([[0, 0, 0, 255], [255, 255, 255, 255], [11, 61, 145, 255]], np.uint8)).tolist() == [
        True, False, True,
    ]
