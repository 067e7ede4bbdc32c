"""Preferences survive a restart, a half-written file and a broken one."""

import os

import pytest

from gui.settings_store import Preferences, PreferencesError, SettingsStore, preferences_folder

CHOSEN = Preferences("dark", "ja", 1.5, b"\x00\xffgeometry", b"docks", {"step": ("Right", "F10")})


def test_nothing_saved_gives_the_defaults(tmp_path):
    assert SettingsStore(tmp_path / "none").load() == (Preferences(), None)


def test_what_is_saved_is_read_again(tmp_path):
    SettingsStore(tmp_path / "new").save(CHOSEN)
    assert SettingsStore(tmp_path / "new").load() == (CHOSEN, None)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["preferences.json"]


@pytest.mark.parametrize("content", [
    b"{", b"\xff\xfe", b"[]", b'{"scale": "big"}', b'{"docks": "?"}', b'{"keys": 3}', b'{"theme": null}',
    b'{"scale": true}', b'{"keys": {"step": 3}}',
])
def test_an_unreadable_file_is_set_aside_and_told(tmp_path, content):
    store = SettingsStore(tmp_path)
    store.path.write_bytes(content)
    preferences, message = store.load()
    assert preferences == Preferences()
    assert str(message).startswith("Your preferences could not be read (")
    assert (tmp_path / "preferences.json.broken").read_bytes() == content
    assert not store.path.exists()


def test_a_second_broken_file_does_not_overwrite_the_first(tmp_path):
    store = SettingsStore(tmp_path)
    for content in ("first", "second"):
        store.path.write_text(content)
        store.load()
    assert sorted(path.read_text() for path in tmp_path.glob("*.broken")) == ["first", "second"]


def test_keys_of_a_newer_version_are_left_out(tmp_path):
    store = SettingsStore(tmp_path)
    store.path.write_text('{"theme": "dark", "holograms": true}')
    assert store.load() == (Preferences(theme="dark"), None)


def test_what_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(PreferencesError, match="cannot be saved in .*preferences.json"):
        SettingsStore(tmp_path / "file").save(CHOSEN)


def test_the_folder_is_the_users_own_or_named(monkeypatch):
    assert str(preferences_folder()) == os.environ["BACKSTEP_HOME"]
    monkeypatch.delenv("BACKSTEP_HOME")
    assert preferences_folder().name == "backstep"
