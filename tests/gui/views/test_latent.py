"""The view of codes: right codes and images, nothing before its time, live while training, and a dialogue's draws."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from engine.codes import Autoencodes
from engine.debugger.session import Session
from engine.lesson import RUN_SETTINGS, Lesson, lesson_named
from engine.model import MODELS
from engine.settings import Settings, declared
from engine.task import TASKS
from engine.tensor import Tensor
from engine.training import clipping, initializers, optimizers
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.latent import LatentView
from gui.views.latent_axes import Span
from gui.views.latent_card import Shown
from gui.views.latent_map import LatentMap
from gui.views.latent_plane import LatentPlane
from gui.views.utterance_codes import POSTERIOR, PRIOR
from tests.gui.views.digits_bridge import digits_bridge, point_at
from tests.gui.views.showing import Showing

Opened = Callable[..., tuple[Bridge, LatentView]]


@pytest.fixture
def opened(showing: Showing) -> Opened:
    def open_view(bridge: Bridge | None = None, look: Appearance | None = None, **settings: object) -> Any:
        made = bridge or digits_bridge(**settings)  # type: ignore[arg-type]
        view = showing(LatentView, made, (900, 320), look)
        QApplication.processEvents()  # the layout
        return made, view

    return open_view


def map_of(view: LatentView) -> LatentMap:
    assert view.map is not None
    return view.map


def card_of(view: LatentView) -> Shown:
    shown = map_of(view).card.shown
    assert shown is not None
    return shown


def large_image(view: LatentView) -> np.ndarray:
    image = card_of(view).image
    assert image is not None
    return image


def the(bridge: Bridge, symbol: str) -> Tensor:
    steps = bridge.tape.steps[: bridge.tape.backward_start]
    return next(step for step in steps if step.symbol == symbol)


def decoded(bridge: Bridge, z: np.ndarray) -> np.ndarray:
    """By hand, with the weights on the tape."""
    weights = {step.symbol: step.value for step in bridge.tape.steps if step.role == "parameter"}
    h = np.tanh(z @ weights["decoder.W"] + weights["decoder.b"])
    images = 1 / (1 + np.exp(-(h @ weights["W_y"] + weights["b_y"])))
    return images.reshape(-1, 6, 6)


def test_the_batch_appears_when_it_is_computed(opened: Opened) -> None:
    bridge, view = opened()
    plane, mu, z = map_of(view).plane, the(bridge, "mu"), the(bridge, "z")
    assert plane.batch_places() is None
    assert "not yet computed" in view.reading
    bridge.run_to(mu.index)
    np.testing.assert_array_equal(plane.batch_places(), mu.value)
    assert view.reading == "Iteration 0"
    shown = card_of(view)
    assert shown.numbers[1][1] == (mu.value[0, 1], None, the(bridge, "eps").value[0, 1], None)
    bridge.run_to(z.index)
    view.show_example(3)
    shown = card_of(view)
    np.testing.assert_array_equal(
        shown.numbers[0][1], [the(bridge, name).value[3, 0] for name in ("mu", "sigma", "eps", "z")]
    )
    np.testing.assert_allclose(large_image(view), decoded(bridge, z.value[3:4])[0], rtol=1e-12)
    assert shown.answered is None
    bridge.move_to(bridge.tape.backward_start)
    shown = card_of(view)
    np.testing.assert_array_equal(shown.answered, the(bridge, "y").value[3].reshape(6, 6))


def test_a_place_is_decoded_and_kept(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    made = map_of(view)
    axes = made.plane.axes
    point = axes.at(1.0, -2.0).toPoint()
    point_at(made.plane, point)
    place = made.plane.place
    assert place is not None
    assert place == pytest.approx((1.0, -2.0), abs=0.05)
    np.testing.assert_allclose(large_image(view), decoded(bridge, np.array([place]))[0], rtol=1e-12)
    qtbot.mouseClick(made.plane, Qt.MouseButton.LeftButton, pos=point)
    point_at(made.plane, QPoint(1, 1))
    assert made.plane.place == pytest.approx((1.0, -2.0), abs=0.05)
    made.plane.setFocus()
    qtbot.keyClick(made.plane, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    moved = made.plane.place
    assert moved is not None
    assert moved[0] > place[0]
    qtbot.keyClick(made.plane, Qt.Key.Key_Escape)
    assert made.plane.place is None


def test_a_click_on_a_point_picks_the_example(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    made = map_of(view)
    bridge.move_to(bridge.tape.backward_start)
    places = made.plane.batch_places()
    assert places is not None
    apart = np.linalg.norm(places[:, np.newaxis] - places, axis=-1) + np.eye(len(places)) * 9
    alone = int(np.argmax(apart.min(axis=1)))
    point = made.plane.axes.at(*places[alone]).toPoint()
    assert made.plane.example_at(point.toPointF()) == alone
    qtbot.mouseClick(made.plane, Qt.MouseButton.LeftButton, pos=point)
    shown = card_of(view)
    assert shown.title.startswith(f"Example {alone + 1} ")


def test_of_more_units_two_are_chosen_and_the_others_are_zero(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened(latent=4)
    made = map_of(view)
    view.show_pair(3, 1)
    bridge.move_to(bridge.tape.backward_start)
    np.testing.assert_array_equal(made.plane.batch_places(), the(bridge, "mu").value[:, [3, 1]])
    made.plane.keep((2.0, -1.0))
    shown = card_of(view)
    np.testing.assert_allclose(large_image(view), decoded(bridge, np.array([[0.0, -1.0, 0.0, 2.0]]))[0], rtol=1e-12)
    assert shown.caption == "z[3] = 2, z[1] = −1"


def test_the_plane_follows_the_update(opened: Opened) -> None:
    bridge, view = opened(learning_rate=0.5)
    codes = map_of(view).codes
    before = codes.decoded(np.zeros((1, 2)))
    bridge.move_to(bridge.cursor.end)
    after = codes.decoded(np.zeros((1, 2)))
    assert np.abs(after - before).max() > 0.01
    new = {name: bridge.tape[index].value for name, index in bridge.tape.updates.items()}
    model = bridge.lesson.model
    assert isinstance(model, Autoencodes)
    sizes = bridge.lesson.task.sizes(bridge.settings)
    told = model.decoded(new, np.zeros((1, 2)), bridge.settings, sizes)
    np.testing.assert_array_equal(after.ravel(), told.ravel())


@pytest.mark.impatient
def test_it_is_live_while_a_training_runs(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    seen: set[int] = set()
    bridge.history_changed.connect(lambda: seen.add(map_of(view).codes.live or 0))
    bridge.go_to_iteration(1500)
    qtbot.waitUntil(lambda: bridge.busy is None and bridge.iteration == 1500, timeout=60_000)
    assert len(seen - {0}) > 1
    assert map_of(view).codes.live is None
    assert view.reading == "Iteration 1,500 · codes of the batch: not yet computed"


@pytest.mark.impatient
def test_a_plane_that_takes_long_is_redrawn_less_often(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    bridge, view = opened()
    monkeypatch.setattr(LatentPlane, "painting_seconds", property(lambda plane: 60.0))
    seen: set[int] = set()
    bridge.history_changed.connect(lambda: seen.add(map_of(view).codes.live or 0))
    bridge.go_to_iteration(1500)
    qtbot.waitUntil(lambda: bridge.busy is None and bridge.iteration == 1500, timeout=60_000)
    assert len(seen - {0}) <= 1
    assert map_of(view).codes.live is None
    assert view.reading.startswith("Iteration 1,500")


def test_an_autoencoder_has_codes_alone(opened: Opened) -> None:
    bridge, view = opened(lesson="autoencoder-digits")
    bridge.move_to(bridge.tape.backward_start)
    np.testing.assert_array_equal(map_of(view).plane.batch_places(), the(bridge, "z").value)
    shown = card_of(view)
    assert shown.names == ("z",)


@pytest.mark.parametrize("units", [1, 2, 3])
@pytest.mark.parametrize("lesson", ["vae-digits", "autoencoder-digits"])
def test_any_number_of_units_can_be_drawn(opened: Opened, lesson: str, units: int) -> None:
    bridge, view = opened(lesson=lesson, latent=units)
    for position in (0, bridge.tape.backward_start, bridge.cursor.end):
        bridge.move_to(position)
        assert not view.grab().isNull()


def test_infinite_weights_are_survived(opened: Opened) -> None:
    bridge, view = opened(learning_rate=1e12, optimizer="sgd")
    bridge.go_to_iteration(3)
    QApplication.processEvents()
    bridge.move_to(bridge.cursor.end)
    assert not view.grab().isNull()


def test_axes_reach_from_minus_3_to_3_or_to_round_numbers() -> None:
    assert Span.of(np.array([-1.0, 2.0])) == Span(-3.0, 3.0)
    assert Span.of(np.array([-3.4, 17.2, np.nan])) == Span(-4.0, 20.0)
    assert Span(-3.0, 3.0).ticks(6) == [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0]
    assert Span(-4.0, 20.0).ticks(5) == [0.0, 5.0, 10.0, 15.0, 20.0]


def vhred_bridge() -> Bridge:
    model, task = MODELS["vhred"], TASKS["dialogues"]
    table = declared(
        model.settings, task.settings, initializers.SETTINGS, optimizers.SETTINGS, clipping.SETTINGS, RUN_SETTINGS
    )
    settings = Settings(table, {"hidden": 4, "batch": 3, "latent": 5, "init": "xavier"})
    texts = {"en": ""}
    return Bridge(Session(Lesson("talk", texts, texts, texts, model, task, (), settings, "", 1)))


def test_a_dialogue_draws_for_every_utterance(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened(vhred_bridge())
    shown = view.utterances
    assert shown is not None
    assert (shown.batch, shown.units) == (3, 5)
    count = sum(step.symbol == "z" for step in bridge.tape.steps[: bridge.tape.backward_start])
    assert len(shown.utterances) == count >= 2
    assert shown.numbers(1, PRIOR) is None
    second = shown.utterances[1]
    assert second.code is not None
    bridge.run_to(second.code)
    view.show_example(2)
    for part in (PRIOR, POSTERIOR):
        found = shown.numbers(1, part)
        mean, log_variance = (second.entry(part, name) for name in ("mu", "log_var"))
        assert found is not None
        assert found[1] is not None
        assert mean is not None
        assert log_variance is not None
        np.testing.assert_array_equal(found[0], bridge.tape[mean].value[2])
        np.testing.assert_allclose(found[1] ** 2, np.exp(bridge.tape[log_variance].value[2]), rtol=1e-12)
    np.testing.assert_array_equal(shown.code(1), bridge.tape[second.code].value[2])
    point_at(shown, shown.column(1, 4).center().toPoint())
    assert view.reading.startswith("Utterance 3, unit 4: prior ")
    assert ", z = " in view.reading
    qtbot.mouseClick(shown, Qt.MouseButton.LeftButton, pos=shown.column(1, 4).center().toPoint())
    assert bridge.selection == second.code


def test_what_has_no_codes_says_so_and_lessons_may_change(opened: Opened, qtbot: QtBot) -> None:
    bridge, view = opened()
    first = view.map
    for lesson, has_map in (("binary-addition", False), ("autoencoder-digits", True), ("gru", False)):
        bridge.open_lesson(lesson)
        qtbot.waitUntil(lambda: bridge.busy is None)
        assert bridge.lesson.id == lesson
        assert (view.map is not None) is has_map
        assert (view.sentence == "") is has_map
        assert not view.grab().isNull()
    assert "no latent variable" in view.sentence
    assert first is not None


@pytest.mark.parametrize("size", [(320, 160), (420, 700), (1600, 400), (2400, 1200)])
@pytest.mark.parametrize("look", [("light", "en", 1.0), ("dark", "ja", 0.75), ("light", "ja", 3.0)])
def test_it_can_be_drawn_in_every_look(opened: Opened, size: tuple[int, int], look: tuple[str, str, float]) -> None:
    theme, language, scale = look
    bridge, view = opened(look=Appearance(theme=theme, language=language, scale=scale))
    bridge.move_to(bridge.tape.backward_start)
    view.resize(*size)
    image = view.grab().toImage()
    assert len({image.pixel(x, y) for x in range(0, size[0], 7) for y in range(40, size[1], 7)}) > 8


def test_lessons_name_the_panel() -> None:
    for lesson in ("vae-digits", "autoencoder-digits"):
        assert "latent" in lesson_named(lesson).panels


def counted(monkeypatch: pytest.MonkeyPatch, bridge: Bridge) -> list[str]:
    """What the network is asked for from now on."""
    asked: list[str] = []
    kind = type(bridge.lesson.model)
    for name in ("encoded", "decoded"):
        usual = getattr(kind, name)

        def noted(*given, usual=usual, name=name):
            asked.append(f"{name} {len(given[2])}")
            return usual(*given)

        monkeypatch.setattr(kind, name, noted)
    return asked


def test_an_iteration_begins_with_the_picture_that_the_one_before_ended_with(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    bridge, view = opened(learning_rate=0.5)
    plane = map_of(view).plane
    QApplication.processEvents()  # how wide its parts are follows from their sizes
    start = plane.grab().toImage()
    asked = counted(monkeypatch, bridge)
    bridge.move_to(bridge.cursor.end)
    plane.grab()
    many = {one for one in asked if int(one.split()[1]) > 1}
    assert any(one.startswith("encoded") for one in many)  # the held-out images
    assert any(one.startswith("decoded") for one in many)  # the grid
    asked.clear()
    bridge.go_to_iteration(1)
    kept = plane.grab().toImage()
    assert [one for one in asked if one != "decoded 1"] == []
    _, fresh = opened(bridge)
    QApplication.processEvents()
    assert map_of(fresh).plane.grab().toImage() == kept
    bridge.go_to_iteration(0)  # other weights
    assert plane.grab().toImage() == start


def test_other_weights_or_settings_are_never_taken_for_the_same(opened: Opened) -> None:
    bridge, view = opened()
    network = map_of(view).codes.network
    assert network.is_same_as(network)
    assert not network.is_same_as(None)
    copied = {name: value.copy() for name, value in network.parameters.items()}
    assert replace(network, parameters=copied).is_same_as(network)
    name, value = next(reversed(copied.items()))
    value.flat[-1] = np.nextafter(value.flat[-1], 1)
    assert not replace(network, parameters=copied).is_same_as(network)
    assert not replace(network, settings=bridge.settings.changed(seed=7)).is_same_as(network)
    assert name in network.parameters


def test_fewer_units_than_were_shown(opened: Opened) -> None:
    bridge, view = opened(latent=5)
    view.show_pair(4, 3)
    bridge.change_settings(latent=2)
    view.grab()
    assert map_of(view).plane.batch_places() is None
    assert view.reading.startswith("Iteration 0")
