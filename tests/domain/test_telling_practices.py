from __future__ import annotations

from datetime import date

from nhsdesk.domain.kinds import NEW, Id
from nhsdesk.domain.requests import RequestEvent, RequestState, SupportRequest
from nhsdesk.domain.telling_practices import words


def event(number: int, state: RequestState) -> RequestEvent:
    return RequestEvent(id=Id(number), request=NEW, happened_on=date(2026, 11, number), state=state)


def test_a_practice_is_told_what_it_agreed_to_what_was_offered_and_what_came_of_it() -> None:
    request = SupportRequest(
        practice=NEW,
        ref="SR-001",
        agreed_words="We cannot staff mornings.",
        practice_agreed_on=date(2026, 11, 1),
        offer="Two sessions",
        outcome="Mornings are staffed until June",
        review_on=date(2027, 3, 1),
    )
    told = words(request, "Brook Surgery", [event(1, RequestState.AGREED), event(9, RequestState.CLOSED)])
    assert told == (
        "Your support request SR-001, Brook Surgery\n\nYou agreed to these words on 1 November 2026:\nWe cannot staff "
        "mornings.\n\nWhat is offered: Two sessions\nHow it stands: closed since 9 November 2026.\nWhat came of it: "
        "Mornings are staffed until June\nWe look at it again on 1 March 2027.\n\nTell us if anything of this is not "
        "so. A request that has ended can be opened again."
    )


def test_what_nobody_said_is_not_told() -> None:
    told = words(SupportRequest(practice=NEW, ref="SR-002"), "Brook Surgery", [])
    assert "Nothing has been offered yet." in told
    assert "How it stands: drafted." in told
    assert "What came of it" not in told
