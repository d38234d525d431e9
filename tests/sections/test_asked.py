"""What boards read of questions, positions, moved work and risks: gathered, checked, and laid out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from nhsdesk.commands import papers
from nhsdesk.documents.model import Bullets, Paragraph, Quotation, Section, Table
from nhsdesk.domain.fields import Record
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.meetings import Meeting
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Organisation, Person
from nhsdesk.domain.periods import Month
from nhsdesk.domain.policy import PolicyPosition, ReportingBurden
from nhsdesk.domain.problems import Weight
from nhsdesk.domain.questions import Asker, Question
from nhsdesk.domain.risks import Band, Risk, RiskScore
from nhsdesk.domain.rules import Rules
from nhsdesk.domain.sources import SourceDocument
from nhsdesk.domain.workload import OurAnswer, ResourceRequest, TransferKind, WorkloadTransfer
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import policy_positions, questions, risks, workload
from nhsdesk.store.database import Database
from tests.conftest import AS_OF

SECRET = "zzquietword"
SECTIONS = (questions, policy_positions, workload, risks)


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


def asked(database: Database, **rules: str) -> Asked:
    made = papers.asked_of(database, Month(2026, 10), AS_OF)
    settled = {key.replace("_", ".", 1): value for key, value in rules.items()}
    return replace(made, rules=Rules(settled, made.rules.holidays))


def gathered(database: Database, part: Any, audience: Audience = Audience.PARTNERS) -> Any:
    with database.read() as reader:
        return part.gather(reader, asked(database), audience)


def words_of(section: Section) -> str:
    """All that a section says, in the order it says it."""
    told: list[str] = [section.heading]
    for block in section.blocks:
        match block:
            case Paragraph(text=text):
                told.append(text)
            case Bullets(items=items):
                told += items
            case Quotation(words=words, source=source):
                told += [words, source]
            case Table(rows=rows):
                told += ["" if cell is None else str(cell) for row in rows for cell in row]
    return "\n".join(told)


def shown(database: Database, part: Any, audience: Audience = Audience.PARTNERS) -> str:
    return words_of(part.section(gathered(database, part, audience)))


# ---- every section


@pytest.mark.parametrize("part", SECTIONS)
def test_a_section_of_nothing_says_so(database: Database, part: Any) -> None:
    assert "has been recorded." in shown(database, part)
    assert part.check(gathered(database, part)) == ()


def secrets(database: Database) -> dict[Any, list[Record]]:
    """An entry of each kind that other readers may not see."""
    return {
        questions: [Question(question=SECRET, asker=Asker.PUBLIC, answer=SECRET, restricted=True)],
        policy_positions: [],
        workload: [
            WorkloadTransfer(what=SECRET, agreed_where=SECRET, restricted=True),
            ResourceRequest(what=SECRET, restricted=True),
        ],
        risks: [Risk(event=SECRET, cause=SECRET, controls=SECRET, restricted=True)],
    }


@pytest.mark.parametrize("part", [questions, workload, risks])
@pytest.mark.parametrize("audience", [Audience.PARTNERS, Audience.PRACTICE, Audience.PUBLIC])
def test_a_restricted_entry_is_a_reference_to_all_but_our_own_board(
    database: Database, part: Any, audience: Audience
) -> None:
    refs = [add(database, one).ref for one in secrets(database)[part]]
    told = shown(database, part, audience)
    assert SECRET not in told
    assert SECRET not in repr(gathered(database, part, audience))
    assert all(f"{ref}: Restricted item" in told for ref in refs)
    assert SECRET in shown(database, part, Audience.OWN_BOARD)


@pytest.mark.parametrize("part", SECTIONS)
def test_what_is_linked_to_a_restricted_entry_is_withheld_too(database: Database, part: Any) -> None:
    hidden = add(database, Risk(event="Quiet", restricted=True))
    open_ = {
        questions: Question(question=SECRET, asker=Asker.PUBLIC),
        policy_positions: PolicyPosition(body="RCGP", position=SECRET),
        workload: WorkloadTransfer(what=SECRET),
        risks: Risk(event=SECRET),
    }[part]
    one = add(database, open_)
    add(database, Link(source=one.id, target=hidden.id, says=LinkKind.RELATED))
    told = shown(database, part)
    assert SECRET not in told
    assert f"{one.ref}: Restricted item" in told


# ---- questions from the public


def test_the_public_reads_its_questions_with_how_long_they_wait_and_no_askers_name(
    database: Database,
) -> None:
    meeting = add(database, Meeting(body="Wexmere Board", held_on=date(2026, 9, 16)))
    add(
        database,
        Question(question="Why no PCNs in the plan?", asker=Asker.PUBLIC, meeting=meeting.id),
    )
    add(
        database,
        Question(
            question="Will my surgery move?", asker=Asker.PATIENT_GROUP, meeting=meeting.id,
            answered_on=date(2026, 9, 30), answer="No move is planned",
        ),
    )  # fmt: skip
    add(database, Question(question="Ours to ask", asker=Asker.US, asked_on=date(2026, 9, 1)))
    facts = gathered(database, questions)
    assert [(one.question, one.days_waiting) for one in facts.lines] == [
        ("Why no PCNs in the plan?", 65),
        ("Will my surgery move?", None),
    ]
    told = words_of(questions.section(facts))
    assert "Questions from the public" in told
    assert (
        "2 questions are listed. 1 of them waits for an answer, the longest for 65 days. No asker is named."
        in told
    )
    assert "A member of the public\nWexmere Board, 16 September 2026\n65\nNot yet answered" in told
    assert "No move is planned" in told
    assert "Ours to ask" not in told


def test_an_answer_given_after_the_day_of_the_paper_is_not_told_yet(database: Database) -> None:
    add(
        database,
        Question(
            question="Who sees the spending?", asker=Asker.PUBLIC, asked_on=date(2026, 11, 18),
            answered_on=date(2026, 11, 25), answer=SECRET,
        ),
    )  # fmt: skip
    add(database, Question(question="Asked later", asker=Asker.PUBLIC, asked_on=date(2026, 12, 1)))
    told = shown(database, questions)
    assert SECRET not in told
    assert "2\nNot yet answered" in told
    assert "Asked later" not in told


def test_an_answer_that_stands_in_a_restricted_document_is_withheld(database: Database) -> None:
    quiet = add(database, SourceDocument(title=SECRET, restricted=True))
    held = Question(question="Open", asker=Asker.PUBLIC, answer=SECRET, answered_in=quiet.id)
    add(database, held)
    told = shown(database, questions)
    assert SECRET not in told
    assert "Restricted item" in told


# ---- what national bodies have said


def test_positions_are_told_with_day_words_and_page(database: Database) -> None:
    document = add(database, SourceDocument(title="Policy paper", body="RCGP"))
    add(
        database,
        PolicyPosition(
            body="RCGP", position="Opposes trusts running general practice", quotation="We oppose",
            taken_on=date(2025, 9, 1), document=document.id, locator="page 4",
        ),
    )  # fmt: skip
    add(database, PolicyPosition(body="BMA", position="Neutral, with concern"))
    told = shown(database, policy_positions)
    assert "What national bodies have said" in told
    assert "It is neither a contract duty nor an ask of this PCN." in told
    assert "RCGP, on 1 September 2025: Opposes trusts running general practice" in told
    assert "We oppose\nPP-001: Policy paper, RCGP, page 4." in told
    assert "BMA, on a day not yet known: Neutral, with concern (PP-002: not yet known where" in told


def test_hearsay_is_to_be_acknowledged(database: Database) -> None:
    add(database, PolicyPosition(body="BMA", position="Neutral"))
    (one,) = policy_positions.check(gathered(database, policy_positions))
    assert (one.weight, one.field) == (Weight.ACKNOWLEDGE, "document")


def test_a_position_of_a_later_day_or_a_restricted_document_is_not_printed(database: Database) -> None:
    quiet = add(database, SourceDocument(title="Quiet", restricted=True))
    add(database, PolicyPosition(body="NHSE", position=SECRET, document=quiet.id))
    add(database, PolicyPosition(body="NHSE", position="Later words", taken_on=date(2026, 12, 1)))
    told = shown(database, policy_positions)
    assert SECRET not in told
    assert "Later words" not in told
    assert "PP-001: Restricted item" in told


# ---- work that moved


@pytest.fixture
def moved(database: Database) -> Database:
    trust = add(database, Organisation(name="The Trust"))
    for record in (
        WorkloadTransfer(
            what="Blood tests", moved_from=trust.id, funded=False, hours_a_month=Decimal(34),
            answer=OurAnswer.RETURNED,
        ),
        WorkloadTransfer(
            what="Template", moved_from=trust.id, funded=True, amount=Money.pounds(18000), hours_a_month=Decimal(20),
            agreed_where="Signed offer", answer=OurAnswer.ACCEPTED,
        ),
        WorkloadTransfer(what="Huddles", hours_a_month=Decimal("17.5")),
        WorkloadTransfer(what="Later", since=date(2027, 1, 1)),
        ResourceRequest(what="Half a care coordinator", asked_by=trust.id, cost=Money.pounds(22500)),
    ):  # fmt: skip
        add(database, record)
    return database


def test_a_board_reads_what_moved_whether_funded_and_where_it_was_agreed(moved: Database) -> None:
    told = shown(moved, workload)
    assert "WT-001\nBlood tests\nThe Trust\nNo\n34.00\n\nnot yet known\nReturned" in told
    assert "Template\nThe Trust\nYes\n20.00\n£18,000.00\nSigned offer\nAccepted" in told
    assert "Huddles\nnot yet known\nNot yet known" in told
    assert "Later" not in told


def test_totals_tell_unfunded_hours_apart_and_the_money_that_came(moved: Database) -> None:
    told = shown(moved, workload)
    assert "3 pieces of work moved: 71.5 hours a month in all." in told
    assert "Not funded: 1 piece of work, 34 hours a month." in told
    assert "Not yet known whether funded: 1 piece of work, 17.5 hours a month." in told
    assert "Money that came with what moved: £18,000.00." in told


def test_unfunded_work_is_costed_where_it_is_settled_what_an_hour_costs(moved: Database) -> None:
    with moved.read() as reader:
        facts = workload.gather(reader, asked(moved, commitments_hour_cost="92"), Audience.PARTNERS)
        other = workload.gather(reader, asked(moved), Audience.PARTNERS, Money.pounds("10.50"))
    assert facts.unfunded_cost == Money.pounds(3128)
    assert "which cost £3,128.00 a month at £92.00 an hour" in words_of(workload.section(facts))
    assert other.unfunded_cost == Money.pounds(357)
    assert "which cost" not in shown(moved, workload)


def test_assets_pulled_into_others_work_are_told_with_their_cost(moved: Database) -> None:
    told = shown(moved, workload)
    assert "1 call was made on our people and rooms, at a cost to us of £22,500.00 in all" in told
    assert "RR-001\nHalf a care coordinator\nThe Trust\n£22,500.00\nNot yet known" in told


def test_the_hours_of_reporting_are_those_of_twelve_months(database: Database) -> None:
    icb = add(database, Organisation(name="The ICB"))
    for month, hours in ((Month(2025, 11), "50"), (Month(2025, 12), "2.5"), (Month(2026, 11), "4")):
        record = ReportingBurden(what="Sitrep", requester=icb.id, month=month, hours_spent=Decimal(hours))
        add(database, record)
    assert "Sitrep\nThe ICB\n6.50" in shown(database, workload)


def test_what_is_not_known_of_moved_work_is_to_be_acknowledged(moved: Database) -> None:
    add(moved, WorkloadTransfer(what="Rumour"))
    told = {one.sentence: one.weight for one in workload.check(gathered(moved, workload))}
    assert set(told.values()) == {Weight.ACKNOWLEDGE}
    assert set(told) == {
        "WT-003: it is not yet known whether it is funded.",
        "WT-005: it is not yet known whether it is funded.",
        "WT-005: its hours a month are not yet known.",
    }


# ---- the risk register


def test_a_board_reads_risks_the_gravest_first_with_trend_target_and_review(database: Database) -> None:
    owner = add(database, Person(role_title="PCN clinical director", name="Sam Marker"))
    slip = add(
        database,
        Risk(
            cause="Agreement unsigned", event="Go-live slips", effect="No shared list", owner=owner.id, likelihood=4,
            consequence=3, inherent_likelihood=4, inherent_consequence=5, target=6, review_on=date(2026, 11, 2),
            controls="Weekly call", gaps="No legal advice",
        ),
    )  # fmt: skip
    score = RiskScore(risk=slip.id, scored_on=date(2026, 9, 1), likelihood=3, consequence=3)
    add(database, score)
    add(database, Risk(event="No vote", likelihood=4, consequence=4))
    add(database, Risk(event="Over", likelihood=5, consequence=5, closed_on=date(2026, 11, 1)))
    facts = gathered(database, risks)
    assert [line.event for line in facts.lines] == ["No vote", "Go-live slips"]
    assert facts.lines[0].band is Band.EXTREME
    told = words_of(risks.section(facts))
    assert "2 risks are open: 1 extreme, 1 high. 1 is above target; 1 is overdue for review." in told
    assert (
        "Because of agreement unsigned: go-live slips; so that no shared list\nPCN clinical director" in told
    )
    assert "Weekly call; gaps: No legal advice\n12, high; 20 before controls; up from 9\n6 (above)" in told
    assert "2 November 2026 (overdue)" in told
    assert "Sam Marker" not in told
    assert "Over" not in told.replace("overdue", "").splitlines()


def test_a_score_outside_the_square_stops_a_paper(database: Database) -> None:
    add(database, Risk(event="Slip", likelihood=9, consequence=3))
    (one,) = risks.check(gathered(database, risks))
    assert (one.weight, one.kind, one.field) == (Weight.MUST_FIX, "risk", "likelihood")
    assert "Not yet scored" in shown(database, risks)


def test_a_board_reads_who_sent_work_back_to_general_practice_and_how_often(moved: Database) -> None:
    with moved.read() as reader:
        trust = reader.all(WorkloadTransfer)[0].moved_from
    for _ in range(2):
        add(moved, WorkloadTransfer(what="Referral", kind=TransferKind.SENT_BACK, moved_from=trust))
    add(moved, WorkloadTransfer(what="Referral", kind=TransferKind.SENT_BACK))
    told = shown(moved, workload)
    assert "Sent back to us: 3 pieces of work: 2 by The Trust, 1 by not yet known." in told
