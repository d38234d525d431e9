"""Requests and clocks at the window: what is late next, the working, each step by the keyboard, offers and notes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from nhsdesk.desktop.support.requests_page import MOST_ROWS, RequestsPage
from nhsdesk.domain.organisations import Person as Person_
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.requests import (
    Happening,
    RequestEvent,
    RequestNote,
    RequestState,
    SupportRequest,
    WaitingOn,
)
from tests.desktop.desk_side import Person
from tests.desktop.for_everyone import faults_here, told


def page(person: Person) -> RequestsPage:
    person.goes_to("Support and funds", "Requests and clocks")
    assert person.window.page is not None
    front = person.window.page.page
    assert isinstance(front, RequestsPage)
    return front


def chooses(person: Person, shown: RequestsPage, ref: str) -> None:
    person.writes("Show", "All requests", leave=False)
    person.writes("Find", ref, leave=False)
    assert shown.list.words(0)[0] == ref


def last_event(person: Person, ref: str) -> RequestEvent:
    with person.database.read() as reader:
        request = next(one for one in reader.all(SupportRequest) if one.ref == ref)
        return max(reader.all(RequestEvent, request=request.id), key=lambda one: one.id)


def test_opening_a_file_tells_what_is_late_and_what_soon_will_be(person: Person) -> None:
    told = "Support and funds: 2 requests are late, and 1 request will be late within 3 working days."
    assert person.told.startswith(told)


def test_the_list_begins_with_what_is_late_and_shows_how_it_was_worked_out(person: Person) -> None:
    shown = page(person)
    assert shown.list.words(0) == (
        "SR-005", "Foxglove Health Centre", "Acknowledged", "Offer by Wed 7 October 2026", "Late by 32 working days"
    )  # fmt: skip
    assert [shown.list.words(row)[0] for row in range(3)] == ["SR-005", "SR-012", "SR-010"]
    working = person.reads("The clocks and how they were worked out")
    assert "To be offered: Late by 32 working days; it was due Wed 7 October 2026." in working
    assert "    • To be offered within 10 working days (SV-006), for risk 4." in working
    assert "    • 10 working days from the day after Wed 23 Sep end on Wed 7 October 2026." in working


def test_a_request_is_paused_and_goes_on_by_the_keyboard_and_undo_takes_it_back(person: Person) -> None:
    shown = page(person)
    chooses(person, shown, "SR-012")
    shown.steps.buttons["pause"].setFocus()
    person.presses("Return")
    person.writes("Waiting on", "The practice", leave=False)
    person.writes("On", "19/11/2026")
    person.writes("At, if it matters", "3.10pm")
    person.writes("What was said", "Asked for rotas", leave=False)
    person.presses("Return")
    paused = last_event(person, "SR-012")
    assert (paused.happening, paused.waiting_on) == (Happening.PAUSED, WaitingOn.PRACTICE)
    assert (paused.happened_on, paused.at, paused.told) == (
        date(2026, 11, 19),
        time(15, 10),
        "Asked for rotas",
    )
    assert shown.list.words(0)[2] == "Sent, paused"
    assert "Paused Thu 19 Nov 15:10 and not gone on since, waiting on the practice" in person.reads(
        "The clocks and how they were worked out"
    )
    person.clicks("Resume…")
    person.clicks("Resume")
    assert last_event(person, "SR-012").happening is Happening.RESUMED
    person.presses("Ctrl+Z", "Ctrl+Z")
    assert last_event(person, "SR-012").state is RequestState.SENT


def test_a_step_says_beside_it_what_it_lacks(person: Person) -> None:
    shown = page(person)
    chooses(person, shown, "SR-009")
    person.clicks("Close…")
    person.clicks("Close")
    assert person.sees("Say what came of it, or why it is closed. It is kept with the request.")
    person.writes("What came of it", "The practice stays as it is", leave=False)
    person.writes("On", "sometime", leave=False)
    person.clicks("Close")
    assert person.sees("“sometime” could not be read as a day.")
    person.writes("On", "20/11/2026", leave=False)
    person.clicks("Close")
    assert last_event(person, "SR-009").state is RequestState.CLOSED


def test_a_draft_shows_existing_support_and_its_words_before_it_goes(person: Person) -> None:
    with person.database.change("Draft a request") as change:
        like = change.reader.all(SupportRequest)[5]
        draft = change.add(
            SupportRequest(practice=like.practice, category=like.category, summary="Rota advice")
        )
    shown = page(person)
    chooses(person, shown, draft.ref)
    person.turns_to("Words and support")
    assert shown.tabs.support.words(0)[0] == "Wexmere LMC practice support (XS-001)"
    assert person.sees("The practice has not agreed to these words yet.")
    person.clicks("Practice agrees…")
    person.writes("Agreed by (a role)", "Practice manager", leave=False)
    person.clicks("Practice agrees")
    person.clicks("Mark as sent…")
    person.clicks("Mark as sent")
    assert person.sees(
        "Existing support was not looked at. Look through it first, and note what was looked at."
    )
    person.clicks("Note it as looked at")
    person.clicks("Mark as sent…")
    person.clicks("Mark as sent")
    assert last_event(person, draft.ref).state is RequestState.SENT


def test_a_broken_safeguard_is_said_plainly_with_its_note_and_can_be_put_right(person: Person) -> None:
    shown = page(person)
    chooses(person, shown, "SR-009")
    person.turns_to("Offer")
    assert person.sees(
        "The offer breaks a safeguard: it mandates a model. The only option in the paper is a trust-run practice, so a "
        "model is being mandated."
    )
    person.writes("Offer mandates no model", "Yes", leave=False)
    person.writes("Where it has done this before", "Two options papers in 2025", leave=False)
    person.clicks("Keep what is known of the offer")
    assert not person.sees("The offer breaks a safeguard: it mandates a model.")
    with person.database.read() as reader:
        assert reader.all(SupportRequest)[8].done_before == "Two options papers in 2025"


def test_notes_are_kept_for_ourselves_unless_marked(person: Person) -> None:
    shown = page(person)
    chooses(person, shown, "SR-009")
    person.turns_to("Notes")
    person.writes("New note", "They are tired", leave=False)
    person.clicks("Add this note")
    assert shown.tabs.notes.words(0)[1:] == ("Ourselves only", "They are tired")
    with person.database.read() as reader:
        assert [one.shareable for one in reader.all(RequestNote)] == [False]


def test_words_for_the_contact_are_copied(person: Person) -> None:
    chooses(person, page(person), "SR-012")
    person.clicks("Copy words for the contact")
    assert QGuiApplication.clipboard().text().startswith("Support request SR-012 from Weir Bank Practice")


def test_a_file_without_requests_says_what_belongs_here(newcomer: Person) -> None:
    newcomer_page = page(newcomer)
    assert newcomer.sees(
        "No practice has asked for support yet. Draft a request in the list of support requests;"
    )
    assert newcomer_page.list.rowCount() == 0
    assert not any(one.isVisible() for one in newcomer_page.steps.buttons.values())


def test_of_very_many_requests_as_many_are_listed_as_somebody_reads(newcomer: Person) -> None:
    with newcomer.database.change("Many requests") as change:
        practice = change.add(Practice(name="Brook Surgery"))
        for n in range(MOST_ROWS + 5):
            change.add(SupportRequest(practice=practice.id, summary=f"Need {n}"))
    shown = page(newcomer)
    newcomer.window.background.wait()
    newcomer.waits()
    assert shown.list.rowCount() == MOST_ROWS
    assert newcomer.sees("The first 500 of 505 are listed. Find the others by words.")
    newcomer.writes("Find", "need 504", leave=False)
    assert shown.list.rowCount() == 1


def test_a_risk_typed_elsewhere_asks_for_the_day_of_its_change(person: Person) -> None:
    shown = page(person)
    chooses(person, shown, "SR-012")
    person.clicks("Risk…")
    person.writes("Risk now, 1 to 5", "5", leave=False)
    person.clicks("Risk")
    assert shown.list.words(0)[4] == "Late by 3 working days"
    with person.database.change("Elsewhere") as change:
        request = next(one for one in change.reader.all(SupportRequest) if one.ref == "SR-012")
        change.put(replace(request, risk=2))
    shown.shown()
    assert "The clocks go by risk 5. Note the change with “Risk…”" in person.reads(
        "The clocks and how they were worked out"
    )


def test_escalating_begins_with_the_named_contact(person: Person) -> None:
    with person.database.change("A contact") as change:
        lead = change.reader.all(Person_)[0]
        request = next(one for one in change.reader.all(SupportRequest) if one.ref == "SR-012")
        change.put(replace(request, contact=lead.id))
    shown = page(person)
    chooses(person, shown, "SR-012")
    person.clicks("Escalate…")
    person.clicks("Escalate")
    assert last_event(person, "SR-012").escalated_to == lead.id


def test_each_tab_about_a_request_is_for_everyone(person: Person, qtbot: QtBot) -> None:
    shown = page(person)
    shown.steps.buttons["pause"].click()
    faults = []
    for tab in ("Clocks", "Words and support", "What happened", "Notes", "Offer"):
        person.turns_to(tab)
        faults += faults_here(person, qtbot, tab, walk=tab == "Offer")
    assert not faults, told(faults)


def test_what_was_typed_for_a_request_is_kept_when_another_is_chosen(person: Person) -> None:
    shown = page(person)
    person.turns_to("Notes")
    person.writes("New note", "They are tired", leave=False)
    person.turns_to("Offer")
    person.writes("Where it has done this before", "Two practices in 2025")
    shown.list.setFocus()
    person.presses("Down")
    assert shown.list.words(shown.list.currentRow())[0] == "SR-012"
    with person.database.read() as reader:
        first = next(one for one in reader.all(SupportRequest) if one.ref == "SR-005")
        assert [one.words for one in reader.all(RequestNote, request=first.id)] == ["They are tired"]
    assert first.done_before == "Two practices in 2025"
    assert person.reads("Where it has done this before") == ""


def test_a_step_half_said_keeps_its_request_and_the_window_until_it_is_kept_or_left(person: Person) -> None:
    shown = page(person)
    person.clicks("Withdraw…")
    person.writes("Why", "A partner was found", leave=False)
    shown.list.setFocus()
    person.presses("Down")
    assert shown.list.words(shown.list.currentRow())[0] == "SR-005"
    assert person.sees("“Withdraw” of SR-005 is not kept yet. Keep it, or leave it as it is.")
    assert not person.window.close_file()
    assert "close once more to give those words up" in person.message
    person.clicks("Leave it as it is")
    shown.list.setFocus()
    person.presses("Down")
    assert shown.list.words(shown.list.currentRow())[0] == "SR-012"


def test_a_request_that_was_closed_stays_in_sight_to_tell_its_practice(person: Person) -> None:
    shown = page(person)
    person.writes("Find", "SR-009", leave=False)
    person.clicks("Close…")
    person.writes("What came of it", "The practice stays as it is", leave=False)
    person.clicks("Close")
    assert shown.list.words(0)[0] == "SR-009"
    person.turns_to("Clocks")
    person.clicks("Copy words for the practice")
    assert "What came of it: The practice stays as it is" in QGuiApplication.clipboard().text()
