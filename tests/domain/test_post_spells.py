"""A post's hours and pay as spells: they stop with the post, back-pay takes the place of pay, doubtful pay is told."""

from __future__ import annotations

from datetime import date

from nhsdesk.domain.arrs import Assignment, BackPay, Pay, PensionScheme, Post, Role
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.post_spells import NOTHING_DOUBTFUL, Spelt, spelt_out, unusable
from nhsdesk.domain.rules import Rules

APRIL, OCTOBER = date(2026, 4, 1), Month(2026, 10)
POST = Post(role=Role.PARAMEDIC, ends=date(2026, 12, 31), id=Id(1), ref="P-001")
HOURS = Assignment(post=Id(1), hours=Hours.of("30"), starts=APRIL, id=Id(2), ref="AS-001")
PAY = Pay(post=Id(1), starts=APRIL, salary=Money.pounds("3000"), id=Id(3), ref="PY-001")


def late(paid_on: date | None, ends: date = date(2026, 6, 30)) -> BackPay:
    return BackPay(
        post=Id(1),
        starts=APRIL,
        ends=ends,
        salary=Money.pounds("3100"),
        paid_on=paid_on,
        id=Id(4),
        ref="BP-001",
    )


def spelt(pay: Pay = PAY, *back_pay: BackPay, known_on: date = date(2026, 11, 1)) -> Spelt:
    return spelt_out(POST, [HOURS], [pay], back_pay, known_on, Rules())


def test_hours_and_pay_stop_with_the_post() -> None:
    made = spelt()
    assert made.hours[0].ends == made.pay[0].ends == date(2026, 12, 31)
    assert made.doubtful is NOTHING_DOUBTFUL


def test_back_pay_takes_the_place_of_pay_from_the_day_it_is_known_to_be_paid() -> None:
    paid = late(date(2026, 9, 15))
    before = spelt(PAY, paid, known_on=date(2026, 9, 14))
    after = spelt(PAY, paid, known_on=date(2026, 9, 15))
    assert [(one.salary, one.source) for one in before.pay] == [(Money.pounds("3000"), "PY-001")]
    assert [(one.salary, one.starts, one.ends) for one in after.pay] == [
        (Money.pounds("3100"), APRIL, date(2026, 6, 30)),
        (Money.pounds("3000"), date(2026, 7, 1), date(2026, 12, 31)),
    ]


def test_back_pay_that_ends_before_it_starts_makes_its_month_unusable() -> None:
    made = spelt(PAY, late(date(2026, 9, 15), ends=date(2026, 3, 31)))
    told = [problem.sentence for problem in unusable(made.doubtful, Month(2026, 4))]
    assert told == ["BP-001 ends before it starts."]
    assert not list(unusable(made.doubtful, OCTOBER))


def test_pay_of_an_unknown_scheme_is_unusable_until_its_rate_or_amount_is_given() -> None:
    unknown = Pay(
        post=Id(1),
        starts=APRIL,
        salary=Money.pounds("3000"),
        pension_scheme=PensionScheme.OTHER,
        ref="PY-001",
    )
    (problem,) = unusable(spelt(unknown).doubtful, OCTOBER)
    assert problem.sentence.startswith("PY-001 is in another pension scheme")
