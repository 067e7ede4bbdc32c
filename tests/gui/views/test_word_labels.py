"""Names on the map of words: which ones, and where, against a plain search; laid out once."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from gui.appearance import Appearance
from gui.views import word_map_plot
from gui.views.word_labels import Place, placed_labels
from gui.views.word_map_plot import WordMapPlot

_CELL = 3


def plainly_placed(points: np.ndarray, widths: list[float], height: float, size: tuple[float, float], gap: float):
    """Greedily, cell by cell of a picture."""
    covered = np.zeros((int(size[1] / _CELL) + 2, int(size[0] / _CELL) + 4), dtype=bool)
    found: list[Place] = []
    for number, ((x, y), width) in enumerate(zip(points.tolist(), widths, strict=True)):
        if not (0 <= x <= size[0] and 0 <= y <= size[1]):
            continue
        for left, top in (
            (x + gap, y - height / 2), (x - gap - width, y - height / 2),
            (x - width / 2, y - gap - height), (x - width / 2, y + gap),
        ):  # fmt: skip
            if not QRectF(0, 0, *size).contains(QRectF(left, top, width, height)):
                continue
            column, row = int(left / _CELL), int(top / _CELL)
            box = covered[row : int((top + height) / _CELL) + 1, column : column + int(width / _CELL) + 2]
            if not box.any():
                box[:] = True
                found.append((number, left, top))
                break
    return found


@pytest.mark.parametrize("seed", range(12))
def test_labels_are_where_a_plain_search_puts_them(seed: int) -> None:
    random = np.random.default_rng(seed)
    size = (float(random.integers(100, 900)), float(random.integers(60, 500)))
    count = int(random.integers(1, 200))
    points = random.normal(size=(count, 2)) * np.array(size) / 3 + np.array(size) / 2
    points[::17] = np.nan  # of a training that went wrong
    widths, height = random.uniform(3, 90, count).tolist(), float(random.uniform(8, 30))
    assert placed_labels(points, widths, height, size, 4.0) == plainly_placed(points, widths, height, size, 4.0)


def test_of_no_points_there_are_no_labels() -> None:
    assert placed_labels(np.zeros((0, 2)), [], 15.0, (300.0, 200.0), 4.0) == []


def test_names_are_laid_out_once_for_all_moments_of_a_training(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[int] = []
    usual = word_map_plot.WordNames

    def counted(words, font):
        made.append(len(words))
        return usual(words, font)

    monkeypatch.setattr(word_map_plot, "WordNames", counted)
    look = Appearance()
    plot = WordMapPlot(look)
    plot.resize(500, 300)
    random = np.random.default_rng(0)
    words = tuple(f"word{number}" for number in range(50))
    pictures = []
    for _ in range(3):
        plot.show_places(words, random.standard_normal((50, 2)))
        pictures.append(plot.grab().toImage())
    assert made == [50]
    assert pictures[0] != pictures[1] != pictures[2]
    assert {word for word, _, _ in plot.labels} <= set(range(50))
    look.set_scale(1.5)
    plot.take_appearance()
    plot.grab()
    plot.show_places(words[:20], random.standard_normal((20, 2)))
    plot.grab()
    assert made == [50, 50, 20]
    plot.deleteLater()
