"""Open actions in the form boards use, decisions with what they lack, and a board's log that is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot

from nhsdesk.desktop import asking
from nhsdesk.desktop.follow_up.actions_part import FEW
from nhsdesk.desktop.follow_up.follow_up_page import FollowUpPage
from nhsdesk.domain.actions import Action
from nhsdesk.domain.decisions import DecidedHow, Decision
from nhsdesk.domain.organisations import Organisation, Practice
from nhsdesk.domain.organisations import Person as Role
from tests.desktop.desk_side import Person


def page(person: Person, part: str) -> FollowUpPage:
    person.goes_to("Meetings", "Follow-up")
    person.turns_to(part)
    assert person.window.page is not None
    front = person.window.page.page
    assert isinstance(front, FollowUpPage)
    return front


@pytest.fixture
def manager(newcomer: Person) -> Person:
    with newcomer.database.change("Fill") as change:
        owner = change.add(Role(role_title="PCN manager"))
        change.add(Action(what="Send the list", owner=owner.id, due=date(2026, 11, 6)))
        change.add(Action(what="Write to the ICB", owner_words="TJ/JT", due=date(2027, 1, 8), started=False))
        change.add(Decision(words="Award the hub", practice_seat_present=False))
    return newcomer


def test_open_actions_stand_in_the_parts_of_a_boards_log(manager: Person) -> None:
    shown = page(manager, "Open actions").actions_
    assert [shown.list.words(n)[0] for n in range(2)] == [
        "Held over",
        "Not due yet",
    ]
    assert manager.sees("2 actions are open, 1 of them red.")
    shown.by.setCurrentText("Owner")
    assert [shown.list.words(n)[0] for n in range(2)] == ["PCN manager", "TJ/JT"]
    manager.writes("Only with these words", "red", leave=False)
    assert (shown.list.rowCount(), shown.list.words(0)[2]) == (1, "Send the list")


def test_many_actions_are_read_beside_the_window_and_narrowed_as_one_types(
    manager: Person, qtbot: QtBot
) -> None:
    with manager.database.change("Many") as change:
        for number in range(FEW):
            change.add(Action(what=f"Step {number}", due=date(2027, 1, 8), started=False))
    shown = page(manager, "Open actions").actions_
    manager.window.background.wait()
    manager.waits()
    assert manager.sees(f"{FEW + 2} actions are open, 1 of them red.")
    assert manager.sees("And 402 more. Filter the list of actions to see them.")
    manager.writes("Only with these words", "red", leave=False)
    qtbot.waitUntil(lambda: shown.list.rowCount() == 1)
    assert [shown.list.words(n)[2] for n in range(shown.list.rowCount())] == ["Send the list"]


def test_a_decision_tells_what_is_to_be_asked_of_it(manager: Person) -> None:
    page(manager, "Decision log")
    told = manager.reads("What is to be asked of this decision")
    assert "The general practice seat was not present when this was decided." in told
    assert "Authority not known: it is not known which body decided it" in told


def test_a_boards_log_is_looked_at_and_then_taken_in_as_one_step(manager: Person) -> None:
    shown = page(manager, "Read a board’s log").log
    manager.writes("Day of the log", "18/11/2026")
    shown.box.paste.setFocus()
    manager.pastes("Action\tLead\tStatus\nSend the list\tWF\tCompleted\nPlan the event\tLead ??\tNew\n")
    assert [shown.list.words(n)[1:3] for n in range(2)] == [("Closed", "A-001"), ("New here", "")]
    assert "The log is not sure of “Lead ??” itself. Who leads?" in shown.list.words(1)[5]
    with manager.database.read() as reader:
        assert reader.count(Action) == 2, "nothing is written before it was looked at"
    manager.clicks("Take in this log")
    with manager.database.read() as reader:
        held = {one.what: one for one in reader.all(Action)}
    assert held["Send the list"].closed_on == date(2026, 11, 18)
    assert held["Plan the event"].owner_words == "Lead ??"
    assert "2 actions added or changed" in manager.told
    manager.presses("Ctrl+Z")
    with manager.database.read() as reader:
        assert reader.count(Action) == 2


def test_a_log_of_a_day_to_come_is_told_in_a_sentence(manager: Person) -> None:
    page(manager, "Read a board’s log")
    manager.writes("Day of the log", "18/11/2027")
    assert manager.sees("18 November 2027 has not come. Give the day of the log.")


def test_drafts_and_a_calendar_file_are_saved_where_the_person_says(
    manager: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "choose_folder", lambda *_: tmp_path / "drafts")
    monkeypatch.setattr(asking, "choose_file", lambda _, title, folder, name, kinds: tmp_path / name)
    shown = page(manager, "Reminders").reminders
    assert shown.list.words(0)[:2] == ("PCN manager", "1")
    assert "- A-001: Send the list (due 6 November 2026; red)" in manager.reads("The draft")
    manager.clicks("Save the drafts in a folder…")
    assert [one.name for one in (tmp_path / "drafts").iterdir()] == ["2026-11-20 PCN manager.eml"]
    manager.clicks("Save a calendar file…")
    assert (tmp_path / "Actions 2026-11-20.ics").read_bytes().count(b"BEGIN:VEVENT") == 2
    assert manager.told == "Actions 2026-11-20.ics was written with 2 events."


def test_a_round_shows_who_is_missing_and_takes_a_reply(manager: Person) -> None:
    with manager.database.change("Practices") as change:
        ours = change.reader.all(Organisation, ours=True)[0]
        for name in ("Abbey Surgery", "Brook Surgery"):
            change.add(Practice(name=name, network=ours.id))
    shown = page(manager, "Rounds").rounds
    manager.writes("Ask our practices", "Agree the rules", leave=False)
    manager.writes("By when", "4 Dec", leave=False)
    manager.clicks("Ask them")
    assert shown.list.words(0)[1:] == ("Agree the rules", "0 of 2", "4 December 2026", "Waits")
    manager.writes("Answer", "perhaps", leave=False)
    manager.clicks("Note this reply")
    assert manager.sees("“perhaps” is none of the answers.")
    manager.writes("Answer", "Yes", leave=False)
    manager.writes("By which role", "Managing partner", leave=False)
    manager.clicks("Note this reply")
    assert shown.replies.words(0)[:2] == ("Abbey Surgery", "yes on 20 November 2026, Managing partner")
    assert manager.sees("1 of 2 have answered. Missing: Brook Surgery.")


def test_a_decision_of_final_minutes_is_ratified_in_one_step(manager: Person) -> None:
    with manager.database.change("Decide") as change:
        made = Decision(words="Hub", how=DecidedHow.PROVISIONAL, decided_on=date(2026, 9, 2), final=True)
        held = change.add(made)
    shown = page(manager, "Decision log").decisions
    shown.list.go_to(held.id)
    manager.writes("Ratified on", "4/12/2026")
    manager.clicks("Note that it was ratified")
    assert manager.sees("4 December 2026 has not come.")
    manager.writes("Ratified on", "4/11/2026")
    manager.clicks("Note that it was ratified")
    assert [shown.list.words(n)[6] for n in range(2)] == ["Ratified", "Superseded"]
    assert manager.told == (
        "Ratified on 4 November 2026. DN-003 follows it, and the decision in final minutes stays as it is."
    )


@pytest.fixture
def with_practices(manager: Person) -> Person:
    with manager.database.change("Practices") as change:
        ours = change.reader.all(Organisation, ours=True)[0]
        for name in ("Abbey Surgery", "Brook Surgery"):
            change.add(Practice(name=name, network=ours.id))
    return manager


def begins(person: Person, kind: str, choices: str = "") -> None:
    page(person, "Rounds")
    person.writes("Ask our practices", "When do you close?", leave=False)
    person.writes("Reply wanted", kind, leave=False)
    if choices:
        person.writes("Choices", choices, leave=False)
    person.clicks("Ask them")


def test_a_form_is_saved_comes_back_and_is_taken_in_once(
    with_practices: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = with_practices
    begins(person, "One of several", "Monday")
    assert person.sees("Give at least two choices, set apart by semicolons.")
    begins(person, "One of several", "Monday; Tuesday")
    monkeypatch.setattr(asking, "choose_folder", lambda *_: tmp_path)
    person.clicks("Save forms for those missing…")
    assert person.told == f"2 forms were written in {tmp_path.name}, each as Excel and as a page to print."
    form = tmp_path / "RD-001 Abbey Surgery.xlsx"
    book = load_workbook(form)
    for row in book.active.iter_rows(max_col=2):
        said = {"Answer": "Tuesday", "Answered on": date(2026, 11, 20), "Your role": "Partner"}
        row[1].value = said.get(row[0].value, row[1].value)
    book.save(form)
    monkeypatch.setattr(asking, "choose_existing", lambda *_: form)
    person.clicks("Read a form in…")
    assert person.sees("A reply of Abbey Surgery to RD-001, When do you close?")
    person.clicks("Take in the reply")
    assert person.sees("The reply of Abbey Surgery to RD-001 was noted, as one step. Undo takes it back.")
    assert page(person, "Rounds").rounds.replies.words(0)[1] == "Tuesday on 20 November 2026, Partner"
    person.clicks("Read a form in…")
    assert person.sees("Taken in already: the reply of Abbey Surgery to RD-001")
    with pytest.raises(AssertionError, match="no button"):
        person.button("Take in the reply")


def test_a_reply_that_is_a_file_is_added_on_the_page(
    with_practices: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = with_practices
    begins(person, "File")
    rota = tmp_path / "Rota.txt"
    rota.write_text("Monday: both")
    monkeypatch.setattr(asking, "choose_existing", lambda *_: rota)
    assert not person.may_type_into("Answer")
    person.clicks("Add the file that came…")
    assert page(person, "Rounds").rounds.replies.words(0)[1] == "Rota.txt on 20 November 2026"
