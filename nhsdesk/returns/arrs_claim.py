"""The monthly ARRS claim as a workbook: one row for each post, its working, and the maxima it was worked out with.

Names are left out: a post is known by its reference and portal label.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from nhsdesk.documents.model import Cell, CellKind, Column, Sheet, Table, Workbook
from nhsdesk.domain import claimed
from nhsdesk.domain.claimed import Claim, ClaimState
from nhsdesk.domain.claims import Pennies
from nhsdesk.domain.entry import read_month
from nhsdesk.domain.money import Money, total
from nhsdesk.domain.periods import Month, day_words
from nhsdesk.domain.problems import Problem, Weight
from nhsdesk.domain.sent_papers import SentPaper
from nhsdesk.papers import Asked, Audience, Diary, Due, Heading, Paper, Period
from nhsdesk.sections import claim_lines, claim_month, claim_sheets, heading, posts_held
from nhsdesk.sections.claim_lines import LineFacts, MonthFacts
from nhsdesk.store.reading import Reader

KEY = "arrs-claim"


@dataclass(frozen=True, slots=True)
class Facts:
    """The claim's lines under their heading, and the claims for the month that were sent before."""

    heading: Heading
    month: MonthFacts
    sent_before: tuple[str, ...] = ()
    submitted: str = ""
    """The claim whose kept lines these are, and when it was submitted; empty where they are worked out now."""
    superseded: str = ""
    """The claim that this one supersedes."""
    problems: tuple[Problem, ...] = ()
    """What is odd about posts besides their figures."""


def gather(reader: Reader, asked: Asked) -> Facts:
    """The month's lines as they were submitted; before that, as they come to with what is known on the day asked."""
    sent = reader.all(SentPaper, paper=KEY, period=asked.month.words)
    before = tuple(f"{one.ref} on {day_words(one.issued_at.date())}" for one in sent)
    head = heading.gather(reader, asked)
    claim = claimed.current(reader.all(Claim, month=asked.month)).get(asked.month)
    if claim is not None and claim.state is not ClaimState.DRAFT:
        on = f", submitted on {day_words(claim.submitted_on)}" if claim.submitted_on else ""
        earlier = reader.find(Claim, claim.supersedes)
        superseded = "" if earlier is None else earlier.ref
        return Facts(head, claim_month.frozen(reader, claim), before, f"{claim.ref}{on}", superseded)
    held = posts_held.read(reader)
    now = claim_lines.of_month(held, asked.month, asked.day, asked.month_rules)
    odd = claim_month.checks(reader, held, now, asked.day, asked.month_rules)
    return Facts(head, now, before, problems=odd)


def check(facts: Facts) -> tuple[Problem, ...]:
    """What stands in the way of sending it."""
    found = [*heading.check(facts.heading), *claim_lines.check(facts.month), *facts.problems]
    if facts.heading.as_at < facts.month.month.first:
        words = f"{facts.month.month.words} has not begun: nothing can be claimed for it yet."
        if not any(one.sentence == words for one in found):
            found.append(Problem(words, Weight.MUST_FIX))
    if facts.sent_before:
        words = f"A claim for {facts.month.month.words} was sent before: {', '.join(facts.sent_before)}."
        found.append(Problem(words, Weight.ACKNOWLEDGE))
    if not facts.month.lines:
        found.append(
            Problem(
                f"No post has a line for {facts.month.month.words}. Add posts with hours and pay.",
                Weight.ACKNOWLEDGE,
            )
        )
    return tuple(found)


def closing_day(month: Month, day: int) -> date:
    """The day of the following month by which a month is claimed; the last day of a month that is shorter."""
    following = month.plus(1)
    return following.first.replace(day=min(day, following.days))


def due(diary: Diary) -> Due:
    """By the closing day the ICB settled, for last month or the month after the newest claim that was sent."""
    day = diary.rules.whole("papers.arrs_claim_day")
    if not day:
        return Due("No closing day is settled; add one as a local rule")
    month = _next_claimed(Month.of(diary.today).plus(-1), diary.sent)
    on = closing_day(month, day)
    verb = "Was due" if on < diary.today else "Due"
    return Due(f"{verb} {day_words(on)} for {month.words}", on, on < diary.today)


def _next_claimed(last_month: Month, sent: tuple[str, ...]) -> Month:
    """A claim missed two months ago still counts; one missed longer ago was made elsewhere, or never will be."""
    claimed = [month for month in map(read_month, sent) if isinstance(month, Month)]
    return max(max(claimed).plus(1), last_month.plus(-1)) if claimed else last_month


def compile(facts: Facts) -> Workbook:
    """The workbook."""
    head, month = facts.heading, facts.month
    title = f"ARRS claim for {head.network}, {month.month.words_with_number}"
    return heading.workbook(
        head,
        facts,
        title=title,
        subject=f"Monthly claim for additional roles, {month.month.words}",
        told=_cover(facts),
        sheets=(
            _claim_sheet(month),
            claim_sheets.working(month.lines, "each line's steps in order"),
            claim_sheets.maxima(month.rates),
        ),
        notes=_notes(month),
    )


def _notes(month: MonthFacts) -> tuple[str, ...]:
    rounded = {
        Pennies.ONCE_A_LINE.value: "Cost is rounded once for the line, so that the amounts of a row may miss it by "
        "a penny; so is the pro rata maximum.",
        Pennies.EACH_AMOUNT.value: "Salary, employer NI, employer pension and fees are each rounded to the penny; "
        "the pro rata maximum is rounded once.",
    }
    empty = (
        f"Nobody was in post in {month.month.words}, so nothing is claimed: {', '.join(month.empty_posts)}."
    )
    if month.pennies not in rounded:
        return _NOTES_KEPT
    return (
        "Cost is salary, employer NI, employer pension and fees together, times the share of cost that counts.",
        "Pro rata maximum is the maximum for a year, divided by 12, times whole time equivalent, times the share of "
        f"the month in post. Part of a month counts by {month.part_month}.",
        f"Claimed is the lower of cost and pro rata maximum. {rounded[month.pennies]}",
        "A maximum that is not marked as confirmed has not been checked against the specification by this PCN.",
        *((empty,) if month.empty_posts else ()),
    )


_NOTES_KEPT = (
    "These are the lines as they were submitted. The working of each says how it came about.",
    "Claimed is the lower of cost and pro rata maximum.",
)


def _cover(facts: Facts) -> tuple[str, ...]:
    month = facts.month
    claimed = total(line.claimed for line in month.lines)
    return (
        f"Month claimed for: {month.month.words_with_number}.",
        f"{_posts(month)}, {claimed} claimed in all.",
        _told_how(facts),
        "Posts are named by reference and portal label. No person is named.",
    )


def _told_how(facts: Facts) -> str:
    if not facts.submitted:
        return f"Worked out on {day_words(facts.heading.as_at)} with the maxima known on that day. Not yet submitted."
    instead = f" It supersedes {facts.superseded}." if facts.superseded else ""
    known = day_words(facts.month.known_on)
    return f"Claim {facts.submitted}, with the maxima known on {known}.{instead}"


def _posts(month: MonthFacts) -> str:
    return "1 post" if len(month.lines) == 1 else f"{len(month.lines)} posts"


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
    Column("Share of cost that counts (%)", CellKind.DECIMAL, 2),
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
        line.employer_ni, line.employer_pension, line.fees, line.share_of_cost, line.cost, line.maximum,
        line.pro_rata_maximum,
        line.claimed, line.cost - line.claimed, ", ".join(line.rates),
    )  # fmt: skip


def _total_row(month: MonthFacts) -> tuple[tuple[Cell, ...], ...]:
    if not month.lines:
        return ()
    sums: list[Cell] = [
        total(getattr(line, name) for line in month.lines)
        for name in ("salary", "employer_ni", "employer_pension", "fees")
    ]
    claimed: Money = total(line.claimed for line in month.lines)
    cost: Money = total(line.cost for line in month.lines)
    pro_rata = total(line.pro_rata_maximum for line in month.lines)
    return (("Total", *(None,) * 7, *sums, None, cost, None, pro_rata, claimed, cost - claimed, None),)


PAPER = Paper(
    key=KEY,
    title="ARRS monthly claim",
    audience=Audience.PARTNERS,
    period=Period.MONTH,
    facts=Facts,
    gather=gather,
    check=check,
    compile=compile,
    due=due,
    in_short=lambda facts: _posts(facts.month),
)
