"""The view of dialogues: what was said, what the network says at the cursor and running free."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from engine.debugger.session import Session
from engine.tensor import Role
from engine.text.tokens import END
from engine.training.examination import answers
from engine.training.iteration import batch_of
from gui.appearance import Appearance
from gui.bridge import Bridge
from gui.views.dialogue_reading import HEARD, SAID, Place
from gui.views.dialogues import DialoguesView
from gui.views.shown_weights import shown_weights
from gui.views.task_views import TASK_VIEWS
from tests.engine.models.dialogue_lessons import small_dialogues
from tests.gui.views.showing import Showing

Opened = Callable[..., tuple[Bridge, DialoguesView]]


@pytest.fixture
def opened(showing: Showing) -> Opened:
    def open_view(
        name: str = "hred-dialogues", appearance: Appearance | None = None, **settings: str | int
    ) -> tuple[Bridge, DialoguesView]:
        bridge = Bridge(Session(small_dialogues(name, **settings)))
        view = showing(TASK_VIEWS["dialogues"], bridge, (1000, 240), appearance)
        assert isinstance(view, DialoguesView)
        return bridge, view

    return open_view


def test_what_the_cursor_has_not_reached_is_not_shown(opened: Opened) -> None:
    bridge, view = opened()
    assert all(word is None for row in view.rows for word in row.said)
    assert view.rows[0].said == ()
    bridge.move_to(bridge.tape.backward_start)
    for row in view.rows[1:]:
        assert len(row.said) == len(row.truth)
        for word, true in zip(row.said, row.truth, strict=True):
            assert word is not None
            assert word.right == (word.word == true)
            assert word.entry is not None
            assert bridge.tape[word.entry].role is Role.OUTPUT
    assert [row.said_right is None for row in view.rows] == [True] * (len(view.rows) - 1) + [False]


def test_the_free_run_is_what_the_network_says_with_the_weights_of_the_cursor(opened: Opened) -> None:
    bridge, view = opened()
    lesson, names = bridge.lesson, bridge.lesson.task.answer_names(bridge.settings)  # type: ignore[attr-defined]
    for position in (0, len(bridge.tape)):
        bridge.move_to(position)
        batch = batch_of(lesson, bridge.settings, 0)
        ids = answers(lesson, bridge.settings, shown_weights(bridge), batch)[:, 0].argmax(axis=1)
        for number, row in enumerate(view.rows[1:]):
            said = [names[one] for one in ids[5 * number : 5 * number + 5]]
            said = said[: said.index(END) + 1] if END in said else said
            assert [word.word for word in row.free] == said


def test_the_word_at_the_cursor_is_known_and_words_can_be_picked(opened: Opened) -> None:
    bridge, view = opened()
    reading = view.reading
    assert reading is not None
    for place in (Place(HEARD, 0, 1), Place(SAID, 1, 0), Place(HEARD, 1, 1), Place(SAID, 2, 1)):
        entry = reading.entry_of(place)
        assert entry is not None
        assert reading.place_of(entry) == place
        view.pick(place)
        assert bridge.selection == entry
    # The last utterance is read by nobody.
    assert reading.entry_of(Place(HEARD, 3, 0)) is None


@pytest.mark.parametrize("name", ["hred-dialogues", "vhred-dialogues"])
@pytest.mark.parametrize(("language", "scale"), [("en", 0.75), ("ja", 3.0)])
def test_it_is_drawn_in_every_look(opened: Opened, name: str, language: str, scale: float) -> None:
    look = Appearance(language=language, theme="dark" if language == "ja" else "light")
    look.set_scale(scale)
    bridge, view = opened(name, look, dialogues="japanese")
    bridge.move_to(bridge.tape.backward_start)
    view.show_row(bridge.settings.integer("batch") - 1)
    assert not view.grab().isNull()
    look.set_theme("light")
    look.set_language("en")
    assert not view.grab().isNull()
