"""Figures asked for and the reply, questions that wait, and the clocks of the law with their working."""

from __future__ import annotations

from datetime import date

from nhsdesk.desktop.commitments.requests_page import RequestsPage
from nhsdesk.domain.policy import DataRequest
from tests.desktop.desk_side import Person


def page(person: Person, part: str) -> RequestsPage:
    person.goes_to("Commitments", "Requests and questions")
    person.turns_to(part)
    assert person.window.page is not None
    front = person.window.page.page
    assert isinstance(front, RequestsPage)
    return front


def test_a_request_shows_how_long_it_waits_what_the_contract_says_and_the_reply(director: Person) -> None:
    shown = page(director, "Data requests").data
    assert shown.list.words(0) == ("MR-001", "Rate of use", "Wexshire ICB", "25 days", "Not in the contract")
    assert director.reads("The reply").splitlines()[2:] == [
        "As at 29 October 2026, when we looked in clause 7.3 of The specification, NHS England, we found nothing that "
        "asks us to give this figure.",
        "We are glad to discuss reply times.",
        "To give it would cost £240.00.",
    ]


def test_a_reply_is_noted_as_sent_on_a_day_that_can_be(director: Person) -> None:
    shown = page(director, "Data requests").data
    director.writes("Reply sent on", "25/10/2026", leave=False)
    director.clicks("Note the reply as sent")
    assert director.sees("The reply cannot be sent before 26 October 2026, when it was asked for.")
    director.writes("Reply sent on", "never", leave=False)
    director.clicks("Note the reply as sent")
    assert director.sees("“never” could not be read as a day.")
    director.writes("Reply sent on", "21/11/2026", leave=False)
    director.clicks("Note the reply as sent")
    assert director.sees("21 November 2026 has not come.")
    director.writes("Reply sent on", "30/10/2026", leave=False)
    director.clicks("Note the reply as sent")
    with director.database.read() as reader:
        assert [one.answered_on for one in reader.all(DataRequest)] == [date(2026, 10, 30)]
    shown.look()
    assert shown.list.words(0)[3] == "Answered after 4 days"
    assert not shown.note.isEnabled()


def test_questions_wait_with_their_days(director: Person) -> None:
    shown = page(director, "Questions").questions
    assert shown.list.words(0) == (
        "Q-001",
        "Does it lie on GMS?",
        "Wexshire ICB",
        "16 September 2026",
        "65",
        "no",
    )
    assert director.sees("1 question waits for an answer, the longest for 65 days.")


def test_the_clock_of_an_information_request_stands_with_its_working(director: Person) -> None:
    shown = page(director, "Information requests").information
    assert shown.list.words(0)[3] == "Due on 30 November 2026, 6 working days left"
    assert "Working day 1 is Tuesday 3 November 2026" in director.reads("How the day was worked out")


def test_a_file_with_nothing_says_what_belongs_here(newcomer: Person) -> None:
    page(newcomer, "Data requests")
    assert newcomer.sees("Nobody has asked for a figure.")
    newcomer.turns_to("Questions")
    assert newcomer.sees("No question is listed.")
    newcomer.turns_to("Information requests")
    assert newcomer.sees("No information request is listed.")
