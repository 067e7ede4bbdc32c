"""The data files are found where they lie."""

from engine.files.resources import RESOURCES, resource


def test_a_resource_is_found_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert resource("fonts", "biz-udpgothic", "OFL.txt").is_file()
    assert resource() == RESOURCES


def test_a_path_may_name_what_is_not_there_yet():
    assert resource("lessons", "none.json") == RESOURCES / "lessons" / "none.json"
