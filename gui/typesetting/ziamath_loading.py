"""Importing ziamath: late, since it reads its font while being imported (0.15 s), and without its warning."""

from __future__ import annotations

import warnings
from functools import cache
from types import ModuleType

from gui.typesetting.ziamath_rows import lay_out_rows_once


@cache
def load_ziamath() -> ModuleType:
    """ziamath, set up to write plain SVG paths instead of symbols that are used by reference."""
    with warnings.catch_warnings():
        # It opens its font through importlib.resources.path, which Python 3.11 warns of.
        warnings.simplefilter("ignore", DeprecationWarning)
        import ziamath
    ziamath.config.svg2 = False
    lay_out_rows_once()
    return ziamath


def is_loaded() -> bool:
    """Whether it has been imported."""
    return load_ziamath.cache_info().currsize > 0
