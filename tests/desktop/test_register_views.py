"""Views of a register, groups and totals, as a person works with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.organisations import Person as Person_
from nhsdesk.domain.saved_views import SavedView
from tests.desktop.conftest import Opened
from tests.desktop.desk_side import Person


def headings(person: Person) -> list[str]:
    return [words for words in person.listed() if words.startswith("Status: ")]


@pytest.fixture
def at_commitments(person: Person) -> Person:
    person.goes_to("Commitments")
    return person


def test_a_view_is_saved_under_a_name_and_brought_back_by_it(at_commitments: Person) -> None:
    person = at_commitments
    person.narrows("Group by", "Status")
    person.writes("Filter commitments by words", "hub", leave=False)
    person.sorts_by("By when", descending=True)
    shown = person.listed()
    person.narrows("View", "Save this view…")
    person.types("Hubs by status")
    person.presses("Return")
    assert person.told == "View “Hubs by status” is saved. Everybody who opens this PCN file has it."
    assert person.sees("View: Hubs by status")
    person.narrows("View", "As at first")
    assert person.listed()[:2] == ["C-001", "C-002"]
    assert len(person.listed()) == 25
    person.narrows("View", "Hubs by status")
    assert person.listed() == shown
    assert person.reads("Filter commitments by words") == "hub"
    person.writes("Filter commitments by words", "hubs", leave=False)
    assert person.sees("View: Hubs by status (changed)")
    person.presses("Ctrl+Z")


def test_a_register_opens_with_the_view_chosen_on_this_computer(
    at_commitments: Person, opens: Opened, sample: Path
) -> None:
    person = at_commitments
    person.writes("Filter commitments by words", "footprint", leave=False)
    person.narrows("View", "Save this view…")
    person.types("Footprints")
    person.presses("Return")
    person.narrows("View", "Open with this view on this computer")
    assert person.told == "On this computer commitments open with the view “Footprints”."
    person.window.close_file()
    again = opens(sample)
    again.goes_to("Commitments")
    assert again.listed() == ["C-003"]


def test_what_a_view_names_and_is_no_longer_there_is_told(person: Person) -> None:
    with person.database.change("As an older program kept it") as change:
        change.add(
            SavedView(
                name="Old",
                register=Commitment.KIND.name,
                columns="ref\nformer_lead\ntitle",
                filters="status = lost",
            )
        )
    person.goes_to("Commitments")
    person.narrows("View", "Old")
    assert "“former_lead”, which is no longer there" in person.message
    assert "filters by “lost”, which status does not offer" in person.message
    assert len(person.listed()) == 25


def test_groups_have_headings_with_counts_that_fold_by_keyboard(at_commitments: Person) -> None:
    person = at_commitments
    person.narrows("Group by", "Status")
    rows = person.listed()
    shown = headings(person)
    assert len(rows) == 25 + len(shown)
    counts = [int(one.rpartition("(")[2].rstrip(")")) for one in shown]
    assert sum(counts) == 25
    places = [rows.index(one) for one in shown]
    assert [b - a - 1 for a, b in zip(places, [*places[1:], len(rows)], strict=True)] == counts
    person.goes_to_cell(shown[0], "Ref")
    person.presses("Left")
    assert len(person.listed()) == len(rows) - counts[0]
    assert headings(person)[0] == f"{shown[0][:-1]}, folded)"
    person.presses("Down")
    person.presses("Up")
    person.presses("Return")
    assert person.listed() == rows


def test_filling_down_over_a_heading_changes_entries_alone(at_commitments: Person) -> None:
    person = at_commitments
    person.narrows("Group by", "Status")
    rows = person.listed()
    second = rows.index(headings(person)[1])
    above, below = rows[second - 1], rows[second + 1]
    undoes = person.undoes
    person.goes_to_cell(rows[second], "By when")
    person.presses("Delete", "Ctrl+;")
    assert person.undoes == undoes
    person.types_into_cell(above, "By when", "30/1/2027")
    person.selects([above, below], "By when")
    person.presses("Ctrl+D")
    assert person.cell(below, "By when") == "30 Jan 2027"
    assert person.undoes == f"Undo: Change By when of {below}"


def test_totals_are_of_what_is_shown_and_of_what_is_chosen(at_commitments: Person) -> None:
    person = at_commitments
    for ref, words in (("C-003", "4,400"), ("C-004", "£100.50")):
        person.types_into_cell(ref, "Funding", "")
        person.types_into_cell(ref, "Funding", words)
    person.register.table.show_columns(("ref", "title", "funding"))
    person.selects(["C-003", "C-004"], "Funding")
    person.narrows("View", "Totals line") if not person.register.totals.isVisible() else None
    person.register.totals.tell()
    assert person.register.totals.text() == "Totals of 2 commitments chosen: funding £4,500.50"
    person.writes("Filter commitments by words", "C-004", leave=False)
    person.register.totals.tell()
    assert person.register.totals.text() == "Totals of 1 commitment shown: funding £100.50"


def test_a_grouped_register_finds_an_entry_that_is_folded_away(at_commitments: Person) -> None:
    person = at_commitments
    person.narrows("Group by", "Status")
    person.narrows("Group by", "Fold all groups")
    assert "C-007" not in person.listed()
    with person.database.read() as reader:
        (wanted,) = (one for one in reader.all(Commitment) if one.ref == "C-007")
    person.register.desk.show(Commitment.KIND.name, wanted.id)
    person.waits()
    assert "C-007" in person.listed()
    assert person.shown == "C-007"


def test_what_was_removed_is_listed_and_brought_back(person: Person) -> None:
    with person.database.change("Add") as change:
        ref = change.add(Commitment(title="Here for a day")).ref
    person.goes_to("Commitments")
    person.selects([ref], "What")
    person.clicks("Remove")
    person.types_into_cell("C-004", "By when", "30/1/2027")
    person.narrows("View", "Removed commitments…")
    assert person.sees("1 commitment removed.")
    person.clicks("Bring back")
    assert person.told == f"{ref} is back."
    assert person.sees("No commitments were removed.")
    person.clicks("Back to the list")
    assert person.cell(ref, "What") == "Here for a day"
    assert person.undoes == f"Undo: Bring back {ref}"


def test_whose_it_is_narrows_and_a_view_keeps_it_by_reference(at_commitments: Person) -> None:
    person = at_commitments
    person.narrows("Owner", "PCN manager")
    mine = person.listed()
    assert 0 < len(mine) < 25
    assert set(person.listed("Owner")) == {"PCN manager"}
    with person.database.read() as reader:
        (manager,) = [one for one in reader.all(Person_) if one.role_title == "PCN manager"]
    assert person.register.views.arrangement().values == (("owner", manager.ref),)
    person.narrows("View", "Save this view…")
    person.types("Of the manager")
    person.presses("Return")
    person.narrows("View", "As at first")
    assert len(person.listed()) == 25
    person.narrows("View", "Of the manager")
    assert person.listed() == mine
    assert person.sees("Owner: PCN manager")
    person.narrows("Owner", "not given")
    assert set(person.listed("Owner")) <= {"PCN manager", ""}


def test_a_view_without_a_name_is_told_beside_it_and_escape_leaves_it(at_commitments: Person) -> None:
    person = at_commitments
    person.narrows("View", "Save this view…")
    person.presses("Return")
    assert person.sees("Give the view a name")
    assert person.message == ""
    person.presses("Escape")
    assert not person.sees("Give the view a name")
    assert person.focus is person.table


def test_a_view_whose_saving_is_undone_is_no_longer_shown(at_commitments: Person) -> None:
    person = at_commitments
    person.narrows("View", "Save this view…")
    person.types("Mine")
    person.presses("Return")
    assert person.sees("View: Mine")
    person.presses("Ctrl+Z")
    assert person.sees("View: as at first")
