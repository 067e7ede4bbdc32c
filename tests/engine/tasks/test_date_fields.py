"""Where a date has its fields, in every format that there is."""

import datetime

import pytest

from engine.tasks.date_fields import ANSWER_FIELDS, source_fields
from engine.tasks.date_formats import ALL, kinds_of

DAYS = [datetime.date(1994, 9, 27), datetime.date(2019, 5, 1), datetime.date(2008, 12, 3), datetime.date(1970, 1, 31)]


def number_in(text: str, day: datetime.date) -> set[int]:
    """What a field can mean."""
    digits = "".join(one for one in text if one.isdigit())
    months = [datetime.date(2000, number, 1).strftime("%B").lower() for number in range(1, 13)]
    named = {at + 1 for at, name in enumerate(months) if text.lower() in (name, name[:3])}
    return named | ({int(digits)} if digits else set())


@pytest.mark.parametrize("place", range(len(kinds_of(ALL))))
@pytest.mark.parametrize("day", DAYS)
def test_fields_hold_what_is_meant(place: int, day: datetime.date) -> None:
    text = kinds_of(ALL)[place](day)
    fields = {name: text[start:stop] for name, (start, stop) in source_fields(text).items()}
    assert set(fields) == set(ANSWER_FIELDS)
    assert number_in(fields["month"], day) == {day.month}
    assert number_in(fields["day"], day) == {day.day}
    if fields["year"][0] not in "令平昭":
        assert number_in(fields["year"], day) in ({day.year}, {day.year % 100})
    assert not set("".join(fields.values())) & set(" ,/.()")


def test_the_fields_of_the_answer() -> None:
    text = DAYS[0].isoformat()
    assert [text[start:stop] for start, stop in ANSWER_FIELDS.values()] == ["1994", "09", "27"]


def test_what_is_no_date_has_none() -> None:
    assert source_fields("57+5") == {}
