"""The monthly ARRS claim as a workbook: one row for each post, its working, and the maxima it was worked out with.

Names are left out: a post is known by its reference and portal label.
"""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.documents.model import Cell, CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.papers import Asked, Audience, Heading, Paper, Period, facts_hash
from nhsdesk.sections import claim_lines, heading
from nhsdesk.sections.claim_lines import LineFacts, MonthFacts
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class Facts:
    """The claim's lines under their heading."""

    heading: Heading
    month: MonthFacts


def gather(reader: Reader, asked: Asked) -> Facts:
    """Every post's line for the month, with the rates known on the day asked."""
    return Facts(
        heading.gather(reader, asked), claim_lines.gather(reader, asked.month, asked.day, asked.rules)
    )


def check(facts: Facts) -> tuple[Problem, ...]:
    """What stands in the way of sending it."""
    found = [*heading.check(facts.heading), *claim_lines.check(facts.month)]
    if facts.heading.as_at < facts.month.month.first:
        words = facts.month.month.words
        found.append(Problem(f"{words} has not begun: nothing can be claimed for it yet.", Weight.MUST_FIX))
    if not facts.month.lines:
        found.append(
            Problem(
                f"No post has a line for {facts.month.month.words}. Add posts with hours and pay.",
                Weight.ACKNOWLEDGE,
            )
        )
    return tuple(found)


def compile(facts: Facts) -> Workbook:
    """The workbook."""
    head, month = facts.heading, facts.month
    title = f"ARRS claim for {head.network}, {month.month.words_with_number}"
    return Workbook(
        title=title,
        subject=f"Monthly claim for additional roles, {month.month.words}",
        author=head.network,
        created=head.made_at,
        cover=_cover(facts),
        sheets=(_claim_sheet(month), _working_sheet(month), _rates_sheet(month)),
        notes=(
            "Claimed is the lower of cost and pro rata maximum, each rounded once for the line.",
            "Pro rata maximum is the maximum for a year, divided by 12, times whole time equivalent, times the share "
            "of the month's days in post.",
            "A maximum that is not marked as confirmed has not been checked against the specification by this PCN.",
        ),
        mark=head.mark,
    )


def _cover(facts: Facts) -> tuple[str, ...]:
    head, month = facts.heading, facts.month
    claimed = total(line.claimed for line in month.lines)
    code = f" ({head.network_code})" if head.network_code else ""
    return (
        f"Primary care network: {head.network}{code}.",
        f"Month claimed for: {month.month.words_with_number}.",
        f"{len(month.lines)} posts, {claimed} claimed in all.",
        f"Worked out on {day_words(head.as_at)} with the maxima known on that day.",
        "Posts are named by reference and portal label. No person is named.",
        f"Facts {facts_hash(facts)[:12]}, journal position {head.position}.",
    )


_CLAIM_COLUMNS = (
    Column("Post"),
    Column("Portal label"),
    Column("Role"),
    Column("Practice base"),
    Column("Start date", CellKind.DAY),
    Column("Leave date", CellKind.DAY),
    Column("Hours a week", CellKind.HOURS),
    Column("WTE", CellKind.DECIMAL, 4),
    Column("Salary", CellKind.MONEY),
    Column("Employer NI", CellKind.MONEY),
    Column("Employer pension", CellKind.MONEY),
    Column("Fees", CellKind.MONEY),
    Column("Cost", CellKind.MONEY),
    Column("Maximum", CellKind.MONEY),
    Column("Pro rata maximum", CellKind.MONEY),
    Column("Claimed", CellKind.MONEY),
    Column("Borne by the PCN", CellKind.MONEY),
    Column("Maximum used"),
)


def _claim_sheet(month: MonthFacts) -> Sheet:
    rows = tuple(_claim_row(line) for line in month.lines)
    return Sheet(
        "Claim",
        f"Claim by post, {month.month.words_with_number}",
        "This worksheet holds one table. Amounts are in pounds.",
        Table("Claim_by_post", _CLAIM_COLUMNS, (*rows, *_total_row(month))),
    )


def _claim_row(line: LineFacts) -> tuple[Cell, ...]:
    return (
        line.post, line.label, line.role, line.base, line.starts, line.ends, line.hours, line.wte, line.salary,
        line.employer_ni, line.employer_pension, line.fees, line.cost, line.maximum, line.pro_rata_maximum,
        line.claimed, line.cost - line.claimed, ", ".join(line.rates),
    )  # fmt: skip


def _total_row(month: MonthFacts) -> tuple[tuple[Cell, ...], ...]:
    if not month.lines:
        return ()
    sums: list[Cell] = [
        total(getattr(line, name) for line in month.lines)
        for name in ("salary", "employer_ni", "employer_pension", "fees", "cost")
    ]
    claimed: Money = total(line.claimed for line in month.lines)
    cost: Money = total(line.cost for line in month.lines)
    pro_rata = total(line.pro_rata_maximum for line in month.lines)
    return (("Total", *(None,) * 7, *sums, None, pro_rata, claimed, cost - claimed, None),)


def _working_sheet(month: MonthFacts) -> Sheet:
    rows = tuple(
        (line.post, line.label, number, words)
        for line in month.lines
        for number, words in enumerate(line.working, 1)
    )
    columns = (Column("Post"), Column("Portal label"), Column("Step", CellKind.WHOLE), Column("Working"))
    return Sheet(
        "Working",
        "How each line was worked out",
        "This worksheet holds one table: each line's steps in order.",
        Table("Working_by_step", columns, rows),
    )


def _rates_sheet(month: MonthFacts) -> Sheet:
    columns = (
        Column("Rate"), Column("Role"), Column("London zone"), Column("Maximum a year", CellKind.MONEY),
        Column("Valid from", CellKind.DAY), Column("Published on", CellKind.DAY), Column("How sure"), Column("Source"),
    )  # fmt: skip
    rows = tuple(
        (
            rate.ref,
            rate.role,
            rate.zone,
            rate.annual,
            rate.valid_from,
            rate.published_on,
            rate.confidence,
            rate.source,
        )
        for rate in month.rates
    )
    return Sheet(
        "Maxima",
        "Maxima used",
        "This worksheet holds one table. Amounts are in pounds.",
        Table("Maxima_used", columns, rows),
    )


PAPER = Paper(
    key="arrs-claim",
    title="ARRS monthly claim",
    audience=Audience.PARTNERS,
    period=Period.MONTH,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
)
