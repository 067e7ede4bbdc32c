"""Actions: all have ids, texts in every language, keys of their own, and say why they are off."""

from dataclasses import replace

import pytest

from engine.files.resources import RESOURCES
from gui.actions.action import Action
from gui.actions.fuzzy import score
from gui.actions.keymap import Keymap, KeyTakenError, portable, shown
from gui.actions.table import DoubledActionError, all_actions, checked
from gui.language import read_language

REQUIRED = {
    "run.step": ("Right", "F10"), "run.step_back": ("Left", "Shift+F10"), "run.finer": ("F11",),
    "run.coarser": ("Shift+F11",), "run.on": ("F5",), "run.back": ("Alt+F5",), "edit.breakpoint": ("F9",),
    "run.play": ("Space",), "run.start": ("Home",), "run.end": ("End",), "view.larger": ("Ctrl++",),
    "view.smaller": ("Ctrl+-",), "view.original_size": ("Ctrl+0",), "help.palette": ("Ctrl+Shift+P",),
    "edit.undo": ("Ctrl+Z",), "edit.redo": ("Ctrl+Shift+Z",), "run.go_to_iteration": ("Ctrl+G",),
    "run.reset": ("Ctrl+R",), "help.keys": ("F1",), "view.language": ("F2",),
}  # fmt: skip


def _action(name, *keys):
    return Action(name, "Text", "Run", lambda desk: None, keys=keys)


@pytest.mark.parametrize("name", REQUIRED)
def test_the_keys_of_the_design(name):
    action = next(action for action in all_actions() if action.id == name)
    assert set(REQUIRED[name]) <= set(action.keys)


def test_presenter_remotes_step():
    owner = {key: action.id for action in all_actions() for key in action.keys}
    assert (owner["PgDown"], owner["PgUp"]) == ("run.step", "run.step_back")


def test_doubled_ids_and_keys_are_refused():
    with pytest.raises(DoubledActionError, match="the id one"):
        checked([_action("one"), _action("one")])
    with pytest.raises(DoubledActionError, match="the key F5"):
        checked([_action("one", "F5"), _action("two", "F5")])


def test_every_key_is_one_and_written_as_qt_writes_it(qapp):
    for action in all_actions():
        for key in action.keys:
            assert portable(key), (action.id, key)


def test_every_text_menu_and_reason_is_translated():
    japanese = read_language(RESOURCES / "translations", "ja")
    for action in all_actions():
        texts = [action.text, action.menu, *([action.submenu] if action.submenu else [])]
        for text in (*texts, *(need.reason for need in action.needs)):
            assert text in japanese.texts, (action.id, text)


def test_every_icon_is_there():
    for action in all_actions():
        assert not action.icon or (RESOURCES / "icons" / f"{action.icon}.svg").is_file(), action.id


def test_keymap_takes_changes_and_forgets_them():
    keymap = Keymap([_action("one", "F5"), _action("two", "F6")])
    keymap.assign("one", ["ctrl+k", "Ctrl+K", "no such key"])
    assert keymap.keys("one") == ("Ctrl+K",)
    assert keymap.changed == {"one": ("Ctrl+K",)}
    assert keymap.owner("F5") is None
    keymap.reset("one")
    assert keymap.changed == {}


def test_keymap_refuses_a_taken_key_unless_told_to_take_it():
    keymap = Keymap([_action("one", "F5"), _action("two", "F6")])
    with pytest.raises(KeyTakenError):
        keymap.assign("one", ["F5", "F6"])
    assert keymap.changed == {}
    keymap.assign("one", ["F5", "F6"], take_over=True)
    assert keymap.keys("two") == ()
    with pytest.raises(KeyTakenError):
        keymap.reset("two")
    keymap.reset()
    assert keymap.keys("two") == ("F6",)


def test_remembered_keys_that_no_longer_fit_do_no_harm():
    actions = [_action("one", "F5"), _action("two", "F6")]
    keymap = Keymap(actions, {"gone": ("F7",), "two": ("F5", "rubbish"), "one": ("F5",)})
    keys = [key for name in ("one", "two") for key in keymap.keys(name)]
    assert len(keys) == len(set(keys))
    assert replace(actions[0], keys=()).keys == ()


def test_arrows_are_shown_as_arrows():
    assert shown("Right") == "→"
    assert shown("Ctrl+Up").endswith("↑")


@pytest.mark.parametrize(("query", "text"), [
    ("stp", "Step"), ("brk", "Set or remove a breakpoint here"), ("ＳＴＥＰ", "Step back"),
    ("go iter", "Go to iteration…"), ("反復", "指定した反復へ…"), ("", "anything"),
])  # fmt: skip
def test_fuzzy_finds(query, text):
    assert score(query, text) is not None


@pytest.mark.parametrize(("query", "text"), [("xyz", "Step"), ("pets", "Step"), ("step iteration", "Step")])
def test_fuzzy_does_not_find(query, text):
    assert score(query, text) is None


def test_fuzzy_prefers_the_start_of_a_word():
    values = [score("step", text) or 0.0 for text in ("Step back", "Footsteps of the past", "s t e p")]
    assert values[0] > values[1]
    assert values[2] < values[0]
