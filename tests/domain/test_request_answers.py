"""A form filled in by hand is read as it was meant, wherever its cells have gone, and whatever stands in them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.request_answers import (
    FORM_LINE,
    FORM_WORDS,
    NUMBER,
    PRACTICE_CODE,
    QUESTIONS,
    REFERENCE,
    Answers,
    find_form,
    read_answers,
)
from nhsdesk.domain.requests import WaitingOn

TODAY, GIVEN = date(2026, 11, 30), date(2026, 11, 20)
FIXED = [[REFERENCE, "SR-001"], [NUMBER, "sr-001-ab "], [PRACTICE_CODE, "Y99901"], [FORM_LINE, FORM_WORDS]]

cells = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.decimals(allow_nan=False, allow_infinity=False), st.booleans(),
    st.dates(), st.datetimes(),
)  # fmt: skip


def form(**answers: Any) -> list[list[Any]]:
    return [*FIXED, *([one.label, answers.get(one.name)] for one in QUESTIONS)]


def read(**answers: Any) -> Answers:
    filled = find_form([("Your answer", form(**answers))])
    assert filled is not None
    return read_answers(filled, TODAY, GIVEN).answers


@pytest.mark.parametrize(
    "cell",
    [date(2026, 11, 25), datetime(2026, 11, 25), "25 November 2026", "25/11/2026", "25.11.26", " 25 Nov "],  # noqa: DTZ001
)
def test_a_day_is_read_in_any_of_the_ways_people_write_it(cell: Any) -> None:
    assert read(acknowledged_on=cell).acknowledged_on == date(2026, 11, 25)


@pytest.mark.parametrize(("cell", "means"), [("yes", True), ("YES.", True), (True, True), ("No", False)])
def test_a_choice_is_read_in_any_case_and_as_a_spreadsheets_own_truth(cell: Any, means: bool) -> None:
    assert read(no_contract_transfer=cell).no_contract_transfer is means


def test_whom_it_waits_for_is_said_from_the_hosts_side() -> None:
    told = {"the practice": WaitingOn.PRACTICE, "The host": WaitingOn.HOST, "the PCN": WaitingOn.US}
    assert [read(waiting_on=words).waiting_on for words in told] == list(told.values())


def test_the_form_is_found_on_any_sheet_and_shifted_by_rows_and_columns() -> None:
    moved = [[None] * 4, *([None, None, *row] for row in form(offer="Cover"))]
    filled = find_form([("Notes", [["nothing"]]), ("Sheet7", moved)])
    assert filled is not None
    assert (filled.ref, filled.number, filled.practice_code) == ("SR-001", "SR-001-AB", "Y99901")
    assert (filled.cells["offer"], filled.places["offer"]) == ("Cover", "D8")


def test_a_line_that_was_written_twice_counts_once_as_it_stands_first() -> None:
    filled = find_form([("x", [*form(offer="First"), ["What you offer", "Second"]])])
    assert filled is not None
    assert filled.cells["offer"] == "First"


def test_a_sheet_without_its_lines_is_no_form() -> None:
    assert find_form([("x", [["Reference", "SR-001"], [REFERENCE]])]) is None
    assert find_form([]) is None


def test_what_needs_a_day_and_has_none_is_told_once() -> None:
    filled = find_form([("x", form(offer="Cover", offered_on="soon", outcome="Done"))])
    assert filled is not None
    told = [(one.label, one.sentence) for one in read_answers(filled, TODAY, GIVEN).wrong]
    assert told == [
        ("Offered on", "It is not a date. Write it as 3 December 2026."),
        ("Closed on", "It is empty, and what came of it has no day. Say when it was closed."),
    ]


def test_a_pause_that_ends_before_it_begins_keeps_its_beginning() -> None:
    found = read(paused_on=date(2026, 11, 26), resumed_on=date(2026, 11, 24))
    assert (found.paused_on, found.resumed_on) == (date(2026, 11, 26), None)


def test_words_longer_than_a_cell_invites_are_left_out() -> None:
    assert read(offer="long " * 500, offered_on=TODAY).offer == ""


@given(st.dictionaries(st.sampled_from([one.name for one in QUESTIONS]), cells))
def test_whatever_stands_in_the_cells_days_stay_between_handing_over_and_today(
    answers: dict[str, Any],
) -> None:
    filled = find_form([("x", form(**answers))])
    assert filled is not None
    found = read_answers(filled, TODAY, GIVEN)
    for name in ("acknowledged_on", "offered_on", "paused_on", "resumed_on", "closed_on"):
        day = getattr(found.answers, name)
        assert day is None or GIVEN <= day <= TODAY
    assert all(one.sentence.endswith(".") and one.cell for one in found.wrong)


def test_a_number_in_a_cell_of_words_is_words() -> None:
    assert read(anything_else=Decimal("12.5")).anything_else == "12.5"
