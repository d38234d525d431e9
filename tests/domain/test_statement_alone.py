from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import Month
from nhsdesk.domain.statement_alone import Alone, StatedLine, lines_of, look

TODAY = date(2026, 11, 20)
MAY, JUNE, OCTOBER = Month(2026, 5), Month(2026, 6), Month(2026, 10)


def test_a_statement_tells_its_missing_months_short_payments_and_leavers() -> None:
    rows: list[tuple[int, dict[str, Any]]] = [
        (2, {"label": "PH1", "month": "October 2026", "claimed": Money.pounds(5_000), "paid": Money.pounds(4_400)}),
        (3, {"label": "PM1", "month": "Oct 2026", "approved": Money.pounds(10), "claimed": Money.pounds(20),
             "paid": Money.pounds(10)}),
        (4, {"label": "CC1", "ends": date(2026, 8, 31), "paid": Money.pounds(1_200)}),
        (5, {"label": "CC2", "ends": date(2026, 10, 9), "claimed": Money.pounds(7)}),
        (6, {"label": ""}),
    ]  # fmt: skip
    found = look(lines_of(rows, OCTOBER), TODAY)
    assert found.words == (
        "4 lines for October 2026. 6 months are missing of 2026/27 so far: April 2026 to September 2026. "
        "1 line short-paid, together by £600.00 (row 2). 1 leaver is still listed, with £1,200.00 paid for months "
        "after leaving (row 4). 1 line without anything paid yet."
    )


def test_a_post_that_falls_out_between_two_months_is_told() -> None:
    every = [StatedLine(n, "PH1", Month(2026, n)) for n in (4, 5, 7, 8, 9, 10)]
    every += [StatedLine(20, "CC1", Month(2026, n)) for n in range(4, 11)]
    found = look(every, TODAY)
    assert found.missing == ()
    assert "“PH1” is not listed for June 2026, but before and after." in found.words
    assert "No month of the year so far is missing. " in found.words


def test_nothing_is_made_up_where_a_row_says_nothing() -> None:
    found = look(lines_of([(2, {"label": "PH1", "month": "when paid"})], OCTOBER), TODAY)
    assert (found.months, found.missing, found.short, found.leavers) == ((), (), (), ())
    assert found.words == (
        "1 line. 1 line with a month that could not be read (row 2). No line says both what was claimed and what was "
        "paid, so none is known to be short-paid."
    )
    assert Alone().words == ""


def test_a_leaver_of_whom_nothing_is_said_to_be_paid_is_not_told_as_paid_nothing() -> None:
    found = look([StatedLine(2, "CC1", OCTOBER, date(2026, 8, 31), Money.pounds(9))], TODAY)
    assert (
        "1 leaver is still listed, with no word of what was paid for months after leaving (row 2)."
        in found.words
    )
    both = [StatedLine(2, "a", OCTOBER, None, Money(1), Money(1)), StatedLine(3, "b", OCTOBER)]
    assert "Of 1 line that says what was claimed and paid, none is short-paid." in look(both, TODAY).words


def test_a_month_that_has_not_come_does_not_hide_those_that_are_missing() -> None:
    found = look([StatedLine(2, "a", OCTOBER), StatedLine(3, "b", Month(2099, 12))], TODAY)
    assert "6 months are missing of 2026/27 so far: April 2026 to September 2026." in found.words
    assert "1 line for a month that has not come (row 3)." in found.words


@given(amounts=st.lists(st.tuples(st.integers(0, 9_999), st.integers(0, 9_999)), max_size=9))
def test_what_is_short_is_what_was_asked_less_what_was_paid(amounts: list[tuple[int, int]]) -> None:
    lines = [
        StatedLine(n, "x", MAY, None, Money(asked), Money(paid)) for n, (asked, paid) in enumerate(amounts)
    ]
    short = total(gap for _, gap in look(lines, TODAY).short)
    assert short.pence == sum(max(asked - paid, 0) for asked, paid in amounts)
