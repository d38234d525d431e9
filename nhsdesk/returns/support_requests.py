"""Every support request as a workbook for our own board: where it stands, what was offered, who has a copy."""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.documents.model import CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain.lateness import Lateness
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import heading, request_list
from nhsdesk.store.reading import Reader

KEY = "support-requests"


@dataclass(frozen=True, slots=True)
class Facts:
    """The list under its heading."""

    heading: Heading
    requests: request_list.Facts


def gather(reader: Reader, asked: Asked) -> Facts:
    """Reads every request and copy."""
    return Facts(heading.gather(reader, asked), request_list.gather(reader, asked))


def check(facts: Facts) -> tuple[Problem, ...]:
    """What must be put right or acknowledged before anybody reads it."""
    return heading.check(facts.heading)


def compile(facts: Facts) -> Workbook:
    """The workbook."""
    head = facts.heading
    return heading.workbook(
        head,
        facts,
        title=f"Support requests of {head.network}",
        subject=f"Support requests as at {day_words(head.as_at)}, for our own board only",
        told=(
            f"As at {day_words(head.as_at)}.",
            "In confidence: for our own board only. It names practices. Others are given the counts alone.",
            f"{in_short(facts)}. {_late_words(facts)}",
        ),
        sheets=(_list_sheet(facts), _days_sheet(facts), _offers_sheet(facts), _copies_sheet(facts)),
    )


def _late_words(facts: Facts) -> str:
    late = sum(line.lateness == Lateness.LATE.words for line in facts.requests.lines)
    now = sum(line.late_now for line in facts.requests.lines)
    return (
        f"{now} open {'request is' if now == 1 else 'requests are'} late. "
        f"{late} passed a time limit, those that met it afterwards and those that ended among them."
    )


def _list_sheet(facts: Facts) -> Sheet:
    columns = (
        Column("Ref"), Column("Practice"), Column("ODS code"), Column("Category"), Column("Level of support"),
        Column("Risk to sustainability", CellKind.WHOLE), Column("Endangers the team"),
        Column("Patient safety concern"), Column("Also reported"), Column("Outcome wanted"), Column("Restricted"),
    )  # fmt: skip
    rows = tuple(
        (
            one.ref, one.practice, one.practice_code, one.category, one.level, one.risk, one.threatens_team,
            one.safety_concern, one.reported_elsewhere, one.wanted_outcome, one.restricted,
        )
        for one in facts.requests.lines
    )  # fmt: skip
    return Sheet(
        "Requests",
        "What is asked for, requests not ended first",
        "This worksheet holds one table. Risk is from 1 to 5.",
        Table("Support_requests", columns, rows),
    )


def _days_sheet(facts: Facts) -> Sheet:
    columns = (
        Column("Ref"), Column("Practice"), Column("State"), Column("Practice agreed on", CellKind.DAY),
        Column("Sent on", CellKind.DAY), Column("Acknowledged on", CellKind.DAY), Column("Offered on", CellKind.DAY),
        Column("Ended on", CellKind.DAY), Column("Days open", CellKind.WHOLE), Column("Time limits so far"),
        Column("Late now"),
    )  # fmt: skip
    rows = tuple(
        (
            one.ref, one.practice, one.state, one.agreed_on, one.sent_on, one.acknowledged_on, one.offered_on,
            one.ended_on, one.days_open, one.lateness, one.late_now,
        )
        for one in facts.requests.lines
    )  # fmt: skip
    return Sheet(
        "Where they stand",
        "Where requests stand, those not ended first",
        "This worksheet holds one table. Days open are calendar days from sending.",
        Table("Where_they_stand", columns, rows),
    )


def _offers_sheet(facts: Facts) -> Sheet:
    columns = (
        Column("Ref"),
        Column("Practice"),
        Column("Offer"),
        Column("Three safeguards"),
        Column("Outcome"),
    )
    rows = tuple(
        (one.ref, one.practice, one.offer, one.safeguards, one.outcome)
        for one in facts.requests.lines
        if one.offer or one.outcome
    )
    return Sheet(
        "Offers",
        "What was offered, and what came of it",
        "This worksheet holds one table. An offer takes over no contract, mandates no model, and comes after existing "
        "support was checked.",
        Table("Offers", columns, rows),
    )


def _copies_sheet(facts: Facts) -> Sheet:
    columns = (
        Column("Ref"), Column("Given to"), Column("Given on", CellKind.DAY), Column("As"), Column("Form number"),
        Column("Reply read on", CellKind.DAY), Column("Said to be destroyed on", CellKind.DAY),
        Column("SHA-256 of the file"),
    )  # fmt: skip
    rows = tuple(
        (
            one.ref, one.given_to, one.given_on, one.given_as, one.number, one.reply_read_on, one.destroyed_on,
            one.sha256,
        )
        for one in facts.requests.copies
    )  # fmt: skip
    return Sheet(
        "Copies",
        "Who holds a copy",
        "This worksheet holds one table: every copy handed over from this PCN file.",
        Table("Copies", columns, rows),
    )


def due(diary: Diary) -> Due:
    """Whenever our board asks for it."""
    return Due("Made when our board asks for it")


def in_short(facts: Facts) -> str:
    """How many requests it lists."""
    held = len(facts.requests.lines)
    return f"{held:,} {'request' if held == 1 else 'requests'}"


PAPER = Paper(
    key=KEY,
    title="Support requests",
    audience=Audience.OWN_BOARD,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=in_short,
)
