"""What the user has chosen, kept from one start to the next in a JSON file."""

import base64
import binascii
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

import platformdirs

from engine.errors import BackstepError

HOME_VARIABLE = "BACKSTEP_HOME"


class PreferencesError(BackstepError):
    """Preferences that cannot be read or written."""


@dataclass(frozen=True)
class Preferences:
    """The user's choices; geometry and docks are Qt's own bytes, keys maps an action's id to its shortcuts."""

    theme: str = "light"
    language: str = "en"
    scale: float = 1.0
    geometry: bytes = b""
    docks: bytes = b""
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notation: str = "lesson"


class SettingsStore:
    """Reads and writes the preferences, by default in the user's configuration folder or $BACKSTEP_HOME."""

    def __init__(self, folder: Path | None = None) -> None:
        self.path = (folder or preferences_folder()) / "preferences.json"

    def load(self) -> tuple[Preferences, BackstepError | None]:
        """The preferences, and what to tell the user when their file was unreadable and has been set aside."""
        if not self.path.exists():
            return Preferences(), None
        try:
            return _from_json(json.loads(self.path.read_text(encoding="utf-8"))), None
        except (OSError, ValueError, TypeError) as error:
            return Preferences(), self._set_aside(error)

    def save(self, preferences: Preferences) -> None:
        """Write beside the file and rename, so that it is never half written; PreferencesError when it cannot."""
        beside = self.path.with_name(f"{self.path.name}.{os.getpid()}.new")
        text = json.dumps(_to_json(preferences), indent=2, ensure_ascii=False)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(text + "\n", encoding="utf-8")
            beside.replace(self.path)
        except OSError as error:
            raise PreferencesError("Your preferences cannot be saved in {file}: {reason}.",
                                   file=self.path, reason=error.strerror) from error

    def _set_aside(self, error: Exception) -> BackstepError:
        aside = self.path.with_name(self.path.name + ".broken")
        number = 2
        while aside.exists():
            aside = self.path.with_name(f"{self.path.name}.{number}.broken")
            number += 1
        try:
            self.path.replace(aside)
        except OSError as failure:
            return PreferencesError("Your preferences in {file} cannot be read: {reason}.",
                                    file=self.path, reason=failure.strerror)
        return PreferencesError(
            "Your preferences could not be read ({reason}); they are kept in {file} and the defaults are used.",
            reason=error, file=aside)


def preferences_folder() -> Path:
    """$BACKSTEP_HOME when it is set, else the folder the system has for a user's configuration."""
    return Path(os.environ.get(HOME_VARIABLE) or platformdirs.user_config_dir("backstep"))


def _to_json(preferences: Preferences) -> dict[str, object]:
    data = asdict(preferences)
    for name in ("geometry", "docks"):
        data[name] = base64.b64encode(data[name]).decode("ascii")
    return data


def _from_json(data: object) -> Preferences:
    """Unknown keys are those of a newer version and are left out; a value of a wrong kind is an error."""
    if not isinstance(data, dict):
        raise TypeError("not a JSON object")
    return Preferences(
        theme=_text(data, "theme", "light"),
        language=_text(data, "language", "en"),
        scale=_number(data, "scale", 1.0),
        geometry=_bytes(data, "geometry"),
        docks=_bytes(data, "docks"),
        keys=_keys(data.get("keys", {})),
        notation=_text(data, "notation", "lesson"),
    )


def _text(data: Mapping[str, object], key: str, default: str) -> str:
    value = data.get(key, default)
    if not isinstance(value, str):
        raise TypeError(f"“{key}” is not a text")
    return value


def _number(data: Mapping[str, object], key: str, default: float) -> float:
    value = data.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"“{key}” is not a number")
    return float(value)


def _bytes(data: Mapping[str, object], key: str) -> bytes:
    try:
        return base64.b64decode(_text(data, key, ""), validate=True)
    except binascii.Error as error:
        raise ValueError(f"“{key}” is not base64") from error


def _keys(value: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict) or not all(isinstance(pressed, list) for pressed in value.values()):
        raise TypeError("“keys” does not give lists")
    return {action: tuple(str(key) for key in pressed) for action, pressed in value.items()}
