"""Notation files: those that ship are whole; a wrong one is refused with a sentence that says what is wrong."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from engine.files.resources import resource
from gui.equations.term import Clock, Symbol
from gui.notation.notation_file import NotationError, notations, notations_in, read_notation

_SHIPPED = notations_in(resource("notations"))


def changed(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """A copy of S with something changed."""
    data = json.loads(_SHIPPED["S"].read_text(encoding="utf-8"))
    change(data)
    path = folder / "mine.json"
    path.write_text(json.dumps(data), encoding="utf-8")
    return path


def test_the_four_are_there_in_order() -> None:
    assert [notation.name for notation in notations()] == ["lesson", "R", "S", "P"]


@pytest.mark.parametrize("name", _SHIPPED)
def test_titles_are_in_both_languages(name: str) -> None:
    notation = read_notation(_SHIPPED[name])
    for texts in (notation.title, notation.about):
        assert texts["en"]
        assert texts["ja"]


def test_the_three_write_time_in_three_ways() -> None:
    wordings = {notation.name: notation for notation in notations()}
    assert wordings["S"].general.clock is Clock.SUPERSCRIPT
    assert wordings["P"].general.clock is Clock.SUBSCRIPT
    assert wordings["R"].general.clock is Clock.SUPERSCRIPT
    assert wordings["R"].wording({"lstm"}).clock is Clock.PARENTHESES


def test_what_is_special_stands_over_what_is_general(tmp_path: Path) -> None:
    def special(data: dict[str, Any]) -> None:
        data["cells"] = [{"cells": ["gru"], "names": {"state": {"h": "Q_{a}^{(b)}"}}}]

    notation = read_notation(changed(tmp_path, special))
    assert notation.wording({"gru"}).name("state", "h") == Symbol("Q", "a", "(b)")
    assert notation.wording({"gru"}).name("state", "c") == Symbol("C"), "the rest stays"
    assert notation.wording({"lstm"}).name("state", "h") == Symbol("H")


WRONG: tuple[tuple[Callable[[dict[str, Any]], object], str], ...] = (
    (lambda data: data.pop("layer"), "“layer” of the notation mine.json is missing"),
    (lambda data: data.update(color="red"), "“color” too many"),
    (lambda data: data.update(time="above"), "“above” at “time” .* superscript, subscript, parentheses"),
    (lambda data: data.update(order="2"), "“order” .* of type int"),
    (lambda data: data.update(title={"ja": "S"}), "“title” .* has no English text"),
    (lambda data: data.update(about={"en": 1}), "“about” .* texts only"),
    (lambda data: data["gate_order"].pop(), "“gate_order” .* each of f, g, i, o, r, z, n once"),
    (lambda data: data.update(layer="{number}"), "“{number}” at “layer”"),
    (lambda data: data.update(layer="{"), "at “layer”"),
    (lambda data: data["names"].update(weights={}), "“weights” too many"),
    (lambda data: data["names"]["state"].update(h="H^"), r"“H\^” at “names” .* not a letter with scripts"),
    (lambda data: data["names"]["state"].update(h="hidden"), "“hidden” at “names”"),
    (lambda data: data["names"]["state"].update(h=3), "“3” at “names”"),
    (lambda data: data["gradients"].update(alone="delta"), "“delta” at “alone”"),
    (lambda data: data["gradients"].pop("parts"), "“parts” .* missing"),
    (lambda data: data["gradients"]["parts"].update(h={"same_time": "H"}), "“other_time” .* missing"),
    (lambda data: data["gradients"]["parts"].update(h="H"), "“h” .* of type dict"),
    (lambda data: data["cells"].append({"names": {}}), "must be an object with “cells”"),
    (lambda data: data["cells"].append({"cells": ["gru"], "order": 3}), "“order” too many"),
)  # fmt: skip


@pytest.mark.parametrize(("change", "message"), WRONG)
def test_a_wrong_file_is_refused(tmp_path: Path, change: Callable[[dict[str, Any]], object], message: str) -> None:
    path = changed(tmp_path, change)
    with pytest.raises(NotationError, match=message):
        read_notation(path)


@pytest.mark.parametrize("text", ["", "{", "[]", '"S"', "\udcff"])
def test_what_is_no_object_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mine.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(NotationError, match="mine.json"):
        read_notation(path)
