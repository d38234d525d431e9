"""The year's outturn for a briefing: role totals with no small group, and the underspend for our own board only.

Salaries are left out, and so is everything from which a small group's amount would follow: where the total would tell
it, the months, the outturn and the headroom go as well, for each of them gives the total back.
"""

from __future__ import annotations

from dataclasses import dataclass

from nhsdesk.documents.model import Block, Column, Paragraph, Section, Table
from nhsdesk.domain import outturn, privacy
from nhsdesk.domain.money import Money
from nhsdesk.domain.outturn import OUTTURN, Outturn, Row
from nhsdesk.domain.periods import FinancialYear, Month, day_words
from nhsdesk.domain.problems import Problem
from nhsdesk.papers import Asked, Audience
from nhsdesk.sections import outturn_charts, year_position
from nhsdesk.store.reading import Reader


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """A role's posts and outturn; None where the group is too small to be shown."""

    role: str
    posts: int | None
    amount: Money | None


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """A month of all roles together."""

    month: Month
    claimed: Money
    uplift: Money
    committed: Money


@dataclass(frozen=True, slots=True)
class Facts:
    """The year, suppressed before it is kept, so that the trace gives nothing back."""

    year: FinancialYear
    roles: tuple[RoleFacts, ...]
    posts: int | None
    amount: Money | None
    months: tuple[MonthFacts, ...]
    """All roles together, for our own board: a month in which few were in post tells of them."""
    smallest: int
    complete: bool
    underspend: str
    """What would be lost, for our own board; empty for every other reader."""
    twelfth: Money | None
    """Of the entitlement, for our own board: beside it the underspend could be read off."""
    problems: tuple[Problem, ...]


def gather(reader: Reader, asked: Asked, audience: Audience) -> Facts:
    """The year of the day asked, by role; no group under the smallest, no underspend but for our own board."""
    year = FinancialYear.of(asked.day)
    position, _ = year_position.gather(reader, year, asked.day)
    worked = position.outturn
    counts, amounts = _by_role(worked)
    smallest = asked.rules.whole("privacy.fewest_people")
    shown = privacy.suppress(counts, smallest)
    paid = privacy.suppress_amounts(amounts, counts, smallest)
    own, open_ = audience is Audience.OWN_BOARD, paid.total is not None
    return Facts(
        year,
        tuple(RoleFacts(role, shown.shown[role], paid.shown[role]) for role in sorted(counts)),
        shown.total,
        paid.total,
        tuple(_months(worked)) if own and open_ else (),
        smallest,
        worked.complete,
        position.loss.words if own and open_ else "",
        worked.twelfth if own and open_ else None,
        outturn.problems(worked),
    )


def _by_role(worked: Outturn) -> tuple[dict[str, int], dict[str, Money]]:
    """How many posts have an amount in each role, and what they come to."""
    posts: dict[str, set[int]] = {}
    amounts: dict[str, Money] = {}
    for one in worked.entries:
        if one.standing in OUTTURN:
            posts.setdefault(one.role, set()).add(one.post_id)
            amounts[one.role] = amounts.get(one.role, Money()) + one.amount
    return {role: len(found) for role, found in posts.items()}, amounts


def _months(worked: Outturn) -> list[MonthFacts]:
    return [
        MonthFacts(month, row.claimed, row.uplift, row.committed) for month, row in outturn.by_month(worked)
    ]


def _rows(facts: Facts) -> list[tuple[Month, Row]]:
    return [
        (one.month, Row(one.month.words, one.claimed, one.uplift, one.committed, Money(), 0))
        for one in facts.months
    ]


def check(facts: Facts) -> tuple[Problem, ...]:
    """What stands in the way of the figures."""
    return facts.problems


def section(facts: Facts) -> Section:
    """The outturn by role, what is left out of it, and for our own board what would be unspent."""
    title = f"Additional roles: forecast outturn {facts.year}"
    if not facts.roles:
        return Section(title, (Paragraph(f"No ARRS spend is worked out for {facts.year}."),))
    columns = (Column("Role"), Column("Posts"), Column("Forecast outturn"))
    rows = [(one.role, _words(one.posts), _words(one.amount)) for one in facts.roles]
    rows.append(("All roles", _words(facts.posts), _words(facts.amount)))
    ends = day_words(facts.year.last)
    blocks: list[Block] = [Paragraph(f"What was claimed, and what filled posts come to by {ends}, by role.")]
    if facts.underspend:
        blocks.append(Paragraph(facts.underspend))
    if facts.months:
        blocks.append(outturn_charts.of_months(facts.year, _rows(facts), facts.twelfth))
    blocks.append(Table("Outturn by role", columns, tuple(rows)))
    hidden = sum(one.posts is None for one in facts.roles)
    if hidden:
        which = "1 role is" if hidden == 1 else f"{hidden} roles are"
        told = f"{which} not shown, because a group under {facts.smallest} could be recognised."
        blocks.append(Paragraph(told))
    if not facts.complete:
        blocks.append(Paragraph("Some posts have months without a figure; they are in no sum."))
    return Section(title, tuple(blocks))


def _words(value: Money | int | None) -> str:
    return "not shown" if value is None else f"{value}"
