"""What is left of a fund, who has ratified what, and what is paid for twice."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import fund_rules
from nhsdesk.domain.fund_rules import Basis, Paid, Sums, Verdict
from nhsdesk.domain.funds import (
    Answered,
    AtYearEnd,
    Fund,
    FundEntry,
    FundMovement,
    FundPartner,
    MovementKind,
    PrincipleTest,
    Ratification,
    SpendPrinciple,
)
from nhsdesk.domain.kinds import Id, Tone
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.organisations import Sector
from nhsdesk.domain.periods import FinancialYear, Month

DAY = date(2026, 11, 20)
FUND, OTHER = Id(1), Id(2)
TRUST, FEDERATION, COUNCIL = Id(11), Id(12), Id(13)
RULE = SpendPrinciple(id=Id(21), ref="FN-001", fund=FUND, words="Data first")

movements = st.builds(
    FundMovement,
    entry=st.just(Id(31)),
    kind=st.sampled_from(MovementKind),
    amount=st.integers(0, 10**9).map(Money),
    on=st.dates(date(2026, 4, 1), date(2027, 3, 31)),
)


def moved(kind: MovementKind, pounds: int, on: date = DAY) -> FundMovement:
    return FundMovement(entry=Id(31), kind=kind, amount=Money.pounds(pounds), on=on)


def entry(**fields: object) -> FundEntry:
    held: dict[str, object] = {"id": Id(31), "ref": "FE-001", "fund": FUND, "what": "Tools"}
    return FundEntry(**{**held, **fields})  # type: ignore[arg-type]


def partners(*named: Id) -> list[FundPartner]:
    return [FundPartner(fund=FUND, organisation=one) for one in named]


def ratified(partner: Id, on: date | None = DAY, answer: Answered = Answered.RATIFIED) -> Ratification:
    return Ratification(principle=RULE.id, partner=partner, answer=answer, answered_on=on)


# ---- money


@given(st.lists(movements, max_size=12), st.randoms(), st.dates(date(2026, 4, 1), date(2027, 3, 31)))
def test_the_order_of_movements_does_not_matter(held: list[FundMovement], chance: object, day: date) -> None:
    shuffled = list(held)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fund_rules.sums(held, day) == fund_rules.sums(shuffled, day)


@given(st.lists(movements, max_size=12), st.integers(0, 10**11).map(Money), st.dates(date(2026, 4, 1)))
def test_the_balance_is_the_value_less_what_is_spent_by_the_day(
    held: list[FundMovement], value: Money, day: date
) -> None:
    spent = sum(one.amount.pence for one in held if one.kind is MovementKind.SPENT and one.on <= day)
    back = sum(one.amount.pence for one in held if one.kind is MovementKind.REFUNDED and one.on <= day)
    sums = fund_rules.sums(held, day)
    assert fund_rules.balance(value, sums) == Money(value.pence - spent + back)
    assert sums.committed.pence >= 0


@given(st.lists(movements, max_size=12), st.dates(date(2026, 4, 1), date(2027, 3, 31)))
def test_what_happens_after_a_day_changes_nothing_of_that_day(held: list[FundMovement], day: date) -> None:
    later = [*held, moved(MovementKind.SPENT, 5, day + timedelta(1))]
    assert fund_rules.sums(held, day) == fund_rules.sums(later, day)


def test_spending_uses_up_what_was_committed_so_that_nothing_is_counted_twice() -> None:
    held = [
        moved(MovementKind.COMMITTED, 100),
        moved(MovementKind.SPENT, 60),
        moved(MovementKind.RELEASED, 10),
    ]
    sums = fund_rules.sums(held, DAY)
    assert sums == Sums(Money.pounds(30), Money.pounds(60))
    assert fund_rules.free(Money.pounds(250), sums) == Money.pounds(160)


def test_money_paid_back_is_spent_no_more_and_more_than_was_spent_is_told() -> None:
    held = [moved(MovementKind.SPENT, 60), moved(MovementKind.REFUNDED, 80)]
    assert fund_rules.sums(held, DAY).spent == Money.pounds(-20)
    (problem,) = fund_rules.entry_problems(entry(), held, DAY)
    assert "£20.00 more was paid back than was spent" in problem.sentence


def test_a_fund_without_a_value_has_no_balance_and_says_so() -> None:
    assert fund_rules.balance(None, Sums()) is None
    assert fund_rules.free(None, Sums()) is None
    told = [one.sentence for one in fund_rules.fund_problems(Fund(ref="F-001", name="Ours"), Money(), Sums())]
    assert "F-001: its value is not known, so no balance can be told." in told


def test_over_plan_over_value_and_amounts_below_nothing_are_told() -> None:
    held = [moved(MovementKind.SPENT, 314), moved(MovementKind.SPENT, -4)]
    told = " ".join(
        one.sentence for one in fund_rules.entry_problems(entry(planned=Money.pounds(250)), held, DAY)
    )
    assert "£60.00 more is spent than the £250.00 planned" in told
    assert "below nothing" in told
    fund = Fund(ref="F-001", name="Ours", value=Money.pounds(100))
    told = " ".join(
        one.sentence
        for one in fund_rules.fund_problems(fund, Money.pounds(120), Sums(Money(), Money.pounds(130)))
    )
    assert "£30.00 more is spent than the value" in told
    assert "£20.00 more is planned than the value" in told


@given(
    st.lists(st.tuples(st.sampled_from([None, *Sector]), st.booleans(), st.integers(0, 10**9)), max_size=9)
)
def test_the_shares_by_sector_come_to_all_that_is_spent(rows: list[tuple[Sector | None, bool, int]]) -> None:
    lines = [(entry(sector=one, shared=both), Sums(Money(), Money(pence))) for one, both, pence in rows]
    found = fund_rules.by_sector(lines)
    assert total(held.spent for _, held in found.values()) == Money(sum(pence for _, _, pence in rows))


# ---- ratification


def test_spend_is_bad_until_every_partner_has_ratified_its_principle_and_says_who_has_not() -> None:
    said = [ratified(TRUST), ratified(FEDERATION)]
    stands = fund_rules.footing(
        entry(principle=RULE.id), RULE, said, partners(TRUST, FEDERATION, COUNCIL), DAY
    )
    assert (stands.basis, stands.lacking) == (Basis.LACKING, (COUNCIL,))
    assert stands.tone(Sums(Money(), Money(1))) is Tone.BAD
    assert stands.tone(Sums(Money(1), Money())) is Tone.WARN
    said.append(ratified(COUNCIL))
    stands = fund_rules.footing(
        entry(principle=RULE.id), RULE, said, partners(TRUST, FEDERATION, COUNCIL), DAY
    )
    assert stands.holds
    assert stands.tone(Sums(Money(), Money(1))) is Tone.GOOD


@pytest.mark.parametrize(
    ("principle", "those", "basis"),
    [
        (None, partners(TRUST), Basis.NONE),
        (SpendPrinciple(id=Id(22), fund=OTHER, words="Theirs"), partners(TRUST), Basis.OTHER_FUND),
        (RULE, [], Basis.NOBODY),
    ],
)
def test_no_principle_one_of_another_fund_and_no_partners_hold_nothing(
    principle: SpendPrinciple | None, those: list[FundPartner], basis: Basis
) -> None:
    stands = fund_rules.footing(entry(), principle, [ratified(TRUST)], those, DAY)
    assert (stands.basis, stands.holds) == (basis, False)


def test_a_partner_that_left_is_not_waited_for_and_a_refusal_is_no_ratification() -> None:
    left = FundPartner(fund=FUND, organisation=COUNCIL, ends=DAY - timedelta(1))
    held = [*partners(TRUST, FEDERATION), left]
    said = [ratified(TRUST), ratified(FEDERATION, answer=Answered.REFUSED)]
    assert fund_rules.lacking(RULE.id, said, held, DAY) == (FEDERATION,)
    assert COUNCIL in fund_rules.lacking(RULE.id, said, held, DAY - timedelta(1))


def test_an_answer_counts_from_its_day_and_not_without_one() -> None:
    held = partners(TRUST)
    assert fund_rules.lacking(RULE.id, [ratified(TRUST)], held, DAY - timedelta(1)) == (TRUST,)
    assert fund_rules.lacking(RULE.id, [ratified(TRUST, on=None)], held, DAY) == (TRUST,)
    later = ratified(TRUST, DAY + timedelta(2), Answered.REFUSED)
    assert fund_rules.lacking(RULE.id, [ratified(TRUST), later], held, DAY) == ()
    assert fund_rules.lacking(RULE.id, [ratified(TRUST), later], held, later.answered_on or DAY) == (TRUST,)


def test_what_was_spent_before_it_was_ratified_is_told_apart() -> None:
    held = [moved(MovementKind.SPENT, 10, DAY - timedelta(9)), moved(MovementKind.SPENT, 5, DAY)]

    def on(day: date) -> fund_rules.Footing:
        return fund_rules.footing(entry(), RULE, [ratified(TRUST)], partners(TRUST), day)

    assert fund_rules.spent_early(held, DAY, on) == Money.pounds(10)


# ---- principles that can be checked


def verdict(
    test: PrincipleTest, share: str | None, value: int | None, *lines: tuple[FundEntry, int]
) -> Verdict:
    rule = SpendPrinciple(
        id=RULE.id, fund=FUND, words="So", test=test, share=Decimal(share) if share else None
    )
    found = fund_rules.tested(
        rule,
        None if value is None else Money.pounds(value),
        [(one, Sums(Money(), Money.pounds(spent))) for one, spent in lines],
    )
    assert found is not None
    return found.verdict


def test_consultancy_above_its_share_of_the_value_is_not_kept() -> None:
    at_most = PrincipleTest.CONSULTANCY_AT_MOST
    advice, own = entry(consultancy=True, supplier="Bright Ideas"), entry(consultancy=False)
    assert verdict(at_most, "10", 250_000, (advice, 31_400), (own, 60_000)) is Verdict.BROKEN
    assert verdict(at_most, "10", 250_000, (advice, 25_000), (own, 60_000)) is Verdict.KEPT
    assert verdict(at_most, "10", 250_000, (entry(), 10)) is Verdict.UNKNOWN
    assert verdict(at_most, "10", None, (advice, 10)) is Verdict.UNKNOWN
    assert verdict(at_most, None, 250_000, (advice, 10)) is Verdict.UNKNOWN


def test_at_least_a_share_is_planned_and_then_reached() -> None:
    least = PrincipleTest.PRINCIPLE_AT_LEAST
    under = entry(principle=RULE.id, planned=Money.pounds(84_000))
    other = entry(planned=Money.pounds(166_000))
    assert verdict(least, "33.33", 250_000, (under, 22_800), (other, 101_700)) is Verdict.BEHIND
    assert verdict(least, "33.33", 250_000, (under, 60_000), (other, 101_700)) is Verdict.KEPT
    small = entry(principle=RULE.id, planned=Money.pounds(10))
    assert verdict(least, "33.33", 250_000, (small, 10), (other, 0)) is Verdict.BROKEN


def test_a_principle_of_words_alone_is_not_checked() -> None:
    assert fund_rules.tested(RULE, Money.pounds(1), []) is None


# ---- posts


def test_a_post_claimed_in_full_is_paid_for_twice_by_any_share_of_a_fund() -> None:
    arrs = fund_rules.claimed_share([Month(2026, 9), Month(2026, 10)], None)
    half = Paid("FX-001", Decimal(50), date(2026, 10, 1), None)
    assert half in fund_rules.paid_twice([half], arrs)
    after = Paid("FX-001", Decimal(50), date(2026, 11, 1), None)
    assert fund_rules.paid_twice([after], arrs) == ()


@pytest.mark.parametrize(
    ("fund", "other", "twice"), [("50", "50", False), ("50", "51", True), ("100", "0.01", True)]
)
def test_other_money_and_the_fund_may_come_to_the_whole_cost_and_no_more(
    fund: str, other: str, twice: bool
) -> None:
    found = fund_rules.paid_twice(
        [Paid("FX-001", Decimal(fund), date(2026, 4, 1), None)],
        [Paid("grant", Decimal(other), date(2026, 9, 1), None)],
    )
    assert bool(found) is twice


def test_half_reimbursed_leaves_room_for_half_from_the_fund() -> None:
    arrs = fund_rules.claimed_share([Month(2026, 10)], Decimal(50))
    assert fund_rules.paid_twice([Paid("FX-001", Decimal(50), date(2026, 4, 1), None)], arrs) == ()


# ---- the end of the year


def test_what_becomes_of_the_rest_where_it_was_agreed_and_how_long_there_is() -> None:
    fund = Fund(
        name="Ours", year=FinancialYear(2026), at_year_end=AtYearEnd.LAPSES, agreed_where="Board, item 3"
    )
    words = fund_rules.year_end_words(fund, DAY)
    assert (
        words
        == "What is left lapses. Agreed where: Board, item 3. To be spent by 31 March 2027: 131 days left."
    )
    unknown = fund_rules.year_end_words(Fund(name="Ours"), DAY)
    assert (
        "lapses or carries forward: unknown. Agreed where: unknown. By when it is to be spent: unknown."
        in unknown
    )
    assert "1 day ago" in fund_rules.days_left_words(DAY - timedelta(1), DAY)
