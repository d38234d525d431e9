"""A pasted table of sums a head: each row becomes a sum, stands as on file, or is told what it lacks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from nhsdesk.domain.entitlement import PaidTo, Stream
from nhsdesk.domain.organisations import ListBase
from nhsdesk.domain.periods import FinancialYear
from nhsdesk.domain.rate_table import Standing
from nhsdesk.domain.rates import RateConfidence
from nhsdesk.domain.sum_table import JudgedSum, SumsTold, judge

YEAR = FinancialYear(2026)
TOLD = SumsTold(date(2026, 3, 26), "PRN02483, section 10")


def row(**fields: Any) -> dict[str, Any]:
    return {
        "stream": Stream.ARRS,
        "part": None,
        "year": YEAR,
        "per_head": Decimal("27.668"),
        "base": ListBase.WEIGHTED,
        "counted_on": date(2026, 1, 1),
        "paid_to": None,
        **fields,
    }


def judged(*rows: dict[str, Any], on_file: tuple[Any, ...] = ()) -> list[JudgedSum]:
    return list(judge(enumerate(rows, 2), TOLD, on_file))


def test_a_row_becomes_an_unconfirmed_sum_of_its_whole_year() -> None:
    (one,) = judged(row())
    assert one.standing is Standing.NEW
    assert one.sum is not None
    assert (one.sum.valid_from, one.sum.valid_to) == (YEAR.first, YEAR.last)
    assert (one.sum.confidence, one.sum.paid_to) == (RateConfidence.TYPED, PaidTo.PCN)
    assert (one.sum.published_on, one.sum.source) == (TOLD.published_on, TOLD.source)


def test_what_a_row_lacks_is_told_and_it_is_not_taken() -> None:
    (one,) = judged(row(base=None, counted_on=None))
    assert not one.takes
    assert [problem.sentence for problem in one.told] == ["It does not say: Base, Counted on."]
    assert not judged(row(per_head=Decimal()))[0].takes


def test_a_figure_on_file_is_the_same_or_is_changed() -> None:
    held = judged(row())[0].sum
    assert held is not None
    held = replace(held, ref="SU-001", published_on=date(2026, 1, 5))
    assert judged(row(), on_file=(held,))[0].standing is Standing.SAME
    (changed,) = judged(row(per_head=Decimal("28")), on_file=(held,))
    assert changed.standing is Standing.CHANGES
    assert changed.told[0].sentence == "On file is SU-001: £27.668 a head."


def test_two_rows_for_the_same_money_are_both_left_out() -> None:
    first, second, other = judged(row(), row(per_head=Decimal("28")), row(stream=Stream.CORE))
    assert [one.takes for one in (first, second, other)] == [False, False, True]
    assert first.told[0].sentence == "Rows 2 and 3 are for the same money of the same year."
