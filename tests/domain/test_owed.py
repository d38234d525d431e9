"""What employers are owed, month by month: spent, claimed, paid to the payee, passed on, and for how long it waits."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import owed
from nhsdesk.domain.employers import VatMarker
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.owed import Moved, Owed, Spent
from nhsdesk.domain.periods import Month

TODAY = date(2026, 11, 20)
SEPTEMBER, OCTOBER = Month(2026, 9), Month(2026, 10)
TRUST, FEDERATION = Id(1), Id(2)


def pounds(amount: int) -> Money:
    return Money.pounds(amount)


def spent(
    amount: int, claimed: int | None = None, month: Month = OCTOBER, employer: Id | None = TRUST
) -> Spent:
    return Spent(month, employer, pounds(amount), None if claimed is None else pounds(claimed))


def moved(amount: int, on: date | None = None, month: Month = OCTOBER, employer: Id | None = TRUST) -> Moved:
    return Moved(month, employer, pounds(amount), on)


def row(*, paid: int | None = None, passed: int = 0, cost: int = 1_000, claimed: int | None = 900) -> Owed:
    came = [] if paid is None else [moved(paid, date(2026, 11, 1))]
    went = [moved(passed)] if passed else []
    (found,) = owed.work_out([spent(cost, claimed)], came, went)
    return found


def test_lines_of_one_employer_and_month_are_added_up() -> None:
    (found,) = owed.work_out([spent(1_000, 900), spent(500, 500)])
    assert (found.cost, found.claimed, found.paid) == (pounds(1_500), pounds(1_400), None)


def test_the_newest_month_comes_first() -> None:
    found = owed.work_out(
        [spent(1, month=SEPTEMBER), spent(2), spent(3, employer=FEDERATION), spent(4, employer=None)]
    )
    assert [(one.month, one.employer) for one in found] == [
        (OCTOBER, TRUST),
        (OCTOBER, FEDERATION),
        (OCTOBER, None),
        (SEPTEMBER, TRUST),
    ]


def test_an_employer_is_owed_what_it_spent_until_it_is_passed_on() -> None:
    assert row().outstanding == pounds(1_000)
    assert row(paid=900, passed=900).outstanding == pounds(100)
    assert row(passed=1_100).outstanding == pounds(-100)


def test_money_lies_with_the_payee_from_the_day_it_was_paid() -> None:
    waiting = row(paid=900)
    assert (waiting.with_payee, waiting.days(TODAY)) == (pounds(900), 19)
    assert row(paid=900, passed=400).with_payee == pounds(500)


def test_nothing_waits_once_all_is_passed_on_or_nothing_was_paid() -> None:
    for one in (row(paid=900, passed=900), row(paid=900, passed=950), row()):
        assert (one.with_payee, one.days(TODAY)) == (Money(), None)


def test_what_was_claimed_short_of_the_cost_does_not_come_back() -> None:
    assert row().borne == pounds(100)
    assert row(claimed=None).borne == Money()


def test_a_payment_for_a_month_without_cost_has_a_row_of_its_own() -> None:
    (found,) = owed.work_out([], [moved(5)], [moved(7, month=OCTOBER)])
    assert (found.cost, found.paid, found.passed_on) == (Money(), pounds(5), pounds(7))


def test_vat_is_marked_once_for_each_way_it_was_charged() -> None:
    marks: dict[owed.Key, list[VatMarker]] = {
        (OCTOBER, TRUST): [VatMarker.NONE, VatMarker.NONE, VatMarker.UNCLEAR]
    }
    (found,) = owed.work_out([spent(1)], vat=marks)
    assert found.vat == (VatMarker.NONE, VatMarker.UNCLEAR)


def test_a_payment_dated_in_the_future_waits_no_days_below_nought() -> None:
    (found,) = owed.work_out([spent(1)], [moved(1, date(2026, 12, 1))])
    assert found.days(TODAY) == 0


# ---- in a sentence


def words(*rows: Owed) -> str:
    return owed.exposure(rows, TODAY).words


def test_total_exposure_is_a_sentence() -> None:
    assert words(row(paid=800)) == (
        "1 employer is owed £1,000.00 for 1 month. £800.00 of it lies with the nominated payee, the longest for 19 "
        "days. £100.00 has been claimed and is not known to be paid. £100.00 is above the maximum and will not come "
        "back."
    )


def test_several_employers_and_months_are_counted() -> None:
    rows = owed.work_out([spent(1), spent(2, month=SEPTEMBER), spent(3, employer=FEDERATION)])
    assert words(*rows) == "2 employers are owed £6.00 for 2 months."


def test_nothing_owed_is_said_too() -> None:
    assert words() == "Nothing is outstanding: every month's cost has been passed on."
    assert words(row(passed=1_000)).startswith("Nothing is outstanding")


def test_what_was_passed_on_too_much_pays_for_nobody_else() -> None:
    rows = owed.work_out([spent(100), spent(100, employer=FEDERATION)], (), [moved(200)])
    assert owed.exposure(rows, TODAY).outstanding == pounds(100)


AMOUNTS = st.integers(-(10**8), 10**8).map(Money)
WHO = st.sampled_from([TRUST, FEDERATION, None])
WHEN = st.sampled_from([SEPTEMBER, OCTOBER])


@given(
    st.lists(st.builds(Spent, WHEN, WHO, AMOUNTS), max_size=8), st.lists(st.builds(Moved, WHEN, WHO, AMOUNTS))
)
def test_rows_add_up_to_what_went_in(costs: list[Spent], passed: list[Moved]) -> None:
    rows = owed.work_out(costs, (), passed)
    assert sum(one.cost.pence for one in rows) == sum(one.cost.pence for one in costs)
    assert sum(one.passed_on.pence for one in rows) == sum(one.amount.pence for one in passed)
    assert len({(one.month, one.employer) for one in rows}) == len(rows)
    owed.exposure(rows, TODAY)
