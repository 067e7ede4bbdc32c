"""The looks in which views are tried."""

from collections.abc import Iterator

from gui.appearance import Appearance


def every_look(appearance: Appearance) -> Iterator[None]:
    """Take one look after the other: both themes, both languages, the smallest scale, the usual and the largest."""
    for theme, language, scale in (("dark", "ja", 3.0), ("light", "en", 0.75), ("dark", "en", 1.0)):
        appearance.set_theme(theme)
        appearance.set_language(language)
        appearance.set_scale(scale)
        yield
