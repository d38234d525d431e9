"""Following up: a decision of final minutes is ratified in one step, and stays as it was sealed."""

from __future__ import annotations

from datetime import date

from nhsdesk.commands import follow_up
from nhsdesk.commands.follow_up import By
from nhsdesk.domain.actions import Action
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.decisions import DecidedHow, Decision, DecisionStatus
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.problems import Problem
from nhsdesk.domain.risks import Risk
from nhsdesk.store.database import Database

ON = date(2026, 11, 4)


def provisional(database: Database, *, final: bool) -> Decision:
    with database.change("Decide") as change:
        body = change.add(Body(name="PCN board"))
        change.add(Meeting(body="PCN board", board=body.id, held_on=ON))
        made = Decision(
            words="Fund the hub",
            body=body.id,
            how=DecidedHow.PROVISIONAL,
            decided_on=date(2026, 9, 2),
            final=final,
        )
        return change.add(made)


def test_a_sealed_decision_is_followed_by_its_ratification_and_undo_takes_that_back(
    database: Database,
) -> None:
    sealed = provisional(database, final=True)
    made = follow_up.ratify(database, sealed.id, ON)
    assert isinstance(made, Decision)
    log = {one.ref: one for one in follow_up.decision_log(database).lines}
    assert (log[made.ref].status, log[made.ref].meeting) == ("Ratified", "PCN board, 4 November 2026")
    assert (log[sealed.ref].status, log[sealed.ref].waits) == ("Superseded", False)
    with database.read() as reader:
        assert reader.get(Decision, sealed.id) == sealed
    assert isinstance(follow_up.ratify(database, sealed.id, ON), Problem)
    assert isinstance(follow_up.ratify(database, made.id, ON), Problem)
    database.undo()
    assert [one.ref for one in follow_up.decision_log(database).lines if one.waits] == [sealed.ref]


def test_one_that_is_not_sealed_is_ratified_where_it_stands(database: Database) -> None:
    held = provisional(database, final=False)
    made = follow_up.ratify(database, held.id, ON)
    assert isinstance(made, Decision)
    assert (made.id, made.status, made.ratified_on) == (held.id, DecisionStatus.RATIFIED, ON)
    assert len(follow_up.decision_log(database).lines) == 1


def test_actions_keep_their_order_however_they_are_narrowed(database: Database) -> None:
    with database.change("Set") as change:
        for n in range(24):
            due = date(2026, 11, 1 + n) if n % 5 else None
            change.add(Action(what=f"Step {n}", owner_words=f"Owner {n % 3}", due=due, started=n % 2 == 0))
    lines = follow_up.open_actions(database)
    for by in By:
        whole = follow_up.together(lines, by)
        some = tuple(line for line in lines if int(line.id) % 3)
        assert [one for one in whole if one[1] in some] == list(follow_up.together(some, by))
        assert sorted(line.ref for _, line in whole) == sorted(line.ref for line in lines)
        assert all(words == follow_up.words_of(line, by) for words, line in whole)


def test_a_ratification_is_as_withheld_as_the_decision_it_follows(database: Database) -> None:
    held = provisional(database, final=True)
    with database.change("Restrict") as change:
        secret = change.add(Risk(event="Quiet", restricted=True))
        change.add(Link(source=secret.id, target=held.id, says=LinkKind.RELATED))
    made = follow_up.ratify(database, held.id, ON)
    assert isinstance(made, Decision)
    assert made.restricted
