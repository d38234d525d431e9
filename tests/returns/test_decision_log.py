"""The decision log: every decision with authority, votes and scrutiny; nothing withheld travels to partners."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from nhsdesk.commands import papers
from nhsdesk.documents.model import Bullets, Paragraph, Table
from nhsdesk.domain.bodies import Body, CountedOf, QuorumKind
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.decisions import DecidedHow, Decision, DecisionStatus, ProcurementRoute
from nhsdesk.domain.evidence import Evidence
from nhsdesk.domain.links import Link, LinkKind
from nhsdesk.domain.meetings import AgendaItem, Meeting
from nhsdesk.domain.money import Money
from nhsdesk.domain.organisations import Organisation
from nhsdesk.domain.periods import Month
from nhsdesk.papers import Audience
from nhsdesk.sections import decisions
from nhsdesk.store.database import Database
from tests.conftest import AS_OF

SECRET = "zzquietword"


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


def made(database: Database, key: str = "decision-log") -> papers.Made:
    return papers.make(
        database, papers.named(key, papers.PAPERS), papers.asked_of(database, Month(2026, 10), AS_OF)
    )


def rows(paper: papers.Made, sheet: str = "Decisions") -> list[dict[str, Any]]:
    lines = list(openpyxl.load_workbook(BytesIO(paper.content))[sheet].iter_rows(min_row=4, values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def words(paper: papers.Made) -> str:
    book = openpyxl.load_workbook(BytesIO(paper.content))
    return "\n".join(
        str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row if cell
    )


@pytest.fixture
def board(database: Database) -> Body:
    icb = add(database, Organisation(name="Wexshire ICB"))
    body = Body(name="Place Board", may_decide="The fund", limit=Money.pounds(100), accountable_body=icb.id)
    return add(database, body)  # type: ignore[no-any-return]


def test_a_decision_prints_authority_accountable_body_votes_seat_and_route(
    database: Database, board: Body
) -> None:
    add(
        database,
        Decision(
            words="Award the hub", body=board.id, decided_on=date(2026, 11, 4), how=DecidedHow.VOTE, votes_for=7,
            votes_against=1, cost=Money.pounds(250), supplier="Acme", adviser="Consulting LLP",
            procurement=ProcurementRoute.DIRECT_C, practice_seat_present=False, reason="Only bidder",
            conflicts="Host", managed="Left the room", finance="Fund",
        ),
    )  # fmt: skip
    paper = made(database)
    line = rows(paper)[0]
    assert (line["Accountable body"], line["Vote or consensus"]) == ("Wexshire ICB", "Vote: 7 for, 1 against")
    assert line["General practice seat"] == "Not present"
    assert "may decide up to £100.00" in line["Outside delegated authority, or not known"]
    money = rows(paper, "Money and conflicts")[0]
    assert (money["Procurement route"], money["Supplier"]) == ("Direct award C", "Acme")
    assert money["Adviser or consultancy"] == "Consulting LLP"
    asked = [one["To be asked"] for one in rows(paper, "To be asked")]
    assert "The general practice seat was not present when this was decided." in asked


def test_a_consultancy_is_named_beside_what_it_is_paid(database: Database, board: Body) -> None:
    add(
        database,
        Decision(words="Take advice", body=board.id, adviser="Consulting LLP", cost=Money.pounds(99)),
    )
    line = rows(made(database), "Money and conflicts")[0]
    assert (line["Adviser or consultancy"], line["Cost (£)"]) == ("Consulting LLP", 99)


def test_a_place_board_reads_who_answers_for_each_decision(database: Database, board: Body) -> None:
    add(
        database,
        Decision(words="Agreed", body=board.id, decided_on=date(2026, 11, 4), practice_seat_present=True),
    )
    with database.read() as reader:
        facts = decisions.log(reader, AS_OF, Audience.PARTNERS)
    tables = [one for one in decisions.section(facts, AS_OF).blocks if isinstance(one, Table)]
    assert tables[0].caption == "Place Board. Accountable: Wexshire ICB"
    assert tables[0].rows[0][4] == "Present"


def test_what_lacks_authority_or_a_practice_seat_must_be_acknowledged_before_a_board_reads_it(
    database: Database,
) -> None:
    board = add(database, Body(name="Board", may_decide="Its own money", limit=Money.pounds(5)))
    taken = Decision(words="Taken over", body=board.id, cost=Money.pounds(9), decided_on=date(2026, 11, 4))
    add(database, replace(taken, practice_seat_present=False))
    with database.read() as reader:
        facts = decisions.log(reader, AS_OF, Audience.PARTNERS)
    told = [one.sentence for one in decisions.check(facts)]
    assert any("Outside delegated authority" in one for one in told)
    assert any("seat was not present" in one for one in told)
    bullets = [one for one in decisions.section(facts, AS_OF).blocks if isinstance(one, Bullets)]
    assert bullets[0].items[0].startswith("DN-001: it costs £9.00, and Board may decide up to £5.00")


def test_a_body_is_the_one_whose_meeting_it_was(database: Database, board: Body) -> None:
    meeting = add(database, Meeting(body="Some board", held_on=date(2026, 11, 4), board=board.id))
    add(database, Decision(words="Agreed", meeting=meeting.id))
    assert rows(made(database))[0]["Body"] == "Place Board"


def test_old_decisions_leave_the_briefing_unless_they_still_wait(database: Database, board: Body) -> None:
    old = date(2025, 1, 8)
    add(database, Decision(words="Over", body=board.id, decided_on=old, status=DecisionStatus.RATIFIED))
    add(database, Decision(words="Waits", body=board.id, decided_on=old, status=DecisionStatus.TO_RATIFY))
    with database.read() as reader:
        facts = decisions.log(reader, AS_OF, Audience.PARTNERS)
    assert [line.words for line in decisions.lately(facts, AS_OF)] == ["Waits"]
    assert len(facts.lines) == 2, "the log keeps both"


def test_what_is_restricted_never_travels_in_the_log_for_partners(database: Database, board: Body) -> None:
    secret = add(database, Commitment(title=f"Hidden {SECRET}", restricted=True))
    meeting = add(database, Meeting(body="Board", held_on=date(2026, 11, 4)))
    item = add(database, AgendaItem(meeting=meeting.id, number=1, title=f"Item {SECRET}", restricted=True))
    for one in (
        Decision(words=f"Marked {SECRET}", body=board.id, restricted=True),
        Decision(words=f"Of a commitment {SECRET}", body=board.id, commitment=secret.id),
        Decision(words=f"Of an item {SECRET}", body=board.id, item=item.id),
        Decision(words="Open", body=board.id),
    ):
        add(database, one)
    for key in ("decision-log", "place-board"):
        paper = made(database, key)
        assert SECRET not in str(paper.facts)
    told = words(made(database))
    assert SECRET not in told
    assert told.count("Restricted item") == 3
    assert words(made(database, "decision-log-own")).count(SECRET) >= 3


def test_a_decision_of_a_meeting_without_a_quorum_is_to_be_ratified(database: Database) -> None:
    body = Body(name="Collaborative", may_decide="Its view", quorum_kind=QuorumKind.NUMBER, quorum_number=3)
    held = add(database, replace(body, quorum_of=CountedOf.PCNS, quorum_base=5))
    meeting = Meeting(body="Collaborative", held_on=date(2026, 10, 21), board=held.id, count_told=2)
    met = add(database, replace(meeting, count_told_of=5))
    add(database, Decision(words="Our view", meeting=met.id, status=DecisionStatus.MADE))
    paper = made(database)
    assert rows(paper)[0]["Status"] == "To be ratified"
    asked = [one["To be asked"] for one in rows(paper, "To be asked")]
    assert "To be ratified: the meeting was not quorate, and it stands as made." in asked


def test_a_decision_names_its_commitment_and_the_evidence_for_both(database: Database, board: Body) -> None:
    promised = add(database, Commitment(title="Decline unless funded"))
    decision = add(database, Decision(words="Declined", body=board.id, commitment=promised.id))
    add(database, Evidence(what="Letter of 5 November", proves=(promised.id,)))
    minutes = add(database, Evidence(what="Signed minutes"))
    add(database, Evidence(what=f"Kept back {SECRET}", proves=(promised.id,), restricted=True))
    add(database, Link(source=minutes.id, target=decision.id, says=LinkKind.EVIDENCE))
    line = rows(made(database, "decision-log-own"))[0]
    assert line["Commitment"] == "C-001 Decline unless funded"
    assert line["Evidence"].startswith("EV-001 Letter of 5 November; EV-002 Signed minutes")
    assert SECRET not in words(made(database))


def test_no_decision_is_said_in_a_sentence(database: Database) -> None:
    with database.read() as reader:
        facts = decisions.log(reader, AS_OF, Audience.PARTNERS)
    assert decisions.section(facts, AS_OF).blocks == (Paragraph("No decision has been recorded."),)
