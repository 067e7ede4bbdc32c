"""The view of the lab: sliders that are followed, the book's numbers on the screen, the lesson's own weight."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QWidget
from pytestqt.qtbot import QtBot

from engine.analysis.vanishing_lab import CAROUSEL, LabSetup, VanishingLab, chapter_6
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.lab import LabView
from gui.views.lab_arrangement import arrange
from gui.views.lab_curves import scale_of
from gui.views.lab_model import steps_back
from gui.views.lab_slider import LabSlider, Reach
from gui.views.number_text import significant
from tests.gui.views.looks import every_look
from tests.gui.views.plot_pictures import bridge_of, colors_of
from tests.gui.views.showing import Showing


@pytest.fixture
def bridge(showing: Showing) -> Bridge:
    return showing.keep(bridge_of())


@pytest.fixture
def view(showing: Showing, bridge: Bridge, appearance: Appearance) -> LabView:
    return showing(LabView, bridge, (1400, 260), appearance)


def column(view: LabView, place: int) -> list[str]:
    model = view.table.numbers
    return [model.text(row, place) for row in range(model.rowCount())]


def picture(view: LabView) -> QImage:
    return view.curves.grab().toImage()


def test_the_books_numbers_are_on_the_screen(view: LabView) -> None:
    view.resize(1600, 700)
    view.presets[0].trigger()
    assert column(view, 0)[:5] == ["1 back", "2 back", "5 back", "10 back", "20 back"]
    assert column(view, 1)[:5] == ["2.46841", "3.3357", "8.08078", "25.689", "249.496"]
    assert view.presets[0].isChecked()
    view.presets[1].trigger()
    assert column(view, 1)[:5] == ["1.2342", "0.833926", "0.252524", "0.0250869", "0.000237938"]
    assert [action.isChecked() for action in view.presets] == [False, True, False]
    assert "0.6276 < 1" in view.verdict
    assert "can explode, but need not" in view.verdict


@pytest.mark.parametrize(
    ("name", "value"),
    [("size", 1.5), ("steps", 90), ("units", 7), ("seed", 5), ("inputs", 0.5), ("forget", 0.5), ("threshold", 2.0),
     ("earlier", 12), ("later", 30)],
)  # fmt: skip
def test_every_slider_is_followed(view: LabView, name: str, value: float) -> None:
    slider = view.controls.sliders[name]
    slider.field.setValue(value)
    assert getattr(view.setup, name) == value
    expected = VanishingLab().answer(view.setup)
    for path, norms in expected.norms.items():
        np.testing.assert_array_equal(view.result.norms[path], norms)
    np.testing.assert_array_equal(view.result.jacobian.matrix, expected.jacobian.matrix)
    place = slider.slider.value()
    slider.slider.setValue(place - 1)
    assert getattr(view.setup, name) < value


def test_t_follows_the_length_until_it_is_moved_away(view: LabView) -> None:
    sliders = view.controls.sliders
    sliders["steps"].field.setValue(80)
    assert sliders["later"].value == 80
    sliders["later"].field.setValue(30)
    sliders["steps"].field.setValue(60)
    assert (sliders["later"].value, sliders["earlier"].field.maximum()) == (30, 30)
    sliders["earlier"].field.setValue(20)
    sliders["steps"].field.setValue(10)
    assert view.setup.span == (10, 10)
    assert view.result.jacobian.spectral_radius == 1
    sliders["steps"].field.setValue(50)
    assert view.setup.span == (20, 30)
    sliders["later"].field.setValue(50)
    sliders["steps"].field.setValue(70)
    assert view.setup.span == (20, 70)


def test_boxes_choose_the_paths(view: LabView) -> None:
    before = colors_of(picture(view))
    for name in ("sigmoid", "relu", CAROUSEL):
        view.controls.boxes[name].click()
    assert set(view.result.norms) == {"identity", "tanh", "lstm"}
    assert view.table.numbers.columnCount() == 4
    assert colors_of(picture(view)) != before
    for name in ("identity", "tanh", "lstm"):
        view.controls.boxes[name].click()
    assert not view.result.norms
    assert view.table.numbers.rowCount() == 0
    picture(view)


def test_relative_norms_begin_at_one(view: LabView) -> None:
    assert view.curves.curve("tanh")[-1] == 1
    assert (view.curves.curve(CAROUSEL) == 1).all()
    view.relative.trigger()
    assert view.curves.curve("tanh")[-1] == pytest.approx(np.sqrt(2 * 16) / 2)


def test_clipping_is_told_before_and_after(view: LabView) -> None:
    view.show_setup(replace(view.setup, size=3.0, threshold=1.0, paths=frozenset({"identity"})))
    rows = dict(zip(column(view, 0), column(view, 1), strict=True))
    assert rows["clipped"] == "1"
    assert 0 < view.result.rate("identity") < 1
    assert view.result.clipped["identity"].max() == 1
    assert "clipped" not in column_after_clipping_ended(view)


def column_after_clipping_ended(view: LabView) -> list[str]:
    view.controls.sliders["threshold"].slider.setValue(0)
    assert view.setup.threshold == 0
    return column(view, 0)


def test_the_lessons_own_weight_follows_the_iteration(view: LabView, bridge: Bridge) -> None:
    view.presets[2].trigger()
    assert view.setup.source == "W"
    assert not view.controls.sliders["units"].isEnabled()

    def own() -> np.ndarray:
        return next(np.asarray(step.value) for step in bridge.tape if step.symbol == "W")

    np.testing.assert_array_equal(view.result.weight.matrix, own())
    first = view.result.weight.matrix.copy()
    for _ in bridge.session.run.advance(20):
        pass
    bridge.session.open_iteration(20)
    np.testing.assert_array_equal(view.result.weight.matrix, own())
    assert not np.array_equal(first, own())
    view.controls.sliders["size"].field.setValue(2.0)
    np.testing.assert_allclose(view.result.weight.matrix, 2 * own())


def test_a_hidden_lab_answers_when_it_is_shown(view: LabView, bridge: Bridge) -> None:
    view.presets[2].trigger()
    view.hide()
    bridge.session.restart(bridge.settings.changed(hidden=5))
    assert view.result.weight.units == 16
    view.show()
    assert view.result.weight.units == 5


def test_another_lesson_without_such_a_weight_ends_it(view: LabView, bridge: Bridge, qtbot: QtBot) -> None:
    view.presets[2].trigger()
    bridge.open_lesson("lstm-merged")
    qtbot.waitUntil(lambda: bridge.lesson.id == "lstm-merged")
    assert view.setup.source == ""
    assert not view.presets[2].isEnabled()
    assert not view.refused


def test_a_weight_that_cannot_be_studied_is_refused_in_a_sentence(view: LabView, bridge: Bridge) -> None:
    view.presets[2].trigger()
    bridge.session.restart(bridge.settings.changed(weight_std=0.0))
    view.controls.weight.setCurrentIndex(3)
    view.controls.weight.activated.emit(3)
    assert view.refused
    assert "eigenvalues" in view.verdict
    assert not view.curves.isVisible()
    bridge.session.restart(bridge.settings.changed(hidden=300, weight_std=1.0))
    assert "256" in view.verdict
    view.presets[0].trigger()
    assert not view.refused
    assert view.curves.isVisible()


def test_pointing_reads_all_paths(view: LabView, qtbot: QtBot) -> None:
    curves = view.curves
    point = QPoint(round(curves.axis.centre(10)), round(curves.area.center().y()))
    qtbot.mouseMove(curves, point)
    assert curves.time == 10
    assert "40 steps back" in curves.accessibleDescription()
    assert number_of(view, "tanh", 10) in curves.accessibleDescription()
    qtbot.mouseMove(curves, QPoint(1, 1))
    assert curves.time is None
    qtbot.keyClick(curves, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert curves.time == 50
    qtbot.keyClick(curves, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
    assert curves.time == 49
    view.show_setup(LabSetup(steps=5))
    assert curves.time is None


def number_of(view: LabView, path: str, t: int) -> str:
    return view.curves.reading(t).split(f"{path} ")[1].split(",")[0]


@pytest.mark.parametrize("size", [(300, 700), (600, 260), (900, 400), (1400, 220), (1600, 900)])
def test_all_sizes_scales_themes_and_languages(view: LabView, appearance: Appearance, size: tuple[int, int]) -> None:
    for _ in every_look(appearance):
        view.resize(*size)
        assert len(colors_of(picture(view))) > 5
        assert len(colors_of(view.grab().toImage())) > 8


@pytest.mark.parametrize("scale", [0.75, 1.0, 3.0])
def test_what_is_narrower_than_an_arrangement_needs_gets_another(
    qtbot: QtBot, appearance: Appearance, scale: float
) -> None:
    appearance.set_scale(scale)
    parts = tuple(QWidget() for _ in range(5))
    holder = QWidget()
    qtbot.addWidget(holder)
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(0)
    now, seen = "", []
    for width in range(1500, 300, -4):
        size = QSize(round(width * scale), round(300 * scale))
        now = arrange(grid, parts, size, appearance, now)  # type: ignore[arg-type]
        if now != "column":
            assert grid.minimumSize().width() <= size.width()
        seen.append(now)
    assert list(dict.fromkeys(seen)) == ["row", "two rows", "two columns", "column"]


def test_extremes_are_drawn(view: LabView) -> None:
    for setup in (
        LabSetup(by_radius=False, size=6.0, steps=200, units=64, threshold=0.01),
        LabSetup(by_radius=False, size=0.0, steps=3),
        LabSetup(size=0.01, steps=200, inputs=0.0),
        LabSetup(steps=1, units=1, forget=0.0),
        replace(chapter_6(1.0), through="relu"),
    ):
        for relative in (True, False):
            view.relative.setChecked(relative)
            view.show_setup(setup)
            picture(view)
            view.grab()


def test_scales_do_not_go_on_for_ever() -> None:
    scale = scale_of(np.array([1e-120, 1.0, 1e60, np.inf]))
    assert (scale.low, scale.high) == (-18, 18)
    assert (scale.below, scale.above) == ("< 10⁻¹⁸", "> 10¹⁸")
    assert scale_of(np.array([1e-60, 1e-50])).low < scale_of(np.array([1e-60, 1e-50])).high
    assert scale_of(np.array([1e50, 1e60])).low < scale_of(np.array([1e50, 1e60])).high


def test_round_numbers_of_steps_back() -> None:
    assert steps_back(20) == [1, 2, 5, 10, 20]
    assert steps_back(7) == [1, 2, 5, 7]
    assert steps_back(1) == [1]


def test_significant_digits() -> None:
    assert significant(0.025086887, 6) == "0.0250869"
    assert significant(-2.5e12, 3) == "−2.5×10¹²"
    assert significant(1e-7, 2) == "10⁻⁷" or significant(1e-7, 2) == "1×10⁻⁷"
    assert significant(float("nan"), 3) == "NaN"


@pytest.mark.parametrize("reach", [Reach(0.0, 6.0, 0.01, 2), Reach(1, 200), Reach(0.0, 1000.0, 0.1, 2, (-2, 3))])
def test_sliders_and_fields_show_the_same(qtbot: QtBot, appearance: Appearance, reach: Reach) -> None:
    slider = LabSlider(reach, appearance)
    qtbot.addWidget(slider)
    heard: list[float] = []
    slider.moved.connect(heard.append)
    for place in (reach.places, 0, reach.places // 2):
        slider.slider.setValue(place)
        assert slider.value == heard[-1]
        assert reach.place(slider.value) == place
    slider.field.setValue(reach.most + 5)
    assert heard[-1] == reach.most
    count = len(heard)
    slider.show_value(reach.least)
    assert len(heard) == count
    assert slider.slider.value() == 0
