"""Leading a PCN: time outside, duties without a deputy, next steps, offers, claims, maturity."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import leadership_rules as rules
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.leadership import (
    Collaborative,
    CollaborativeMember,
    Delegation,
    Delivered,
    LeaderTime,
    OfferToLead,
    ResourceClaim,
    Stakeholder,
)
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Weight

DAY = date(2026, 11, 20)
ANN, BEN, CAT = Id(1), Id(2), Id(3)
SESSIONS = st.decimals(0, 40, places=1)


def time(month: int, internal: str, external: str, **fields: Any) -> LeaderTime:
    return LeaderTime(
        month=Month(2026, month), internal=Decimal(internal), external=Decimal(external), **fields
    )


OF_THE_SAMPLE = (
    time(7, "14", "3"), time(8, "12", "3"), time(9, "11", "4"), time(10, "10", "5"), time(11, "7", "4"),
)  # fmt: skip


# ---- time


def test_the_share_outside_is_told_month_by_month_with_its_trend() -> None:
    months = rules.by_month(OF_THE_SAMPLE)
    assert [one.share for one in months] == [18, 20, 27, 33, 36]
    words = "The share outside rose from 18 % in July 2026 to 36 % in November 2026."
    assert rules.trend_words(months) == words
    assert rules.trend_words(months[::-1]).startswith("The share outside fell from 36 %")


@given(SESSIONS, SESSIONS)
def test_a_share_lies_between_none_and_all_and_both_shares_make_the_whole(
    internal: Decimal, external: Decimal
) -> None:
    share = rules.MonthOfTime(Month(2026, 7), internal, external).share
    other = rules.MonthOfTime(Month(2026, 7), external, internal).share
    if internal + external == 0:
        assert share is None
        assert other is None
    else:
        assert share is not None
        assert other is not None
        assert 0 <= share <= 100
        assert share + other in (100, 101)


@given(st.lists(st.tuples(st.integers(1, 12), SESSIONS, SESSIONS), max_size=20))
def test_no_session_is_lost_or_counted_twice_when_months_are_added_up(
    entered: list[tuple[int, Decimal, Decimal]],
) -> None:
    months = rules.by_month(time(month, str(inside), str(outside)) for month, inside, outside in entered)
    assert [one.month for one in months] == sorted({Month(2026, month) for month, _, _ in entered})
    assert sum(one.internal + one.external for one in months) == sum(a + b for _, a, b in entered)


def test_the_sessions_of_two_clinical_directors_are_added() -> None:
    (one,) = rules.by_month((time(7, "4", "1", person=ANN), time(7, "2.5", "2.5", person=BEN)))
    assert (one.internal, one.external, one.share) == (Decimal("6.5"), Decimal("3.5"), 35)


def test_without_two_months_there_is_no_trend_and_a_month_left_out_is_named() -> None:
    assert rules.trend_words(rules.by_month(OF_THE_SAMPLE[:1])) == ""
    assert rules.months_left_out(rules.by_month((OF_THE_SAMPLE[0], OF_THE_SAMPLE[3]))) == (
        Month(2026, 8),
        Month(2026, 9),
    )
    assert rules.months_left_out(()) == ()


@pytest.mark.parametrize(
    ("share", "target", "words"),
    [
        (36, 0, "no target"), (36, 40, "4 points under 40 %"), (39, 40, "1 point under 40 %"),
        (40, 40, "meets 40 %"), (None, 40, "not known"),
    ],
)  # fmt: skip
def test_a_share_is_held_against_the_target_only_where_one_is_settled(
    share: int | None, target: int, words: str
) -> None:
    assert rules.target_words(share, target) == words


# ---- duties


def duty(number: int, **fields: Any) -> Delegation:
    return Delegation(id=Id(number), ref=f"DG-{number:03}", duty="Sign-off", **fields)


def test_a_duty_with_no_deputy_or_with_itself_as_deputy_hangs_on_one_person() -> None:
    duties = (
        duty(1, held_by=ANN, delegated_to=BEN, deputy=CAT),
        duty(2, held_by=ANN, delegated_to=BEN),
        duty(3, held_by=ANN, delegated_to=BEN, deputy=BEN),
        duty(4, held_by=ANN, delegated_to=BEN, deputy=ANN),
        duty(5, held_by=ANN, ended_on=DAY),
        duty(6, held_by=ANN, deputy=ANN),
    )
    assert [one.id for one in rules.single_points(duties, DAY)] == [2, 3, 6]


def test_who_carries_how_many_duties_and_how_many_alone_is_told_the_most_alone_first() -> None:
    duties = (
        duty(1, held_by=ANN, delegated_to=BEN, deputy=CAT),
        duty(2, held_by=ANN),
        duty(3, held_by=ANN),
        duty(4),
    )
    assert rules.carried(duties, DAY) == (rules.Carried(ANN, 2, 2), rules.Carried(BEN, 1, 0))


# ---- whom we talk to


def test_overdue_steps_come_first_then_the_next_then_whom_nobody_has_seen_for_longest() -> None:
    late = Stakeholder(id=Id(1), next_by=date(2026, 11, 19))
    soon = Stakeholder(id=Id(2), next_step="Meet", next_by=DAY)
    seen = Stakeholder(id=Id(3), last_contact=date(2026, 11, 1))
    long_ago = Stakeholder(id=Id(4), last_contact=date(2026, 1, 1))
    never = Stakeholder(id=Id(5))
    found = rules.to_see_first((seen, never, long_ago, soon, late), DAY)
    assert [one.id for one in found] == [1, 2, 5, 4, 3]
    assert [rules.is_overdue(one, DAY) for one in found] == [True, False, False, False, False]


def test_days_since_a_contact_are_counted_and_a_day_to_come_is_no_contact() -> None:
    assert rules.days_since(date(2026, 9, 29), DAY) == 52
    assert rules.days_since(date(2026, 11, 21), DAY) is None
    assert rules.days_since(None, DAY) is None


# ---- offers and what was delivered


@pytest.mark.parametrize(
    ("fields", "words", "unanswered"),
    [
        ({"offered_on": date(2026, 5, 20)}, "No reply for 184 days", True),
        ({"offered_on": date(2026, 11, 19)}, "No reply for 1 day", True),
        ({}, "No reply; the day of the offer is not known", True),
        ({"reply": "No, thank you"}, "No, thank you", False),
        (
            {"reply": "Yes", "replied_on": date(2026, 6, 1)},
            "Yes (1 June 2026)",
            False,
        ),
        ({"replied_on": date(2026, 6, 1)}, "Replied on 1 June 2026; the words are not kept", False),
        (
            {"offered_on": date(2026, 11, 18), "reply": "Yes", "replied_on": date(2026, 12, 1)},
            "No reply for 2 days",
            True,
        ),
    ],
)
def test_an_offer_tells_its_reply_or_for_how_long_there_was_none(
    fields: dict[str, Any], words: str, unanswered: bool
) -> None:
    offer = OfferToLead(what="Lead practice support", **fields)
    assert rules.reply_words(offer, DAY) == words
    assert rules.is_unanswered(offer, DAY) is unanswered


def test_an_outcome_lacks_what_a_reader_would_ask_for_next() -> None:
    assert len(list(rules.lacking(Delivered(outcome="Reviews")))) == 3
    whole = Delivered(outcome="Reviews", measure="412 of 430", measured_on=DAY, evidence=Id(9))
    assert list(rules.lacking(whole)) == []


# ---- claims


def claim(**fields: Any) -> ResourceClaim:
    return ResourceClaim(id=Id(1), ref="RX-001", what="Sessions at the place board", **fields)


def test_sessions_times_rate_stand_beside_what_was_invoiced_paid_and_is_outstanding() -> None:
    one = claim(
        sessions=Decimal(8), rate=Money.pounds(320), invoiced=Money.pounds(2560), paid=Money.pounds(0)
    )
    assert rules.claimed(one) == Money.pounds(2560)
    assert rules.outstanding(one) == Money.pounds(2560)
    assert rules.work_words(one) == "8 sessions at £320.00"


def test_what_nobody_said_was_paid_is_not_taken_for_unpaid() -> None:
    assert rules.outstanding(claim(invoiced=Money.pounds(100))) is None
    assert rules.outstanding(claim(paid=Money.pounds(100))) is None


@given(SESSIONS, st.integers(0, 100_000))
def test_a_claim_comes_to_its_sessions_times_its_rate_to_the_penny(sessions: Decimal, pence: int) -> None:
    worth = rules.claimed(claim(sessions=sessions, rate=Money(pence)))
    assert worth is not None
    assert abs(worth.pence - sessions * pence) <= Decimal("0.5")


def test_one_rate_for_sessions_and_hours_comes_to_nothing_and_is_asked_about() -> None:
    one = claim(sessions=Decimal(1), hours=Decimal(4), rate=Money.pounds(80), document=Id(4))
    assert rules.claimed(one) is None
    assert [problem.field for problem in rules.claim_problems(one)] == ["hours", "basis_checked_on"]


def test_an_invoice_that_differs_and_a_payment_above_it_are_told() -> None:
    told = [
        problem.sentence
        for problem in rules.claim_problems(
            claim(
                hours=Decimal("2.5"),
                rate=Money.pounds(80),
                invoiced=Money.pounds(210),
                paid=Money.pounds(300),
            )
        )
    ]
    assert told == [
        "RX-001: £210.00 was invoiced, but the work comes to £200.00.",
        "RX-001: £300.00 was paid, more than the £210.00 invoiced.",
        "RX-001: it is not said where it is written that this work is paid for.",
    ]


def test_the_page_a_claim_rests_on_says_whether_anybody_looked_that_it_is_in_force() -> None:
    where = "D-003 Design framework, page 27, 16 June 2021"
    assert rules.basis_words(where, True, None) == f"{where}; not checked to be still in force"
    looked = rules.basis_words(where, True, date(2026, 11, 2))
    assert looked == f"{where}; looked up as in force on 2 November 2026"
    assert rules.basis_words("", False, None) == "No basis is named"
    (note,) = rules.claim_problems(claim(document=Id(4)))
    assert note.weight is Weight.NOTE


# ---- collaboratives


def test_the_five_needs_have_a_word_for_each_score_and_no_sum() -> None:
    one = Collaborative(name="Ours", vision=2, estates=0, workforce=3)
    assert [(words, rules.maturity_words(score)) for words, score in rules.maturity(one)] == [
        ("Shared vision and leadership", "2, partly in place"),
        ("Target operating model", "not scored"),
        ("Estates", "0, not begun"),
        ("Technology and information", "not scored"),
        ("Workforce", "3, in place"),
    ]
    assert rules.maturity_words(7) == "7, which is not from 0 to 3"


@pytest.mark.parametrize(
    ("starts", "ends", "there"),
    [
        (None, None, True), (DAY, DAY, True), (date(2026, 11, 21), None, False), (None, date(2026, 11, 19), False),
    ],
)  # fmt: skip
def test_a_member_is_there_from_its_first_to_its_last_day(
    starts: date | None, ends: date | None, there: bool
) -> None:
    one = CollaborativeMember(collaborative=Id(1), organisation=Id(2), starts=starts, ends=ends)
    assert rules.there_on(one, DAY) is there
