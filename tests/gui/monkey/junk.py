"""What a careless hand types, and the values it offers to settings."""

from pathlib import Path
from random import Random

from engine.settings import Setting, SettingKind

TEXTS = (
    "", " ", "0", "1", "-1", "3", "7", "0.5", "1e-3", "1e400", "-1e400", "nan", "inf", "99999999", "many", "１２",
    "たし算",
    "*", "**", "/", "//", "given/W", "given/W[0, 2]", "given/W[99, 0]", "given/W[", "W", "z", "forward/t=3/**/z",
    "forward/t=*/**/z", "backward/t=*/**", "backward/t=99/x", "**/squared_error", "a" * 300, "{x}", "%s %n", "<b>&amp;",
    "\\frac{1}{", "😀", "step", "grain", "theme", "quit", "勾配",
)  # fmt: skip
BREAKPOINTS = (
    "**/z", "forward/t=*/**/y", "backward/t=*/**", "backward/**/add", "update/**", "**", "", "///", "nowhere",
)  # fmt: skip
_HERE = Path(__file__).parent
FILES = tuple(str(_HERE / name) for name in ("pairs.csv", "series.csv", "pairs.csv", "junk.py", ".", "none.csv"))
"""What a user may open: right ones, a file of another kind, a folder, and one that is not there."""
_NONSENSE: tuple[object, ...] = ("nonsense", "", "nan", -1, 10**12, 1e400, None, 0.5)
_MOST_SIZE = 12
"""Larger networks only make the monkey slow."""


def value_for(setting: Setting, dice: Random) -> object:
    """A value of a setting, right three times out of four."""
    if dice.random() < 0.25:
        return dice.choice(_NONSENSE)
    if setting.kind is SettingKind.SWITCH:
        return dice.random() < 0.5
    if setting.kind is SettingKind.CHOICE:
        return dice.choice(setting.choices)
    if setting.kind in (SettingKind.FILE, SettingKind.TEXT):
        return dice.choice((*FILES, "") if setting.kind is SettingKind.FILE else TEXTS)
    if setting.kind is SettingKind.INTEGER:
        return dice.randint(int(setting.least or 0), max(int(setting.least or 0), _MOST_SIZE))
    return dice.choice((setting.least or 0.0, 0.01, 0.1, 1.0, 30.0, 1e30))
