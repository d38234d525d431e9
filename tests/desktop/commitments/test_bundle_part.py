"""A redacted bundle from the first search to the file that goes out, by keyboard."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor

from nhsdesk.commands import attachments
from nhsdesk.desktop import asking
from nhsdesk.desktop.commitments.bundle_part import BundlePart
from nhsdesk.desktop.commitments.requests_page import RequestsPage
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.consultations import InformationRequest, RequestLaw
from nhsdesk.domain.redaction import BAR
from tests.desktop.desk_side import Person


def part(person: Person) -> BundlePart:
    with person.database.change("Fill") as change:
        change.add(Commitment(title="Spend on locums", paraphrase="Zanzibar Ltd sends them"))
        change.add(Commitment(title="Spend on rooms", restricted=True))
    person.goes_to("Commitments", "Requests and questions")
    person.turns_to("Redacted bundle")
    assert person.window.page is not None
    page = person.window.page.page
    assert isinstance(page, RequestsPage)
    return page.bundle


def searched(person: Person) -> BundlePart:
    shown = part(person)
    person.writes("Words to search for", "spend", leave=False)
    person.presses("Return")
    person.clicks("Put all in scope")
    person.turns_to("2 In scope")
    return shown


def test_a_search_puts_what_it_finds_in_scope_and_what_is_restricted_is_withheld(director: Person) -> None:
    shown = searched(director)
    assert director.sees("Due on 30 November 2026, 6 working days left")
    assert [shown.scope.words(row) for row in range(2)] == [
        ("C-001", "Commitment: Spend on locums", "Not yet decided", ""),
        ("C-002", "Commitment: Spend on rooms", "Withheld", "to choose"),
    ]
    assert director.sees("1 item is not yet decided.")
    shown.scope.go_to(shown.scope.key(1))
    assert director.sees("it is restricted to our own board")


def test_an_item_is_decided_and_words_are_struck_out_by_keyboard(director: Person) -> None:
    shown = searched(director)
    shown.scope.go_to(shown.scope.key(0))
    director.writes("What becomes of it", "Disclosed", leave=False)
    assert shown.scope.words(0)[2] == "Disclosed"
    will = shown.item.will
    cursor = will.document().find("Zanzibar Ltd")
    assert not cursor.isNull()
    will.setTextCursor(QTextCursor(cursor))
    director.clicks("Strike out the selected words everywhere")
    assert f"In our words: {BAR} [s.40] sends them" in director.reads("What its reader will see")
    director.turns_to("4 Struck out everywhere")
    assert shown.strikes.list.words(0) == ("Zanzibar Ltd", "s.40 personal information")
    director.clicks("Let the chosen words stand")
    assert shown.strikes.list.rowCount() == 0
    director.writes("Words to strike out", "450 557 7104", leave=False)
    director.presses("Return")
    assert director.sees("That looks like an NHS number.")


def test_a_field_is_struck_out_with_space(director: Person) -> None:
    shown = searched(director)
    shown.scope.go_to(shown.scope.key(0))
    fields = shown.item.fields
    names = [fields.item(row).text() for row in range(fields.count())]
    fields.setFocus(Qt.FocusReason.TabFocusReason)
    fields.setCurrentRow(names.index("In our words"))
    director.presses("Space")
    assert f"In our words: {BAR} [s.40]" in director.reads("What its reader will see")
    assert shown.scope.words(0)[3] == "1 field struck out"


def test_the_bundle_goes_out_once_everything_is_decided(
    director: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = searched(director)
    director.turns_to("5 Give it out")
    director.clicks("Look the bundle through")
    way = director.reads("What stands in the way")
    assert "C-001: it is not yet decided what becomes of it." in way
    assert "Settle with your data protection officer" in way
    assert not shown.going_out.give.isEnabled()
    director.clicks("Disclose all that is undecided")
    director.presses("F8")
    director.turns_to("3 The chosen item")
    shown.scope.go_to(shown.scope.key(1))
    director.writes("Ground", "s.43 commercial interests", leave=False)
    director.turns_to("5 Give it out")
    assert director.reads("What stands in the way") == ""  # what was looked through is another now
    director.clicks("Look the bundle through")
    target = tmp_path / "out.zip"
    monkeypatch.setattr(asking, "choose_file", lambda *_: target)
    director.clicks("Give out the bundle…")
    assert director.sees("out.zip was written, and is kept as SP-001: 2 items: 1 disclosed, 1 withheld.")
    with zipfile.ZipFile(target) as package:
        assert "disclosed.pdf" in package.namelist()
    with director.database.read() as reader:
        assert reader.all(InformationRequest)[0].bundle is not None


def test_a_request_leads_to_what_is_disclosed_for_it(director: Person) -> None:
    shown = part(director)
    with director.database.change("Ask") as change:
        change.add(InformationRequest(what="Rents", law=RequestLaw.FOI, received=date(2026, 11, 16)))
    director.turns_to("Information requests")
    page = director.window.page.page if director.window.page else None
    assert isinstance(page, RequestsPage)
    page.information.look()
    page.information.list.go_to(page.information.list.key(1))
    director.clicks("Decide what is disclosed")
    assert shown.isVisible()
    assert director.reads("Request") == "IR-002 Rents"


def test_a_search_inside_files_is_made_beside_the_window(director: Person, tmp_path: Path) -> None:
    shown = part(director)
    with director.database.read() as reader:
        promise = reader.all(Commitment)[0]
    (tmp_path / "Rota.txt").write_text("Agency spend by month")
    attachments.attach(director.database, promise.id, attachments.look(tmp_path / "Rota.txt"))
    shown.search.in_files.setChecked(True)
    director.writes("Words to search for", "agency", leave=False)
    director.presses("Return")
    assert shown.search.found.words(0) == ("AT-001", "File: Rota.txt", "no")


def test_a_file_with_no_request_says_what_belongs_here(newcomer: Person) -> None:
    newcomer.goes_to("Commitments", "Requests and questions")
    newcomer.turns_to("Redacted bundle")
    assert newcomer.sees("No information request is listed.")
