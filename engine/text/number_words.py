"""Numbers in words: English ("two hundred and five") and kanji (二百五)."""

from __future__ import annotations

_SMALL = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_DIGITS, _PLACES = "〇一二三四五六七八九", ("千", "百", "十", "")
LARGEST = 9999


def in_english(number: int) -> str:
    """A number from 0 to LARGEST; "and" stands after hundreds and, where there are none, after thousands."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f" {_SMALL[ones]}" if ones else "")
    unit, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    many, rest = divmod(number, unit)
    between = " and " if 0 < rest < 100 else " "
    return f"{_SMALL[many]} {name}" + (between + in_english(rest) if rest else "")


def in_kanji(number: int) -> str:
    """A number from 0 to LARGEST; 一 is not said before 十, 百 and 千."""
    if not number:
        return _DIGITS[0]
    said = ""
    for digit, place in zip(map(int, f"{number:04}"), _PLACES, strict=True):
        if digit:
            said += (_DIGITS[digit] if digit > 1 or not place else "") + place
    return said
