"""Dates as people write them, to "YYYY-MM-DD" (systems B1, B3): English, Japanese with eras, days of the week."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from functools import lru_cache

from engine.randomness import generator
from engine.settings import Setting, SettingKind, Settings
from engine.task import TASKS
from engine.text.character_pairs import START, CharacterPairs, numbered
from engine.text.symbol_pairs import BLANK, PAIR_SETTINGS, Pairs

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_JAPANESE_DAYS = "月火水木金土日"
_ERAS = (
    (datetime.date(2019, 5, 1), "令和"), (datetime.date(1989, 1, 8), "平成"), (datetime.date(1926, 12, 25), "昭和"),
)  # fmt: skip
FIRST, LAST = datetime.date(1970, 1, 1), datetime.date(2030, 12, 31)
"""Within a hundred years: two digits say which year is meant."""
_MET = (1970, 1989, 1999, 2019, 2021)
_DIGITS = "0123456789"
ANSWER = BLANK + _DIGITS + "-" + START
_ANSWER_LENGTH = 10

Kind = Callable[[datetime.date], str]


def _month(day: datetime.date) -> str:
    return _MONTHS[day.month - 1]


def _long(day: datetime.date) -> str:
    """September 27, 1994."""
    return f"{_month(day)} {day.day}, {day.year}"


def _with_weekday(day: datetime.date) -> str:
    """Tuesday, September 27, 1994."""
    return f"{_DAYS[day.weekday()]}, {_long(day)}"


def _short(day: datetime.date) -> str:
    """Sep 27, 1994."""
    return f"{_month(day)[:3]} {day.day}, {day.year}"


def _era(day: datetime.date) -> str:
    """平成6年9月27日; the first year of an era is 元年."""
    start, name = next((start, name) for start, name in _ERAS if day >= start)
    year = day.year - start.year + 1
    return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


KINDS: Mapping[str, tuple[Kind, ...]] = {
    "english": (
        _long,
        lambda day: _long(day).lower(),
        _with_weekday,
        lambda day: _with_weekday(day).upper(),
        lambda day: _with_weekday(day).lower(),
        _short,
        lambda day: _short(day).upper(),
        lambda day: f"{day.day} {_month(day)[:3].lower()} {day.year}",
    ),
    "numbers": (
        lambda day: f"{day.month}/{day.day}/{day.year % 100:02}",
        lambda day: f"{day.day}.{day.month}.{day.year}",
        lambda day: f"{day.year}/{day.month}/{day.day}",
    ),
    "japanese": (
        lambda day: f"{day.year}年{day.month}月{day.day}日",
        lambda day: f"{day.year}年{day.month}月{day.day}日({_JAPANESE_DAYS[day.weekday()]})",
        _era,
    ),
}
ALL = "all"


class DateFormats(CharacterPairs):
    """See the module. A date may be there in several formats, no text is there twice."""

    name = "date_formats"
    sequences = "dates"
    settings = (
        Setting(
            "formats", SettingKind.CHOICE, ALL, "Which formats of dates there are.", choices=(ALL, *KINDS)
        ),
        *PAIR_SETTINGS,
    )  # fmt: skip

    def alphabets(self, settings: Settings) -> tuple[str, str]:
        """All characters of the formats; digits and signs."""
        return alphabet_of(settings.text("formats"))[0], ANSWER

    def lengths(self, settings: Settings) -> tuple[int, int]:
        """Of the longest date, and of "1994-09-27"."""
        return alphabet_of(settings.text("formats"))[1], _ANSWER_LENGTH

    def pairs(self, settings: Settings) -> Pairs:
        """Drawn from the seed; fewer where there are not so many."""
        return _drawn(settings.text("formats"), settings.integer("examples"), settings.integer("seed"))


def kinds_of(formats: str) -> tuple[Kind, ...]:
    """The formats of a setting."""
    return tuple(kind for name, kinds in KINDS.items() if formats in (ALL, name) for kind in kinds)


@lru_cache(maxsize=8)
def alphabet_of(formats: str) -> tuple[str, int]:
    """The characters of formats, BLANK first, and the length of the longest text."""
    # Years in which each era is met, its first and those of two digits; all months, days and days of the week are in.
    days = [datetime.date(year, 1, 1) + datetime.timedelta(days=number) for year in _MET for number in range(365)]
    texts = {kind(day) for day in days for kind in kinds_of(formats)}
    characters = sorted(set("".join(texts)) | set(_DIGITS))
    return BLANK + "".join(one for one in characters if one != BLANK), max(map(len, texts))


@lru_cache(maxsize=4)
def _drawn(formats: str, examples: int, seed: int) -> Pairs:
    kinds, days = kinds_of(formats), (LAST - FIRST).days + 1
    every = days * len(kinds)
    chosen = generator(seed, "date formats").choice(every, min(examples, every), replace=False)
    texts: dict[str, str] = {}
    for number in chosen.tolist():
        day = FIRST + datetime.timedelta(days=number // len(kinds))
        texts.setdefault(kinds[number % len(kinds)](day), day.isoformat())
    alphabet, length = alphabet_of(formats)
    return Pairs(
        numbered(list(texts), alphabet, length),
        numbered(list(texts.values()), ANSWER, _ANSWER_LENGTH),
        max(1, len(texts) // 10),
    )


TASKS.add(DateFormats.name, DateFormats())
