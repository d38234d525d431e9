"""What claimed months may still have, wait for, or must give back, from plain values."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import back_pay, uplifts
from nhsdesk.domain.arrs import BackPay, Pay, Post, Role
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import Month
from nhsdesk.domain.uplifts import Due, MonthWork, UpliftLine, claimed_before, compare

APRIL, JULY = Month(2026, 4), Month(2026, 7)
POST = Id(7)
PAID = date(2026, 9, 25)
P = Money.pounds


def work(was: str, now: str, once_paid: str = "", month: Month = APRIL, **fields: object) -> MonthWork:
    made = MonthWork(POST, month, P(was), P(now), P(once_paid or now), back_paid_on=PAID)
    return replace(made, **fields)  # type: ignore[arg-type]


def line(**fields: object) -> UpliftLine:
    return replace(UpliftLine(uplift=Id(1), post=POST, was=Money(), ours=Money()), **fields)  # type: ignore[arg-type]


def test_only_what_was_not_claimed_before_is_due() -> None:
    (one,) = compare([work("5581.00", "5760.00", month=month) for month in (APRIL, APRIL.plus(1))])
    assert (one.due, one.was, one.difference) == (Due.UPLIFT, P("11162.00"), P("358.00"))
    assert one.back_paid_on == PAID


def test_nothing_is_due_while_back_pay_is_not_confirmed_but_it_is_listed_with_its_amount() -> None:
    (one,) = compare([work("5581.00", "5581.00", "5760.00", back_paid_on=None)])
    assert (one.due, one.difference, one.because) == (Due.WAITING, P("179.00"), uplifts.WAITS)


def test_a_second_rise_that_is_not_paid_waits_beside_the_first_that_is() -> None:
    first, second = compare([work("100.00", "110.00", "115.00")])
    assert (first.due, first.difference) == (Due.UPLIFT, P("10.00"))
    assert (second.due, second.difference) == (Due.WAITING, P("5.00"))


def test_a_month_claimed_too_high_is_not_set_against_another() -> None:
    up, back = compare([work("100.00", "130.00"), work("100.00", "80.00", month=JULY)])
    assert (up.due, up.difference) == (Due.UPLIFT, P("30.00"))
    assert (back.due, back.difference, back.because) == (Due.RECOVERY, -P("20.00"), uplifts.LESS_NOW)


def test_a_recovery_says_when_the_person_left() -> None:
    (one,) = compare([work("100.00", "60.00", left_on=date(2026, 4, 18))])
    assert one.because == "left on 18 April 2026"


def test_what_waits_is_no_recovery_while_back_pay_would_cover_it() -> None:
    (one,) = compare([work("100.00", "90.00", "105.00", back_paid_on=None)])
    assert (one.due, one.difference) == (Due.WAITING, P("5.00"))


def test_an_uplift_submitted_before_counts_as_claimed() -> None:
    assert compare([work("100.00", "130.00", earlier=P("30.00"))]) == ()
    (one,) = compare([work("100.00", "130.00", earlier=P("10.00"))])
    assert (one.was, one.difference) == (P("110.00"), P("20.00"))


def test_an_earlier_uplift_without_months_is_used_up_month_by_month_and_never_recovered() -> None:
    works = [work("100.00", "130.00"), work("100.00", "130.00", month=JULY)]
    (one,) = compare(works, {POST: P("40.00")})
    assert (one.months[0].month, one.difference) == (JULY, P("20.00"))
    assert compare(works, {POST: P("500.00")}) == ()


def test_the_working_is_kept_as_numbers_and_worded() -> None:
    steps = '[["lower", {"pence": 576000}, {"pence": 578333}, {"pence": 576000}]]'
    (one,) = compare([work("5581.00", "5760.00", claim="CL-001", rates=("RT-002",), steps=steps)])
    kept = uplifts.kept(one)
    assert uplifts.from_kept(kept) == one.months
    assert uplifts.kept_words(kept) == (
        "April 2026: £5,760.00 now, £5,581.00 claimed before (CL-001), difference £179.00",
        "Claimed £5,760.00, the lower of cost £5,760.00 and pro rata maximum £5,783.33",
    )


@pytest.mark.parametrize("text", ["", None, "{}", "[]", "7", '{"months": [{}]}', "words\nof somebody"])
def test_a_working_that_is_none_is_shown_as_it_stands(text: str | None) -> None:
    with pytest.raises(ValueError, match=r"no working|Expecting"):
        uplifts.from_kept(text)
    assert uplifts.kept_words(text) == tuple((text or "").splitlines())


def test_lines_typed_by_hand_are_told_apart_by_what_they_say() -> None:
    assert uplifts.due_of(line(ours=P("1.00"))) is Due.UPLIFT
    assert uplifts.due_of(line(ours=P("-1.00"))) is Due.RECOVERY
    assert uplifts.due_of(line(why_not="not paid yet")) is Due.WAITING
    assert uplifts.due_of(line()) is Due.UPLIFT


def test_a_line_without_its_working_counts_for_the_post_as_a_whole() -> None:
    placed, unplaced = claimed_before([line(ours=P("40.00")), line(why_not="waits", working="{}")])
    assert (placed, unplaced) == ({}, {POST: P("40.00")})


def test_months_in_a_row_are_from_and_to_and_others_one_by_one() -> None:
    months = [APRIL, APRIL.plus(1), APRIL.plus(2)]
    assert uplifts.months_words(months) == "April 2026 to June 2026"
    assert uplifts.months_words([JULY, APRIL]) == "April 2026, July 2026"


amounts = st.integers(0, 10**7).map(Money)
works = st.lists(
    st.builds(
        MonthWork,
        post=st.integers(1, 3).map(Id),
        month=st.sampled_from([APRIL, JULY, Month(2026, 3)]),
        was=amounts,
        now=amounts,
        once_paid=amounts,
        back_paid_on=st.sampled_from([None, PAID]),
    ),
    unique_by=lambda one: (one.post, one.month),
)


@given(works)
def test_an_uplift_is_never_negative_and_a_recovery_always_is(given_works: list[MonthWork]) -> None:
    for one in compare(given_works):
        assert all((month.difference < Money()) == (one.due is Due.RECOVERY) for month in one.months)
        assert one.difference


@given(works)
def test_what_was_submitted_is_not_due_again(given_works: list[MonthWork]) -> None:
    first = compare(given_works)
    kept = [
        line(
            post=one.post,
            ours=Money() if one.due is Due.WAITING else one.difference,
            why_not=one.because or None,
            working=uplifts.kept(one),
        )
        for one in first
    ]
    placed, unplaced = claimed_before(kept)
    assert not unplaced
    again = [
        replace(one, earlier=placed.get((one.post, one.month, one.employment), Money()))
        for one in given_works
    ]
    second = compare(again)
    assert all(one.due is Due.WAITING for one in second)
    waited = {one.post: one.difference for one in first if one.due is Due.WAITING}
    assert {one.post: one.difference for one in second} == waited


@given(works, st.randoms(use_true_random=False))
def test_the_order_of_the_months_does_not_matter(given_works: list[MonthWork], shuffler: object) -> None:
    mixed = list(given_works)
    shuffler.shuffle(mixed)  # type: ignore[attr-defined]
    assert total(one.difference for one in compare(mixed)) == total(
        one.difference for one in compare(given_works)
    )


# ---- back-pay for many posts

A_POST = replace(Post(role=Role.CARE_COORDINATOR), id=POST, ref="P-007")


def pay(salary: str = "2700.00", starts: date = date(2025, 4, 1), **fields: object) -> Pay:
    return replace(Pay(post=POST, starts=starts, salary=P(salary)), **fields)  # type: ignore[arg-type]


def raised(paid: list[Pay], before: list[BackPay] | None = None, post: Post = A_POST) -> list[BackPay]:
    made, _ = back_pay.raised(post, paid, before or [], Decimal("1.5"), APRIL, JULY, PAID)
    return [one.back_pay for one in made]


def test_a_rise_is_for_the_days_of_each_pay_within_the_months() -> None:
    first, second = raised([pay(ends=date(2026, 6, 30)), pay("3733.33", date(2026, 7, 1))])
    assert (first.starts, first.ends, first.salary) == (APRIL.first, date(2026, 6, 30), P("2740.50"))
    assert (second.starts, second.ends, second.salary) == (date(2026, 7, 1), JULY.last, P("3789.33"))
    assert second.paid_on == PAID


def test_back_pay_stops_with_the_post_and_is_none_outside_it() -> None:
    left = replace(A_POST, ends=date(2026, 6, 14))
    assert [one.ends for one in raised([pay()], post=left)] == [date(2026, 6, 14)]
    assert raised([pay()], post=replace(A_POST, ends=date(2026, 3, 31))) == []
    assert raised([pay(starts=date(2026, 8, 1))]) == []


def test_a_stated_pension_rises_with_the_salary_and_ni_is_worked_out_unless_it_is_nothing() -> None:
    (nest,) = raised([pay("3050.00", employer_pension=P("91.50"), employer_ni=P("394.95"))])
    assert (nest.employer_pension, nest.employer_ni) == (P("92.87"), None)
    (apprentice,) = raised([pay(employer_ni=Money())])
    assert apprentice.employer_ni == Money()


def test_days_that_have_back_pay_already_get_no_second() -> None:
    (there,) = raised([pay()])
    held = replace(there, id=Id(9), ref="BP-001")
    made, problems = back_pay.raised(A_POST, [pay()], [held], Decimal(2), JULY, JULY, None)
    assert made == ()
    assert [one.sentence for one in problems] == [
        "P-007 Care coordinator has back-pay on file for these days already: BP-001, "
        "1 April 2026 to 31 July 2026."
    ]
    other = replace(held, holder=Id(3))
    assert len(raised([pay()], [other])) == 1


@pytest.mark.parametrize("percent", ["0", "-1", "50.01", "150"])
def test_a_rise_that_is_none_or_too_large_is_taken_for_a_slip(percent: str) -> None:
    assert back_pay.readable(Decimal(percent), APRIL, JULY) is not None


def test_a_rise_that_ends_before_it_begins_is_told() -> None:
    wrong = back_pay.readable(Decimal("1.5"), JULY, APRIL)
    assert wrong is not None
    assert wrong.sentence == "April 2026 comes before July 2026."


def test_a_rise_is_rounded_half_up_and_exact_before() -> None:
    assert back_pay.with_rise(P("1.00"), Decimal("0.5")) == P("1.01")
    assert back_pay.with_rise(P("0.99"), Decimal("0.5")) == P("0.99")
    assert back_pay.with_rise(P("3733.33"), Decimal("1.5")) == P("3789.33")
