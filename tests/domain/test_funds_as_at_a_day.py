"""What a fund says as at a day: who exactly has not ratified, what is left, and what is paid for twice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhsdesk.domain import fund_rules
from nhsdesk.domain.fund_rules import Basis, Footing, Paid
from nhsdesk.domain.funds import (
    Answered,
    FundEntry,
    FundMovement,
    FundPartner,
    MovementKind,
    Ratification,
    SpendPrinciple,
)
from nhsdesk.domain.kinds import Id, Tone
from nhsdesk.domain.money import Money
from nhsdesk.domain.periods import Month
from tests.examples import examples

FUND, OTHER_FUND, ENTRY = Id(1), Id(2), Id(10)
PRINCIPLE = SpendPrinciple(id=Id(5), fund=FUND, words="Seed money stays in general practice")
FEDERATION, TRUST, COUNCIL, HOSPICE = Id(21), Id(22), Id(23), Id(24)
RATIFIED, REFUSED = Answered.RATIFIED, Answered.REFUSED
FIRST = date(2026, 9, 1)
tried = settings(max_examples=examples(100, 2000))


def partner(organisation: Id, starts: date | None = None, ends: date | None = None) -> FundPartner:
    return FundPartner(fund=FUND, organisation=organisation, starts=starts, ends=ends)


def said(who: Id, answer: Answered, on: date | None, principle: Id = PRINCIPLE.id) -> Ratification:
    return Ratification(principle=principle, partner=who, answer=answer, answered_on=on)


def moved(kind: MovementKind, pounds: int, on: date) -> FundMovement:
    return FundMovement(entry=ENTRY, kind=kind, amount=Money.pounds(pounds), on=on)


def entry(principle: Id | None = PRINCIPLE.id) -> FundEntry:
    return FundEntry(fund=FUND, what="Clinical leads", principle=principle)


PARTNERS = (
    partner(FEDERATION),
    partner(TRUST, ends=date(2026, 9, 30)),
    partner(COUNCIL, starts=date(2026, 10, 1)),
    partner(HOSPICE),
)
ANSWERS = (
    said(FEDERATION, RATIFIED, date(2026, 9, 10)),
    said(HOSPICE, RATIFIED, date(2026, 9, 5)),
    said(HOSPICE, REFUSED, date(2026, 10, 15)),
    said(COUNCIL, RATIFIED, date(2026, 10, 20)),
    said(TRUST, RATIFIED, None),
    said(TRUST, RATIFIED, date(2026, 9, 2), principle=Id(6)),
)


@pytest.mark.parametrize(
    ("day", "lacking"),
    [
        (date(2026, 9, 4), {FEDERATION, TRUST, HOSPICE}),
        (date(2026, 9, 5), {FEDERATION, TRUST}),
        (date(2026, 9, 9), {FEDERATION, TRUST}),
        (date(2026, 9, 10), {TRUST}),
        (date(2026, 9, 30), {TRUST}),
        (date(2026, 10, 1), {COUNCIL}),
        (date(2026, 10, 15), {COUNCIL, HOSPICE}),
        (date(2026, 10, 20), {HOSPICE}),
    ],
)
def test_spend_names_exactly_those_that_have_not_ratified_by_the_day(day: date, lacking: set[Id]) -> None:
    found = fund_rules.footing(entry(), PRINCIPLE, ANSWERS, PARTNERS, day)
    assert found.basis is Basis.LACKING
    assert len(found.lacking) == len(lacking)
    assert set(found.lacking) == lacking
    assert not found.holds


def test_spend_is_bad_and_a_commitment_wants_attention_while_anybody_is_missing() -> None:
    found = Footing(Basis.LACKING, (TRUST,))
    spent = fund_rules.sums([moved(MovementKind.SPENT, 1, FIRST)], FIRST)
    committed = fund_rules.sums([moved(MovementKind.COMMITTED, 1, FIRST)], FIRST)
    assert (found.tone(spent), found.tone(committed)) == (Tone.BAD, Tone.WARN)


def test_without_a_principle_every_partner_of_the_day_is_missing() -> None:
    found = fund_rules.footing(entry(None), None, ANSWERS, PARTNERS, date(2026, 10, 2))
    assert found.basis is Basis.NONE
    assert set(found.lacking) == {FEDERATION, COUNCIL, HOSPICE}


def test_a_principle_of_another_fund_allows_nothing() -> None:
    foreign = SpendPrinciple(id=Id(9), fund=OTHER_FUND, words="Theirs")
    answers = [said(one.organisation, RATIFIED, FIRST, Id(9)) for one in PARTNERS]
    found = fund_rules.footing(entry(Id(9)), foreign, answers, PARTNERS, date(2026, 12, 1))
    assert (found.basis, found.holds) == (Basis.OTHER_FUND, False)


def test_a_fund_without_partners_has_nothing_ratified() -> None:
    found = fund_rules.footing(entry(), PRINCIPLE, ANSWERS, (), date(2026, 12, 1))
    assert (found.basis, found.holds) == (Basis.NOBODY, False)


days = st.integers(0, 40).map(lambda number: FIRST + timedelta(days=number))
who = st.sampled_from([FEDERATION, TRUST, COUNCIL, HOSPICE])
stays = st.builds(partner, who, st.none() | days, st.none() | days)
answers = st.lists(
    st.tuples(who, st.sampled_from(Answered), days), unique_by=lambda one: (one[0], one[2]), max_size=12
)


@tried
@given(st.lists(stays, max_size=6), answers, days, st.randoms(use_true_random=False))
def test_the_last_word_of_each_partner_of_the_day_counts(
    partners: list[FundPartner], told: list[tuple[Id, Answered, date]], day: date, order: Random
) -> None:
    ratifications = [said(*one) for one in told]
    order.shuffle(ratifications)
    missing = set()
    for one in partners:
        if (one.starts or day) <= day <= (one.ends or day):
            words = sorted(
                (on, answer.value) for at, answer, on in told if at == one.organisation and on <= day
            )
            if not words or words[-1][1] != RATIFIED.value:
                missing.add(one.organisation)
    found = fund_rules.lacking(PRINCIPLE.id, ratifications, partners, day)
    assert sorted(found) == sorted(missing)


def test_what_was_spent_before_all_had_ratified_stays_told() -> None:
    partners = (partner(FEDERATION), partner(TRUST))
    ratified = [said(FEDERATION, RATIFIED, FIRST), said(TRUST, RATIFIED, date(2026, 9, 10))]
    movements = [
        moved(MovementKind.SPENT, 100, date(2026, 9, 9)),
        moved(MovementKind.SPENT, 200, date(2026, 9, 10)),
        moved(MovementKind.SPENT, 400, date(2026, 9, 25)),
    ]

    def on(day: date) -> Footing:
        return fund_rules.footing(entry(), PRINCIPLE, ratified, partners, day)

    assert on(date(2026, 9, 20)).holds
    assert fund_rules.spent_early(movements, date(2026, 9, 20), on) == Money.pounds(100)
    assert fund_rules.spent_early(movements, date(2026, 9, 8), on) == Money()


SPENDING = [
    moved(MovementKind.COMMITTED, 1000, date(2026, 9, 1)),
    moved(MovementKind.SPENT, 400, date(2026, 9, 10)),
    moved(MovementKind.RELEASED, 100, date(2026, 9, 20)),
    moved(MovementKind.SPENT, 700, date(2026, 10, 1)),
    moved(MovementKind.REFUNDED, 50, date(2026, 10, 2)),
]


@pytest.mark.parametrize(
    ("day", "committed", "spent", "balance", "free"),
    [
        (date(2026, 8, 31), 0, 0, 5000, 5000),
        (date(2026, 9, 1), 1000, 0, 5000, 4000),
        (date(2026, 9, 10), 600, 400, 4600, 4000),
        (date(2026, 9, 20), 500, 400, 4600, 4100),
        (date(2026, 10, 1), 0, 1100, 3900, 3900),
    ],
)
def test_balance_and_what_is_free_as_at_a_day(
    day: date, committed: int, spent: int, balance: int, free: int
) -> None:
    held, value = fund_rules.sums(SPENDING, day), Money.pounds(5000)
    assert (held.committed, held.spent) == (Money.pounds(committed), Money.pounds(spent))
    assert fund_rules.balance(value, held) == Money.pounds(balance)
    assert fund_rules.free(value, held) == Money.pounds(free)


def test_money_paid_back_is_in_the_balance_again() -> None:
    held = fund_rules.sums(SPENDING, date(2026, 10, 2))
    assert fund_rules.balance(Money.pounds(5000), held) == Money.pounds(3950)


def test_a_fund_of_unknown_value_has_no_balance() -> None:
    held = fund_rules.sums(SPENDING, FIRST)
    assert fund_rules.balance(None, held) is None
    assert fund_rules.free(None, held) is None


movements = st.lists(st.builds(moved, st.sampled_from(MovementKind), st.integers(0, 500), days), max_size=10)


@tried
@given(movements, days, st.randoms(use_true_random=False))
def test_what_is_free_committed_and_spent_is_the_value_in_whatever_order_it_was_entered(
    held: list[FundMovement], day: date, order: Random
) -> None:
    value, found = Money.pounds(2000), fund_rules.sums(held, day)
    shuffled = list(held)
    order.shuffle(shuffled)
    assert fund_rules.sums(shuffled, day) == found
    assert found.committed >= Money()
    free, balance = fund_rules.free(value, found), fund_rules.balance(value, found)
    assert free is not None
    assert balance is not None
    assert free + found.committed + found.spent == value
    assert balance + found.spent == value


def paid(words: str, share: int, starts: date, ends: date | None = None) -> Paid:
    return Paid(words, Decimal(share), starts, ends)


@pytest.mark.parametrize(
    ("funds", "others", "words"),
    [
        ([paid("fund", 50, FIRST)], [paid("ARRS", 50, FIRST)], set()),
        ([paid("fund", 51, FIRST)], [paid("ARRS", 50, FIRST)], {"fund", "ARRS"}),
        ([paid("fund", 100, FIRST, date(2026, 9, 30))], [paid("ARRS", 100, date(2026, 10, 1))], set()),
        (
            [paid("fund", 100, FIRST, date(2026, 10, 1))],
            [paid("ARRS", 100, date(2026, 10, 1))],
            {"fund", "ARRS"},
        ),
        ([paid("one", 60, FIRST), paid("other", 60, FIRST)], [], {"one", "other"}),
        ([], [paid("ARRS", 100, FIRST), paid("grant", 40, FIRST)], set()),
    ],
)
def test_no_post_is_paid_twice_on_any_day(funds: list[Paid], others: list[Paid], words: set[str]) -> None:
    assert {one.words for one in fund_rules.paid_twice(funds, others)} == words


def test_a_month_claimed_in_full_leaves_nothing_for_a_fund() -> None:
    claimed = fund_rules.claimed_share([Month(2026, 9)], None)
    halves = fund_rules.claimed_share([Month(2026, 9)], Decimal(50))
    september = [paid("fund", 50, date(2026, 9, 30))]
    october = [paid("fund", 50, date(2026, 10, 1))]
    assert fund_rules.paid_twice(september, claimed)
    assert not fund_rules.paid_twice(october, claimed)
    assert not fund_rules.paid_twice(september, halves)


def pays(day: date, every: Sequence[Paid]) -> Iterator[Decimal]:
    return (one.share for one in every if one.starts <= day <= (one.ends or day))


payments = st.builds(
    lambda share, starts, length: Paid(
        "money", Decimal(share), starts, None if length is None else starts + timedelta(days=length)
    ),
    st.integers(1, 100),
    days,
    st.none() | st.integers(0, 20),
)


@tried
@given(st.lists(payments, max_size=3), st.lists(payments, max_size=3))
def test_paid_twice_is_told_if_and_only_if_some_day_costs_more_than_the_post(
    funds: list[Paid], others: list[Paid]
) -> None:
    twice = [
        day
        for day in (FIRST + timedelta(days=number) for number in range(70))
        if sum(pays(day, funds), start=Decimal()) > 0
        and sum(pays(day, [*funds, *others]), start=Decimal()) > 100
    ]
    found = fund_rules.paid_twice(funds, others)
    assert bool(found) == bool(twice)
    if found:
        assert sum(one.share for one in found) == sum(pays(twice[0], [*funds, *others]))
