"""What fills a workbook: which rows of a list, in which order, and what it comes to."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain import filling
from nhsdesk.domain.filling import Filter, Held, Listing
from nhsdesk.domain.money import Hours, Money
from nhsdesk.domain.periods import Month
from nhsdesk.domain.problems import Problem

TODAY = date(2026, 11, 20)
POSTS = Listing(
    "ARRS monthly claim: Claim lines",
    ("Post", "Role", "Claimed", "Claimed on", "Month", "Hours"),
    (
        ("P-001", "Care coordinator", Money.pounds(2500), date(2026, 10, 1), Month(2026, 10), Hours.of(37)),
        ("P-002", "Pharmacist", Money.pounds("4400.50"), date(2026, 9, 1), Month(2026, 9), Hours.of("22.5")),
        ("P-003", "Pharmacist", None, None, Month(2026, 10), None),
    ),
)


def refs(only: str = "", in_order: str = "") -> list[object]:
    rows, problems = filling.rows_wanted(POSTS, only, in_order, TODAY)
    assert problems == ()
    return [row[0] for row in rows]


@pytest.mark.parametrize(
    ("only", "wanted"),
    [
        ("", ["P-001", "P-002", "P-003"]),
        ("Role is pharmacist", ["P-002", "P-003"]),
        ("Role is not Pharmacist", ["P-001"]),
        ("role contains COORD", ["P-001"]),
        ("Claimed at least 2500", ["P-001", "P-002"]),
        ("Claimed at least £2,500.01", ["P-002"]),
        ("Claimed at most 2,500", ["P-001"]),
        ("Claimed is 4400.50", ["P-002"]),
        ("Claimed on at least 1 October 2026", ["P-001"]),
        ("Claimed on is 1/9/2026", ["P-002"]),
        ("Month is October 2026", ["P-001", "P-003"]),
        ("Hours at most 22.5", ["P-002"]),
        ("Claimed is missing", ["P-003"]),
        ("Claimed is given\nRole is Pharmacist", ["P-002"]),
    ],
)
def test_a_filter_keeps_the_rows_that_hold(only: str, wanted: list[str]) -> None:
    assert refs(only) == wanted


def test_the_longest_heading_that_fits_is_meant() -> None:
    assert filling.read_filter("Claimed on is given", POSTS.headings) == Filter("Claimed on", Held.GIVEN)


@pytest.mark.parametrize(
    ("only", "said"),
    [
        ("Colour is red", "begins with no heading"),
        ("Role resembles x", "does not say how"),
        ("Claimed at least much", "no amount or day"),
        ("Claimed on at most soonish", "no amount or day"),
    ],
)
def test_a_filter_that_cannot_be_read_fills_nothing_and_says_why(only: str, said: str) -> None:
    rows, (problem,) = filling.rows_wanted(POSTS, only, "", TODAY)
    assert rows == ()
    assert said in problem.sentence


def test_rows_are_put_in_order_and_those_without_a_value_come_last() -> None:
    assert refs(in_order="Claimed") == ["P-001", "P-002", "P-003"]
    assert refs(in_order="Claimed, the largest first") == ["P-002", "P-001", "P-003"]
    assert refs(in_order="Claimed on") == ["P-002", "P-001", "P-003"]
    assert refs(in_order="role") == ["P-001", "P-002", "P-003"]


def test_an_order_by_a_column_that_is_not_there_is_told() -> None:
    rows, (problem,) = filling.rows_wanted(POSTS, "", "Weight", TODAY)
    assert rows == ()
    assert "no column “Weight”" in problem.sentence


def test_a_list_comes_to_its_number_of_rows_and_the_totals_of_full_columns_only() -> None:
    full = Listing(
        "A",
        ("Post", "Claimed", "Hours", "WTE"),
        (("x", Money(150), 2, Decimal("0.5")), ("y", Money(50), 3, 1)),
    )
    assert filling.figures_of(full) == {
        "A: number of rows": 2,
        "A: Claimed: total": Money(200),
        "A: Hours: total": 5,
        "A: WTE: total": Decimal("1.5"),
    }
    assert set(filling.figures_of(POSTS)) == {f"{POSTS.name}: number of rows"}


def test_a_column_that_has_gone_is_a_problem_that_says_what_to_do() -> None:
    gone = filling.place_of(POSTS, "Salary")
    assert isinstance(gone, Problem)
    assert "Choose again" in gone.sentence
    assert filling.place_of(POSTS, "role") == 1


VALUES = st.one_of(
    st.none(), st.text(max_size=6), st.booleans(), st.integers(-5, 5), st.builds(Money, st.integers(-500, 500)),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
)  # fmt: skip


@given(st.lists(st.tuples(VALUES, VALUES), max_size=6))
def test_an_order_loses_and_makes_no_row(rows: list[tuple[filling.Value, filling.Value]]) -> None:
    listing = Listing("L", ("One", "Two"), tuple(rows))
    for order in ("", "One", "Two, the largest first"):
        got, problems = filling.rows_wanted(listing, "", order, TODAY)
        assert problems == ()
        assert sorted(map(repr, got)) == sorted(map(repr, rows))


@given(st.lists(st.tuples(VALUES, VALUES), max_size=6), st.text(max_size=8))
def test_is_and_is_not_part_every_list_in_two(
    rows: list[tuple[filling.Value, filling.Value]], against: str
) -> None:
    words = " ".join(against.split())
    if not words:
        return
    listing = Listing("L", ("One", "Two"), tuple(rows))
    alike, _ = filling.rows_wanted(listing, f"One is {words}", "", TODAY)
    others, _ = filling.rows_wanted(listing, f"One is not {words}", "", TODAY)
    if words.casefold().split()[0] != "not" and words.casefold() not in ("given", "missing"):
        assert len(alike) + len(others) == len(rows)
