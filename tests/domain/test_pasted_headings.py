from __future__ import annotations

import pytest

from nhsdesk.domain.actions import Action
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.pasted_headings import field_of, find

KIND = Commitment.KIND


def fields(rows: list[str], chosen: dict[str, str] | None = None) -> tuple[int, dict[int, str]] | None:
    """The row of the headings, and the field of each column, of rows whose cells are separated by bars."""
    found = find(KIND, [row.split("|") for row in rows], chosen)
    return None if found is None else (found.row, dict(found.columns))


def test_headings_stand_below_a_title() -> None:
    rows = ["Wexmere PCN commitments|||", "|||", "Commitment|Deadline|Lead|Mood", "Do it|1/1/27||good"]
    assert fields(rows) == (2, {0: "title", 1: "due", 2: "owner"})


def test_a_cell_merged_over_two_lines_gives_its_heading_to_the_second() -> None:
    rows = ["What|Who wants it|When|", "||Due date|Revised date", "Do it|ICB|1/1/27|"]
    assert fields(rows) == (1, {0: "title", 1: "owed_to", 2: "due", 3: "revised_due"})


def test_cells_without_headings_have_none() -> None:
    assert fields(["Do it|1/1/27", "Do that|2/1/27"]) is None
    assert fields(["What"]) is None


def test_what_somebody_chose_comes_before_what_is_known() -> None:
    rows = ["What|Source|Notes", "Do it|DES|x"]
    chosen = {"Source": "owed_to", "Notes": ""}
    assert fields(rows, chosen) == (0, {0: "title", 1: "owed_to"})


@pytest.mark.parametrize(
    ("heading", "name"),
    [("BY WHEN", "due"), ("Ref.", "ref"), ("Due date", "due"), ("Commitments", "title"), ("Funding (£)", "funding"),
     ("Cost", "funding"), ("Colour", "")],
)  # fmt: skip
def test_a_heading_is_known_by_its_label_or_by_what_old_sheets_call_it(heading: str, name: str) -> None:
    assert field_of(KIND, heading) == name


def test_what_a_kind_does_not_have_is_not_found() -> None:
    assert field_of(Action.KIND, "Cost") == ""
