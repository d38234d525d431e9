"""What one entry says against itself is told beside the field."""

from __future__ import annotations

from datetime import date

import pytest

from nhsdesk.domain.arrs import Assignment, Pay
from nhsdesk.domain.at_odds import SPANS, at_odds
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.duties import RecurringDuty, Rhythm
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.records import RECORDS

SEPTEMBER = date(2026, 9, 1)


def assignment(hours: str, ends: date | None = None) -> Assignment:
    return Assignment(post=Id(1), hours=Hours.of(hours), starts=SEPTEMBER, ends=ends)


def told(record: Assignment | Pay | Evidence | RecurringDuty | Commitment) -> list[tuple[str, str]]:
    return [(one.field, one.sentence) for one in at_odds(record)]


@pytest.mark.parametrize(
    ("hours", "sentence"),
    [
        ("0", "No hours: nothing can be claimed for them."),
        ("40.01", "More than 40 hours a week: the claims portal has refused so many."),
        ("60", "More than 40 hours a week: the claims portal has refused so many."),
        ("168", "More than 40 hours a week: the claims portal has refused so many."),
        ("168.5", "A week has 168 hours."),
    ],
)
def test_hours_out_of_all_measure_are_told(hours: str, sentence: str) -> None:
    assert told(assignment(hours)) == [("hours", sentence)]


@pytest.mark.parametrize("hours", ["0.01", "4.25", "37.5", "40"])
def test_hours_a_person_works_are_not(hours: str) -> None:
    assert told(assignment(hours)) == []


def test_an_end_before_the_start_is_told_beside_the_end() -> None:
    assert told(assignment("30", date(2026, 8, 31))) == [("ends", "This is before “From”, 1 September 2026.")]
    assert told(assignment("30", SEPTEMBER)) == []
    pay = Pay(post=Id(1), salary=Money(1), starts=SEPTEMBER, ends=date(2026, 1, 1))
    assert told(pay) == [("ends", "This is before “From”, 1 September 2026.")]
    assert told(Evidence(what="Rota", effective_on=SEPTEMBER, expires_on=date(2026, 8, 1))) == [
        ("expires_on", "This is before “Holds from”, 1 September 2026.")
    ]


def test_a_rule_that_gives_no_days_is_told() -> None:
    duty = RecurringDuty(title="Return", rhythm=Rhythm.DAY_OF_MONTH, number=32, starts=SEPTEMBER)
    assert told(duty) == [("number", "Say which day of the month it is, from 1 to 31.")]


def test_what_is_not_yet_known_is_not_at_odds() -> None:
    assert told(Commitment(title="Open on Saturdays")) == []


def test_every_span_is_one_of_some_kind_of_entry() -> None:
    kinds = [{field.name for field in cls.KIND.fields} for cls in RECORDS]
    assert all(any({first, last} <= names for names in kinds) for first, last in SPANS)
