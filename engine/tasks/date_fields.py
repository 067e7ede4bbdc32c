"""Where a date has its year, month and day, however it is written; so one can ask whether attention finds them."""

from __future__ import annotations

import re
from collections.abc import Mapping

FIELDS = ("year", "month", "day")
ANSWER_FIELDS: Mapping[str, tuple[int, int]] = {"year": (0, 4), "month": (5, 7), "day": (8, 10)}
"""In "1994-09-27": first character and the one after the last."""

_FORMS = (
    r"(?P<year>.+年)(?P<month>\d+月)(?P<day>\d+日)",
    r"(?P<year>\d{4})/(?P<month>\d+)/(?P<day>\d+)",
    r"(?P<month>\d+)/(?P<day>\d+)/(?P<year>\d\d)",
    r"(?P<day>\d+)\.(?P<month>\d+)\.(?P<year>\d{4})",
    r"(?P<day>\d+) (?P<month>[a-z]+) (?P<year>\d{4})",
    r"(?:[a-z]+, )?(?P<month>[a-z]+) (?P<day>\d+), (?P<year>\d{4})",
)


def source_fields(text: str) -> dict[str, tuple[int, int]]:
    """Field → first character and the one after its last; empty for a text that is no date.

    To a Japanese field belongs its 年, 月 or 日, to the year its era.
    """
    for form in _FORMS:
        found = re.match(form, text, re.IGNORECASE)
        if found is not None:
            return {name: found.span(name) for name in FIELDS}
    return {}
