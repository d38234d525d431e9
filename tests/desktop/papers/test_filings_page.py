"""What is due is made, noted as sent, queried, and the workbook that came back is held against what was sent."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt

from nhsdesk.commands import year_end
from nhsdesk.desktop import asking
from nhsdesk.desktop.papers.filings_page import FilingsPage
from nhsdesk.domain.closed_years import ClosedYear
from nhsdesk.domain.filings import Filing, FilingState, ReturnToMake, Rhythm
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import FinancialYear
from tests.desktop.desk_side import Person


@pytest.fixture
def manager(newcomer: Person) -> Person:
    with newcomer.database.change("Fill") as change:
        icb = change.add(Organisation(name="South Riverside ICB"))
        change.add(ReturnToMake(title="Late advice", paper="late-advice", to=icb.id, rhythm=Rhythm.MONTHLY))
    return newcomer


def page(person: Person, part: str = "Due") -> FilingsPage:
    person.goes_to("Returns and papers", "Filings")
    person.turns_to(part)
    assert person.window.page is not None
    front = person.window.page.page
    assert isinstance(front, FilingsPage)
    return front


def saves_as_sent(person: Person) -> None:
    person.button("I have read this point and send it with it").setFocus(Qt.FocusReason.TabFocusReason)
    person.presses("Space")
    person.clicks("Save as sent…")


def filed(person: Person) -> Filing:
    with person.database.read() as reader:
        (one,) = [each for each in reader.all(Filing) if each.state is not FilingState.REPLACED]
    return one


def test_a_due_return_is_made_for_its_period_and_noted_when_it_is_saved_as_sent(
    manager: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = page(manager).due
    assert shown.list.words(0) == (
        "Due day not known",
        "Late advice",
        "October 2026",
        "not known",
        "South Riverside ICB",
    )
    shown.list.setFocus(Qt.FocusReason.TabFocusReason)
    manager.presses("Return")
    assert manager.reads("Month") == "October 2026"
    target = tmp_path / "Requests.xlsx"
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    saves_as_sent(manager)
    assert filed(manager).period == "October 2026"
    assert filed(manager).state is FilingState.SENT
    sent = page(manager, "Filed").sent
    assert sent.list.words(0)[3:] == ("Sent", "20 November 2026", "SP-001")
    assert "SHA-256 of the file" in manager.reads("What became of it")
    again = tmp_path / "Again.xlsx"
    monkeypatch.setattr(asking, "choose_file", lambda *_: again)
    manager.clicks("Save the file as it was sent…")
    assert again.read_bytes() == target.read_bytes()

    book = openpyxl.load_workbook(target)
    book.worksheets[0]["A1"] = "Which month?"
    back = tmp_path / "Back.xlsx"
    book.save(back)
    monkeypatch.setattr(asking, "choose_existing", lambda *_: back)
    returned = page(manager, "Came back, cell by cell").returned
    manager.clicks("Read the workbook that came back…")
    assert returned.list.rowCount() == 1
    assert returned.list.words(0)[1] == "A1"
    assert returned.list.words(0)[3] == "Which month?"
    manager.writes("What they ask", "Which month is it?")
    manager.clicks("Note as queried, with this file")
    assert filed(manager).state is FilingState.QUERIED
    page(manager, "Filed")
    assert "Which month is it? File kept: Back.xlsx." in manager.reads("What became of it")


def test_a_return_that_went_otherwise_is_noted_by_hand(manager: Person) -> None:
    page(manager)
    manager.writes("Sent on", "31/12/2026")
    manager.clicks("Note as sent")
    assert manager.sees("31 December 2026 has not come.")
    manager.writes("Sent on", "5 Nov")
    manager.clicks("Note as sent")
    assert (filed(manager).sent, str(filed(manager).sent_on)) == (None, "2026-11-05")


def test_an_invitation_is_entered_and_declined(manager: Person) -> None:
    shown = page(manager).due
    manager.writes("An invitation that came", "Estates survey")
    manager.writes("Closing day", "4 Dec")
    manager.clicks("Enter this invitation")
    assert manager.sees("3 lines wait for you.")
    row = next(n for n in range(3) if shown.list.words(n)[1] == "Invitation: Estates survey")
    assert shown.list.words(row)[0] == "To be answered in 14 days"
    shown.list.setCurrentCell(row, 0)
    manager.writes("What was said", "No time")
    manager.clicks("Note as declined")
    assert filed(manager).state is FilingState.DECLINED
    assert manager.undoes == "Undo: Note FF-001 as declined"


def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(
    manager: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "Requests.xlsx"
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    page(manager)
    manager.clicks("Make it")
    saves_as_sent(manager)
    broken = tmp_path / "Broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    monkeypatch.setattr(asking, "choose_existing", lambda *_: broken)
    page(manager, "Came back, cell by cell")
    manager.clicks("Read the workbook that came back…")
    assert manager.sees("Broken.xlsx was not read")
    assert filed(manager).state is FilingState.SENT


def test_filings_of_a_closed_year_are_set_aside_until_they_are_asked_for(manager: Person) -> None:
    today = manager.database.today()
    with manager.database.change("Fill") as change:
        for title, period in (("Old", "March 2026"), ("New", "April 2026")):
            change.add(Filing(title=title, period=period, state=FilingState.ACCEPTED))
        change.add(
            ClosedYear(
                year=FinancialYear(2025), closed_on=today, closed_by="Ann Archer", position=1, program="1"
            )
        )
    assert year_end.closed_years(manager.database) == {FinancialYear(2025)}
    sent = page(manager, "Filed").sent
    assert [sent.list.words(n)[1] for n in range(sent.list.rowCount())] == ["New"]
    manager.button("Show the 1 filing of closed years too").setFocus(Qt.FocusReason.TabFocusReason)
    manager.presses("Space")
    assert sent.list.rowCount() == 2
