"""The action log as a workbook: the parts and columns that boards use, and nothing withheld for partners."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import openpyxl

from nhsdesk.commands import papers
from nhsdesk.domain.actions import Action, ActionUpdate
from nhsdesk.domain.bodies import Body
from nhsdesk.domain.commitments import Commitment
from nhsdesk.domain.meetings import AgendaItem, Meeting
from nhsdesk.domain.organisations import Person
from nhsdesk.domain.periods import Month
from nhsdesk.store.database import Database
from tests.conftest import AS_OF

SECRET = "zzquietword"


def add(database: Database, record: Any) -> Any:
    with database.change("Add") as change:
        return change.add(record)


def made(database: Database, key: str = "action-log") -> papers.Made:
    return papers.make(
        database, papers.named(key, papers.PAPERS), papers.asked_of(database, Month(2026, 10), AS_OF)
    )


def rows(paper: papers.Made, sheet: str = "Action log") -> list[dict[str, Any]]:
    lines = list(openpyxl.load_workbook(BytesIO(paper.content))[sheet].iter_rows(min_row=4, values_only=True))
    return [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]


def words(paper: papers.Made) -> str:
    book = openpyxl.load_workbook(BytesIO(paper.content))
    return "\n".join(
        str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row if cell
    )


def test_the_log_prints_what_a_board_reads_of_an_action(database: Database) -> None:
    owner = add(database, Person(role_title="PCN manager"))
    meeting = add(database, Meeting(body="PCN Board", held_on=date(2026, 11, 4)))
    action = add(
        database,
        Action(
            what="Send the list", meeting=meeting.id, minute_ref="PCNB/26/054", owner=owner.id, support="Federation",
            due=date(2026, 11, 6), revised_due=date(2026, 12, 4), times_revised=1, evidence="Letter",
        ),
    )  # fmt: skip
    add(database, ActionUpdate(action=action.id, said_on=date(2026, 11, 12), said="Half done"))
    add(database, ActionUpdate(action=action.id, said_on=date(2026, 11, 18), said="Nearly"))
    line = rows(made(database))[0]
    assert line["Part of the log"] == "Held over: its first date has passed"
    assert (line["Meeting"], line["Minute reference"]) == ("PCN Board, 4 November 2026", "PCNB/26/054")
    assert (line["Owner"], line["Support"], line["Times revised"]) == ("PCN manager", "Federation", 1)
    assert line["BRAG"] == "Amber: needs attention"
    assert line["Dated updates"] == "12 November 2026: Half done\n18 November 2026: Nearly"
    assert rows(made(database), "By owner")[0]["Owner"] == "PCN manager"


def test_a_log_without_actions_is_still_printed(database: Database) -> None:
    assert "There are no outstanding actions." in words(made(database))


def test_a_log_asked_for_a_meeting_holds_what_its_body_set_and_nothing_of_other_bodies(
    database: Database,
) -> None:
    body = add(database, Body(name="PCN Board"))
    ours = add(database, Meeting(body="PCN Board", held_on=date(2026, 11, 4), board=body.id))
    theirs = add(database, Meeting(body="Place board", held_on=date(2026, 11, 4)))
    for meeting, what in ((ours, "Ours"), (theirs, "Theirs")):
        add(database, Action(what=what, meeting=meeting.id))
        add(database, Action(what=f"Quiet {what}", meeting=meeting.id, restricted=True))
    for about in (ours, body):
        paper = papers.make(
            database,
            papers.named("action-log", papers.PAPERS),
            papers.asked_of(database, None, AS_OF, about=about.id),
        )
        assert [line["Action"] for line in rows(paper)] == ["Ours", "Restricted item"]
        assert "Action log of PCN Board" in words(paper)
    assert {line["Action"] for line in rows(made(database))} == {"Ours", "Theirs", "Restricted item"}


def test_what_is_restricted_never_travels_in_the_log_for_partners(database: Database) -> None:
    hidden = add(database, Commitment(title=f"Hidden {SECRET}", restricted=True))
    meeting = add(database, Meeting(body="Board", held_on=date(2026, 11, 4)))
    item = add(database, AgendaItem(meeting=meeting.id, number=1, title=f"Item {SECRET}", restricted=True))
    for one in (
        Action(what=f"Marked {SECRET}", restricted=True),
        Action(what=f"Of a commitment {SECRET}", commitment=hidden.id),
        Action(what=f"Of an item {SECRET}", item=item.id),
        Action(what="Open"),
    ):
        add(database, one)
    told = words(made(database))
    assert SECRET not in told
    assert told.count("Restricted item") == 3
    assert SECRET not in str(made(database, "place-board").facts)
    assert words(made(database, "action-log-own")).count(SECRET) >= 3
