"""A theme: named colours and colour-map stops, read from one file in resources/themes."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from engine.errors import BackstepError

COLORS: Mapping[str, str] = {
    "ground": "the canvas, lists, tables, text fields",
    "surface": "the window around them: toolbar, docks, panels",
    "surface_sunken": "the strip behind tabs and headers, the groove of a scroll bar",
    "popup": "menus, tooltips, the command palette",
    "column": "a time step's column on the canvas",
    "column_current": "the column of the time step under the cursor",
    "ink": "text and the outlines of variables",
    "ink_quiet": "secondary text: captions, axes, shapes",
    "ink_pale": "text of what is not yet computed or disabled",
    "pale": "lines and shapes of what is not yet computed",
    "line": "separators and grid lines",
    "line_strong": "borders of controls",
    "button": "a button at rest",
    "button_hover": "a button under the pointer",
    "button_pressed": "a button held down or switched on",
    "selection": "the ground of what is selected",
    "selection_ink": "text on the selection",
    "focus": "the ring around what has the keyboard",
    "accent": "the filled part of a slider or progress bar, the current tab's bar",
    "accent_ink": "text on the accent",
    "forward": "forward arrows and operations",
    "forward_ground": "a quiet ground for forward things",
    "backward": "backward arrows, gradients: shapes only, see backward_ink",
    "backward_ink": "text about gradients",
    "backward_ground": "a quiet ground for backward things",
    "parameter": "weights, rails, the update phase",
    "parameter_ground": "the inside of a parameter's box",
    "cursor": "where the debugger stands",
    "cursor_ground": "the ground of the current line or row",
    "breakpoint": "a breakpoint's mark",
    "loss": "a loss, its text and outline",
    "loss_ground": "the inside of a loss's box",
    "forget": "forget gate",
    "forget_ground": "inside a forget gate's box",
    "input": "input gate",
    "input_ground": "inside an input gate's box",
    "candidate": "candidate state",
    "candidate_ground": "inside a candidate's box",
    "output": "output gate",
    "output_ground": "inside an output gate's box",
    "reset": "reset gate",
    "reset_ground": "inside a reset gate's box",
    "update": "update gate",
    "update_ground": "inside an update gate's box",
    "warning": "text of a warning",
    "warning_ground": "the ground of a warning",
    "error": "text of an error",
    "error_ground": "the ground of an error",
    "good": "text that something is right",
    "good_ground": "the ground of something right",
    "not_finite": "a value that is NaN or infinite in a heatmap",
    "series_1": "first curve of a plot",
    "series_2": "second curve",
    "series_3": "third curve",
    "series_4": "fourth curve",
    "series_5": "fifth curve",
    "series_6": "sixth curve",
}
"""Every colour a theme must name, and what it is for."""

GATES = ("forget", "input", "candidate", "output", "reset", "update")

_PLAIN_GROUNDS = ("ground", "surface", "popup")
_CANVAS_GROUNDS = ("ground", "column", "column_current")
_EVERYWHERE = ("ground", "surface", "surface_sunken", "popup", "column", "column_current")

TEXT_ON_GROUND: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("ink", (*_EVERYWHERE, "button", "button_hover", "button_pressed", "cursor_ground", "forward_ground",
             "backward_ground", "parameter_ground", "loss_ground", *(f"{gate}_ground" for gate in GATES),
             "warning_ground", "error_ground", "good_ground")),
    ("ink_quiet", (*_EVERYWHERE, "cursor_ground", "button", *(f"{gate}_ground" for gate in GATES))),
    ("ink_pale", (*_EVERYWHERE, "button")),
    ("selection_ink", ("selection",)),
    ("accent_ink", ("accent",)),
    ("forward", (*_EVERYWHERE, "forward_ground")),
    ("backward_ink", (*_EVERYWHERE, "backward_ground")),
    ("parameter", (*_EVERYWHERE, "parameter_ground")),
    ("cursor", (*_PLAIN_GROUNDS, *_CANVAS_GROUNDS, "cursor_ground")),
    ("loss", (*_EVERYWHERE, "loss_ground")),
    *((gate, (*_PLAIN_GROUNDS, *_CANVAS_GROUNDS, f"{gate}_ground")) for gate in GATES),
    ("warning", (*_PLAIN_GROUNDS, "warning_ground")),
    ("error", (*_PLAIN_GROUNDS, "error_ground")),
    ("good", (*_PLAIN_GROUNDS, "good_ground")),
)
"""Which text colour may be written on which grounds; each pair has contrast >= 4.5:1 in every theme."""

SHAPE_ON_GROUND: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("line_strong", _PLAIN_GROUNDS),
    ("focus", (*_PLAIN_GROUNDS, "surface_sunken")),
    ("accent", _PLAIN_GROUNDS),
    ("backward", _EVERYWHERE),
    ("breakpoint", _EVERYWHERE),
    *((f"series_{number}", _PLAIN_GROUNDS) for number in range(1, 7)),
)
"""Which lines and marks are told apart from which grounds; contrast >= 3:1 (WCAG 2.2, 1.4.11)."""

MAPS = ("value_map", "gradient_map", "sequential_map")
_HEX = re.compile(r"#[0-9a-fA-F]{6}")


class ThemeError(BackstepError):
    """A theme file that cannot be used."""


@dataclass(frozen=True)
class Theme:
    """Named colours "#rrggbb" and the stops of the three colour maps."""

    name: str
    titles: Mapping[str, str]
    dark: bool
    colors: Mapping[str, str]
    maps: Mapping[str, tuple[str, ...]]

    def hex(self, name: str) -> str:
        """The colour as "#rrggbb"; KeyError with the known names for a wrong one."""
        if name not in self.colors:
            raise KeyError(f"no colour {name!r}; known: {', '.join(sorted(self.colors))}")
        return self.colors[name]

    def title(self, language: str) -> str:
        """The theme's own name in a language, English where it has none."""
        return self.titles.get(language, self.titles["en"])


def themes_in(folder: Path) -> dict[str, Path]:
    """The theme files of a folder by name, in alphabetical order."""
    return {path.stem: path for path in sorted(folder.glob("*.json"))}


def read_theme(path: Path) -> Theme:
    """The theme in a file; ThemeError names the file, the key and what would be right."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ThemeError("The theme {file} cannot be read: {reason}.", file=path.name, reason=error) from error
    if not isinstance(data, dict):
        raise ThemeError("The theme {file} must be a JSON object.", file=path.name)
    _check_keys(path, "the theme", data, {"title", "dark", "colors", *MAPS})
    _check_kind(path, data)
    _check_keys(path, "colors", data["colors"], set(COLORS))
    for key, value in data["colors"].items():
        _check_color(path, f"colors/{key}", value)
    for name in MAPS:
        _check_stops(path, name, data[name])
    maps = {name: tuple(data[name]) for name in MAPS}
    return Theme(path.stem, data["title"], data["dark"], data["colors"], maps)


def contrast(one: str, other: str) -> float:
    """Contrast ratio 1..21 of two "#rrggbb" colours (WCAG 2.2, relative luminance)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _check_keys(path: Path, place: str, data: Mapping[str, object], right: set[str]) -> None:
    for key in sorted(right - set(data)):
        raise ThemeError("The theme {file} lacks the key “{key}” in {place}.", file=path.name, key=key, place=place)
    for key in sorted(set(data) - right):
        raise ThemeError("The theme {file} has an unknown key “{key}” in {place}; known are: {known}.",
                         file=path.name, key=key, place=place, known=", ".join(sorted(right)))


def _check_kind(path: Path, data: Mapping[str, object]) -> None:
    title = data["title"]
    if not isinstance(title, dict) or not isinstance(title.get("en"), str):
        raise ThemeError("The key “title” of the theme {file} must give a name for “en”.", file=path.name)
    if not isinstance(data["dark"], bool):
        raise ThemeError("The key “dark” of the theme {file} must be true or false.", file=path.name)
    if not isinstance(data["colors"], dict):
        raise ThemeError("The key “colors” of the theme {file} must be a JSON object.", file=path.name)


def _check_color(path: Path, key: str, value: object) -> None:
    if not isinstance(value, str) or not _HEX.fullmatch(value):
        raise ThemeError("The key “{key}” of the theme {file} must be a colour like “#1f63a8”, not “{value}”.",
                         file=path.name, key=key, value=value)


def _check_stops(path: Path, key: str, stops: object) -> None:
    odd = key != "sequential_map"
    if not isinstance(stops, list) or len(stops) < 2 or (odd and len(stops) % 2 == 0):
        raise ThemeError("The key “{key}” of the theme {file} must be a list of colours: two or more for the"
                         " sequential map, an odd number for a diverging one.", file=path.name, key=key)
    for stop in stops:
        _check_color(path, key, stop)
