"""Cells pasted into a register, as a person pastes them."""

from __future__ import annotations

import pytest

from nhsdesk.desktop.register_excel import BringBack
from tests.desktop.desk_side import Person


@pytest.fixture
def at_commitments(person: Person) -> Person:
    person.goes_to("Commitments")
    return person


def shown(person: Person) -> list[tuple[str, ...]]:
    (part,) = (one for one in person.window.findChildren(BringBack) if one.isVisible())
    return [part.list.words(row) for row in range(part.list.rowCount())]


def test_a_block_goes_where_the_cursor_stands_and_is_looked_at_first(at_commitments: Person) -> None:
    person = at_commitments
    before = person.listed("What")
    person.selects(["C-002"], "What")
    person.pastes("Said elsewhere\tAsk\nSaid twice\tnonsense\n")
    rows = shown(person)
    assert person.sees("2 rows in what was pasted. Nothing is written yet.")
    assert rows[0][1:3] == ("C-002", "What")
    assert rows[0][4:] == ("Said elsewhere", "is changed")
    assert any("is not taken" in row[-1] and row[1] == "C-003" for row in rows)
    assert person.listed("What") == before
    person.clicks("Take in 2 commitments")
    assert (person.cell("C-002", "What"), person.cell("C-003", "What")) == ("Said elsewhere", "Said twice")
    assert person.undoes == "Undo: Paste commitments"
    person.presses("Ctrl+Z")
    assert person.listed("What") == before


def test_rows_with_headings_change_the_entries_they_name_and_add_the_others(at_commitments: Person) -> None:
    person = at_commitments
    person.goes_to_cell("C-001", "Ref")
    person.pastes("Ref\tWhat\tMood\nC-003\tSaid elsewhere\tgood\n\tA new one\t\nC-999\tNobody\t\n")
    assert person.sees("No column of commitments, and left out: “Mood”.")
    assert [row[1:] for row in shown(person)][1][0] == "new"
    assert "C-999 is the reference of no commitment here" in shown(person)[2][-1]
    person.clicks("Take in 2 commitments")
    assert person.cell("C-003", "What") == "Said elsewhere"
    assert person.listed("What")[-1] == "A new one"
    assert len(person.listed()) == 26


def test_one_cell_is_pasted_into_all_chosen_as_one_step(at_commitments: Person) -> None:
    person = at_commitments
    person.selects(["C-002", "C-004"], "By when")
    person.pastes("30/1/2027")
    assert {person.cell(ref, "By when") for ref in ("C-002", "C-003", "C-004")} == {"30 Jan 2027"}
    assert person.undoes == "Undo: Change By when of 3 commitments"


def test_what_is_pasted_into_columns_nobody_types_into_is_refused_in_a_sentence(
    at_commitments: Person,
) -> None:
    person = at_commitments
    person.selects(["C-001"], "Ref")
    person.pastes("one\ntwo\n")
    (told,) = person.warned
    assert told.startswith("Nothing was pasted: none of the columns of commitments")


def test_cells_are_pasted_into_an_empty_list_and_an_unknown_column_is_given_its_field(
    newcomer: Person,
) -> None:
    person = newcomer
    person.goes_to("Commitments")
    person.pastes("Ours\n\nCommitment\tAsked by\tDeadline\nDo it\tICB\t-\nTotal\t\t3\n")
    assert person.sees("1 commitment would be added.")
    assert person.sees("No column of commitments, and left out: “Asked by”.")
    person.writes("Column “Asked by” is", "Who wants")
    assert not person.sees("left out: “Asked by”")
    assert person.sees(
        "Read as: What from “Commitment”; Who wants it from “Asked by”; By when from “Deadline”."
    )
    assert person.sees(
        "The headings begin in row 3; what stands above them is left out. Totals, and left out: row 5."
    )
    person.clicks("Take in 1 commitment")
    assert (person.cell("C-001", "What"), person.cell("C-001", "Who wants it")) == ("Do it", "ICB")
    assert person.cell("C-001", "By when") == ""
    person.presses("Ctrl+Z")
    assert person.focus is person.button("New commitment")
    person.presses("Ctrl+Y")
    assert person.listed() == ["C-001"]
