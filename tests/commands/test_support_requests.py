"""A request is taken from draft to close, each step one that Undo takes back; it goes with agreed words only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from nhsdesk import errors
from nhsdesk.commands import entries, figures, support_requests
from nhsdesk.commands.support_requests import Given, Offer, take
from nhsdesk.domain import request_steps as steps
from nhsdesk.domain.existing_support import ExistingSupport
from nhsdesk.domain.kinds import Id
from nhsdesk.domain.local_rules import LocalRule
from nhsdesk.domain.organisations import Organisation, Person, Practice
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.requests import (
    Category,
    Happening,
    Level,
    RequestEvent,
    RequestNote,
    RequestState,
    SupportRequest,
    WaitingOn,
)
from nhsdesk.domain.service_levels import Clock, ClosedDay, ServiceLevel
from nhsdesk.store import drafts
from nhsdesk.store.database import Database
from tests.factories import HOSTILE

S = RequestState


def drafted(database: Database, **fields: Any) -> SupportRequest:
    with database.change("Draft a request") as change:
        practice = change.add(Practice(name="Brook Surgery"))
        given = {"summary": "Short of partners", "category": Category.COACHING, "risk": 4, **fields}
        return change.add(SupportRequest(practice=practice.id, **given))


def held(database: Database, request: SupportRequest) -> SupportRequest:
    with database.read() as reader:
        return reader.get(SupportRequest, request.id)


def events(database: Database, request: SupportRequest) -> tuple[RequestEvent, ...]:
    with database.read() as reader:
        return reader.all(RequestEvent, request=request.id)


def given(database: Database, **fields: Any) -> Given:
    return Given(**{"on": database.today(), **fields})


def sent(database: Database, **fields: Any) -> SupportRequest:
    request = drafted(database, **fields)
    take(database, request.id, steps.AGREE, given(database, words="Practice manager"))
    support_requests.look_at_support(database, request.id)
    assert isinstance(take(database, request.id, steps.SEND, given(database)), RequestEvent)
    return request


def refused(database: Database, request: SupportRequest, step: steps.NextStep, **fields: Any) -> str:
    before = len(events(database, request))
    said = take(database, request.id, step, given(database, **fields))
    assert isinstance(said, Problem)
    assert len(events(database, request)) == before
    return said.sentence


def test_a_request_for_an_individual_practice_goes_from_draft_to_close(database: Database) -> None:
    request = sent(database, threatens_team=True, level=Level.INTENSIVE)
    for step, told in (
        (steps.ACKNOWLEDGE, {}),
        (steps.OFFER, {"words": "Six mentor sessions"}),
        (steps.ACCEPT, {}),
        (steps.BEGIN, {}),
        (steps.CLOSE, {"words": "A partner was found"}),
    ):
        assert isinstance(take(database, request.id, step, given(database, **told)), RequestEvent)
    now = held(database, request)
    assert (now.offer, now.outcome) == ("Six mentor sessions", "A partner was found")
    kept = [one.state for one in events(database, request)]
    assert kept == [S.AGREED, S.SENT, S.ACKNOWLEDGED, S.OFFERED, S.ACCEPTED, S.IN_PROGRESS, S.CLOSED]
    went = events(database, request)[1]
    assert (went.risk, went.level) == (4, Level.INTENSIVE)


def test_each_step_is_taken_back_by_undo_with_what_it_changed(database: Database) -> None:
    request = sent(database)
    take(database, request.id, steps.RISK, given(database, risk=5))
    assert held(database, request).risk == 5
    database.undo()
    assert held(database, request).risk == 4
    assert len(events(database, request)) == 2
    database.undo()
    database.undo()
    database.undo()
    assert held(database, request).agreed_words is None


def test_words_changed_after_the_practice_agreed_need_its_agreement_again(database: Database) -> None:
    request = drafted(database)
    take(database, request.id, steps.AGREE, given(database, words="Practice manager"))
    support_requests.look_at_support(database, request.id)
    entries.enter(database, SupportRequest.KIND, request.id, "summary", "Short of nurses")
    assert "changed after the practice agreed" in refused(database, request, steps.SEND)
    take(database, request.id, steps.AGREE, given(database, words="Practice manager"))
    assert isinstance(take(database, request.id, steps.SEND, given(database)), RequestEvent)
    assert "Short of nurses" in (held(database, request).agreed_words or "")


def test_no_form_or_list_marks_a_request_as_sent_without_agreed_words(database: Database) -> None:
    request = drafted(database)
    with database.change("An event") as change:
        one = change.add(RequestEvent(request=request.id, happened_on=database.today()))
    with pytest.raises(errors.DeskError, match="has not agreed its words yet"):
        entries.enter(database, RequestEvent.KIND, one.id, "state", "Sent")
    with pytest.raises(errors.DeskError, match="has not agreed its words yet"):
        entries.enter_for_all(database, RequestEvent.KIND, [one.id], "state", "Sent")
    for name, words in (("request", request.ref), ("happened_on", "1/11/2026"), ("state", "Sent")):
        drafts.keep(database, RequestEvent.KIND.name, "new-1", name, words)
    with pytest.raises(errors.DeskError, match="has not agreed its words yet"):
        entries.add_begun(database, RequestEvent.KIND, "new-1")
    assert {one.state for one in events(database, request)} == {None}


def test_existing_support_is_looked_at_before_a_request_goes(database: Database) -> None:
    with database.change("A directory") as change:
        change.add(ExistingSupport(who="LMC GP support", categories=(Category.COACHING,), how_to_ask="Call"))
        change.add(ExistingSupport(who="Estates team", categories=(Category.ESTATES,)))
    request = drafted(database)
    take(database, request.id, steps.AGREE, given(database, words="Practice manager"))
    assert "Existing support was not looked at." in refused(database, request, steps.SEND)
    looked = support_requests.look_at_support(database, request.id)
    assert isinstance(looked, SupportRequest)
    assert looked.support_looked_at == "Looked at on 20 November 2026: LMC GP support (XS-001)."
    assert isinstance(take(database, request.id, steps.SEND, given(database)), RequestEvent)


@pytest.mark.parametrize(
    ("step", "ask"),
    [
        (steps.DECLINE, "Say why"),
        (steps.WITHDRAW, "Say why"),
        (steps.CLOSE, "Say what came of it"),
        (steps.OFFER, "Say what is offered"),
        (steps.PAUSE, "Say on whom it waits"),
        (steps.RISK, "Choose the risk"),
        (steps.LEVEL, "Choose the level"),
        (steps.ESCALATE, "Choose to whom"),
    ],
    ids=lambda value: getattr(value, "key", ""),
)
def test_each_step_asks_for_what_it_needs(database: Database, step: steps.NextStep, ask: str) -> None:
    assert refused(database, sent(database), step).startswith(ask)


def test_a_step_that_cannot_follow_or_has_not_come_is_refused_in_words(database: Database) -> None:
    request = drafted(database)
    assert (
        refused(database, request, steps.SEND)
        == "SR-001 is drafted, so this cannot happen to it now. Look again."
    )
    tomorrow = database.today() + timedelta(days=1)
    assert "has not come" in refused(database, request, steps.AGREE, on=tomorrow, words="Manager")
    assert refused(database, sent(database), steps.RISK, risk=6).startswith("Choose the risk")


def test_a_request_opened_again_stands_where_it_stood(database: Database) -> None:
    request = sent(database)
    take(database, request.id, steps.CLOSE, given(database, words="No longer needed"))
    take(database, request.id, steps.REOPEN, given(database, words="The locum left"))
    last = events(database, request)[-1]
    assert (last.happening, last.state, last.told) == (Happening.REOPENED, S.SENT, "The locum left")


def test_a_request_of_which_nobody_takes_care_is_escalated_to_a_named_contact(database: Database) -> None:
    """Whoever lets the problem land on the practice is asked, by role, and what is late is told."""
    with database.change("Limits") as change:
        lead = change.add(Person(role_title="Integrator director"))
        change.add(ServiceLevel(clock=Clock.ACKNOWLEDGE, amount=2, starts=date(2026, 4, 1)))
    request = drafted(database)
    take(database, request.id, steps.AGREE, given(database, words="Manager", on=date(2026, 11, 2)))
    support_requests.look_at_support(database, request.id)
    take(database, request.id, steps.SEND, given(database, on=date(2026, 11, 2)))
    take(database, request.id, steps.ESCALATE, given(database, person=lead.id, words="No word since"))
    last = events(database, request)[-1]
    assert (last.happening, last.escalated_to) == (Happening.ESCALATED, lead.id)
    found = support_requests.detail(database, request.id)
    assert found is not None
    assert (
        "- Acknowledged: Late by 12 working days; it was due Wed 4 November 2026."
        in support_requests.escalation_words(found)
    )


def test_a_safety_concern_runs_against_the_shortest_clock(database: Database) -> None:
    """No agency to do the job safely: risk 5 is acknowledged within 1 working day, and late on the next but one."""
    with database.change("Limits") as change:
        for risk, amount in ((5, 1), (2, 5)):
            change.add(
                ServiceLevel(clock=Clock.ACKNOWLEDGE, risk=risk, amount=amount, starts=date(2026, 4, 1))
            )
    request = drafted(database, risk=5, safety_concern=True, category=Category.SAFETY)
    early = date(2026, 11, 18)
    take(database, request.id, steps.AGREE, given(database, words="Manager", on=early))
    support_requests.look_at_support(database, request.id)
    take(database, request.id, steps.SEND, given(database, on=early, at=time(9, 0)))
    (view,) = support_requests.seen(database)
    assert (view.clocks[0].due, view.clocks[0].late_by) == (date(2026, 11, 19), 1)
    assert support_requests.forecast(database).words == "1 request is late."


def test_clocks_follow_the_rules_that_were_in_force_when_a_request_went(database: Database) -> None:
    with database.change("Rules") as change:
        change.add(ServiceLevel(clock=Clock.RESOLVE, amount=10, starts=date(2026, 4, 1)))
        change.add(LocalRule(key="clock.pauses_resolve", value="nobody", starts=date(2026, 11, 10)))
    before, after = drafted(database), drafted(database)
    for request, day in ((before, date(2026, 11, 9)), (after, date(2026, 11, 10))):
        take(database, request.id, steps.AGREE, given(database, words="Manager", on=day))
        support_requests.look_at_support(database, request.id)
        take(database, request.id, steps.SEND, given(database, on=day))
        take(
            database, request.id, steps.PAUSE, given(database, on=date(2026, 11, 12), waiting_on=WaitingOn.US)
        )
    found = {one.request.id: one.clocks[2] for one in support_requests.seen(database)}
    assert (found[before.id].paused, found[after.id].paused) == (True, False)


def test_an_offer_that_breaks_a_safeguard_needs_its_note_and_is_told_plainly(database: Database) -> None:
    """Support takes over no contract, mandates no model and does not pass by what is there."""
    request = sent(database)
    take(database, request.id, steps.OFFER, given(database, words="Join the trust"))
    with database.change("A provider") as change:
        trust = change.add(Organisation(name="The Trust"))
    broken = Offer(trust.id, "Runs two practices", False, True, True)
    assert isinstance(support_requests.keep_offer(database, request.id, broken), Problem)
    support_requests.keep_offer(database, request.id, replace(broken, note="It asks for the contract"))
    found = support_requests.detail(database, request.id)
    assert found is not None
    assert support_requests.told_of_offer(found)[:3] == (
        "The offer breaks a safeguard: it takes over a contract. It asks for the contract.",
        "Join the trust",
        "Offered by The Trust. It has done this before: Runs two practices.",
    )


def test_notes_are_for_ourselves_until_it_is_said_otherwise(database: Database) -> None:
    request = sent(database)
    assert isinstance(support_requests.add_note(database, request.id, " ", shareable=False), Problem)
    kept = support_requests.add_note(database, request.id, "They are tired", shareable=False)
    assert isinstance(kept, RequestNote)
    assert not kept.shareable


def test_typed_words_are_read_or_told_to_be_unreadable(database: Database) -> None:
    typed = {
        "happened_on": "2/11/2026",
        "at": "3.10pm",
        "waiting_on": "the practice",
        "told": "Asked for rotas",
    }
    read = support_requests.read_given(database, typed)
    assert read == Given(date(2026, 11, 2), time(15, 10), "Asked for rotas", WaitingOn.PRACTICE)
    for wrong in (
        {"happened_on": ""},
        {"happened_on": "sometime"},
        {"happened_on": "2/11/2026", "at": "late"},
    ):
        assert isinstance(support_requests.read_given(database, wrong), Problem)
    number = {"happened_on": "2/11/2026", "told": "NHS number 943 476 5919"}
    assert isinstance(support_requests.read_given(database, number), Problem)


def test_hostile_words_are_agreed_kept_and_told_as_they_are(database: Database) -> None:
    for words in HOSTILE:
        request = drafted(database, summary=words, wanted_outcome=words)
        take(database, request.id, steps.AGREE, given(database, words="Manager"))
        found = support_requests.detail(database, request.id)
        assert found is not None
        assert support_requests.escalation_words(found).startswith("Support request ")


def test_no_request_tells_nothing(database: Database) -> None:
    assert support_requests.seen(database) == ()
    assert support_requests.forecast(database).words == ""
    assert support_requests.detail(database, Id(999)) is None


def test_a_change_is_read_again_without_what_it_did_not_touch(database: Database) -> None:
    first, other = sent(database), sent(database)
    with database.change("A limit") as change:
        change.add(ServiceLevel(clock=Clock.ACKNOWLEDGE, amount=2, starts=date(2026, 4, 1)))
    told: list[Any] = []
    database.subscribe(told.append)
    views = support_requests.seen(database)
    untouched = next(one for one in views if one.request.id == other.id)

    def again() -> tuple[Any, ...]:
        return support_requests.seen_again(database, views, told[-1].changed)

    take(database, first.id, steps.ACKNOWLEDGE, given(database))
    views = again()
    assert any(one is untouched for one in views)
    assert next(one for one in views if one.request.id == first.id).state is S.ACKNOWLEDGED
    database.undo()
    views = again()
    assert next(one for one in views if one.request.id == first.id).state is S.SENT
    added = drafted(database)
    views = again()
    assert [one.request.id for one in views] == [first.id, other.id, added.id]
    with database.change("A closed day") as change:
        change.add(ClosedDay(closed_on=date(2026, 11, 23)))
    views = again()
    assert views[0].clocks[0].due == date(2026, 11, 25)


def test_a_step_that_cannot_have_been_then_is_refused_and_says_after_what(database: Database) -> None:
    request = sent(database)
    early = database.today() - timedelta(days=3)
    for step, told in ((steps.ACKNOWLEDGE, {}), (steps.PAUSE, {"waiting_on": WaitingOn.PRACTICE})):
        said = refused(database, request, step, on=early, **told)
        assert said == "“Sent” is noted for 20 November 2026, and this cannot have been before that."
    take(database, request.id, steps.ACKNOWLEDGE, given(database, at=time(15, 10)))
    assert steps.standing(events(database, request))[0] is S.ACKNOWLEDGED
    said = refused(database, request, steps.OFFER, at=time(9, 0), words="Two sessions")
    assert said.startswith("“Acknowledged” is noted for 20 November 2026 at 15:10")


def test_a_request_whose_risk_changed_since_it_went_can_be_opened_again(database: Database) -> None:
    request = sent(database)
    take(database, request.id, steps.RISK, given(database, risk=5))
    take(database, request.id, steps.WITHDRAW, given(database, words="A locum was found"))
    took = take(database, request.id, steps.REOPEN, given(database, words="The locum left"))
    assert isinstance(took, RequestEvent)
    assert steps.standing(events(database, request))[0] is S.SENT
    never = drafted(database)
    again = RequestEvent(
        request=never.id, happened_on=database.today(), state=S.SENT, happening=Happening.REOPENED
    )
    with pytest.raises(errors.Incomplete), database.change("Pretend") as change:
        figures.refuse_unagreed(change.reader, again)
