"""What returns and briefings share: what is asked, and facts that come back from JSON as they were."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.documents.model import Workbook
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.rules import Rules
from nhsdesk.papers import Asked, Audience, Paper, Period, facts_from_json, facts_hash, facts_to_json


@dataclass(frozen=True, slots=True)
class Facts:
    """One of everything that facts hold."""

    words: str
    amount: Money
    hours: Hours
    number: Decimal
    day: date | None
    made_at: datetime
    month: Month
    count: int | None
    problems: tuple[Problem, ...]
    refs: tuple[str, ...]


def unused(*_: Any) -> Any:
    raise AssertionError("facts need nothing but JSON")


PAPER = Paper("test", "Test", Audience.PARTNERS, Period.DAY, Facts, unused, unused, unused)

FACTS = st.builds(
    Facts,
    words=st.text(),
    amount=st.builds(Money, st.integers(-(2**63), 2**63 - 1)),
    hours=st.builds(Hours, st.integers(0, 2**53)),
    number=st.decimals(allow_nan=False, allow_infinity=False, places=9),
    day=st.none() | st.dates(),
    made_at=st.datetimes(timezones=st.just(UTC)),
    month=st.builds(Month, st.integers(1900, 9999), st.integers(1, 12)),
    count=st.none() | st.integers(),
    problems=st.lists(
        st.builds(Problem, st.text(), st.sampled_from(Weight), record=st.integers(0, 2**63 - 1)), max_size=3
    ).map(tuple),
    refs=st.lists(st.text(), max_size=3).map(tuple),
)


@given(FACTS)
def test_facts_come_back_from_json_as_they_were(facts: Facts) -> None:
    kept = facts_to_json(facts)
    again = facts_from_json(PAPER, kept)
    assert again == facts
    assert facts_to_json(again) == kept
    assert facts_hash(again) == facts_hash(facts)


@given(FACTS, FACTS)
def test_other_facts_have_another_hash(one: Facts, other: Facts) -> None:
    assert (facts_hash(one) == facts_hash(other)) is (one == other)


def test_facts_with_more_or_less_in_them_are_not_taken() -> None:
    kept = facts_to_json(
        Facts(
            "a",
            Money(1),
            Hours(1),
            Decimal(1),
            None,
            datetime(2026, 1, 1, tzinfo=UTC),
            Month(2026, 1),
            None,
            (),
            (),
        )
    )
    for wrong in (
        kept.replace(b'"words": "a"', b'"words": "a", "more": 1'),
        kept.replace(b'"count": null,', b""),
    ):
        with pytest.raises(Exception, match="Facts"):
            facts_from_json(PAPER, wrong)


def test_a_paper_by_month_is_called_by_its_month_and_one_by_day_by_its_day() -> None:
    rules = Rules()
    asked = Asked(date(2026, 11, 20), Month(2026, 10), datetime(2026, 11, 20, tzinfo=UTC), rules, rules)
    monthly: Paper[Facts] = Paper("m", "M", Audience.PUBLIC, Period.MONTH, Facts, unused, unused, unused)
    assert monthly.period_words(asked) == "October 2026"
    assert PAPER.period_words(asked) == "20 November 2026"
    assert Workbook.__doc__
