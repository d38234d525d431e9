"""A post's pay follows what its employer states, from the first of the month, and only where the figures differ."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import pay_changes
from nhsdesk.domain.arrs import NiLetter, Pay, PensionScheme
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.money import Money
from nhsdesk.domain.pay_changes import PayChange, Whose
from nhsdesk.domain.pay_matching import Figures
from nhsdesk.domain.periods import Month

OCTOBER = Month(2026, 10)
POST, ANN, BEN, TRUST = Id(1), Id(50), Id(51), Id(90)


def pay(salary: str, starts: date = date(2026, 4, 1), **fields: Any) -> Pay:
    fields.setdefault("id", Id(700 + starts.toordinal() % 97))
    return Pay(post=POST, salary=Money.pounds(salary), starts=starts, ref="PY-001", version=1, **fields)


def stated(salary: str | None, **others: str) -> Figures:
    amounts = {name: Money.pounds(amount) for name, amount in others.items()}
    return Figures(None if salary is None else Money.pounds(salary), **amounts)


def followed(
    held: list[Pay],
    figures: Figures,
    *,
    expected: Figures | None = None,
    whole: bool = True,
    who: Whose | None = None,
) -> PayChange:
    return pay_changes.follow(
        held,
        POST,
        who or Whose(),
        OCTOBER,
        figures,
        expected=expected,
        whole_month=whole,
        source="Payroll report",
    )


def test_other_pay_holds_from_the_first_of_the_month_and_the_one_before_ends_the_day_before() -> None:
    change = followed([pay("4400")], stated("4500", employer_ni="612.45"))
    (ended,), (added,) = change.put, change.add
    assert (ended.ends, ended.salary) == (date(2026, 9, 30), Money.pounds(4400))
    assert (added.starts, added.ends, added.salary) == (date(2026, 10, 1), None, Money.pounds(4500))
    assert added.employer_ni == Money.pounds("612.45")
    assert (added.id, added.version, added.ref) == (0, 0, "")
    assert added.source == "Payroll report"


def test_the_same_pay_changes_nothing() -> None:
    held = [pay("4400", employer_ni=Money.pounds(597))]
    assert not followed(held, stated("4400", employer_ni="597"))
    assert not followed(held, stated("4400"))


def test_ni_and_pension_that_were_worked_out_and_are_now_stated_the_same_change_nothing() -> None:
    worked = stated("4400", employer_ni="597.45", employer_pension="632.72", fees="0")
    assert not followed(
        [pay("4400")], stated("4400", employer_ni="597.45", employer_pension="632.72"), expected=worked
    )


def test_ni_that_payroll_states_otherwise_is_kept_as_stated() -> None:
    worked = stated("4400", employer_ni="597.45", employer_pension="632.72", fees="0")
    (added,) = followed([pay("4400")], stated("4400", employer_ni="597.46"), expected=worked).add
    assert added.employer_ni == Money.pounds("597.46")
    assert added.employer_pension is None


def test_pay_that_began_on_the_first_of_the_month_is_put_right_in_its_place() -> None:
    held = pay("4400", date(2026, 10, 1))
    change = followed([held], stated("4500"))
    assert change.put[0].salary == Money.pounds(4500)
    assert (change.put[0].id, change.add) == (held.id, ())


def test_pay_entered_for_later_stays_as_it_is() -> None:
    held = [pay("4400", ends=date(2026, 12, 31)), pay("4600", date(2027, 1, 1))]
    change = followed(held, stated("4500"))
    assert change.add[0].ends == date(2026, 12, 31)
    assert [one.id for one in change.put] == [held[0].id]


def test_a_post_without_pay_gets_its_first() -> None:
    (added,) = followed([], stated("4500", fees="20")).add
    assert (added.starts, added.ends, added.fees) == (date(2026, 10, 1), None, Money.pounds(20))


def test_pay_after_a_gap_ends_before_the_next() -> None:
    held = [pay("4400", ends=date(2026, 8, 31)), pay("4600", date(2027, 1, 1))]
    change = followed(held, stated("4500"))
    assert (change.put, change.add[0].ends) == ((), date(2026, 12, 31))


def test_scheme_and_category_go_on() -> None:
    held = pay("4400", ni_letter=NiLetter.VETERAN, pension_scheme=PensionScheme.OTHER)
    (added,) = followed([held], stated("4500")).add
    assert (added.ni_letter, added.pension_scheme) == (NiLetter.VETERAN, PensionScheme.OTHER)


def test_a_pension_that_was_entered_and_is_not_stated_stays_and_is_told() -> None:
    change = followed([pay("4400", employer_pension=Money.pounds(132))], stated("4500"))
    assert change.add[0].employer_pension == Money.pounds(132)
    assert (
        change.told[0].sentence
        == "No employer pension is stated: it stays £132.00 a month, as it was entered."
    )


def test_ni_that_was_entered_and_is_not_stated_is_worked_out_again_and_told() -> None:
    change = followed([pay("4400", employer_ni=Money.pounds(597))], stated("4500"))
    assert change.add[0].employer_ni is None
    assert change.told[0].sentence == "No employer NI is stated: it is worked out again from the salary."


def test_a_month_worked_in_part_is_left_alone_and_told() -> None:
    change = followed([pay("4400")], stated("2200"), whole=False)
    assert not change
    assert change.told[0].sentence.startswith("Hours or pay change within October 2026")


def test_a_month_worked_in_part_that_comes_to_what_is_stated_is_not_told() -> None:
    change = followed([pay("4400")], stated("2200"), expected=stated("2200", fees="0"), whole=False)
    assert (bool(change), change.told) == (False, ())


def test_pay_that_changes_within_the_month_is_left_alone() -> None:
    held = [pay("4400", ends=date(2026, 10, 14)), pay("4600", date(2026, 10, 15))]
    assert not followed(held, stated("4500"))


def test_pay_of_less_than_nothing_is_never_written() -> None:
    assert not followed([pay("4400")], stated("-1"))
    assert not followed([pay("4400")], stated("4500", employer_ni="-1"))


def test_no_pay_in_a_month_is_pay_of_nothing() -> None:
    assert followed([pay("4400")], stated("0")).add[0].salary == Money()


def test_a_line_without_a_salary_leaves_pay_alone_and_says_so() -> None:
    change = followed([pay("4400")], stated(None, total="5000"))
    assert not change
    assert change.told[0].sentence == "No salary is stated, so the pay of the post is left as it is."


# ---- shared posts


def test_a_line_goes_to_the_pay_of_its_own_holder() -> None:
    held = [pay("2000", holder=ANN), pay("3000", holder=BEN)]
    assert pay_changes.whose(held, OCTOBER, BEN, TRUST, alone=True) == Whose(BEN)


def test_a_line_goes_to_the_pay_under_its_own_employer() -> None:
    held = [pay("2000"), pay("3000", employer=TRUST)]
    assert pay_changes.whose(held, OCTOBER, None, TRUST, alone=True) == Whose(None, TRUST)


def test_a_line_alone_goes_to_the_only_pay_there_is() -> None:
    assert pay_changes.whose([pay("2000", holder=ANN)], OCTOBER, None, TRUST, alone=True) == Whose(ANN)
    assert pay_changes.whose([pay("2000")], OCTOBER, ANN, TRUST, alone=True) == Whose()


def test_once_two_are_told_apart_the_pay_that_told_nobody_apart_ends() -> None:
    change = followed([pay("4400")], stated("2000"), who=Whose(ANN))
    assert change.put[0].ends == date(2026, 9, 30)
    assert change.add[0].holder == ANN


@given(st.integers(0, 2_000_000), st.integers(0, 2_000_000), st.integers(1, 12))
def test_taking_the_same_month_in_again_changes_nothing(before: int, now: int, month: int) -> None:
    when, figures = Month(2026, month), Figures(Money(now))
    held = [Pay(post=POST, salary=Money(before), starts=date(2025, 4, 1), id=Id(7), ref="PY-7", version=1)]
    change = pay_changes.follow(
        held, POST, Whose(), when, figures, expected=None, whole_month=True, source="Payroll"
    )
    after = [*(change.put or held), *change.add]
    again = pay_changes.follow(
        after, POST, Whose(), when, figures, expected=None, whole_month=True, source="Payroll"
    )
    assert not again
    assert [one.salary for one in pay_changes.in_force(after, when)] == [Money(now)]
