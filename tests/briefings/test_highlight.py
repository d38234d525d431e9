"""The highlight report: last period, next period, and what is to bring back what is off track."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from nhsdesk.commands import papers
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.integrators import Integrator, IntegratorStatus, IntegratorStep
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.organisations import Person, Practice
from nhsdesk.domain.plans import Gate, Milestone, Plan, PlanStatus
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.requests import Category, RequestEvent, RequestState, SupportRequest
from nhsdesk.papers import facts_from_json, facts_to_json
from nhsdesk.store.database import Database
from tests.briefings.test_meeting_papers import SECRET, add, made, told, words_of

REPORT, OWN = (papers.named(key, papers.PAPERS) for key in ("highlight", "highlight-own"))


@pytest.fixture
def plan(database: Database) -> Plan:
    """A plan with steps done, to come and late, and a manager who answers for it."""
    manager = add(database, Person(role_title="PCN manager"))
    held: Plan = add(database, Plan(title="Frailty team", owner=manager.id, status=PlanStatus.AGREED))
    add(
        database,
        Milestone(plan=held.id, what="Register built", original=date(2026, 11, 1), done_on=date(2026, 11, 3)),
        Milestone(plan=held.id, what="Nurse in post", original=date(2026, 12, 10)),
        Milestone(plan=held.id, what="Room found", original=date(2026, 10, 20), revised=date(2026, 12, 20)),
        Milestone(plan=held.id, what="Far away", original=date(2027, 6, 1)),
    )
    return held


def line(facts: Any, words: str) -> Any:
    (found,) = [one for one in facts.told.lines if words in one.what]
    return found


def test_a_report_tells_what_was_done_what_is_next_and_what_is_off_track(
    database: Database, plan: Plan
) -> None:
    facts = made(database, REPORT).facts
    assert line(facts, "Register built").done
    assert (line(facts, "Nurse").next, line(facts, "Nurse").late) == (True, "")
    late = line(facts, "Room found")
    assert (late.late, late.who, late.back_by) == ("put off by 61 days", "PCN manager", date(2026, 12, 20))
    assert not [one for one in facts.told.lines if "Far away" in one.what]
    assert facts_from_json(REPORT, facts_to_json(facts)) == facts


def test_a_linked_action_is_what_brings_it_back_and_silence_is_acknowledged(
    database: Database, plan: Plan
) -> None:
    ready = made(database, REPORT)
    assert "nobody has said what will bring it back" in told(ready, Weight.ACKNOWLEDGE)
    with database.change("Link") as change:
        step = change.reader.all(Milestone, what="Room found")[0]
        rent = change.add(Action(what="Rent the hall", owner=plan.owner, due=date(2026, 12, 1)))
        change.add(Link(source=rent.id, target=step.id, says=LinkKind.RELATED))
    ready = made(database, REPORT)
    assert line(ready.facts, "Room found").back == "A-001 Rent the hall (PCN manager, by 1 December 2026)"
    assert "nobody has said" not in told(ready, Weight.ACKNOWLEDGE)
    assert "Rent the hall (PCN manager, by 1 December 2026)" in words_of(ready.content)


def test_an_action_says_what_was_last_said_of_it(database: Database) -> None:
    late = add(database, Action(what="Send the letter", due=date(2026, 11, 10)))
    add(database, ActionUpdate(action=late.id, said_on=date(2026, 11, 18), said="Waits for the ICB"))
    found = line(made(database, REPORT).facts, "Send the letter")
    assert (found.late, found.back) == ("10 days late", "18 November 2026: Waits for the ICB")


def test_a_step_of_an_integrator_and_a_gate_of_a_live_plan_are_told(database: Database) -> None:
    host = add(database, Integrator(name="Wexshire Host", approved_by="The place board"))
    add(database, IntegratorStep(integrator=host.id, step=IntegratorStatus.LIVE, original=date(2026, 11, 1)))
    live = add(database, Plan(title="Live plan", purpose="Care", status=PlanStatus.DRAFT))
    add(database, Gate(plan=live.id, what="Data agreement", met_on=date(2026, 11, 12)))
    facts = made(database, REPORT).facts
    assert line(facts, "Wexshire Host").late == "19 days late"
    assert line(facts, "Data agreement").done


def test_others_read_nothing_restricted_and_nothing_of_requests(database: Database, plan: Plan) -> None:
    practice = add(database, Practice(name=f"{SECRET} Surgery"))
    request = add(database, SupportRequest(practice=practice.id, category=Category.ESTATES))
    hidden = add(database, Plan(title=f"Rescue {SECRET}", status=PlanStatus.AGREED, restricted=True))
    late = add(database, Action(what=f"Call {SECRET}", due=date(2026, 11, 1), restricted=True))
    add(
        database,
        RequestEvent(request=request.id, happened_on=date(2026, 11, 2), state=RequestState.SENT),
        RequestEvent(request=request.id, happened_on=date(2026, 11, 12), state=RequestState.CLOSED),
        Milestone(plan=hidden.id, what=f"{SECRET} saved", original=date(2026, 11, 1)),
        Link(source=late.id, target=plan.id, says=LinkKind.RELATED),
    )
    ready = made(database, REPORT)
    assert SECRET not in facts_to_json(ready.facts).decode()
    assert SECRET not in words_of(ready.content)
    own = words_of(made(database, OWN).content)
    for words in (f"Call {SECRET}", f"{SECRET} saved", f"{SECRET} Surgery"):
        assert words in own


def test_an_empty_file_says_that_there_is_nothing(database: Database) -> None:
    words = words_of(made(database, REPORT).content)
    for one in ("Nothing was done.", "Nothing is due.", "Nothing is late or off track."):
        assert one in words
