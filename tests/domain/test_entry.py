"""What people type into days, times, months and years is read as they mean it, or told in a sentence."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nhsdesk.domain import entry
from nhsdesk.domain.entry import quoted, read_day, whole_letters
from nhsdesk.domain.periods import FinancialYear, Month, Quarter, day_words
from nhsdesk.domain.problems import Problem
from tests.factories import HALF_A_LETTER, HOSTILE

FRIDAY = date(2026, 11, 20)
days = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("30/1", date(2027, 1, 30)),
        ("30/01", date(2027, 1, 30)),
        ("30/11", date(2026, 11, 30)),
        ("20/11", FRIDAY),
        ("19/11", date(2027, 11, 19)),
        ("30/1/27", date(2027, 1, 30)),
        ("30.1.2027", date(2027, 1, 30)),
        ("30-1-2027", date(2027, 1, 30)),
        ("2027-01-30", date(2027, 1, 30)),
        ("30 Jan", date(2027, 1, 30)),
        ("30 jan 27", date(2027, 1, 30)),
        ("30 January 2027", date(2027, 1, 30)),
        ("30th January, 2027", date(2027, 1, 30)),
        ("Sat 30 Jan 2027", date(2027, 1, 30)),
        ("30-Jan-27", date(2027, 1, 30)),
        ("1st Dec", date(2026, 12, 1)),
        ("3 sept.", date(2027, 9, 3)),
        ("+14", date(2026, 12, 4)),
        ("+ 0", FRIDAY),
        ("next Fri", date(2026, 11, 27)),
        ("fri", date(2026, 11, 27)),
        ("next Monday", date(2026, 11, 23)),
        ("thurs", date(2026, 11, 26)),
        ("today", FRIDAY),
        ("  30 / 1 ".replace(" / ", "/"), date(2027, 1, 30)),
        ("29/2", date(2028, 2, 29)),
        ("29 Feb", date(2028, 2, 29)),
        ("29/2/2028", date(2028, 2, 29)),
    ],
)
def test_a_day_is_read_as_meant(typed: str, meant: date) -> None:
    assert read_day(typed, FRIDAY) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31/2", "31/2 is not a day: there is no 31 in February 2026."),
        ("31/4", "31/4 is not a day: there is no 31 in April 2026."),
        ("29/2/2027", "29/2/2027 is not a day: there is no 29 in February 2027."),
        ("30/13", "30/13 is not a day: there is no month 13."),
        ("0/1", "0/1 is not a day: there is no 0 in January 2026."),
        ("32 Jan", "32 Jan is not a day: there is no 32 in January 2026."),
        ("2027-02-30", "2027-02-30 is not a day: there is no 30 in February 2027."),
        ("soon", "“soon” could not be read as a day. Write it as 30 January 2027 or 30/1/2027."),
        ("next", "“next” could not be read as a day. Write it as 30 January 2027 or 30/1/2027."),
        ("30", "“30” could not be read as a day. Write it as 30 January 2027 or 30/1/2027."),
    ],
)
def test_what_is_no_day_is_told_by_its_day(typed: str, said: str) -> None:
    assert read_day(typed, FRIDAY) == Problem(said)


@pytest.mark.parametrize(
    ("today", "meant"),
    [
        (date(2028, 2, 28), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 2, 29)),
        (date(2028, 3, 1), date(2032, 2, 29)),
        (date(2096, 3, 1), date(2104, 2, 29)),
    ],
)
def test_the_29th_of_february_without_a_year_is_the_next_there_is(today: date, meant: date) -> None:
    assert read_day("29/2", today) == meant


@given(days, days)
def test_any_day_written_out_is_read_back(day: date, today: date) -> None:
    for typed in (day.isoformat(), day_words(day), f"{day.day}/{day.month}/{day.year}", f"{day:%d %b %Y}"):
        assert read_day(typed, today) == day


@given(days, st.integers(1, 31), st.integers(1, 12))
def test_a_day_without_a_year_is_never_past_and_less_than_a_year_away(
    today: date, number: int, month: int
) -> None:
    read = read_day(f"{number}/{month}", today)
    if number <= calendar.monthrange(2028, month)[1]:
        assert isinstance(read, date)
        assert (read.day, read.month) == (number, month)
        furthest = 366 if (number, month) != (29, 2) else 8 * 366
        assert today <= read < today + timedelta(days=furthest)
    else:
        assert isinstance(read, Problem)


@given(days, st.sampled_from(["mon", "tues", "wed", "thu", "fri", "sat", "sun"]))
def test_a_weekday_is_the_next_after_today(today: date, name: str) -> None:
    read = read_day(f"next {name}", today)
    assert isinstance(read, date)
    assert 1 <= (read - today).days <= 7
    assert f"{read:%A}".lower().startswith(name[:3])


@given(st.text() | st.from_regex(r"[+\d/.\- a-z²٣]{1,12}", fullmatch=True))
@example("²/1")
@example("٣/١")
@example("1/1/0000")
@example("+9999")
def test_no_words_stop_the_reading(typed: str) -> None:
    for read in (
        read_day(typed, FRIDAY), entry.read_month(typed), entry.read_quarter(typed),
        entry.read_financial_year(typed), entry.read_time(typed), entry.read_moment(typed),
    ):  # fmt: skip
        assert not isinstance(read, Problem) or read.sentence.endswith(".")


@pytest.mark.parametrize("typed", [*HOSTILE, HALF_A_LETTER, "9" * 10_000])
def test_hostile_words_are_told_briefly_and_can_be_printed(typed: str) -> None:
    told = read_day(typed, FRIDAY)
    assert isinstance(told, Problem)
    assert len(told.sentence) < 200
    assert told.sentence.encode()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("17:30", time(17, 30)), ("5pm", time(17)), ("5.30pm", time(17, 30)), ("5:30 PM", time(17, 30)),
        ("12am", time(0)), ("12pm", time(12)), ("midday", time(12)), ("noon", time(12)), ("midnight", time(0)),
        ("9:05", time(9, 5)), ("23.59", time(23, 59)),
    ],
)  # fmt: skip
def test_a_time_is_read_as_meant(typed: str, meant: time) -> None:
    assert entry.read_time(typed) == meant


@pytest.mark.parametrize("typed", ["24:00", "17:60", "13pm", "0am", "17", "half past", "1:2:3"])
def test_what_is_no_time_is_told(typed: str) -> None:
    assert isinstance(entry.read_time(typed), Problem)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-10", "10/2026", "October 2026", "oct 26", "OCT. 2026", "10-2026",
        "Oct-26", "Oct-2026", "oct/26", "01/10/2026", "2026-10-01", "October 2026 (M7)",
    ],
)  # fmt: skip
def test_a_month_is_read_as_meant(typed: str) -> None:
    assert entry.read_month(typed) == Month(2026, 10)


@pytest.mark.parametrize(
    "typed", ["2026-13", "13/2026", "Oct", "0000-01", "ma 2026", "2026", "02/10/2026", "M7"]
)
def test_what_is_no_month_is_told(typed: str) -> None:
    assert isinstance(entry.read_month(typed), Problem)


@pytest.mark.parametrize("typed", ["2026/27", "2026-27", "2026 to 2027", "2026/2027"])
def test_a_financial_year_is_read_as_meant(typed: str) -> None:
    assert entry.read_financial_year(typed) == FinancialYear(2026)


@pytest.mark.parametrize("typed", ["2026", "2026/28", "26/27", "2026/26"])
def test_what_is_no_financial_year_is_told(typed: str) -> None:
    assert isinstance(entry.read_financial_year(typed), Problem)


@pytest.mark.parametrize("typed", ["2026/27 Q3", "Q3 2026/27", " q3  2026/27 "])
def test_a_quarter_is_read_as_meant(typed: str) -> None:
    assert entry.read_quarter(typed) == Quarter(FinancialYear(2026), 3)


@pytest.mark.parametrize("typed", ["2026/27 Q5", "Q3", "2026/28 Q1", "Q0 2026/27"])
def test_what_is_no_quarter_is_told(typed: str) -> None:
    assert isinstance(entry.read_quarter(typed), Problem)


def test_a_moment_needs_its_zone_and_is_read_in_utc() -> None:
    assert entry.read_moment("2026-07-01T10:00:00+01:00") == datetime(2026, 7, 1, 9, tzinfo=UTC)
    for typed in ("2026-07-01T10:00:00", "today", "0001-01-01T00:00:00+05:00", "9999-12-31T23:00:00-05:00"):
        assert isinstance(entry.read_moment(typed), Problem), typed


@given(st.text(st.characters(categories=["Cs", "Lu", "So"])))
def test_whole_letters_can_be_kept_and_change_nothing_that_is_whole(text: str) -> None:
    whole = whole_letters(text)
    assert whole.encode().decode() == whole == whole_letters(whole)
    if "\ufffd" not in whole and len(whole) == len(text):
        assert whole == text


def test_two_halves_that_belong_together_become_their_letter() -> None:
    assert whole_letters("\ud83d\ude00") == "😀"
    assert whole_letters(HALF_A_LETTER) == "half \ufffd a letter"
    assert quoted("x" * 100) == f"“{'x' * 60}…”"
