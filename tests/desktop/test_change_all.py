"""One field of all chosen: those who are chosen when the button is pressed, and none while the list is away."""

from __future__ import annotations

from nhsdesk.domain.actions import Action
from tests.desktop.desk_side import Person


def test_who_chooses_others_before_all_are_changed_changes_those(person: Person) -> None:
    person.goes_to("Meetings", "Actions")
    person.selects(["A-001", "A-003"], "Action")
    person.clicks("Change for all chosen")
    assert person.sees("Change 3 actions")
    person.selects(["A-005", "A-006"], "Action")
    assert person.sees("Change 2 actions")
    person.chooses_for_all("Minute reference", "Item 9")
    person.clicks("Change 2 actions")
    with person.database.read() as reader:
        changed = [one.ref for one in reader.all(Action) if one.minute_ref == "Item 9"]
    assert changed == ["A-005", "A-006"]
    person.presses("Ctrl+Z")


def test_escape_and_the_list_that_goes_take_the_line_for_all_away(person: Person) -> None:
    person.goes_to("Meetings", "Actions")
    person.selects(["A-001", "A-003"], "Action")
    person.clicks("Change for all chosen")
    person.presses("Escape")
    assert not person.sees("Change 3 actions")
    assert person.focus is person.table
    person.clicks("Change for all chosen")
    person.narrows("View", "Removed actions…")
    assert not person.sees("Change 3 actions")
    person.clicks("Back to the list")
