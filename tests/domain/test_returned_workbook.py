"""Only what was changed by somebody is told, at its cell, whatever was inserted above it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.returned_workbook import RESULT, Change, Difference, Rows, cell_name, differences

Sheets = dict[str, Rows]

SENT: Sheets = {"Claim": [["Post", "£"], ["P-001", Decimal("10.50")], ["P-002", 7], ["P-003", 8]]}


def test_a_changed_figure_is_told_with_both_values_at_its_cell() -> None:
    back: Sheets = {"Claim": [["Post", "£"], ["P-001", Decimal("10.50")], ["P-002", 9], ["P-003", 8]]}
    assert differences(SENT, back) == (Difference("Claim", "B3", "7", "9"),)


def test_an_inserted_row_does_not_make_the_rows_below_it_differ() -> None:
    back: Sheets = {"Claim": [SENT["Claim"][0], ["P-000", 1], *SENT["Claim"][1:]]}
    assert differences(SENT, back) == (
        Difference("Claim", "A2", "", "P-000", Change.ROW_ADDED),
        Difference("Claim", "B2", "", "1", Change.ROW_ADDED),
    )


def test_a_removed_row_is_told_where_it_stood() -> None:
    back: Sheets = {"Claim": [*SENT["Claim"][:2], SENT["Claim"][3]]}
    assert [(one.cell, one.sent, one.change) for one in differences(SENT, back)] == [
        ("A3", "P-002", Change.ROW_GONE),
        ("B3", "7", Change.ROW_GONE),
    ]


def test_the_same_value_in_another_form_is_no_difference() -> None:
    sent: Sheets = {"S": [[1, None, date(2026, 4, 1), "x"]]}
    back: Sheets = {"S": [[Decimal("1.00"), "", datetime(2026, 4, 1, tzinfo=UTC), "x", None], [None]]}
    assert differences(sent, back) == ()
    assert differences({"S": [[1]]}, {"S": [[True]]}) == (Difference("S", "A1", "1", "TRUE"),)


def test_what_a_formula_works_out_is_held_against_nothing() -> None:
    assert differences({"S": [[1, RESULT]]}, {"S": [[1, 12]]}) == ()
    assert differences({"S": [[1, RESULT]]}, {"S": [[2, 12]]}) == (Difference("S", "A1", "1", "2"),)


def test_sheets_that_are_gone_or_were_added_are_told_by_their_cells() -> None:
    found = differences({"Old": [["a"]]}, {"New": [["b"]]})
    assert [(one.sheet, one.sent, one.returned, one.change) for one in found] == [
        ("Old", "a", "", Change.SHEET_GONE),
        ("New", "", "b", Change.SHEET_ADDED),
    ]


_ROWS = st.lists(st.lists(st.sampled_from([None, 1, 2, "a"]), max_size=4), max_size=8)


@given(_ROWS)
def test_a_workbook_never_differs_from_itself(rows: list[list[object]]) -> None:
    assert differences({"S": rows}, {"S": [list(row) for row in rows]}) == ()


@given(_ROWS, _ROWS)
def test_workbooks_without_a_difference_hold_the_same(
    one: list[list[object]], two: list[list[object]]
) -> None:
    def plain(rows: list[list[object]]) -> dict[str, object]:
        return {
            cell_name(row, column): value
            for row, cells in enumerate(rows)
            for column, value in enumerate(cells)
            if value is not None
        }

    same = plain(one) == plain(two)
    assert (differences({"S": one}, {"S": two}) == ()) == same


def test_cells_are_named_as_a_spreadsheet_names_them() -> None:
    assert [cell_name(6, column) for column in (2, 25, 26, 701, 702)] == ["C7", "Z7", "AA7", "ZZ7", "AAA7"]
