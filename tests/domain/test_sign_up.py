"""An offer to vary the contract: its clauses, its uplift over the national entitlement, its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import money, sign_up
from nhsdesk.domain.contracts import BaselineStream, LocalVariation
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.problems import Weight
from tests.factories import HOSTILE

TODAY = date(2026, 11, 20)
STREAMS = tuple(
    BaselineStream(variation=Id(1), stream=stream, working=working, amount=Money.pounds(amount))
    for stream, working, amount in (
        ("ARRS sum", "27.668 x 56,110 contractor weighted", "1552451.48"),
        ("Core PCN, registered", "2.311 x 54,870 registered", "126804.57"),
        ("Core PCN, adjusted", "0.748 x 53,905 adjusted", "40320.94"),
        ("Enhanced access", "8.903 x 53,905 adjusted", "479916.22"),
    )
)
FRAILTY = LocalVariation(
    id=Id(1), ref="LV-001", title="Complex frailty", clauses="7, 8.3", baseline=Money.pounds("2199493.21"),
    offered=Money.pounds("2335800.00"), decide_by=date(2026, 12, 18), private_until=date(2026, 12, 18),
)  # fmt: skip


def told(variation: LocalVariation, streams: tuple[BaselineStream, ...] = ()) -> dict[str, str]:
    return {one.field: one.sentence for one in sign_up.variation_problems(variation, streams)}


# ---- the clauses


@pytest.mark.parametrize(
    "clauses",
    [
        "7", "8", "7, 8.3", "section 7.1(a) and 8.12.4", "10.1", "10.5", "10.1 to 10.5", "10.1-10.5", "10.2.3",
        "7 to 8", "7.4–8.2", "", "Annex A", "sections 7; 8; 10.4",
    ],
)  # fmt: skip
def test_sections_7_and_8_and_10_1_to_10_5_may_be_varied(clauses: str) -> None:
    assert sign_up.clauses_outside(clauses) == ()


@pytest.mark.parametrize(
    ("clauses", "outside"),
    [
        ("6", ("6",)),
        ("9.1", ("9.1",)),
        ("10", ("10",)),
        ("10.6", ("10.6",)),
        ("10.0", ("10.0",)),
        ("7 and 4.10.6", ("4.10.6",)),
        ("10.1 to 10.6", ("10.1 to 10.6",)),
        ("8.2 to 10.3", ("8.2 to 10.3",)),
        ("7 to 10.5", ("7 to 10.5",)),
        ("70, 80", ("70", "80")),
        ("3, 3, 3", ("3",)),
        ("999999999", ("999999999",)),
    ],
)
def test_other_clauses_may_not_be_varied(clauses: str, outside: tuple[str, ...]) -> None:
    assert sign_up.clauses_outside(clauses) == outside


@pytest.mark.parametrize("words", [*HOSTILE, "9" * 10_000, "9." * 5_000, "٧", "7²"])
def test_hostile_clauses_are_read_without_harm(words: str) -> None:
    assert isinstance(sign_up.clauses_outside(words), tuple)
    assert isinstance(sign_up.variation_problems(replace(FRAILTY, clauses=words), ()), tuple)


@given(st.integers(1, 20), st.integers(1, 20))
def test_a_clause_may_be_varied_just_where_its_section_may(section: int, part: int) -> None:
    allowed = section in (7, 8) or (section == 10 and part <= 5)
    assert (sign_up.clauses_outside(f"{section}.{part}") == ()) is allowed


# ---- the money


def test_the_uplift_of_the_frailty_offer_stands_with_its_working() -> None:
    found = sign_up.uplift(FRAILTY, STREAMS)
    assert found.amount == Money.pounds("136306.79")
    assert found.tenths == 62
    assert found.words == "£136,306.79 (6.2%) above the national entitlement"
    assert found.working == (
        "ARRS sum: 27.668 x 56,110 contractor weighted = £1,552,451.48",
        "Core PCN, registered: 2.311 x 54,870 registered = £126,804.57",
        "Core PCN, adjusted: 0.748 x 53,905 adjusted = £40,320.94",
        "Enhanced access: 8.903 x 53,905 adjusted = £479,916.22",
        "The streams together: £2,199,493.21",
        "National entitlement: £2,199,493.21",
        "Offered in all: £2,335,800.00",
        "Above it: £2,335,800.00 less £2,199,493.21 = £136,306.79; £136,306.79 of £2,199,493.21 is 6.2%",
    )
    assert told(FRAILTY, STREAMS) == {}


def test_the_streams_stand_in_for_an_entitlement_not_entered() -> None:
    assert sign_up.uplift(replace(FRAILTY, baseline=None), STREAMS).tenths == 62


@pytest.mark.parametrize("offered", ["2199493.21", "2199493.20", "0", "-5"])
def test_an_offer_that_does_not_exceed_the_national_entitlement_must_be_put_right(offered: str) -> None:
    found = sign_up.variation_problems(replace(FRAILTY, offered=Money.pounds(offered)), STREAMS)
    assert [(one.field, one.weight) for one in found] == [("offered", Weight.MUST_FIX)]
    assert "does not exceed the national entitlement of £2,199,493.21" in found[0].sentence


def test_a_penny_above_is_an_uplift() -> None:
    penny = replace(FRAILTY, offered=Money.pounds("2199493.22"))
    assert told(penny, STREAMS) == {}
    assert sign_up.uplift(penny, STREAMS).words == "£0.01 (0.0%) above the national entitlement"


def test_what_is_less_or_the_same_or_not_known_is_told_so() -> None:
    def words(offered: Money | None) -> str:
        return sign_up.uplift(replace(FRAILTY, offered=offered)).words

    assert words(FRAILTY.baseline) == "No more than the national entitlement"
    assert words(Money.pounds("1979543.89")) == "£219,949.32 (-10.0%) below the national entitlement"
    assert words(None) == "What is offered above the national entitlement is not yet known"


def test_streams_that_do_not_add_up_to_the_entitlement_must_be_put_right() -> None:
    found = told(FRAILTY, STREAMS[:3])
    assert found["baseline"] == (
        "LV-001: the streams of the national entitlement add up to £1,719,576.99, and £2,199,493.21 is entered: "
        "£479,916.22 apart."
    )


def test_what_is_not_yet_known_of_an_offer_is_acknowledged_and_not_wrong() -> None:
    bare = sign_up.variation_problems(LocalVariation(title="Talked of"), ())
    assert {one.field for one in bare} == {"clauses", "offered", "decide_by"}
    assert {one.weight for one in bare} == {Weight.ACKNOWLEDGE}


def test_no_entitlement_has_no_per_cent() -> None:
    found = sign_up.uplift_of(Money(), Money.pounds(5))
    assert (found.amount, found.tenths) == (Money.pounds(5), None)


@given(st.integers(1, 10**12), st.integers(0, 10**12))
def test_the_uplift_and_the_entitlement_come_to_what_is_offered(national: int, offered: int) -> None:
    found = sign_up.uplift_of(Money(national), Money(offered))
    assert found.amount is not None
    assert money.total((found.amount, Money(national))) == Money(offered)
    assert found.tenths is not None
    assert abs(found.tenths * national - found.amount.pence * 1000) * 2 <= national


# ---- the days


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 11, 20), "Decide by 18 December 2026: 28 days left"),
        (date(2026, 12, 17), "Decide by 18 December 2026: 1 day left"),
        (date(2026, 12, 18), "Decide by 18 December 2026: today"),
        (date(2026, 12, 19), "Decide by 18 December 2026: passed 1 day ago"),
        (date(2026, 12, 20), "Decide by 18 December 2026: passed 2 days ago"),
    ],
)
def test_the_day_to_decide_by_counts_down(today: date, words: str) -> None:
    assert sign_up.deadline_words(FRAILTY, today) == words


def test_an_offer_without_a_deadline_says_so() -> None:
    assert sign_up.deadline_words(LocalVariation(title="x"), TODAY) == "The day to decide by is not yet known"


def test_an_offer_is_private_up_to_the_day_and_on_it_no_more() -> None:
    assert sign_up.is_private(FRAILTY, date(2026, 12, 17))
    assert not sign_up.is_private(FRAILTY, date(2026, 12, 18))
    assert not sign_up.is_private(replace(FRAILTY, private_until=None), TODAY)
