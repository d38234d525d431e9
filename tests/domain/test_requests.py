"""Where a support request stands and how long it has been open, told by its dated events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from nhsdesk.domain.kinds import Id
from nhsdesk.domain.requests import Happening, RequestEvent, RequestState, days_open, in_order, state

TODAY = date(2026, 11, 20)
SENT = date(2026, 9, 7)


def event(what: RequestState, on: date, id_: int = 0) -> RequestEvent:
    return RequestEvent(id=Id(id_), request=Id(1), happened_on=on, state=what)


def test_a_request_without_events_is_drafted_and_not_open() -> None:
    assert state([]) is RequestState.DRAFTED
    assert days_open([], TODAY) is None
    assert days_open([event(RequestState.AGREED, SENT)], TODAY) is None


def test_the_newest_event_tells_where_it_stands_whatever_the_order_of_entry() -> None:
    events = [
        event(RequestState.OFFERED, SENT + timedelta(days=20), 1),
        event(RequestState.SENT, SENT, 2),
        event(RequestState.ACKNOWLEDGED, SENT + timedelta(days=3), 3),
    ]
    assert state(events) is RequestState.OFFERED
    assert days_open(events, TODAY) == 74


def test_of_one_days_events_the_one_entered_last_counts() -> None:
    events = [event(RequestState.ACCEPTED, SENT, 7), event(RequestState.OFFERED, SENT, 6)]
    assert state(events) is RequestState.ACCEPTED


def test_what_has_a_time_comes_after_what_was_entered_before_it_without_one() -> None:
    sent = event(RequestState.SENT, SENT, 1)
    timed = replace(event(RequestState.ACKNOWLEDGED, SENT, 2), at=time(15, 10))
    earlier = replace(event(RequestState.AGREED, SENT, 3), at=time(9, 0))
    assert state([timed, sent]) is RequestState.ACKNOWLEDGED
    assert in_order([timed, sent, earlier]) == [sent, earlier, timed]
    accepted = event(RequestState.ACCEPTED, SENT, 4)
    assert in_order([accepted, timed, earlier]) == [earlier, timed, accepted]


def test_days_end_with_closing_or_declining_and_the_day_of_sending_is_day_nought() -> None:
    sent = event(RequestState.SENT, SENT)
    assert days_open([sent], SENT) == 0
    for end in (RequestState.CLOSED, RequestState.DECLINED):
        assert days_open([sent, event(end, SENT + timedelta(days=30), 2)], TODAY) == 30
    assert days_open([sent], SENT - timedelta(days=3)) == 0


def test_a_request_opened_again_counts_on_from_its_first_sending() -> None:
    events = [
        event(RequestState.SENT, SENT, 1),
        event(RequestState.DECLINED, SENT + timedelta(days=10), 2),
        event(RequestState.SENT, SENT + timedelta(days=20), 3),
    ]
    assert days_open(events, TODAY) == (TODAY - SENT).days


@given(
    st.lists(st.tuples(st.sampled_from(RequestState), st.dates(date(2026, 1, 1), TODAY), st.integers(1, 99)))
)
def test_days_are_never_negative_and_the_order_of_entry_does_not_matter(
    told: list[tuple[RequestState, date, int]],
) -> None:
    events = [event(what, on, id_) for what, on, id_ in {id_: (w, o, id_) for w, o, id_ in told}.values()]
    assert state(events) is state(events[::-1])
    assert days_open(events, TODAY) == days_open(events[::-1], TODAY)
    assert (days_open(events, TODAY) or 0) >= 0


def test_what_was_withdrawn_stays_so_whatever_the_host_says_until_it_is_asked_again() -> None:
    sent, withdrawn = (
        event(RequestState.SENT, SENT, 1),
        event(RequestState.WITHDRAWN, SENT + timedelta(days=4), 2),
    )
    word = event(RequestState.OFFERED, SENT + timedelta(days=6), 3)
    assert state([sent, withdrawn, word]) is RequestState.WITHDRAWN
    assert days_open([sent, withdrawn, word], TODAY) == 4
    same_day = event(RequestState.ACKNOWLEDGED, SENT + timedelta(days=4), 9)
    assert state([sent, withdrawn, same_day]) is RequestState.WITHDRAWN
    again = replace(word, happening=Happening.REOPENED)
    assert state([sent, withdrawn, again]) is RequestState.OFFERED
