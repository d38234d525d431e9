"""Somebody asks questions about all commitments at the window, and acts on the answers without opening them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nhsdesk.commands import files
from nhsdesk.desktop.background import Background
from nhsdesk.desktop.commitments.views_page import MOST_ROWS, ViewsPage
from nhsdesk.desktop.desk import Desk
from nhsdesk.desktop.kept_layout import KeptLayout
from nhsdesk.domain.commitments import Commitment, CommitmentKind, Status
from nhsdesk.domain.consultations import DecisionWindow
from nhsdesk.domain.duties import Occurrence, RecurringDuty, Rhythm
from nhsdesk.domain.organisations import Person as Role
from nhsdesk.store.database import Database
from tests import made_once
from tests.conftest import Clock
from tests.desktop.desk_side import Person


def commitments(database: Database) -> None:
    """Three commitments, a duty and a window that closes."""
    with database.change("Fill") as change:
        owner = change.add(Role(role_title="Clinical director")).id
        change.add(
            Commitment(title="Send a plan", kind=CommitmentKind.ASK, owner=owner, due=date(2026, 12, 1))
        )
        change.add(Commitment(title="Share a rota", kind=CommitmentKind.AGREEMENT, owner=owner))
        change.add(Commitment(title="Old promise", status=Status.CLOSED))
        change.add(DecisionWindow(what="Footprint decision", closes=date(2026, 12, 11)))
        change.add(
            RecurringDuty(
                title="Claim", rhythm=Rhythm.WORKING_DAY, number=5, starts=date(2026, 4, 1), owner=owner
            )
        )


@pytest.fixture
def director(opens: Callable[[Path], Person], tmp_path: Path, clock: Clock) -> Person:
    """A clinical director with three commitments, a duty and a window that closes, at the views."""
    person = opens(made_once.network(tmp_path / "Ours.nhsdesk", clock, commitments))
    person.goes_to("Commitments", "Views")
    return person


def page(person: Person) -> ViewsPage:
    place = person.window.page
    assert place is not None
    assert isinstance(place.page, ViewsPage)
    return place.page


def asks(person: Person, title: str) -> None:
    """Goes down the list of questions with the arrow keys until that one is in front."""
    page(person).list.setFocus()
    person.presses("Home")
    for _ in range(page(person).list.count()):
        if page(person).view.title == title:
            return
        person.presses("Down")
    raise AssertionError(f"no question is called {title!r}")


def answers(person: Person) -> list[tuple[str, ...]]:
    table = page(person).table
    return [table.words(row) for row in range(table.rowCount())]


def questions(person: Person) -> list[str]:
    shown = page(person).list
    return [item.text() for n in range(shown.count()) if (item := shown.item(n)) is not None]


def all_of(person: Person, cls: type[Any]) -> tuple[Any, ...]:
    with person.database.read() as reader:
        return reader.all(cls)


def settles(person: Person) -> None:
    """Waits until the page has looked again after a change."""
    QTest.qWait(200)
    person.waits()


def test_each_question_stands_with_its_count_and_its_answers(director: Person) -> None:
    assert "Closing soon: 2" in questions(director)
    assert "No signature of ours: 1" in questions(director)
    assert [row[2] for row in answers(director)] == ["Send a plan", "Footprint decision"]
    asks(director, "By owner")
    assert director.sees("Clinical director: 2")
    assert answers(director)[1][:4] == (
        "Clinical director", "C-002", "Share a rota", "Put to us as an agreement we have not signed; not required",
    )  # fmt: skip
    assert director.status == "By owner: 2 entries"


def test_what_can_still_be_shaped_is_seen_before_it_closes(director: Person) -> None:
    assert (
        "11 December 2026",
        "21 days",
        "Footprint decision",
        "Can be shaped until then.",
        "DW-001",
    ) in answers(director)


def test_an_answer_opens_its_entry(director: Person) -> None:
    asks(director, "No signature of ours")
    page(director).table.setFocus()
    director.presses("Return")
    assert director.shown == "C-002"


def test_four_answers_make_a_commitment_with_the_keys_of_the_words_alone(director: Person) -> None:
    director.presses("Ctrl+N")
    for words in ("Give the INT a lead", "The ICB", "31/3", "Operating model, page 14"):
        director.types(words)
        popup = QApplication.activePopupWidget()
        assert popup is None
        director.presses("Return")
    made = all_of(director, Commitment)[-1]
    assert (made.title, made.owed_to, made.due, made.locator) == (
        "Give the INT a lead", "The ICB", date(2027, 3, 31), "page 14",
    )  # fmt: skip
    assert director.told.startswith(f"{made.ref} was added.")
    assert "Half-known: 1" in questions(director)
    assert director.reads("What") == ""
    director.types("And the next")  # the cursor stands in the first field again
    assert director.reads("What") == "And the next"
    director.presses("Escape")
    assert director.focus is page(director).new


def test_a_day_that_is_none_is_told_and_nothing_typed_is_lost(director: Person) -> None:
    director.clicks("New commitment")
    director.writes("What", "Send it")
    director.writes("By when", "31 February")
    director.clicks("Add commitment")
    assert director.sees("is not a day")
    assert director.focus is director.control("By when")
    assert director.reads("What") == "Send it"
    assert len(all_of(director, Commitment)) == 3


def test_a_date_is_moved_where_it_is_read_and_the_first_is_kept(director: Person) -> None:
    director.clicks("Move the date…")
    director.writes("To which day", "15/12", leave=False)
    director.presses("Return")
    moved = all_of(director, Commitment)[0]
    assert (moved.due, moved.revised_due, moved.times_revised) == (date(2026, 12, 1), date(2026, 12, 15), 1)
    assert director.told == "It is moved to 15 December 2026; the first date is kept."
    assert answers(director)[1][3] == "Falls due, moved from 1 December 2026"


def test_a_duty_is_dated_done_skipped_with_a_reason_and_moved(director: Person) -> None:
    director.clicks("Bring 1 recurring duty up to date")
    assert director.told == "13 days were added, 0 days taken out."
    assert not page(director).actions_.bring.isVisible()
    page(director).table.go_to(("occurrence", all_of(director, Occurrence)[0].id))
    director.clicks("Skip…")
    director.clicks("Keep this")
    assert director.sees("Say why it is skipped. Nothing was changed.")
    director.writes("Why", "The portal was closed", leave=False)
    director.presses("Return")
    assert all_of(director, Occurrence)[0].skipped_because == "The portal was closed"
    page(director).table.go_to(("occurrence", all_of(director, Occurrence)[1].id))
    director.clicks("Move the date…")
    director.writes("To which day", "12/1/2027")
    director.writes("Why", "Leave", leave=False)
    director.clicks("Keep this")
    second = all_of(director, Occurrence)[1]
    assert (second.due, second.moved_to) == (date(2027, 1, 8), date(2027, 1, 12))
    page(director).table.go_to(("occurrence", second.id))
    director.clicks("Done today")
    assert all_of(director, Occurrence)[1].done_on == date(2026, 11, 20)


def test_a_tag_is_added_once(director: Person) -> None:
    director.clicks("Add this tag")
    assert director.told == "The tag was added."
    director.clicks("Add this tag")
    assert director.sees("Choose or type a tag that it does not bear yet.")
    asks(director, "By tag")
    assert answers(director)[0][:2] == ("prevention", "C-001")


def test_a_change_elsewhere_is_seen_and_the_chosen_answer_stays(director: Person) -> None:
    page(director).table.go_to(page(director).table.key(1))
    before = page(director).table.current
    with director.database.change("Add") as change:
        change.add(Commitment(title="Urgent", due=date(2026, 11, 21)))
    settles(director)
    assert "Closing soon: 3" in questions(director)
    assert page(director).table.current == before


def test_a_file_that_is_only_read_offers_no_changes(sample: Path, clock: Clock, qtbot: QtBot) -> None:
    desk = Desk(files.open_to_read(sample, "Bea Brown", clock), Background(inline=True), KeptLayout())
    try:
        shown = ViewsPage(desk)
        qtbot.addWidget(shown)
        shown.show()
        shown.shown()
        assert shown.table.rowCount() > 3
        assert not shown.new.isEnabled()
        for one in (shown.actions_.tags, shown.actions_.move_, shown.actions_.bring):
            assert not one.isVisible()
    finally:
        desk.close()


def test_an_answer_of_thousands_shows_the_first_and_says_how_many_more(director: Person) -> None:
    with director.database.change("Fill") as change:
        for n in range(MOST_ROWS):
            change.add(Commitment(title=f"Ask {n}", kind=CommitmentKind.ASK))
    settles(director)
    asks(director, "Asked, not funded")
    assert len(answers(director)) == MOST_ROWS
    assert director.sees("And 1 more. Filter the register to see them.")
