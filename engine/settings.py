"""Settings: what a user may change of a lesson, each declared once with its type, bounds and meaning."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from engine.errors import SettingError

Value = bool | int | float | str

_SWITCH_WORDS = dict.fromkeys(("true", "yes", "on", "1"), True) | dict.fromkeys(("false", "no", "off", "0"), False)

_LONGEST_PATH = 4096
_LONGEST_QUOTE = 40


class SettingKind(StrEnum):
    """The type of a setting's value."""

    INTEGER = "integer"
    NUMBER = "number"
    CHOICE = "choice"
    SWITCH = "switch"
    FILE = "file"
    """The path of a file that the user opens; empty for none."""
    TEXT = "text"
    """One line of text; may be empty."""


@dataclass(frozen=True, slots=True)
class Setting:
    """The declaration of one setting.

    Attributes:
        name: as in lesson files and on the command line.
        kind: the type of its value.
        default: its value unless a lesson or the user says otherwise.
        meaning: one short sentence; a key of the translations.
        least, most: bounds of a number, both included; None where there is none.
        choices: what a choice may be.
        only_with: another setting and the values of it with which this one has an effect; None if it always has one.
    """

    name: str
    kind: SettingKind
    default: Value
    meaning: str
    least: float | None = None
    most: float | None = None
    choices: tuple[str, ...] = ()
    only_with: tuple[str, tuple[Value, ...]] | None = None

    def accept(self, value: object) -> Value:
        """The value in its proper type.

        Args:
            value: as read from a file, a widget or the command line (text is parsed).

        Raises:
            SettingError: it is of the wrong type or out of bounds.
        """
        if self.kind is SettingKind.CHOICE:
            return self._choice(value)
        if self.kind is SettingKind.SWITCH:
            return self._switch(value)
        if self.kind is SettingKind.FILE:
            return self._path(value)
        if self.kind is SettingKind.TEXT:
            return self._line(value)
        return self._number(value)

    def _choice(self, value: object) -> str:
        if value not in self.choices:
            raise SettingError(
                "{name} must be one of {choices}, not “{value}”.",
                name=self.name, choices=", ".join(self.choices), value=_shown(value),
            )  # fmt: skip
        return str(value)

    def _switch(self, value: object) -> bool:
        if isinstance(value, bool):
            return value
        if isinstance(value, str) and value.lower() in _SWITCH_WORDS:
            return _SWITCH_WORDS[value.lower()]
        raise SettingError("{name} must be true or false, not “{value}”.", name=self.name, value=_shown(value))

    def _path(self, value: object) -> str:
        """A path as it is written; whether there is such a file, whoever reads it says."""
        if not isinstance(value, str) or len(value) > _LONGEST_PATH or not value.isprintable():
            raise SettingError("{name} must be the path of a file.", name=self.name)
        return value.strip()

    def _line(self, value: object) -> str:
        if not isinstance(value, str) or len(value) > _LONGEST_PATH or not value.isprintable():
            raise SettingError("{name} must be one line of text.", name=self.name)
        return value.strip()

    def _number(self, value: object) -> int | float:
        number = self._parsed(value)
        if self.least is not None and number < self.least:
            raise SettingError(
                "{name} must be at least {least}, not {value}.",
                name=self.name, least=_short(self.least), value=_shown(value),
            )  # fmt: skip
        if self.most is not None and number > self.most:
            raise SettingError(
                "{name} must be at most {most}, not {value}.",
                name=self.name, most=_short(self.most), value=_shown(value),
            )  # fmt: skip
        return number

    def _parsed(self, value: object) -> int | float:
        whole = self.kind is SettingKind.INTEGER
        if isinstance(value, bool) or not isinstance(value, (int, float, str)):
            raise self._no_number(value)
        try:
            number = float(value)
            exact = int(value) if whole and not isinstance(value, float) else None
        except (ValueError, OverflowError):
            raise self._no_number(value) from None
        if not math.isfinite(number) or (whole and exact is None and not number.is_integer()):
            raise self._no_number(value)
        return (exact if exact is not None else int(number)) if whole else number

    def _no_number(self, value: object) -> SettingError:
        if self.kind is SettingKind.INTEGER:
            return SettingError("{name} must be a whole number, not “{value}”.", name=self.name, value=_shown(value))
        return SettingError("{name} must be a number, not “{value}”.", name=self.name, value=_shown(value))


def _short(bound: float) -> str:
    return f"{bound:g}"


def _shown(value: object) -> str:
    """A refused value as a sentence can quote it: on one line, and not longer than is needed to recognise it."""
    # Python writes no decimal numbers of thousands of digits.
    text = hex(value) if isinstance(value, int) and value.bit_length() > 256 else str(value)
    line = "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)
    return line if len(line) <= _LONGEST_QUOTE else line[:_LONGEST_QUOTE] + "…"


@dataclass(frozen=True, slots=True)
class Change:
    """One setting that differs between two sets of settings."""

    name: str
    before: Value
    after: Value


class Settings(Mapping[str, Value]):
    """Values for a set of declared settings. Never changed; ``changed`` makes a new one."""

    __slots__ = ("_values", "declared")

    def __init__(self, declared: Mapping[str, Setting], values: Mapping[str, object] | None = None) -> None:
        """Take the defaults, then ``values`` over them.

        Raises:
            SettingError: a name is not declared or a value not allowed.
        """
        self.declared = dict(declared)
        self._values: dict[str, Value] = {name: setting.default for name, setting in declared.items()}
        for name, value in (values or {}).items():
            if name not in self.declared:
                raise SettingError(
                    "There is no setting “{name}” here; there are {known}.",
                    name=_shown(name), known=", ".join(self.declared),
                )  # fmt: skip
            self._values[name] = self.declared[name].accept(value)

    def changed(self, **values: object) -> Settings:
        """These settings with some values replaced.

        Raises:
            SettingError: a name is not declared or a value not allowed.
        """
        return Settings(self.declared, {**self._values, **values})

    def changes(self, later: Settings) -> list[Change]:
        """What differs in ``later``."""
        return [
            Change(name, value, later[name])
            for name, value in self._values.items()
            if name in later and later[name] != value
        ]

    def matters(self, name: str) -> bool:
        """Whether a setting has an effect beside the others as they are."""
        needed = self.declared[name].only_with
        return needed is None or needed[0] not in self._values or self._values[needed[0]] in needed[1]

    def integer(self, name: str) -> int:
        """The value of a whole-number setting."""
        return int(self._values[name])

    def number(self, name: str) -> float:
        """The value of a number setting."""
        return float(self._values[name])

    def text(self, name: str) -> str:
        """The value of a choice or a path."""
        return str(self._values[name])

    def switch(self, name: str) -> bool:
        """The value of a switch."""
        return bool(self._values[name])

    def __getitem__(self, name: str) -> Value:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Settings) and self._values == other._values

    def __hash__(self) -> int:
        return hash(tuple(self._values.items()))


def declared(*groups: tuple[Setting, ...]) -> dict[str, Setting]:
    """One table of settings out of several groups.

    Raises:
        SettingError: two groups declare the same name.
    """
    table: dict[str, Setting] = {}
    for group in groups:
        for setting in group:
            if setting.name in table:
                raise SettingError("The setting {name} is declared twice.", name=setting.name)
            table[setting.name] = setting
    return table
