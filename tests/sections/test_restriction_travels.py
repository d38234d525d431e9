"""What is linked with a restricted request is withheld with it, in every paper for others, and no further than that."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from nhsdesk.commands import evidence_pack, papers
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.decisions import Decision
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.funds import Fund
from nhsdesk.domain.integrators import FunctionTransfer, Integrator
from nhsdesk.domain.leadership import Delivered, OfferToLead
from nhsdesk.domain.links import Attachment, Link, LinkKind, Note, Tag
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.organisations import Organisation, Practice
from nhsdesk.domain.periods import Month
from nhsdesk.domain.plans import Plan
from nhsdesk.domain.policy import DataRequest, PolicyPosition
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.questions import Asker, Question
from nhsdesk.domain.requests import Category, RequestEvent, RequestState, SupportRequest
from nhsdesk.domain.risks import Risk
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.domain.workload import ResourceRequest, WorkloadTransfer
from nhsdesk.papers import Audience, facts_to_json
from nhsdesk.sections import restricted
from nhsdesk.store import connections, copies, record_file
from nhsdesk.store.database import Database
from tests.commands.test_privacy import everything_in
from tests.conftest import AS_OF, Clock

NAME = "Quagmire Lane Surgery"
WORD = "Quagmire"
FOR_OTHERS = [paper for paper in papers.PAPERS if paper.audience is not Audience.OWN_BOARD]

LINKED = (
    Action(what=f"Help {NAME}", set_on=date(2026, 11, 2), started=True),
    Risk(cause=f"{NAME} closes", event=NAME, effect=NAME, likelihood=4, consequence=4),
    Question(question=f"Why does {NAME} close?", asker=Asker.PUBLIC, asked_on=date(2026, 11, 2)),
    Commitment(title=f"Keep {NAME} open", quotation=NAME),
    WorkloadTransfer(what=f"Patients of {NAME}"),
    ResourceRequest(what=f"Money for {NAME}", asked_on=date(2026, 11, 2)),
    DataRequest(metric=f"Lists of {NAME}", asked_on=date(2026, 11, 2)),
    PolicyPosition(body=NAME, position=f"{NAME} must stay"),
    Plan(title=f"Rescue {NAME}"),
    Delivered(outcome=f"Kept {NAME} open"),
    OfferToLead(what=f"Lead the rescue of {NAME}"),
)
"""One of each kind that a paper may tell of, with the practice's name in its words."""


@pytest.fixture(scope="module")
def planted(sample_as_made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """The sample with a practice's open restricted request, and an entry of every kind linked with it."""
    path = tmp_path_factory.mktemp("planted") / "Sample.nhsdesk"
    shutil.copy(sample_as_made, path)
    connection = connections.connect_plain(path)
    connection.execute("UPDATE about_file SET value = ? WHERE key = 'home'", (copies.home(path),))
    connection.close()
    with record_file.open_file(path, "Ann Archer", Clock()) as database:
        with database.change("Plant") as change:
            practice = change.add(Practice(name=NAME, ods_code="Y99988", postcode="QQ1 1QQ"))
            request = change.add(
                SupportRequest(practice=practice.id, category=Category.ESTATES, summary=NAME)
            )
            change.add(
                RequestEvent(request=request.id, happened_on=date(2026, 11, 2), state=RequestState.SENT)
            )
            for number, record in enumerate(LINKED):
                one = change.add(record)
                ends = (request.id, one.id) if number % 2 else (one.id, request.id)
                change.add(Link(source=ends[0], target=ends[1], says=LinkKind.RELATED, remark=NAME))
                change.add(Note(on=one.id, words=NAME))
                change.add(Tag(on=one.id, word=NAME))
                kept = change.keep_bytes(f"{NAME}.pdf", b"%PDF-1.7 its own", "e" * 64)
                change.add(Attachment(on=one.id, kept=kept, says=NAME))
                if isinstance(one, Action):
                    change.add(ActionUpdate(action=one.id, said_on=AS_OF, said=NAME))
            theirs = change.keep_bytes(f"{NAME} lease.pdf", b"%PDF-1.7 lease", "d" * 64)
            proof = change.add(Evidence(what=f"Lease of {NAME}", kept=theirs, effective_on=AS_OF))
            change.add(Link(source=proof.id, target=request.id, says=LinkKind.EVIDENCE))
        yield database


@pytest.mark.parametrize("paper", FOR_OTHERS, ids=lambda paper: paper.key)
def test_the_practices_name_is_in_no_paper_for_others(planted: Database, paper: Any) -> None:
    made = papers.make(planted, paper, papers.asked_of(planted, Month(2026, 10), AS_OF))
    assert WORD not in everything_in(made.content)
    assert WORD not in facts_to_json(made.facts).decode()
    assert not any(WORD in problem.sentence for problem in made.problems)


def test_a_pack_of_evidence_for_others_holds_neither_its_words_nor_its_file(planted: Database) -> None:
    pack = evidence_pack.gather(planted, Audience.PARTNERS).pack
    assert WORD not in repr(pack)
    assert "d" * 64 not in {item.sha256 for item in pack.items}
    assert WORD in repr(evidence_pack.gather(planted, Audience.OWN_BOARD).pack)


def test_our_own_board_reads_the_request(planted: Database) -> None:
    paper = papers.named("support-requests", papers.PAPERS)
    made = papers.make(planted, paper, papers.asked_of(planted, Month(2026, 10), AS_OF))
    assert WORD in everything_in(made.content)


@pytest.mark.parametrize("ref", ["A-002", "A-025", "RK-001", "RK-007"])
def test_what_the_sample_marks_as_restricted_is_withheld_by_its_reference(
    planted: Database, ref: str
) -> None:
    paper = papers.named("place-board", papers.PAPERS)
    facts = papers.make(planted, paper, papers.asked_of(planted, Month(2026, 10), AS_OF)).facts
    with planted.read() as reader:
        found = reader.by_ref(ref)
    assert isinstance(found, Action | Risk)
    assert found.restricted
    assert ref in (*facts.actions.withheld, *facts.risks.withheld)


# ---- how far it goes


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


def hidden_by(database: Database) -> restricted.Restricted:
    with database.read() as reader:
        return restricted.gather(reader, Audience.PARTNERS)


def test_it_goes_to_what_names_a_restricted_entry_and_no_step_further(database: Database) -> None:
    promise = add(database, Commitment(title="Keep it open", restricted=True))
    action = add(database, Action(what="Help", commitment=promise.id))
    proof = add(database, Evidence(what="Letter", proves=(promise.id,)))
    further = add(database, Action(what="Another"))
    add(database, Link(source=action.id, target=further.id, says=LinkKind.RELATED))
    hidden = hidden_by(database)
    assert hidden.marked == {promise.id}
    assert {action.id, proof.id} <= hidden.linked
    assert not hidden.hides(further.id)


def test_what_a_restricted_entry_itself_names_is_not_withheld(database: Database) -> None:
    promise = add(database, Commitment(title="Support practices"))
    add(database, Action(what="Send it", commitment=promise.id, restricted=True))
    assert not hidden_by(database).hides(promise.id)


def test_a_decision_names_neither_a_withheld_commitment_nor_a_restricted_document(database: Database) -> None:
    secret = add(database, Risk(event=NAME, restricted=True))
    promise = add(database, Commitment(title=NAME))
    add(database, Link(source=secret.id, target=promise.id, says=LinkKind.RELATED))
    terms = add(database, SourceDocument(title=f"Terms for {NAME}", restricted=True))
    add(
        database,
        Decision(words="Go on", commitment=promise.id, delegation_document=terms.id, decided_on=AS_OF),
    )
    for key in ("decision-log", "place-board"):
        paper = papers.named(key, papers.PAPERS)
        made = papers.make(database, paper, papers.asked_of(database, Month(2026, 10), AS_OF))
        assert WORD not in facts_to_json(made.facts).decode()
        assert "Go on" in facts_to_json(made.facts).decode()


def test_an_integrator_and_a_fund_tell_of_a_restricted_document_only_that_it_is(database: Database) -> None:
    terms = add(database, SourceDocument(title=f"Terms for {NAME}", restricted=True))
    host = add(database, Organisation(name="The host"))
    add(database, Integrator(name="Wexmere", host=host.id, host_document=terms.id))
    add(database, Fund(name="Pooled fund", document=terms.id))
    add(database, FunctionTransfer(function="Beds", quotation=f"To {NAME}", document=terms.id))
    for key in ("integrator", "place-board"):
        asked = replace(papers.asked_of(database, Month(2026, 10), AS_OF), readers=Audience.PARTNERS)
        facts = facts_to_json(papers.make(database, papers.named(key, papers.PAPERS), asked).facts).decode()
        assert WORD not in facts
        assert restricted.WORDS in facts


def test_a_meeting_a_body_or_a_practice_is_never_withheld_whole(database: Database) -> None:
    held = [
        add(database, record)
        for record in (
            Meeting(body="PCN board", held_on=AS_OF),
            Organisation(name="The host"),
            Practice(name="Abbey Surgery"),
        )
    ]
    secret = add(database, Action(what="Help", restricted=True, meeting=held[0].id))
    for one in held:
        add(database, Link(source=secret.id, target=one.id, says=LinkKind.RELATED))
    hidden = hidden_by(database)
    assert not any(hidden.hides(one.id) for one in held)
    assert hidden.hides(secret.id)


def test_a_paper_that_names_the_practice_without_any_link_waits_for_other_words(
    database: Database,
) -> None:
    practice = add(database, Practice(name=NAME, ods_code="Y99988"))
    request = add(database, SupportRequest(practice=practice.id))
    add(database, RequestEvent(request=request.id, happened_on=AS_OF, state=RequestState.SENT))
    action = add(database, Action(what=f"Visit {NAME}"))
    paper = papers.named("place-board", papers.PAPERS)
    asked = papers.asked_of(database, Month(2026, 10), AS_OF)
    told = papers.make(database, paper, asked).problems
    assert [one.sentence for one in told if one.weight is Weight.MUST_FIX] == [
        f"{action.ref} names PR-001, a practice with an open restricted request. Reword it before this goes out."
    ]
    with database.change("Reword") as change:
        change.put(replace(action, what="Visit a practice"))
    assert not any("names" in one.sentence for one in papers.make(database, paper, asked).problems)


# ---- a paper of an earlier day


def test_a_paper_of_an_earlier_day_tells_nobody_else_what_is_restricted_by_now(
    database: Database, clock: Clock
) -> None:
    request = add(database, SupportRequest(practice=add(database, Practice(name="Abbey Surgery")).id))
    marked = add(database, Commitment(title=f"{NAME} marked since"))
    linked = add(database, Commitment(title=f"{NAME} linked since"))
    removed = add(database, Commitment(title=f"{NAME} marked and removed since"))
    freed = add(database, Commitment(title="Freed since", restricted=True))
    clock.moment += timedelta(days=3)
    with database.change("Mark") as change:
        change.put(replace(marked, restricted=True))
        change.put(replace(freed, restricted=False))
        change.add(Link(source=linked.id, target=request.id, says=LinkKind.RELATED))
        gone = change.put(replace(removed, restricted=True))
    with database.change("Remove") as change:
        change.remove(gone)
    paper = papers.named("place-board", papers.PAPERS)
    asked = papers.asked_of(database, Month(2026, 10), AS_OF)

    def told(readers: Audience) -> str:
        made = papers.make_as_at(database, paper, replace(asked, readers=readers))
        return facts_to_json(made.facts).decode()

    assert WORD not in told(Audience.PUBLIC)
    assert marked.ref in told(Audience.PUBLIC)
    assert all(one.title in told(Audience.OWN_BOARD) for one in (marked, linked, removed, freed))
