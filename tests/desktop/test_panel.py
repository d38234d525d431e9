"""The entry beside a register: what it names, what belongs to it, what was done to it, and the way back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from nhsdesk.desktop.history_tab import HistoryTab
from nhsdesk.desktop.record_table import RecordTable
from nhsdesk.domain import kinds, times
from nhsdesk.domain.actions import ActionUpdate
from nhsdesk.domain.arrs import Assignment, Holder, Pay, Post, Role
from nhsdesk.domain.claimed import Claim, ClaimState
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.fields import Record
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import ListSize
from nhsdesk.domain.periods import Month
from nhsdesk.domain.requests import RequestEvent
from nhsdesk.store import drafts
from tests.desktop.conftest import Opened
from tests.desktop.desk_side import Person


def named(person: Person, ref: str) -> Record:
    with person.database.read() as reader:
        found = reader.by_ref(ref)
    assert found is not None
    return found


# ---- what it names


def test_a_chip_opens_what_is_named_and_back_returns_to_the_entry(person: Person) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.clicks("Open what “Where it is written” names")
    assert person.shown.startswith("D-")
    assert person.reads("Title") in person.labels() or person.sees(person.reads("Title"))
    person.writes("Version", "second")
    person.clicks("Back to the commitment")
    assert person.shown == "C-003"
    assert person.undoes.startswith("Undo: Change Version of D-")


def test_a_document_not_yet_listed_is_added_and_named_without_leaving_the_commitment(person: Person) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.clicks("Add to “Where it is written” something not yet listed")
    assert person.sees("New source document")
    person.writes("Title", "A letter of November")
    assert person.shown == "D-014"
    person.clicks("Back to the commitment")
    assert person.reads("Where it is written") == "D-014 A letter of November"
    commitment, document = named(person, "C-003"), named(person, "D-014")
    assert isinstance(commitment, Commitment)
    assert commitment.document == document.id


def test_what_was_still_needed_and_not_yet_listed_adds_both(person: Person) -> None:
    person.goes_to("Support and funds")
    person.presses("Ctrl+N")
    person.writes("What is wrong", "Two GPs leave in March")
    person.clicks("Add to “Practice” something not yet listed")
    person.writes("Name", "Orchard Surgery")
    person.clicks("Back to the support request")
    assert person.shown == "SR-013"
    assert person.listed()[-1] == "SR-013"
    assert person.reads("Practice") == "PR-007 Orchard Surgery"


def test_nothing_is_shown_of_an_entry_removed_with_what_it_owned(person: Person) -> None:
    with person.database.change("A post of which nothing was claimed") as change:
        made = change.add(Post(role=Role.PARAMEDIC))
        change.add(Pay(post=made.id, starts=date(2026, 4, 1), salary=Money(400_000)))
    person.goes_to("ARRS")
    person.opens_entry(made.ref)
    person.turns_to("Pay")
    person.clicks("Open the chosen pay")
    assert person.shown.startswith("PY-")
    with person.database.change("Elsewhere") as change:
        change.remove(named(person, made.ref))
    person.waits()
    assert made.ref not in person.listed()
    assert person.shown in ("", "P-029")
    assert not person.sees("New ARRS post ") or not person.sees("Not yet added")


# ---- what belongs to it


@pytest.mark.parametrize(
    ("place", "ref", "tab", "kind", "given"),
    [
        ("ARRS", "P-001", "Pay", Pay, {"From": "1/4/2027", "Salary a month": "3,000"}),
        ("ARRS", "P-001", "Assignments", Assignment, {}),
        ("Support and funds", "SR-001", "Request events", RequestEvent, {"On": "1/12/2026", "State": "Closed"}),
        ("Meetings", "A-001", "Action updates", ActionUpdate, {"On": "1/12/2026", "Update": "Done"}),
        (
            "Neighbourhoods", "PR-001", "List sizes", ListSize,
            {"Base": "Registered", "Counted on": "1/10/2026", "Patients": "9,000"},
        ),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else "",
)  # fmt: skip
def test_what_belongs_to_an_entry_is_added_in_its_own_list(
    person: Person, place: str, ref: str, tab: str, kind: type[Record], given: dict[str, str]
) -> None:
    with person.database.read() as reader:
        before = len(reader.all(kind))
    person.goes_to(place)
    person.opens_entry(ref)
    person.turns_to(tab)
    person.clicks(f"Add {kind.KIND.noun}")
    for field in kind.KIND.fields:
        if field.given and field is not kind.KIND.owner and field.label not in given:
            given = given | {field.label: _something(person, field.kind)}
    for name, words in given.items():
        person.writes(name, words)
    with person.database.read() as reader:
        held = reader.all(kind)
    assert len(held) == before + 1
    owner = kind.KIND.owner
    assert owner is not None
    added = max(held, key=lambda one: one.id)
    assert getattr(added, owner.name) == named(person, ref).id
    person.clicks(f"Back to the {named(person, ref).KIND.noun}")
    assert person.shown == ref
    person.turns_to(tab)
    assert added.ref in _rows(person, kind)


def _something(person: Person, kind: object) -> str:
    with person.database.change("Something to name") as change:
        match kind:
            case kinds.LinkTo(target="holder"):
                return change.add(Holder(name="Somebody")).ref
    return "1/4/2027" if isinstance(kind, times.Day) else "37.5"


def _list(person: Person, kind: type[Record]) -> RecordTable:
    shown = (one for one in person.window.findChildren(RecordTable) if one.isVisible())
    return next(one for one in shown if one.accessibleName() == kind.KIND.plural)


def _rows(person: Person, kind: type[Record]) -> list[str]:
    model = _list(person, kind).model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_pay_is_changed_in_place_in_the_list_of_its_post(person: Person) -> None:
    person.goes_to("ARRS")
    person.opens_entry("P-001")
    person.turns_to("Pay")
    table = _list(person, Pay)
    model = table.model()
    headings = [model.headerData(n, Qt.Orientation.Horizontal, 0) for n in range(model.columnCount())]
    index = model.index(0, headings.index("Fees a month"))
    table.setFocus()
    table.setCurrentIndex(index)
    person.presses("Return")
    person.types("£12.50")
    person.presses("Return")
    assert index.data() == str(Money(1_250))
    assert person.undoes.startswith("Undo: Change Fees a month of PY-")
    person.presses("Ctrl+Z")
    assert index.data() == ""


# ---- what was done to it


def test_history_tells_the_newest_first_and_puts_a_field_back_as_a_step(person: Person) -> None:
    person.goes_to("Commitments")
    person.opens_entry("C-003")
    person.writes("Who wants it", "The board")
    person.writes("Who wants it", "The bored")
    person.turns_to("History")
    said = [one.text() for one in _history(person).findChildren(QLabel) if "Who wants it" in one.text()]
    assert "The bored" in said[1] or "The bored" in said[0]
    assert person.sees("Change Who wants it of C-003")
    person.clicks(next(one for one in _buttons(person) if one.startswith("Put this back: Who wants it")))
    assert person.cell("C-003", "Who wants it") == "The board"
    assert person.undoes == "Undo: Put back Who wants it of C-003"
    assert person.told.startswith("“Who wants it” is as it was before ")
    person.presses("Ctrl+Z")
    assert person.cell("C-003", "Who wants it") == "The bored"


def _history(person: Person) -> HistoryTab:
    return next(one for one in person.window.findChildren(HistoryTab) if one.isVisible())


def _buttons(person: Person) -> list[str]:
    return [one.accessibleName() for one in _history(person).findChildren(QPushButton)]


def test_a_list_that_belongs_to_what_is_sealed_says_why_nothing_more_is_added(newcomer: Person) -> None:
    with newcomer.database.change("Claim") as change:
        change.add(Claim(month=Month(2026, 10), state=ClaimState.SUBMITTED))
    newcomer.goes_to("ARRS")
    newcomer.turns_to_list("Claims")
    newcomer.opens_entry("CL-001")
    newcomer.turns_to("Claim lines")
    button = newcomer.button("Add claim line")
    if button.isEnabled():
        newcomer.clicks("Add claim line")
    assert "was marked as submitted" in newcomer.message or not button.isEnabled()
    assert newcomer.shown == "CL-001"


def test_pay_begun_and_left_is_gone_on_with_when_pay_is_added_again(person: Person) -> None:
    person.goes_to("ARRS")
    person.opens_entry("P-001")
    person.turns_to("Pay")
    person.clicks("Add pay")
    person.writes("Source", "Letter of March")
    person.clicks("Back to the ARRS post")
    person.turns_to("Pay")
    person.clicks("Add pay")
    assert person.reads("Source") == "Letter of March"
    assert person.reads("Post").startswith("P-001")
    person.writes("From", "1/4/2027")
    person.writes("Salary a month", "3,000")
    assert person.shown.startswith("PY-")
    person.clicks("Back to the ARRS post")
    person.turns_to("Pay")
    person.clicks("Add pay")
    assert person.reads("Source") == ""
    person.clicks("Back to the ARRS post")


def test_the_columns_of_a_list_are_as_they_were_left(person: Person, opens: Opened, sample: Path) -> None:
    person.goes_to("ARRS")
    person.opens_entry("P-001")
    person.turns_to("Pay")
    _list(person, Pay).setColumnWidth(2, 222)
    person.window.close()
    again = opens(sample)
    again.opens_entry("P-001")
    again.turns_to("Pay")
    assert _list(again, Pay).columnWidth(2) == 222


def test_the_key_to_the_form_leads_there_from_whichever_part_is_in_front(person: Person) -> None:
    person.goes_to("ARRS")
    person.opens_entry("P-001")
    person.turns_to("Pay")
    person.table.setFocus()
    person.presses("F4")
    assert person.focus is person.control("Role")


def test_what_was_begun_can_be_thrown_away(newcomer: Person) -> None:
    newcomer.goes_to("ARRS")
    newcomer.clicks("New ARRS post")
    newcomer.writes("Portal label", "Pharmacist 3")
    newcomer.clicks("Throw away what is not yet added")
    assert drafts.kept(newcomer.database) == ()
    assert newcomer.listed() == []
    assert newcomer.told == "The ARRS post was thrown away; it had not been added."


# ---- in large type


def test_the_buttons_of_a_list_go_on_in_a_second_line_rather_than_be_cut_off(person: Person) -> None:
    for _ in range(4):
        person.presses("Ctrl++")
    person.goes_to("Neighbourhoods")
    person.opens_entry("PR-001")
    person.turns_to("Neighbourhood shares")
    add, show = (person.button(f"{words} neighbourhood share") for words in ("Add", "Open the chosen"))
    panel = person.register.panel
    for button in (add, show):
        assert button.width() >= button.sizeHint().width()
        assert button.mapTo(panel, button.rect().topRight()).x() < panel.width()
    assert show.y() > add.y()
