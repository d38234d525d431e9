"""Each kind of field: what it keeps is exact, what it refuses is told, and what is typed is read as meant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import kinds, times
from nhsdesk.domain.actions import Brag
from nhsdesk.domain.arrs import Role
from nhsdesk.domain.kinds import LARGEST, KeptFile, Kind
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.problems import Problem
from tests.factories import HALF_A_LETTER, HIGH, HOSTILE, values

TODAY = date(2026, 11, 20)
KINDS: list[Kind] = [
    kinds.Text(), kinds.LongText(), kinds.Private(), kinds.Reference(), kinds.Pounds(), kinds.Number(9),
    kinds.Number(0), kinds.Number(2, "%"), kinds.Count(), kinds.HoursAWeek(), kinds.Minutes(), times.Day(),
    times.TimeOfDay(), times.Moment(), times.InMonth(), times.InQuarter(), times.InYear(), kinds.OneOf(Role),
    kinds.SeveralOf(Role), kinds.Flag(), kinds.LinkTo("person"), kinds.About(), kinds.LinksTo("person"),
    kinds.OneFile(),
]  # fmt: skip
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: type(kind).__name__)


@every_kind
@given(data=st.data())
def test_any_value_comes_back_from_its_stored_form_and_has_words(kind: Kind, data: st.DataObject) -> None:
    value = data.draw(values(kind))
    stored = kind.store(value)
    assert stored is None or type(stored) is (int if kind.column == "INTEGER" else str)
    assert kind.load(stored) == value
    assert kind.store(kind.load(stored)) == stored
    assert isinstance(kind.words(value), str)


@every_kind
def test_nothing_is_kept_as_nothing_and_worded_as_nothing(kind: Kind) -> None:
    assert kind.store(None) is None
    assert kind.load(None) in (None, ())
    assert kind.words(None) == ""
    assert kind.read("  \n", TODAY) in (None, ())


@every_kind
def test_a_value_of_another_type_is_our_own_mistake(kind: Kind) -> None:
    wrong: list[Any] = [1.5, b"bytes", object(), {"a": 1}]
    wrong += [] if kind.column == "TEXT" else ["words"]
    wrong += [] if isinstance(kind, kinds.Flag) else [True]
    for value in wrong:
        with pytest.raises(TypeError):
            kind.store(value)


@every_kind
@given(text=st.text() | st.sampled_from([*HOSTILE, HALF_A_LETTER, "9" * 10_000, "²:30", "1e400", "NaN", "∞"]))
def test_whatever_is_typed_is_read_as_a_value_that_can_be_kept_or_told_of(kind: Kind, text: str) -> None:
    read = kind.read(text, TODAY)
    if isinstance(read, Problem):
        assert read.sentence.encode()
        assert len(read.sentence) < 1_000
    else:
        assert kind.load(kind.store(read)) == read


@pytest.mark.parametrize("typed", HOSTILE)
def test_words_are_read_as_typed(typed: str) -> None:
    assert kinds.LongText().read(typed, TODAY) == typed
    assert kinds.Text().read(typed, TODAY) == typed.strip()


def test_half_a_letter_is_told_when_typed_and_refused_when_kept() -> None:
    assert isinstance(kinds.Text().read(HALF_A_LETTER, TODAY), Problem)
    for kind, value in ((kinds.Text(), HALF_A_LETTER), (kinds.OneFile(), KeptFile(HALF_A_LETTER, "", 0))):
        with pytest.raises(UnicodeEncodeError):
            kind.store(value)


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (kinds.Pounds(), Money(LARGEST + 1)),
        (kinds.Count(), -LARGEST - 1),
        (kinds.Number(9), Decimal("9223372036.854775808")),
        (kinds.Number(2), Decimal("1e400")),
        (kinds.Number(2), Decimal("NaN")),
        (kinds.Number(2), Decimal("Infinity")),
        (kinds.Number(2), Decimal("1.005")),
        (kinds.Number(2), Decimal("1." + "0" * 40 + "1")),
        (kinds.LinkTo("person"), 0),
        (kinds.LinkTo("person"), -1),
        (kinds.LinkTo("person"), LARGEST + 1),
        (times.TimeOfDay(), time(17, 30, 1)),
        (times.TimeOfDay(), time(17, 30, tzinfo=UTC)),
    ],
)
def test_what_would_not_be_exact_is_refused(kind: Kind, value: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        kind.store(value)


def test_a_moment_is_no_day_and_a_moment_without_a_zone_is_none() -> None:
    with pytest.raises(TypeError):
        times.Day().store(datetime(2026, 11, 20, tzinfo=UTC))
    with pytest.raises(TypeError):
        times.Moment().store(datetime(2026, 11, 20))  # noqa: DTZ001 - without a zone is what is tried


def test_a_moment_is_kept_in_utc_and_shown_as_london_clocks_told_it() -> None:
    kind = times.Moment()
    summer = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert kind.words(summer) == "2 July 2026, 00:30"
    assert kind.words(datetime(2026, 12, 1, 23, 30, tzinfo=UTC)) == "1 December 2026, 23:30"
    nepal = summer.astimezone(timezone(timedelta(hours=5, minutes=45)))
    assert kind.store(nepal) == kind.store(summer) == "2026-07-01T23:30:00.000000+00:00"


# ---- what people type


@pytest.mark.parametrize(
    ("typed", "pence"),
    [
        ("4,400", 440_000), ("£4400.00", 440_000), ("£4,400.5", 440_050), ("4400", 440_000), ("-£3", -300),
        ("£-3", -300), ("−£3", -300), ("- 3.20", -320), (".50", 50), ("0", 0), ("£ 1,234,567.89", 123_456_789),
        ("4.", 400), ("90071992547409.93", 9_007_199_254_740_993), ("92,233,720,368,547,758.07", LARGEST),
    ],
)  # fmt: skip
def test_an_amount_is_read_to_the_penny(typed: str, pence: int) -> None:
    assert kinds.Pounds().read(typed, TODAY) == Money(pence)


@pytest.mark.parametrize(
    "typed",
    [
        "4.4.4", "£", "-", ".", "4,40", "4,4000", "£4.005", "--3", "-£-3", "4p", "1e3", "£4 400", "(3.20)",
        "92,233,720,368,547,758.08", "0." + "0" * 40 + "1", "1." + "0" * 40 + "1", "9" * 5_000,
    ],
)  # fmt: skip
def test_what_is_no_amount_is_told_with_how_to_write_it(typed: str) -> None:
    told = kinds.Pounds().read(typed, TODAY)
    assert isinstance(told, Problem)
    assert "Write it as 4,400" in told.sentence


@pytest.mark.parametrize(
    ("typed", "hours"),
    [
        ("22.5", Hours(81_000)), ("22:30", Hours(81_000)), ("16:40", Hours(60_000)), ("37.5 hours", Hours.of("37.5")),
        ("37.5h", Hours.of("37.5")), ("0", Hours(0)), ("30", Hours.of(30)), ("16.67", Hours(60_012)),
        ("16.6667", Hours(60_000)), ("1000", Hours(3_600_000)), ("1,000", Hours(3_600_000)),
    ],
)  # fmt: skip
def test_hours_are_read_as_decimals_or_as_on_a_clock(typed: str, hours: Hours) -> None:
    assert kinds.HoursAWeek().read(typed, TODAY) == hours


@pytest.mark.parametrize(
    "typed",
    ["22:60", "22:3", "22.30.1", "-3", "1001", "1000:01", "9999:59", "h", "²:30", "9" * 5_000 + ":30"],
)
def test_what_is_no_hours_a_week_is_told(typed: str) -> None:
    assert isinstance(kinds.HoursAWeek().read(typed, TODAY), Problem)


@pytest.mark.parametrize(
    ("typed", "minutes"), [("95", 95), ("1:35", 95), ("95 minutes", 95), ("0:05", 5), ("1,250", 1_250)]
)
def test_minutes_are_read_as_a_number_or_as_on_a_clock(typed: str, minutes: int) -> None:
    assert kinds.Minutes().read(typed, TODAY) == minutes


@pytest.mark.parametrize("typed", ["1:60", "²:05", "9" * 5_000 + ":05", "half an hour"])
def test_what_is_no_length_of_time_is_told(typed: str) -> None:
    assert isinstance(kinds.Minutes().read(typed, TODAY), Problem)


@pytest.mark.parametrize(
    ("places", "typed", "number"),
    [
        (9, "0.933333333", "0.933333333"), (3, "27.668", "27.668"), (2, "50%", "50.00"), (2, "50 %", "50.00"),
        (0, "1,250", "1250"), (2, "-0.5", "-0.50"), (9, "9223372036.854775807", "9223372036.854775807"),
    ],
)  # fmt: skip
def test_a_number_is_read_exactly(places: int, typed: str, number: str) -> None:
    read = kinds.Number(places).read(typed, TODAY)
    assert read == Decimal(number)
    assert str(read) == number


@pytest.mark.parametrize(
    "typed", ["0.9333333333", "9223372036.854775808", "1e3", "27,66", "1." + "0" * 40 + "1"]
)
def test_a_number_with_more_places_than_its_field_is_told(typed: str) -> None:
    assert isinstance(kinds.Number(9).read(typed, TODAY), Problem)


def test_a_choice_is_read_by_its_words_or_its_code_in_any_letters() -> None:
    kind = kinds.OneOf(Role)
    for typed in ("Clinical pharmacist", "clinical  PHARMACIST", "clin_pharm", " CLIN_PHARM "):
        assert kind.read(typed, TODAY) is Role.CLINICAL_PHARMACIST
    told = kinds.OneOf(Brag).read("purple", TODAY)
    assert isinstance(told, Problem)
    assert told.sentence.startswith("“purple” is not one of: Blue: closed with evidence, Red: overdue")


def test_several_choices_are_read_in_any_order_and_kept_in_the_lists_own() -> None:
    kind = kinds.SeveralOf(Role)
    read = kind.read("Paramedic; dietitian, PARA,", TODAY)
    assert read == (Role.DIETITIAN, Role.PARAMEDIC)
    assert kind.words(read) == "Dietitian, Paramedic"
    assert isinstance(kind.read("Paramedic, plumber", TODAY), Problem)


@pytest.mark.parametrize(
    ("typed", "meant"), [("Yes", True), ("y", True), ("TRUE", True), ("no", False), ("0", False)]
)
def test_yes_and_no_are_read(typed: str, meant: bool) -> None:
    assert kinds.Flag().read(typed, TODAY) is meant


def test_several_links_travel_as_text_so_that_no_reader_rounds_them() -> None:
    kind = kinds.LinksTo("person")
    assert kind.store((HIGH, LARGEST)) == f'["{HIGH}", "{LARGEST}"]'
    assert kind.load(kind.store((HIGH, LARGEST))) == (HIGH, LARGEST)
