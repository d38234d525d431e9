"""A support request from its first word to its close by the keys alone, as the guide tells it step by step."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from nhsdesk.desktop import asking
from nhsdesk.domain.organisations import Practice
from nhsdesk.domain.requests import (
    Happening,
    RequestCopy,
    RequestEvent,
    RequestNote,
    RequestState,
    SupportRequest,
    WaitingOn,
    in_order,
)
from nhsdesk.domain.service_levels import ServiceLevel
from tests.commands.handing import answered
from tests.conftest import Clock
from tests.journeys.conftest import SitsDown
from tests.journeys.guided import Does, follows
from tests.journeys.typist import Typist


@pytest.fixture
def form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the form goes that is handed over; it comes back beside it."""
    given = tmp_path / "SR-001.xlsx"
    monkeypatch.setattr(asking, "choose_file", lambda *_: given)
    monkeypatch.setattr(asking, "choose_existing", lambda *_: tmp_path / "answer.xlsx")
    return given


def test_a_request_goes_from_its_first_word_to_its_close_as_the_guide_tells(
    sits_down: SitsDown, form: Path, clock: Clock
) -> None:
    one = sits_down(clock)
    a_new_file(one)
    with follows("support-and-funds.md", "A support request, step by step", one) as step:
        it_is_drafted(one, step)
        it_is_agreed(one, step)
        it_is_handed_over(one, step)
        clock.moment += timedelta(days=3)
        answered(form, offer="Two sessions a week", offered_on=one.database.today())
        its_answer_comes(one, step)
        it_is_paused_and_goes_on(one, step, clock)
        it_is_closed(one, step)
    assert [told for told in (stood(each) for each in events(one)) if told] == [
        "practice agreed",
        "sent",
        "offered",
        "paused",
        "resumed",
        "accepted",
        "in progress",
        "closed",
    ]


def a_new_file(one: Typist) -> None:
    one.presses("Return")
    one.tabs_to("Or type your PCN's name")
    one.types("Wexmere PCN")
    one.presses("Return")
    one.waits(lambda: one.window.desk is not None)
    one.goes_to("Neighbourhoods")
    one.presses("Ctrl+N")
    one.fills("Name", "Brook Surgery")


def it_is_drafted(one: Typist, step: Does) -> None:
    with step("Say how long it may take"):
        one.goes_to("Support and funds", "Lists")
        one.fills("Which list", "Service")
        one.presses("Ctrl+N")
        one.fills("Until", "offered")
        one.fills("How many", "10")
        one.fills("Of what", "working days")
        one.fills("In force from", "1 Apr 2026")
    (level,) = one.holds(ServiceLevel)
    assert isinstance(level, ServiceLevel)
    assert level.starts == date(2026, 4, 1)
    practice = one.holds(Practice)[0]
    with step("Draft it"):
        one.goes_to("Support and funds", "Support requests")
        one.presses("Ctrl+N")
        one.fills("Practice", practice.ref)
        one.fills("Category", "clinical cover")
        one.fills("What is wrong", "Two partners leave in March. We cannot staff mornings.")
        one.fills("Risk to sustainability", "4")
    assert request(one).risk == 4


def it_is_agreed(one: Typist, step: Does) -> None:
    with step("Look at the support there is"):
        one.goes_to("Support and funds", "Requests and clocks")
        one.turns_to("Words and support")
        one.presses_the_button("Note it as looked at")
    with step("Let the practice agree"):
        one.presses_the_button("Practice agrees…")
        one.fills("Agreed by (a role)", "Practice manager")
        one.presses_the_button("Practice agrees")
    assert request(one).agreed_by == "Practice manager"


def it_is_handed_over(one: Typist, step: Does) -> None:
    with step("Hand it over"):
        one.goes_to("Support and funds", "Hand over")
        one.tabs_to("As what")
        one.presses("Down")
        one.fills("To whom: organisation and role", "Integrator host, request desk")
        one.presses_the_button("Write the copy…")
    (copy,) = one.holds(RequestCopy)
    assert isinstance(copy, RequestCopy)
    assert copy.given_to == "Integrator host, request desk"


def its_answer_comes(one: Typist, step: Does) -> None:
    with step("Take the answer in"):
        one.presses_the_button("Choose the answer…")
        one.presses_the_button("Take in the answer")
    assert request(one).offer == "Two sessions a week"


def it_is_paused_and_goes_on(one: Typist, step: Does, clock: Clock) -> None:
    with step("Pause it while somebody is waited for"):
        one.goes_to("Support and funds", "Requests and clocks")
        one.presses_the_button("Pause…")
        one.fills("Waiting on", "practice")
        one.presses_the_button("Pause")
    clock.moment += timedelta(days=2)
    with step("Let it go on"):
        one.presses_the_button("Resume…")
        one.presses_the_button("Resume")
    paused = next(each for each in events(one) if each.happening is Happening.PAUSED)
    assert paused.waiting_on is WaitingOn.PRACTICE


def it_is_closed(one: Typist, step: Does) -> None:
    with step("Note that the offer was accepted and that support began"):
        one.presses_the_button("Accepted…")
        one.presses_the_button("Accepted")
        one.presses_the_button("Begins…")
        one.presses_the_button("Begins")
    with step("Close it"):
        one.presses_the_button("Close…")
        one.fills("What came of it", "Mornings are staffed until June")
        one.presses_the_button("Close")
    assert request(one).outcome == "Mornings are staffed until June"
    with step("Tell the practice"):
        one.turns_to("Clocks")
        one.presses_the_button("Copy words for the practice")
        one.turns_to("Notes")
        one.fills("New note", "Told the practice manager by e-mail")
        one.presses_the_button("Add this note")
    clocks = next(
        each.toPlainText()
        for each in one.window.findChildren(QPlainTextEdit)
        if each.accessibleName() == "The clocks and how they were worked out"
    )
    assert "To be offered within 10 working days (SV-001)" in clocks
    told = QApplication.clipboard().text()
    assert "What is offered: Two sessions a week" in told
    assert "How it stands: closed since 25 November 2026." in told
    assert "What came of it: Mornings are staffed until June" in told
    assert [getattr(each, "words", "") for each in one.holds(RequestNote)] == [
        "Told the practice manager by e-mail"
    ]


def request(one: Typist) -> SupportRequest:
    (found,) = one.holds(SupportRequest)
    assert isinstance(found, SupportRequest)
    return found


def events(one: Typist) -> list[RequestEvent]:
    return in_order(found for found in one.holds(RequestEvent) if isinstance(found, RequestEvent))


def stood(event: RequestEvent) -> str:
    told: RequestState | Happening | None = event.state or event.happening
    return told.value if told is not None else ""
