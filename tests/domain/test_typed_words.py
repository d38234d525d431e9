"""Every day, amount and length of time of every kind is read as people write it; the rest is told in words."""

from __future__ import annotations

from datetime import date

import pytest

from nhsdesk.domain import kinds, times
from nhsdesk.domain.fields import Field
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.records import RECORDS

TODAY = date(2026, 11, 20)


def fields(kind: type[kinds.Kind]) -> list[Field]:
    found = [field for cls in RECORDS for field in cls.KIND.fields if isinstance(field.kind, kind)]
    assert found
    return found


def test_every_day_takes_a_day_and_month_a_step_and_a_day_of_the_week() -> None:
    for field in fields(times.Day):
        for words in ("30/1", "30 Jan", "30 January", "30/01/2027"):
            read = field.kind.read(words, TODAY)
            assert isinstance(read, date), (field.label, words)
            assert (read.day, read.month) == (30, 1)
        assert field.kind.read("+14", TODAY) == date(2026, 12, 4), field.label
        assert field.kind.read("next Fri", TODAY) == date(2026, 11, 27), field.label


def test_every_amount_takes_commas_pounds_and_pence() -> None:
    for field in fields(kinds.Pounds):
        for words in ("4,400", "£4400.00", "4400", "£ 4,400.00"):
            assert field.kind.read(words, TODAY) == Money(440_000), (field.label, words)


def test_every_hours_a_week_takes_a_decimal_and_a_clock() -> None:
    for field in fields(kinds.HoursAWeek):
        for words in ("22.5", "22:30", "22.5 hours"):
            assert field.kind.read(words, TODAY) == Hours(81_000), (field.label, words)


@pytest.mark.parametrize(
    "kind", [times.Day, kinds.Pounds, kinds.HoursAWeek, kinds.Count, kinds.Number, times.InMonth]
)
def test_what_cannot_be_read_is_quoted_back_with_how_to_write_it(kind: type[kinds.Kind]) -> None:
    for field in fields(kind):
        told = field.kind.read("after Easter", TODAY)
        assert isinstance(told, Problem), field.label
        assert "“after Easter”" in told.sentence
        assert "Write " in told.sentence
