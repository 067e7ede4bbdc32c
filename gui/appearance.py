"""How everything looks and reads: theme, scale, language and notation, one instance handed to every widget."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont

from engine.errors import BackstepError
from engine.files.resources import RESOURCES
from engine.tape import Tape
from gui.color_maps import Lut, look_up_table
from gui.fonts import MATH_FAMILY, MONO_FAMILY, OPERATOR_FAMILY, TEXT_FAMILY
from gui.language import languages_in, read_language
from gui.notation.labels import Labels
from gui.notation.notation import Notation
from gui.notation.notation_file import (
    LESSONS_OWN,
    NotationError,
    lessons_own,
    notations,
    notations_in,
    read_notation,
)
from gui.theme import Theme, ThemeError, contrast, read_theme, themes_in

SCALES = (0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
# The first of each is bundled (gui/fonts.py); the others stand in for it, and for the letters it lacks.
FAMILIES = {
    "text": (TEXT_FAMILY, "Noto Sans CJK JP", "Yu Gothic UI", "Hiragino Sans"),
    "mono": (MONO_FAMILY, "DejaVu Sans Mono", "Menlo", "Consolas", TEXT_FAMILY),
    "math": (MATH_FAMILY, OPERATOR_FAMILY, "Cambria Math", "DejaVu Serif", TEXT_FAMILY),
}
PHASE_COLORS = {"forward": "forward", "loss": "loss", "backward": "backward", "update": "parameter"}


class AppearanceError(BackstepError):
    """A look that does not exist."""


class Appearance(QObject):
    """Theme, scale, language and notation, with the colours, fonts, texts and names that follow from them.

    Signals: theme_changed, scale_changed, language_changed, notation_changed, then changed after any of the four.
    """

    changed = Signal()
    theme_changed = Signal()
    scale_changed = Signal()
    language_changed = Signal()
    notation_changed = Signal()

    def __init__(self, resources: Path = RESOURCES, *, theme: str = "light", language: str = "en",
                 scale: float = 1.0, notation: str = LESSONS_OWN, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._resources = resources
        self._scale = _checked_scale(scale)
        self._language = read_language(resources / "translations", language)
        self._take_theme(self._read_theme(theme))
        self._choice, self._lessons = notation, LESSONS_OWN
        self._notation = self._read_notation(notation)
        self._labels: tuple[Tape, Labels] | None = None

    @property
    def resources(self) -> Path:
        """The folder of themes, icons, translations, fonts."""
        return self._resources

    @property
    def theme(self) -> Theme:
        return self._theme

    def themes(self) -> list[tuple[str, str]]:
        """(name, title in the current language) of every theme there is, light ones first."""
        found = [read_theme(path) for path in self._theme_files().values()]
        return [(theme.name, theme.title(self.language)) for theme in sorted(found, key=lambda theme: theme.dark)]

    def set_theme(self, name: str) -> None:
        """Change the theme; ThemeError when there is none of that name or its file is wrong."""
        if name == self._theme.name:
            return
        self._take_theme(self._read_theme(name))
        self.theme_changed.emit()
        self.changed.emit()

    def color(self, name: str) -> QColor:
        """A named colour of the theme (gui.theme.COLORS); KeyError with the known names for a wrong one."""
        if name not in self._colors:
            self._colors[name] = QColor(self._theme.hex(name))
        return QColor(self._colors[name])

    def phase_color(self, phase: str) -> QColor:
        """The colour of a phase: forward, loss, backward, update."""
        return self.color(PHASE_COLORS[phase])

    def ink_on(self, ground: QColor) -> QColor:
        """Black or white, whichever reads better on a ground of any colour (a heatmap's cell)."""
        return QColor(max(("#000000", "#ffffff"), key=lambda ink: contrast(ink, ground.name())))

    @property
    def value_map(self) -> Lut:
        """Diverging map for values, (256, 4) uint8: negative blue, zero the ground, positive orange."""
        return self._maps["value_map"]

    @property
    def gradient_map(self) -> Lut:
        """Diverging map for gradients, (256, 4) uint8."""
        return self._maps["gradient_map"]

    @property
    def sequential_map(self) -> Lut:
        """Map for values in [0, 1] such as gates and attention weights, (256, 4) uint8."""
        return self._maps["sequential_map"]

    @property
    def scale(self) -> float:
        return self._scale

    def set_scale(self, scale: float) -> None:
        """Scale everything, 0.75..3; AppearanceError beyond."""
        scale = _checked_scale(scale)
        if scale == self._scale:
            return
        self._scale = scale
        self.scale_changed.emit()
        self.changed.emit()

    def larger(self) -> None:
        """The next larger step of SCALES."""
        self.set_scale(next((step for step in SCALES if step > self._scale + 1e-9), SCALES[-1]))

    def smaller(self) -> None:
        """The next smaller step of SCALES."""
        self.set_scale(next((step for step in reversed(SCALES) if step < self._scale - 1e-9), SCALES[0]))

    def reset_scale(self) -> None:
        """Back to 1."""
        self.set_scale(1.0)

    def px(self, size: float) -> float:
        """A size in pixels, scaled."""
        return size * self._scale

    def whole_px(self, size: float) -> int:
        """A size in whole scaled pixels, at least 1: for margins, icon sizes, row heights."""
        return max(1, round(size * self._scale))

    def font(self, size: float = 13.0, *, bold: bool = False, italic: bool = False, family: str = "text") -> QFont:
        """A scaled font; family is "text", "mono" or "math"."""
        font = QFont()
        font.setFamilies(list(FAMILIES[family]))
        font.setPixelSize(self.whole_px(size))
        font.setBold(bold)
        font.setItalic(italic)
        return font

    @property
    def language(self) -> str:
        """The code of the current language: "en", "ja"."""
        return self._language.code

    def languages(self) -> list[tuple[str, str]]:
        """(code, own name) of every language there is."""
        return languages_in(self._resources / "translations")

    def set_language(self, code: str) -> None:
        """Change the language; LanguageError when there is none of that code or its files are wrong."""
        if code == self._language.code:
            return
        self._language = read_language(self._resources / "translations", code)
        self.language_changed.emit()
        self.changed.emit()

    def say(self, english: str, **values: object) -> str:
        """The English text in the current language, its {placeholders} filled in."""
        return self._language.say(english, **values)

    def say_error(self, error: BackstepError) -> str:
        """An error's sentence in the current language."""
        return self._language.say_error(error)

    @property
    def notation(self) -> Notation:
        """The notation that everything is written in."""
        return self._notation

    @property
    def notation_choice(self) -> str:
        """What the user chose: the name of a notation, or LESSONS_OWN for the one that the open lesson names."""
        return self._choice

    def notations(self) -> list[Notation]:
        """Every notation there is, the lesson's own first."""
        return notations(self._resources / "notations")

    def set_notation(self, name: str) -> None:
        """Choose a notation; NotationError when there is none of that name or its file is wrong."""
        if name != self._choice:
            self._read_notation(name)
            self._choice = name
            self._update_notation()

    def follow_lesson(self, notation: str) -> None:
        """Take the notation that the open lesson names (empty for none), unless the user chose another."""
        named = notation or LESSONS_OWN
        if named != self._lessons:
            self._read_notation(named)
            self._lessons = named
            self._update_notation()

    def labels(self, tape: Tape) -> Labels:
        """The names of a tape's entries in the current notation."""
        if self._labels is None or self._labels[0] is not tape:
            self._labels = tape, Labels(tape, self._notation)
        return self._labels[1]

    def _update_notation(self) -> None:
        """Take over what was chosen; the choice itself is told too, as menus show it."""
        self._notation = self._read_notation(self._lessons if self._choice == LESSONS_OWN else self._choice)
        self._labels = None
        self.notation_changed.emit()
        self.changed.emit()

    def _read_notation(self, name: str) -> Notation:
        if name == LESSONS_OWN:
            return lessons_own()
        files = notations_in(self._resources / "notations")
        if name not in files:
            raise NotationError("There is no notation “{name}”; known are: {known}.", name=name, known=", ".join(files))
        return read_notation(files[name])

    def _theme_files(self) -> dict[str, Path]:
        return themes_in(self._resources / "themes")

    def _read_theme(self, name: str) -> Theme:
        files = self._theme_files()
        if name not in files:
            raise ThemeError("There is no theme “{name}”; known are: {known}.", name=name, known=", ".join(files))
        return read_theme(files[name])

    def _take_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._colors: dict[str, QColor] = {}
        self._maps = {name: look_up_table(stops) for name, stops in theme.maps.items()}
        for table in self._maps.values():
            table.flags.writeable = False


def _checked_scale(scale: float) -> float:
    if not SCALES[0] <= scale <= SCALES[-1]:
        raise AppearanceError("The scale must be between {least} and {greatest}, not {value}.",
                              least=SCALES[0], greatest=SCALES[-1], value=scale)
    return float(scale)
