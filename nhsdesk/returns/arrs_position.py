"""The ARRS forecast outturn as a workbook: the year in sum, by month, role and post, and who is to start by 31 March.

For our own board: it says what would be unspent. Names and salaries are left out; a post is known by its reference.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhsdesk.documents.model import Cell, CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain import outturn, rates, starters
from nhsdesk.domain.money import Hours, Money, total
from nhsdesk.domain.outturn import Row
from nhsdesk.domain.periods import FinancialYear, Month, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period, later
from nhsdesk.sections import claim_sheets, heading, year_position
from nhsdesk.sections.claim_lines import RateFacts
from nhsdesk.sections.year_position import Position
from nhsdesk.store.reading import Reader

KEY = "arrs-position"


@dataclass(frozen=True, slots=True)
class Amounts:
    """One month, role or post."""

    name: str
    label: str
    role: str
    claimed: Money
    uplift: Money
    committed: Money
    outturn: Money
    starters: Money
    lacking: int


@dataclass(frozen=True, slots=True)
class StarterFacts:
    """Somebody who is to start, without their name."""

    post: str
    label: str
    role: str
    certainty: str
    stage: str
    starts: date
    hours: Hours | None
    amount: Money | None


@dataclass(frozen=True, slots=True)
class NotClaimedFacts:
    """A month over and not claimed."""

    month: Month
    amount: Money
    last_day: date | None
    words: str
    known: bool = later(True)
    """Whether any post of the month has an amount, or none lacks one."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The year's position under its heading."""

    heading: Heading
    year: FinancialYear
    entitlement: Money | None
    claimed: Money
    paid: Money | None
    committed: Money
    forecast: Money
    headroom: Money | None
    starters_add: Money
    loss: str
    months: tuple[Amounts, ...]
    roles: tuple[Amounts, ...]
    posts: tuple[Amounts, ...]
    starters: tuple[StarterFacts, ...]
    notice_due: date
    not_claimed: tuple[NotClaimedFacts, ...]
    assumes: tuple[str, ...]
    maxima: tuple[RateFacts, ...]
    problems: tuple[Problem, ...]


def gather(reader: Reader, asked: Asked) -> Facts:
    """The year asked for, else the one that the day lies in, as it was known on that day."""
    year = asked.year or FinancialYear.of(asked.day)
    position, material = year_position.gather(reader, year, asked.day)
    worked = position.outturn
    labels = {post.ref: post.title_words() for post in material.held.posts}
    return Facts(
        heading=heading.gather(reader, asked),
        year=year,
        entitlement=worked.entitlement.amount,
        claimed=worked.claimed,
        paid=worked.paid_in_all,
        committed=worked.committed,
        forecast=worked.forecast,
        headroom=worked.headroom,
        starters_add=worked.starters,
        loss=position.loss.words,
        months=tuple(_amounts(row) for _, row in outturn.by_month(worked)),
        roles=tuple(_amounts(row) for row in outturn.by_role(worked)),
        posts=tuple(
            _amounts(row, labels.get(one.post, ""), one.role) for one, row in outturn.by_post(worked)
        ),
        starters=_starters(position),
        notice_due=position.notice_due,
        not_claimed=tuple(
            NotClaimedFacts(one.month, one.amount, one.last_day, one.words, one.figures or one.complete)
            for one in worked.not_claimed
        ),
        assumes=position.loss.assumes,
        maxima=tuple(_maximum(rate) for rate in worked.maxima),
        problems=outturn.problems(worked),
    )


def _amounts(row: Row, label: str = "", role: str = "") -> Amounts:
    return Amounts(
        row.name, label, role, row.claimed, row.uplift, row.committed, row.outturn, row.starters, row.lacking
    )


def _starters(position: Position) -> tuple[StarterFacts, ...]:
    return tuple(
        StarterFacts(
            one.post, one.label, one.role, one.certainty, one.stage, one.starts, one.hours, one.amount
        )
        for one in position.starters
    )


def _maximum(rate: rates.Rate) -> RateFacts:
    return RateFacts(
        rate.ref, rate.role.words, rate.zone.words, rate.annual, rate.valid_from, rate.published_on, rate.source,
        rate.confidence.words, rates.unconfirmed(rate) is None,
    )  # fmt: skip


def check(facts: Facts) -> tuple[Problem, ...]:
    """What stands in the way of it, and what its figures lack."""
    found = [*heading.check(facts.heading), *facts.problems]
    late = [one for one in facts.not_claimed if one.last_day is not None]
    found += [Problem(one.words, Weight.ACKNOWLEDGE) for one in late]
    return tuple(found)


def due(diary: Diary) -> Due:
    """With the planned starters notice, by the day the ICB settled."""
    year = FinancialYear.of(diary.today)
    on = starters.notice_due(year, diary.rules)
    if on < diary.today:
        on = starters.notice_due(FinancialYear(year.first_year + 1), diary.rules)
    return Due(f"Planned starters notice by {day_words(on)}", on)


# ---- the workbook


def compile(facts: Facts) -> Workbook:
    """The workbook."""
    head = facts.heading
    return heading.workbook(
        head,
        facts,
        title=f"ARRS forecast outturn for {head.network}, {facts.year}, as at {day_words(head.as_at)}",
        subject=f"Entitlement, claimed and forecast to 31 March, {facts.year}",
        told=_cover(facts),
        sheets=(
            _summary(facts),
            _by_month(facts),
            _by_role(facts),
            _by_post(facts),
            _starters_sheet(facts),
            _not_claimed(facts),
            _assumptions(facts),
            claim_sheets.maxima(facts.maxima),
        ),
        notes=_NOTES,
    )


_NOTES = (
    "Claimed is what the current submitted claim of each month claims; a superseded claim is not counted.",
    "An uplift is counted in the last month it is for.",
    "Filled, not yet claimed is what the posts in post come to in months that were not claimed, by the claim engine.",
    "Forecast outturn is claimed, uplift and filled posts together. Planned starters stand apart.",
    "Lines without a figure are post months that have no maximum or no pay on file; they are in no sum.",
)


def _cover(facts: Facts) -> tuple[str, ...]:
    head = facts.heading
    return (
        f"Financial year {facts.year}, as known on {day_words(head.as_at)}.",
        facts.loss,
        f"Planned starters are told to the ICB by {day_words(facts.notice_due)}.",
        "For the PCN's own board. Posts are named by reference and portal label. No person and no salary is named.",
    )


def _sheet(name: str, title: str, columns: tuple[Column, ...], rows: tuple[tuple[Cell, ...], ...]) -> Sheet:
    money = any(column.kind is CellKind.MONEY for column in columns)
    intro = f"This worksheet holds one table.{' Amounts are in pounds.' if money else ''}"
    return Sheet(name, title, intro, Table(name, columns, rows))


def _summary(facts: Facts) -> Sheet:
    rows: tuple[tuple[Cell, ...], ...] = (
        ("Entitlement", facts.entitlement),
        ("Claimed, uplifts included", facts.claimed),
        ("Paid", facts.paid),
        ("Filled, not yet claimed", facts.committed),
        ("Forecast outturn", facts.forecast),
        ("Headroom", facts.headroom),
        ("Planned starters would add", facts.starters_add),
    )
    columns = (Column("What"), Column("Amount", CellKind.MONEY))
    return _sheet("Summary", f"ARRS position, {facts.year}", columns, rows)


_AMOUNTS = (
    Column("Claimed", CellKind.MONEY),
    Column("Uplift", CellKind.MONEY),
    Column("Filled, not yet claimed", CellKind.MONEY),
    Column("Forecast outturn", CellKind.MONEY),
    Column("Planned starters", CellKind.MONEY),
    Column("Lines without a figure", CellKind.WHOLE),
)


def _cells(one: Amounts) -> tuple[Cell, ...]:
    return one.claimed, one.uplift, one.committed, one.outturn, one.starters, one.lacking


def _in_all(every: tuple[Amounts, ...]) -> tuple[Cell, ...]:
    sums = [
        total(getattr(one, name) for one in every)
        for name in ("claimed", "uplift", "committed", "outturn", "starters")
    ]
    return (*sums, sum(one.lacking for one in every))


def _by_month(facts: Facts) -> Sheet:
    rows = tuple((one.name, *_cells(one)) for one in facts.months)
    columns = (Column("Month"), *_AMOUNTS)
    return _sheet("By_month", f"By month, {facts.year}", columns, (*rows, ("Total", *_in_all(facts.months))))


def _by_role(facts: Facts) -> Sheet:
    rows = tuple((one.name, *_cells(one)) for one in facts.roles)
    last = (("Total", *_in_all(facts.roles)),) if rows else ()
    return _sheet("By_role", f"By role, {facts.year}", (Column("Role"), *_AMOUNTS), (*rows, *last))


def _by_post(facts: Facts) -> Sheet:
    rows = tuple((one.name, one.label, one.role, *_cells(one)) for one in facts.posts)
    last = (("Total", None, None, *_in_all(facts.posts)),) if rows else ()
    columns = (Column("Post"), Column("Portal label"), Column("Role"), *_AMOUNTS)
    return _sheet("By_post", f"By post, {facts.year}", columns, (*rows, *last))


def _starters_sheet(facts: Facts) -> Sheet:
    columns = (
        Column("Post"), Column("Portal label"), Column("Role"), Column("How sure"), Column("Stage"),
        Column("Planned start", CellKind.DAY), Column("Hours a week", CellKind.HOURS),
        Column("To 31 March", CellKind.MONEY),
    )  # fmt: skip
    rows = tuple(
        (one.post, one.label, one.role, one.certainty, one.stage, one.starts, one.hours, one.amount)
        for one in facts.starters
    )
    title = f"Planned starters before 31 March, to be told to the ICB by {day_words(facts.notice_due)}"
    return _sheet("Planned_starters", title, columns, rows)


def _not_claimed(facts: Facts) -> Sheet:
    columns = (
        Column("Month", CellKind.MONTH), Column("Amount", CellKind.MONEY), Column("Last day", CellKind.DAY),
        Column("What it means"),
    )  # fmt: skip
    rows = tuple(
        (one.month, one.amount if one.known else None, one.last_day, one.words) for one in facts.not_claimed
    )
    return _sheet("Not_claimed", "Months that are over and not claimed", columns, rows)


def _assumptions(facts: Facts) -> Sheet:
    columns = (Column("Number", CellKind.WHOLE), Column("Assumption"))
    return _sheet("Assumptions", "What the forecast assumes", columns, tuple(enumerate(facts.assumes, 1)))


PAPER = Paper(
    key=KEY,
    title="ARRS forecast outturn",
    audience=Audience.OWN_BOARD,
    period=Period.DAY,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=lambda facts: "1 post" if len(facts.posts) == 1 else f"{len(facts.posts):,} posts",
)
