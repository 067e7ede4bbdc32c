"""The bundled fonts: Japanese and Latin text, source code, mathematics; so that every machine shows the same screen."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFontDatabase

from engine.errors import FileError
from engine.files.resources import resource

TEXT_FAMILY = "BIZ UDPGothic"
MONO_FAMILY = "JetBrains Mono"
MATH_FAMILY = "STIX Two Text"
# For the operators that MATH_FAMILY lacks, ∂ √ → ≤: the second choice of every font for mathematics.
OPERATOR_FAMILY = "STIX Two Math"

FONTS = resource("fonts")

FONT_FILES = (
    "biz-udpgothic/BIZUDPGothic-Regular.ttf",
    "biz-udpgothic/BIZUDPGothic-Bold.ttf",
    "jetbrains-mono/JetBrainsMono-Regular.ttf",
    "jetbrains-mono/JetBrainsMono-Bold.ttf",
    "stix-two-text/STIXTwoText-Regular.ttf",
    "stix-two-text/STIXTwoText-Italic.ttf",
    "stix-two-text/STIXTwoText-Bold.ttf",
    "stix-two-text/STIXTwoText-BoldItalic.ttf",
)


@cache
def load_fonts(folder: Path = FONTS) -> frozenset[str]:
    """Make the fonts known to Qt, once per process, and return their families.

    Needs a QGuiApplication. FileError when a font is missing or is not a font; then none of the folder is kept: Qt
    would read a font that it knows from two files from the later one only, be that file there or not.
    """
    paths = [*(folder / name for name in FONT_FILES), _operators()]
    numbers: list[int] = []
    try:
        for path in paths:
            numbers.append(_load(path))
    except FileError:
        for number in numbers:
            QFontDatabase.removeApplicationFont(number)
        raise
    return frozenset(family for number in numbers for family in QFontDatabase.applicationFontFamilies(number))


def _operators() -> Path:
    """STIX Two Math as ziamath brings it, found without the cost of importing ziamath."""
    found = find_spec("ziamath")
    package = Path(found.origin).parent if found and found.origin else Path("ziamath")
    return package / "fonts" / "STIXTwoMath-Regular.ttf"


def _load(path: Path) -> int:
    if not path.is_file():
        raise FileError("The font {file} is missing: get a complete copy of Backstep.", file=path.name)
    number = QFontDatabase.addApplicationFont(str(path))
    if number < 0:
        raise FileError("{file} cannot be read as a font: get a complete copy of Backstep.", file=path.name)
    return number
